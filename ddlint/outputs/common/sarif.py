"""Parts of SARIF: rules, places and fixes."""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from ddlint.core.model import Place, Severity
from ddlint.core.report import RuleText
from ddlint.core.text import cropped, encodable, visible
from ddlint.outputs.common.locations import Where, on_one_line, where

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.report import Fix, Report

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "recommendation"}
_LONGEST = 1024
"""What GitHub takes of a description."""


def rule(report: Report, code: str) -> dict[str, object]:
    """Give the rule of `code`; no text in it is empty, because GitHub takes an empty one for a missing one."""
    name = report.names.get(code, "")
    text = report.rules.get(code, RuleText(""))
    short = text.short or name.replace("-", " ") or code
    full = text.full or short
    rule: dict[str, object] = {
        "id": encodable(code),
        "name": "".join(word.capitalize() for word in encodable(name or code).split("-")),
        "shortDescription": {"text": cropped(encodable(short), _LONGEST)},
        "fullDescription": {"text": cropped(encodable(full), _LONGEST)},
        "help": {"text": encodable(text.help or full), "markdown": encodable(text.help or full)},
        "defaultConfiguration": {"level": LEVELS[text.severity]},
        "properties": {
            "precision": "very-high",
            "problem.severity": _PROBLEMS[text.severity],
            "tags": ["dependencies", "python"],
        },
    }
    return {**rule, "helpUri": text.url} if text.url else rule


def location(report: Report, place: Place) -> dict[str, object]:
    """Give `place` as a physical location on one line."""
    at = on_one_line(report, place, report.root)
    return {"artifactLocation": _artifact(at.path), "region": _region(at)}


def fix(report: Report, fix: Fix) -> dict[str, object]:
    """Give a fix with its edits file by file."""
    changes = []
    for path, edits in groupby(fix.edits, key=lambda edit: edit.path):
        places = [(where(report, Place(path, edit.at), report.root), edit.text) for edit in edits]
        replacements = [
            {"deletedRegion": _region(at), "insertedContent": {"text": encodable(text)}} for at, text in places
        ]
        changes.append({"artifactLocation": _artifact(places[0][0].path), "replacements": replacements})
    return {"description": {"text": f"{visible(fix.title) or 'Fix'}."}, "artifactChanges": changes}


def _artifact(path: str) -> dict[str, object]:
    uri = quote(path)
    is_below = not path.startswith(("../", "/"))
    return {"uri": uri, "uriBaseId": "%SRCROOT%"} if is_below else {"uri": uri}


def _region(at: Where) -> dict[str, object]:
    return {
        "startLine": at.start.line,
        "startColumn": at.start.column,
        "endLine": at.end.line,
        "endColumn": at.end.column,
    }
