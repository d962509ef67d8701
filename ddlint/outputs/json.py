"""The whole report as one JSON object, for programs: version 1 of the contract, which changes only by addition."""

from __future__ import annotations

from ddlint.core.model import Project, Severity
from ddlint.core.report import Report, Suppressed
from ddlint.core.text import encodable
from ddlint.outputs.common.json_record import VERSION, dumps, position, record
from ddlint.outputs.common.locations import relative, relative_place, where


def render(report: Report) -> str:
    """Return the report as ASCII JSON; its summary counts the hidden findings too."""
    data = {
        "version": VERSION,
        "tool": {"name": "ddlint", "version": report.version},
        "packs": [{"name": encodable(name), "version": encodable(version)} for name, version in report.packs],
        "as_of": report.as_of,
        "projects": [_project(report, project) for project in report.projects],
        "findings": [record(report, finding) for finding in report.findings],
        "suppressed": [_suppressed(report, suppressed) for suppressed in report.suppressed],
        "summary": _summary(report),
    }
    return dumps(data)


def _project(report: Report, project: Project) -> dict[str, object]:
    """Return a project with the releases that an installer would take, each Python and release once."""
    resolutions = [resolution for tracer in project.tracers for resolution in tracer.resolutions]
    taken = dict.fromkeys((found.python or None, found.release or None, found.origin) for found in resolutions)
    tracer = [{"python": python, "release": release, "origin": origin} for python, release, origin in taken]
    return {"path": relative(project.path, report.cwd), "tracer": tracer}


def _suppressed(report: Report, suppressed: Suppressed) -> dict[str, object]:
    finding = suppressed.finding
    at = where(report, finding.at, report.cwd)
    return {
        "code": encodable(finding.code),
        "by": suppressed.by,
        "reason": encodable(suppressed.reason),
        "subject": encodable(finding.subject),
        "path": at.path,
        "start": position(at.start),
        "place": relative_place(suppressed.place, report.cwd),
    }


def _summary(report: Report) -> dict[str, int]:
    shown = [finding.severity for finding in report.findings]
    return {
        **{level.value: shown.count(level) + report.hidden.get(level.value, 0) for level in Severity},
        "suppressed": len(report.suppressed),
        "files": report.files,
        "projects": len(report.projects),
    }
