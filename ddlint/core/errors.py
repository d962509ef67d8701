"""The one exception ddlint raises on purpose: for a wrong call, a broken config or a broken pack."""

from __future__ import annotations

from ddlint.core.text import escape


class DdlintError(Exception):
    """A mistake of the caller, caught once in `cli/main` and printed on standard error with exit code 2.

    `message` is one sentence; `place` is `file:line:column` of the mistake, or empty; `hint` says what to do.
    """

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        """Return the message behind its place, with the hint on a line of its own."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{escape(head)}\n  {escape(self.hint)}" if self.hint else escape(head)
