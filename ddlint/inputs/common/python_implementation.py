"""Which implementation of Python a hint names, where it is not CPython as usual: `pypy3.10-7.3.12`, `3.13t`."""

from __future__ import annotations

from collections.abc import Callable

from ddlint.core.lazy_regex import regex
from ddlint.core.model import FREE_THREADED, Platform, PythonRequirement
from ddlint.core.source import Span
from ddlint.inputs.common.requires_python import exact_python

_FREE_THREADED = regex(
    r"(?:c?python[-@]?)?(?P<version>[0-9]+\.[0-9]+(?:\.[0-9]+)?)(?:t|\+freethreaded)(?=\s|$|-(?:linux|macos|windows))"
)
_NAMED = regex(r"(?i)(?P<name>pypy|graalpy)(?=[-@]?[0-9]|\s*$)")


def implementation(text: str, at: Span) -> Platform | None:
    """Return the implementation that a version or an environment is of; `None` for CPython and for what is unknown."""
    match = _NAMED.match(text.strip())
    return Platform(match["name"].lower(), at) if match else None


def free_threaded(
    text: str, start: int, locate: Callable[[int, int], Span]
) -> tuple[PythonRequirement, Platform] | None:
    """Return the free-threaded CPython that the text names from `start` on, as `3.13t` or `3.13+freethreaded`."""
    match = _FREE_THREADED.match(text, start)
    if match is None or not (specifier := exact_python(match["version"])):
        return None
    at = locate(match.start("version"), match.end())
    python = PythonRequirement(specifier, at, match[0], is_exact=True)
    return python, Platform(FREE_THREADED, at, pythons=(specifier,))
