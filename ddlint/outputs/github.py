"""Annotations of GitHub Actions by its workflow commands, at most ten of a level: what a runner keeps of a step.

What is left out is printed as plain lines, of which a runner obeys none. Paths are relative to the scanned root.
"""

from __future__ import annotations

from ddlint.core.model import Severity
from ddlint.core.report import Finding, Report
from ddlint.core.text import counted, cropped, encodable, escape, escape_path, further, guard
from ddlint.outputs.common.locations import line, place, where
from ddlint.outputs.common.summary import closing, level_of_nothing, nothing_checked

BUDGET = 10
LONGEST = 4000
"""The runner cuts a message at 4,096 characters; the rest is room for the last line."""


def render(report: Report) -> str:
    """Return the annotations, errors first, then the findings without room, then the closing lines."""
    report = report._replace(is_coloured=False)
    nothing = nothing_checked(report)
    commands = [f"::{level_of_nothing(report)} title=ddlint::{_data(nothing)}"] if nothing else []
    left: list[str] = []
    for severity in Severity:
        findings = [finding for finding in report.findings if finding.severity is severity]
        over = findings[BUDGET:]
        for number, finding in enumerate(findings[:BUDGET], 1):
            more = f"\n{_left_out(len(over), severity)}" if over and number == BUDGET else ""
            commands.append(_command(report, finding, more))
        left += [line(report, finding, report.root) for finding in over]
    plain = "".join(f"{text}\n" for text in (*left, *closing(report)))
    return "".join(f"{text}\n" for text in commands) + guard(plain)


def _left_out(number: int, severity: Severity) -> str:
    return f"{counted(number, f'more {severity.value}')} without an annotation: the log has them"


def _command(report: Report, finding: Finding, more: str) -> str:
    advice = further(finding.message, finding.help)
    help_ = f"\nhelp: {escape(advice)}" if advice else ""
    head = f"{place(report, finding, report.root)}: {escape(finding.code)} {escape(finding.message)}"
    message = cropped(f"{head}{help_}", LONGEST) + more
    properties = ",".join(f"{key}={_property(value)}" for key, value in _properties(report, finding))
    return f"::{finding.severity.value} {properties}::{_data(message)}"


def _properties(report: Report, finding: Finding) -> list[tuple[str, str]]:
    """Return the properties, a number last, because the runner trims the end; columns only within one line."""
    at = where(report, finding.at, report.root)
    path = f"./{at.path}" if at.path.startswith("=") else at.path
    properties = [
        ("title", f"ddlint ({encodable(finding.code)})"),
        ("file", escape_path(path)),
        ("line", str(at.start.line)),
        ("endLine", str(at.end.line)),
    ]
    if at.start.line == at.end.line:
        properties += [("col", str(at.start.column)), ("endColumn", str(at.end.column))]
    return properties


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
