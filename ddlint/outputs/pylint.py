"""A line for each finding, `path:line: [CODE] message`: for readers of pylint's parseable output."""

from __future__ import annotations

from ddlint.core.report import Finding, Report
from ddlint.core.text import escape
from ddlint.outputs.common.locations import shown, where


def render(report: Report) -> str:
    """Return the findings a line each, and nothing else."""
    return "".join(f"{_line(report, finding)}\n" for finding in report.findings)


def _line(report: Report, finding: Finding) -> str:
    line = where(report, finding.at, report.cwd).start.line
    return f"{shown(finding.at.path, report.cwd)}:{line}: [{escape(finding.code)}] {escape(finding.message)}"
