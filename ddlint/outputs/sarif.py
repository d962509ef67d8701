"""SARIF 2.1.0 as GitHub code scanning reads it: one run, regions on one line, paths relative to the scanned root.

Suppressed findings are in the properties of the run and not among its results: code scanning does not read
`suppressions`, and would open an alert for each.
"""

from __future__ import annotations

from itertools import groupby
from urllib.parse import quote

from ddlint.core.model import Place, Severity
from ddlint.core.report import Finding, Fix, Report, RuleText, Suppressed
from ddlint.core.text import cropped, encodable, escape, further
from ddlint.outputs.common.fingerprint import line_hashes, semantic
from ddlint.outputs.common.json_record import dumps
from ddlint.outputs.common.locations import Where, on_one_line, relative, where

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "recommendation"}
_LONGEST = 1024
"""What GitHub takes of a description."""
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(report: Report) -> str:
    """Return a log of one run."""
    codes = sorted({*report.names, *(finding.code for finding in report.findings)})
    run = {
        "tool": {"driver": {**_driver(report), "rules": [_rule(report, code) for code in codes]}},
        "automationDetails": {"id": "ddlint/"},
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The root that was scanned."}}},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": True}],
        "results": _results(report, codes),
        "properties": _properties(report),
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(report: Report) -> dict[str, object]:
    driver: dict[str, object] = {"name": "ddlint", "semanticVersion": report.version, "version": report.version}
    return {**driver, "informationUri": report.home} if report.home else driver


def _properties(report: Report) -> dict[str, object]:
    return {
        "packs": {encodable(name): encodable(version) for name, version in report.packs},
        "asOf": report.as_of,
        "suppressed": [_suppressed(report, suppressed) for suppressed in report.suppressed],
    }


def _suppressed(report: Report, suppressed: Suppressed) -> dict[str, object]:
    at = where(report, suppressed.finding.at, report.root)
    reason = {"by": suppressed.by, "reason": encodable(suppressed.reason)}
    return {"ruleId": encodable(suppressed.finding.code), "path": at.path, "line": at.start.line, **reason}


def _results(report: Report, codes: list[str]) -> list[dict[str, object]]:
    hashes = _hashes(report)
    results = []
    for finding, name in zip(report.findings, semantic(report), strict=True):
        line = where(report, finding.at, report.root).start.line
        own = {"ddlint/v1": name}
        github = hashes.get(finding.at.path, {}).get(line)
        prints = {"primaryLocationLineHash": github, **own} if github else own
        results.append({**_result(report, finding, codes.index(finding.code)), "partialFingerprints": prints})
    return results


def _hashes(report: Report) -> dict[str, dict[int, str]]:
    lines: dict[str, set[int]] = {}
    for finding in report.findings:
        lines.setdefault(finding.at.path, set()).add(where(report, finding.at, report.root).start.line)
    return {path: line_hashes(report.sources[path], lines[path]) for path in lines if path in report.sources}


def _result(report: Report, finding: Finding, index: int) -> dict[str, object]:
    related = [_related(report, place, number) for number, place in enumerate(finding.related, 1)]
    result: dict[str, object] = {
        "ruleId": encodable(finding.code),
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(report, finding)},
        "locations": [{"physicalLocation": _location(report, finding.at)}],
    }
    if related:
        result["relatedLocations"] = related
    if finding.fix and finding.fix.edits:
        result["fixes"] = [_fix(report, finding.fix)]
    return result


def _related(report: Report, place: Place, number: int) -> dict[str, object]:
    label = escape(place.message) or "a related place"
    return {"id": number, "physicalLocation": _location(report, place), "message": {"text": f"{label}."}}


def _message(report: Report, finding: Finding) -> str:
    """Return the message with its help, and links to the related places: GitHub shows only those that are linked."""
    parts = [_unlinked(finding.message or finding.code)]
    advice = further(finding.message, finding.help)
    parts += [f"Help: {_unlinked(advice)}"] if advice else []
    for number, place in enumerate(finding.related, 1):
        line = where(report, place, report.root).start.line
        path = escape(relative(place.path, report.root)).replace("\\", "\\\\")
        label = path.replace("[", "\\[").replace("]", "\\]")
        about = f": {_unlinked(place.message)}" if place.message else ""
        parts.append(f"See [{label}:{line}]({number}){about}")
    return "".join(f"{part}. " for part in parts).rstrip()


def _unlinked(text: str) -> str:
    """Return `text` without what a reader of SARIF would take for a link."""
    return escape(text).replace("](", "] (")


def _rule(report: Report, code: str) -> dict[str, object]:
    """Return the rule of `code`; no text in it is empty, because GitHub takes an empty one for a missing one."""
    name = report.names.get(code, "")
    text = report.rules.get(code, RuleText(""))
    short = text.short or name.replace("-", " ") or code
    full = text.full or short
    found: dict[str, object] = {
        "id": encodable(code),
        "name": "".join(word.capitalize() for word in encodable(name or code).split("-")),
        "shortDescription": {"text": cropped(encodable(short), _LONGEST)},
        "fullDescription": {"text": cropped(encodable(full), _LONGEST)},
        "help": {"text": encodable(text.help or full), "markdown": encodable(text.help or full)},
        "defaultConfiguration": {"level": _LEVELS[text.severity]},
        "properties": {
            "precision": "very-high",
            "problem.severity": _PROBLEMS[text.severity],
            "tags": ["dependencies", "python"],
        },
    }
    return {**found, "helpUri": text.url} if text.url else found


def _location(report: Report, place: Place) -> dict[str, object]:
    """Return `place` as a physical location on one line."""
    at = on_one_line(report, place, report.root)
    return {"artifactLocation": _artifact(at.path), "region": _region(at)}


def _fix(report: Report, fix: Fix) -> dict[str, object]:
    """Return a fix with its edits file by file."""
    changes = []
    for path, edits in groupby(fix.edits, key=lambda edit: edit.path):
        places = [(where(report, Place(path, edit.at), report.root), edit.text) for edit in edits]
        replacements = [
            {"deletedRegion": _region(at), "insertedContent": {"text": encodable(text)}} for at, text in places
        ]
        changes.append({"artifactLocation": _artifact(places[0][0].path), "replacements": replacements})
    return {"description": {"text": f"{escape(fix.title) or 'Fix'}."}, "artifactChanges": changes}


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
