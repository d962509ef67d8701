"""JSON that is safe in the log of a CI, and a finding as data: the contract of `json` and `json-lines`.

The contract changes only by addition.
"""

from __future__ import annotations

import json

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Place
from ddlint.core.report import Evidence, Finding, Fix, Report
from ddlint.core.source import Position
from ddlint.core.text import encodable
from ddlint.outputs.common.locations import where

VERSION = 1
_LEGACY_COMMAND = regex(r"(##\w*+)\[")


def dumps(data: object, *, indent: int | None = 2) -> str:
    r"""Return `data` as ASCII JSON with a newline; the `[` of `##[`, which CI runners obey, is `\u005b`."""
    return _LEGACY_COMMAND.sub(r"\1\\u005b", json.dumps(data, indent=indent)) + "\n"


def record(report: Report, finding: Finding) -> dict[str, object]:
    """Return a finding as data, with paths relative to the current directory."""
    rule = report.rules.get(finding.code)
    return {
        "code": encodable(finding.code),
        "name": encodable(report.names.get(finding.code, "")),
        "row": encodable(finding.row),
        "severity": finding.severity.value,
        "subject": encodable(finding.subject),
        "message": encodable(finding.message),
        "help": encodable(finding.help),
        **_range(report, finding.at),
        "related": [_related(report, related) for related in finding.related],
        "evidence": [_evidence(evidence) for evidence in finding.evidence],
        "fix": _fix(report, finding.fix) if finding.fix else None,
        "url": rule.url if rule else "",
    }


def position(at: Position) -> dict[str, object]:
    """Return a position as data."""
    return {"line": at.line, "column": at.column}


def _range(report: Report, place: Place) -> dict[str, object]:
    at = where(report, place, report.cwd)
    return {"path": at.path, "start": position(at.start), "end": position(at.end)}


def _related(report: Report, place: Place) -> dict[str, object]:
    return {**_range(report, place), "message": encodable(place.message)}


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {key: encodable(value) for key, value in evidence._asdict().items()}


def _fix(report: Report, fix: Fix) -> dict[str, object]:
    edits = [{**_range(report, Place(edit.path, edit.at)), "text": encodable(edit.text)} for edit in fix.edits]
    return {"title": encodable(fix.title), "safety": "safe" if fix.is_safe else "unsafe", "edits": edits}
