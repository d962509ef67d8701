"""The one exception ddlint raises on purpose: for a wrong call, a broken config or a broken pack."""

from __future__ import annotations

from collections.abc import Sequence

from ddlint.core.text import escape


class DdlintError(Exception):
    """A mistake of the caller, caught once in `cli/main` and printed on standard error with exit code 2.

    `message` is one sentence; `place` is `file:line:column` of the mistake, or empty; `hint` says what to do; `excerpt`
    is the line with a mark below it, ready to print; `others` are further mistakes in the same file.
    """

    def __init__(
        self, message: str, *, place: str = "", hint: str = "", excerpt: str = "", others: Sequence[DdlintError] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint
        self.excerpt = excerpt
        self.others = tuple(others)

    def __str__(self) -> str:
        """Return each message behind its place, with its excerpt and its hint on lines of their own."""
        head = f"{self.place}: {self.message}" if self.place else self.message
        hint = f"  {escape(self.hint)}" if self.hint else ""
        lines = (escape(head), self.excerpt, hint, *(f"ddlint: {each}" for each in self.others))
        return "\n".join(line for line in lines if line)
