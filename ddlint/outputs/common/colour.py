"""Terminal colours, for the formats that people read."""

from __future__ import annotations

from ddlint.core.model import Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.report import Report

BOLD = "1"
FRAME = "1;34"
LEVELS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}


def painted(report: Report, style: str, text: str) -> str:
    """Give `text` in a style (the parameters of the terminal's SGR sequence) if the report is coloured."""
    return f"\x1b[{style}m{text}\x1b[0m" if report.is_coloured and text else text
