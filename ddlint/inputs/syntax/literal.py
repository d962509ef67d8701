"""Map offsets in the value of a TOML or JSON string to the source it was written in, through its escapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.source import Span

_FOLDED = regex(r"\\[ \t]*+\r?\n[ \t\r\n]*+")
"""A backslash at the end of a line of a multi-line string: it means nothing."""
_UNIT = regex(
    r"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\x[0-9A-Fa-f]{2}"
    r"|\\.|\r\n|[\s\S]"
)
_LONGEST = 20_000
"""Longer strings are not read, so that there is no place in them to tell."""
_MEANINGS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", "e": "\x1b"}


def inner(text: str, literal: Span) -> Span:
    """Return what is between the quotes of a string; any other literal is given as it is."""
    start, end = literal
    quote = text[start : start + 1]
    if quote not in ('"', "'") or end - start < 2:
        return literal
    if end - start < 6 or not text.startswith(quote * 3, start):
        return Span(start + 1, end - 1)
    start += 3
    start += 2 if text.startswith("\r\n", start) else int(text.startswith("\n", start))
    return Span(start, max(start, end - 3))


def _meaning(unit: str) -> str:
    """Return the text that one escape or character of a string means."""
    if unit == "\r\n":
        return "\n"
    if len(unit) == 12:
        return chr(0x10000 + ((int(unit[2:6], 16) & 0x3FF) << 10) + (int(unit[8:12], 16) & 0x3FF))
    if len(unit) > 2:
        code = int(unit.lstrip("\\uUx"), 16)
        return chr(code) if code < 0x110000 else ""
    return _MEANINGS.get(unit[1], unit[1]) if unit[0] == "\\" and len(unit) == 2 else unit


def _units(text: str, body: Span, *, is_literal: bool, is_multiline: bool) -> Iterator[tuple[int, int, str]]:
    position = body.start
    while position < body.end:
        folded = None if is_literal or not is_multiline else _FOLDED.match(text, position, body.end)
        match = folded or _UNIT.match(text, position, body.end)
        if match is None:  # cannot be: the expression admits every character
            return
        end = position + 1 if is_literal and match[0] != "\r\n" else match.end()
        if folded is None:
            yield (
                position,
                end,
                _meaning(text[position:end]) if not is_literal or end - position > 1 else text[position],
            )
        position = end


def _read(text: str, literal: Span) -> list[tuple[int, int, str]]:
    """Return start, end and meaning of every character of a string."""
    is_multiline = text.startswith(('"""', "'''"), literal.start) and literal.end - literal.start >= 6
    is_literal = text.startswith("'", literal.start)
    return list(_units(text, inner(text, literal), is_literal=is_literal, is_multiline=is_multiline))


def unescaped(text: str, literal: Span) -> str:
    """Return the value of the string that is written as `literal`."""
    return "".join(unit[2] for unit in _read(text, literal))


def locator(text: str, literal: Span, value: str) -> Callable[[int, int], Span]:
    """Return the function from offsets in `value` to spans of `text`, where `value` is written as `literal`.

    Where that is not known exactly, every offset maps to all that is between the quotes.
    """
    body = inner(text, literal)
    if text[body.start : body.end] == value:
        return lambda start, end: Span(body.start + start, body.start + end)
    if len(value) > _LONGEST:
        return lambda _start, _end: body
    units = _read(text, literal)
    if "".join(unit[2] for unit in units) != value or any(len(unit[2]) != 1 for unit in units):
        return lambda _start, _end: body

    def locate(start: int, end: int) -> Span:
        first = units[start][0] if start < len(units) else body.end
        return Span(first, units[end - 1][1]) if end > start else Span(first, first)

    return locate
