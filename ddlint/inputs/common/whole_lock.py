"""See that a lock was cut off: a shorter lock is a wrong one, not one with fewer packages."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Problem, Severity
from ddlint.core.redact import written
from ddlint.core.source import Source, Span


def without_line_end(source: Source) -> Iterator[Problem]:
    """Report a lock whose last line does not end: every tool ends it."""
    end = len(source.text)
    if source.text.strip() and not source.text.endswith(("\n", "\r")):
        message = "the last line does not end, as every tool ends it: the lock may have been cut off; make it again"
        yield Problem("DD002", message, Span(end - 1, end), severity=Severity.WARNING)


def lacks(what: str, at: Span, command: str) -> Problem:
    """Report that a lock lacks something that its tool always writes."""
    return Problem("DD002", f"{written(what, 200)}: the lock was cut off or edited; run `{command}`", at)
