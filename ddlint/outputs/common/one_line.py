"""A finding on one line, and the colours of the formats that people read."""

from __future__ import annotations

from ddlint.core.model import Severity
from ddlint.core.report import Finding, Report
from ddlint.core.text import escape
from ddlint.outputs.common.locations import shown, where

BOLD = "1"
FRAME = "94"
REMOVED, ADDED = "31", "32"
LEVELS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}


def painted(report: Report, style: str, text: str) -> str:
    """Return `text` in a style (the parameters of the terminal's SGR sequence) if the report is coloured."""
    return f"\x1b[{style}m{text}\x1b[0m" if report.is_coloured and text else text


def place(report: Report, finding: Finding, base: str) -> str:
    """Return `path:line:column` of a finding, relative to `base`."""
    start = where(report, finding.at, base).start
    return f"{shown(finding.at.path, base)}:{start.line}:{start.column}"


def line(report: Report, finding: Finding, base: str, mark: str = "") -> str:
    """Return `path:line:column: CODE severity: message`, with a mark before the severity."""
    at = painted(report, BOLD, place(report, finding, base))
    severity = painted(report, LEVELS[finding.severity], finding.severity.value)
    return f"{at}: {escape(finding.code)} {mark}{severity}: {escape(finding.message)}"
