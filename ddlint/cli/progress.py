"""How far a run has come, on a terminal and only when it takes longer than a second."""

from __future__ import annotations

import sys
import time

from ddlint.cli import host as machine

_PATIENCE = 1.0
_PAUSE = 0.1
_CLEAR = "\r\x1b[K"


class Progress:
    """Writes a line over itself on standard error."""

    def __init__(self, *, is_wanted: bool) -> None:
        self._next = time.monotonic() + _PATIENCE
        self._is_wanted = is_wanted and machine.is_terminal(sys.stderr) and machine.variable("TERM") != "dumb"
        self._is_shown = False

    def tell(self, doing: str, done: int, total: int) -> None:
        """Say how many of `total` projects are done, at most ten times a second."""
        if not self._is_wanted or (now := time.monotonic()) < self._next:
            return
        self._next = now + _PAUSE
        self._is_shown = True
        machine.say(f"{_CLEAR}ddlint: {doing} {done} of {total} projects", sys.stderr)

    def end(self) -> None:
        """Take the line away, before anything else is said."""
        if self._is_shown:
            machine.say(_CLEAR, sys.stderr)
        self._is_wanted = self._is_shown = False
