"""The findings of each file under its path: for people who edit file by file."""

from __future__ import annotations

from itertools import groupby

from ddlint.core.report import Finding, Report
from ddlint.core.text import escape
from ddlint.outputs.common.locations import BOLD, LEVELS, painted, shown, where
from ddlint.outputs.common.summary import closing, mark


def render(report: Report) -> str:
    """Return a block of lines for each file, and the closing lines."""
    groups = groupby(report.findings, key=lambda finding: finding.at.path)
    blocks = ["\n".join(_block(report, path, list(findings))) for path, findings in groups]
    last = "\n".join(closing(report, is_marked=True))
    return "\n".join(f"{each}\n" for each in (*blocks, last) if each)


def _block(report: Report, path: str, findings: list[Finding]) -> list[str]:
    places = [_place(report, finding) for finding in findings]
    margin = max(len(place) for place in places)
    level = max(len(finding.severity.value) for finding in findings)
    lines = [painted(report, BOLD, f"{shown(path, report.cwd)}:")]
    for place, finding in zip(places, findings, strict=True):
        severity = painted(report, LEVELS[finding.severity], f"{finding.severity.value:<{level}}")
        message = f"{mark(finding)}{escape(finding.message)}"
        lines.append(f"  {place:>{margin}}  {severity}  {escape(finding.code)}  {message}")
    return lines


def _place(report: Report, finding: Finding) -> str:
    start = where(report, finding.at, report.cwd).start
    return f"{start.line}:{start.column}"
