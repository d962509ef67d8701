"""Issues of Azure Pipelines by its logging commands. It knows errors and warnings only: a notice is a warning."""

from __future__ import annotations

from ddlint.core.model import Severity
from ddlint.core.report import Finding, Report
from ddlint.core.text import encodable, escape, escape_path
from ddlint.outputs.common.locations import where
from ddlint.outputs.common.summary import level_of_nothing, nothing_checked

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTICE: "warning"}


def render(report: Report) -> str:
    """Return a command for each finding, before them one where nothing was checked, and nothing else."""
    nothing = nothing_checked(report)
    first = [f"##vso[task.logissue type={level_of_nothing(report)};]{_data(nothing)}"] if nothing else []
    commands = [_command(report, finding) for finding in report.findings]
    return "".join(f"{command}\n" for command in (*first, *commands))


def _command(report: Report, finding: Finding) -> str:
    at = where(report, finding.at, report.cwd)
    properties = (
        ("type", _LEVELS[finding.severity]),
        ("sourcepath", escape_path(at.path)),
        ("linenumber", str(at.start.line)),
        ("columnnumber", str(at.start.column)),
        ("code", encodable(finding.code)),
    )
    joined = "".join(f"{key}={_property(value)};" for key, value in properties)
    return f"##vso[task.logissue {joined}]{_data(escape(finding.message))}"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(";", "%3B").replace("]", "%5D")
