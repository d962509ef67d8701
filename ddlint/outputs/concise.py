"""A line for each finding, `path:line:column: CODE [*] severity: message`: for pre-commit, editors and `grep`."""

from __future__ import annotations

from ddlint.core.report import Report
from ddlint.outputs.common.locations import line
from ddlint.outputs.common.summary import closing, mark


def render(report: Report) -> str:
    """Return the findings a line each, and the closing lines."""
    lines = [line(report, finding, report.cwd, mark(finding)) for finding in report.findings]
    return "".join(f"{each}\n" for each in (*lines, *closing(report, is_marked=True)))
