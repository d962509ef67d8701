"""A finding on one line."""

from __future__ import annotations

from ddlint.core.text import visible
from ddlint.outputs.common.colour import BOLD, LEVELS, painted
from ddlint.outputs.common.locations import shown, where

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.report import Finding, Report


def place(report: Report, finding: Finding, base: str) -> str:
    """Give `path:line:column` of a finding, relative to `base`."""
    start = where(report, finding.at, base).start
    return f"{shown(finding.at.path, base)}:{start.line}:{start.column}"


def line(report: Report, finding: Finding, base: str, mark: str = "") -> str:
    """Give `path:line:column: severity CODE message`, with a mark before the message."""
    at = painted(report, BOLD, place(report, finding, base))
    severity = painted(report, LEVELS[finding.severity], finding.severity.value)
    return f"{at}: {severity} {visible(finding.code)} {mark}{visible(finding.message)}"
