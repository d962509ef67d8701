"""The diagnostics of reviewdog (rdjson): columns count UTF-8 bytes from 1, ends are exclusive."""

from __future__ import annotations

from ddlint.core.model import Place, Severity
from ddlint.core.report import Finding, Report
from ddlint.core.source import Source
from ddlint.core.text import encodable
from ddlint.outputs.common.json_record import dumps
from ddlint.outputs.common.locations import inside, relative

_LEVELS = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTICE: "INFO"}


def render(report: Report) -> str:
    """Return the diagnostics of one result."""
    data = {
        "source": {"name": "ddlint", **({"url": report.home} if report.home else {})},
        "diagnostics": [_diagnostic(report, finding) for finding in report.findings],
    }
    return dumps(data)


def _diagnostic(report: Report, finding: Finding) -> dict[str, object]:
    related = [{"message": encodable(place.message), "location": _location(report, place)} for place in finding.related]
    suggestions = _suggestions(report, finding)
    return {
        "message": encodable(finding.message),
        "location": _location(report, finding.at),
        "severity": _LEVELS[finding.severity],
        "code": _code(report, finding),
        **({"suggestions": suggestions} if suggestions else {}),
        **({"related_locations": related} if related else {}),
    }


def _code(report: Report, finding: Finding) -> dict[str, object]:
    rule = report.rules.get(finding.code)
    url = {"url": rule.url} if rule and rule.url else {}
    return {"value": encodable(finding.code), **url}


def _location(report: Report, place: Place) -> dict[str, object]:
    source = report.sources.get(place.path)
    path: dict[str, object] = {"path": relative(place.path, report.cwd)}
    return {**path, "range": _range(source, place)} if source else path


def _range(source: Source, place: Place) -> dict[str, object]:
    span = inside(source, place.at)
    return {"start": _position(source, span.start), "end": _position(source, span.end)}


def _position(source: Source, offset: int) -> dict[str, int]:
    line = source.position(offset).line
    before = source.text[source.line_span(line).start : offset].encode("utf-8", "surrogatepass")
    mark = len(source.bom) if line == 1 and source.encoding == "utf-8" else 0
    return {"line": line, "column": mark + len(before) + 1}


def _suggestions(report: Report, finding: Finding) -> list[dict[str, object]]:
    """Return the edits of a fix; none where it spans files, because a reader would apply a part of it."""
    edits = finding.fix.edits if finding.fix else ()
    source = report.sources.get(finding.at.path)
    if source is None or any(edit.path != finding.at.path for edit in edits):
        return []
    return [{"range": _range(source, Place(edit.path, edit.at)), "text": encodable(edit.text)} for edit in edits]
