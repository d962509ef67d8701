"""Read TOML with the place of every key and value.

`tomllib` decides what is TOML and what its values are, `tomlkit` where it is TOML 1.1; the places are from our scan.
"""

from __future__ import annotations

import re
from collections.abc import Container

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem
from ddlint.core.redact import written, written_rest
from ddlint.core.source import Source, Span
from ddlint.inputs.syntax.node import Document
from ddlint.inputs.syntax.toml_scan import DEEP, scan

_PLACE = regex(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_MOST_VALUES = 20_000
"""No file written by hand comes near it; each takes memory."""
_LARGEST_FOR_TOMLKIT = 100_000
"""TOML 1.1 is written by hand; nothing larger is, and tomlkit is slow."""
_CONFLICT = regex(r"(?:<{7}|={7}|>{7}|\|{7})(?:[ \t].*)?$", re.MULTILINE)
_HUGE_NUMBER = regex(r"[0-9_]{4000,}")
_BRACKETS = regex(r"(?:[\[{][ \t\r\n]*+){50}")
_OPEN = {"[": "this array or header", "{": "this inline table", '"': "this string", "'": "this string"}


def read_toml(
    source: Source, deep: int = DEEP, most: int = _MOST_VALUES, kept: Container[str] | None = None
) -> Document | Problem:
    """Read a source of at most so many values as TOML, with the places of what is at most `deep` levels down.

    Where the places of a few keys are asked for, those `kept` alone take memory.
    """
    if deep == DEEP and kept is None:
        from ddlint.inputs.syntax.toml_plain import read_plain

        if plain := read_plain(source.text, most):
            return plain
    return read_any_toml(source, deep, most, kept)


def read_any_toml(
    source: Source, deep: int = DEEP, most: int = _MOST_VALUES, kept: Container[str] | None = None
) -> Document | Problem:
    """Do the same for every TOML, slowly: importing `tomllib` takes longer than most files do."""
    found = scan(source.text, deep, most, kept)
    if found.limit:
        return Problem("DD002", f"this is not read: {found.limit}", found.key)
    values = _values(source.text)
    if isinstance(values, Problem):
        return values
    return Document(source.text, values, found.entries, found.comments)


def _values(text: str) -> dict[str, object] | Problem:
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        return _too_deep(text)
    except ValueError as error:
        problem = _problem(text, str(error))
    return problem if len(text) > _LARGEST_FOR_TOMLKIT else _values_of_toml_1_1(text) or problem


def _values_of_toml_1_1(text: str) -> dict[str, object] | None:
    """Return the values as tomlkit reads them; nothing where it refuses the text too."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        return tomlkit.parse(text).unwrap()
    except (TOMLKitError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return None  # tomlkit fails in many ways on text that is no TOML; tomllib's words are better in any case


def _too_deep(text: str) -> Problem:
    run = _BRACKETS.search(text)
    start = run.start() if run else next(iter(scan(text).unclosed), 0)
    return Problem("DD002", "this is nested too deeply to be read", Span(start, start + 1))


def _problem(text: str, words: str) -> Problem:
    """Turn what `tomllib` says into a problem at its place."""
    place = _PLACE.search(words)
    if place is None:
        number = _HUGE_NUMBER.search(text)
        return Problem("DD002", "this number has too many digits", Span(*number.span()) if number else Span(0, 0))
    reason = words[: place.start()]
    if place[1] is None:
        return _unclosed(text, reason)
    at = min(_offset(text, int(place[1]), int(place[2])), len(text))
    if reason.startswith(("Cannot", "Duplicate")):
        return _duplicate(text, at)
    return _unreadable(text, at, reason)


def _offset(text: str, line: int, column: int) -> int:
    """Return the offset of a line, as `tomllib` counts it (only LF ends one), and a column, both from 1."""
    start = 0
    for _ in range(line - 1):
        start = text.find("\n", start) + 1
    return start + column - 1


def _duplicate(text: str, at: int) -> Problem:
    """Point at the second definition; `tomllib` noticed it at `at`, behind its key or value."""
    key = scan(text[:at]).key
    return Problem("DD002", f"`{written(text[key.start : key.end], 80)}` is defined a second time; remove one", key)


def _unclosed(text: str, reason: str) -> Problem:
    found = scan(text)
    start = found.unclosed[-1] if found.unclosed else min(found.end, len(text))
    thing = _OPEN.get(text[start : start + 1])
    if thing is None:
        return Problem("DD002", f"the file ends too early: {_sentence(reason)}", Span(len(text), len(text)))
    return Problem("DD002", f"{thing} is never closed", Span(start, start + 1))


def _unreadable(text: str, at: int, reason: str) -> Problem:
    start = text.rfind("\n", 0, at) + 1
    conflict = _CONFLICT.match(text, start)
    if conflict:
        return Problem("DD002", "a merge conflict was left here; resolve it", Span(start, conflict.end()))
    if text.startswith("\r", at):
        message = "a carriage return alone ends no line in TOML; save the file with LF or CRLF line ends"
        return Problem("DD002", message, Span(at, at + 1))
    line_end = text.find("\n", at)
    rest = text[at : line_end if line_end >= 0 else len(text)].rstrip("\r")
    shown = written_rest(text, at, 40)
    message = f"`{shown}` is not TOML here: {_sentence(reason)}" if shown else f"this is not TOML: {_sentence(reason)}"
    span = Span(at, at + max(len(rest.rstrip()), 1) if at < len(text) else at)
    return Problem("DD002", message, span, help=_still_open(text, start, at))


def _still_open(text: str, line_start: int, at: int) -> str:
    """Name a bracket of an earlier line that is open at `at`: the mistake may well be there."""
    unclosed = [start for start in scan(text[:at]).unclosed if start < line_start]
    if not unclosed:
        return ""
    line = text.count("\n", 0, unclosed[-1]) + 1
    return f"close the `{text[unclosed[-1]]}` of line {line}, which is still open here"


def _sentence(words: str) -> str:
    return written(words[:1].lower() + words[1:].rstrip("."), 200)
