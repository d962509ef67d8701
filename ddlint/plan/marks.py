"""One mark for each status, told apart without colour."""

from __future__ import annotations

from ddlint.plan.model import Status

MARKS = {
    Status.SUPPORTED: "✓",
    Status.PARTLY: "◐",
    Status.UNSUPPORTED: "✕",
    Status.UNTESTED: "?",
    Status.NOT_INSTRUMENTED: "○",
    Status.REMOVED: "⊘",
    Status.UNKNOWN: "…",
    Status.NO_ROW: "·",
}
"""Plain signs, not emoji: they have no colour of their own."""
