"""Which implementation of Python a hint names, where it is not CPython: `pypy3.10-7.3.12`, `graalpy-24`."""

from __future__ import annotations

from ddlint.model import Platform
from ddlint.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.source import Span

_NAMED = regex(r"(?i)(?P<name>pypy|graalpy)(?=[-@]?[0-9]|\s*$)")


def implementation(text: str, at: Span) -> Platform | None:
    """Give the implementation that a version or an environment is of; `None` for CPython and for what is unknown."""
    match = _NAMED.match(text.strip())
    return Platform(match["name"].lower(), at) if match else None
