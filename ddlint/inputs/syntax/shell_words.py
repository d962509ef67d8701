"""Split options into words as a POSIX shell (and `shlex`, and so pip) does, with the place of each word."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple

_PART = regex(
    r"(?P<blank>[ \t\r\n]+)|(?P<plain>[^ \t\r\n'\"\\]+)|'(?P<single>[^']*)'"
    r"|\"(?P<double>(?>(?>(?:[^\"\\]++|\\.){1,500})*))\""
    r"|\\(?P<escaped>.)",
    re.DOTALL,
)
_MOST = 5000
"""Real files have fewer words on a line; those behind are left out."""
_ESCAPE = regex(r'\\(["\\])')


class Word(NamedTuple):
    """A word without its quotes; `start` and `end` are offsets of it, quotes included."""

    value: str
    start: int
    end: int


class Unclosed(NamedTuple):
    """The offset of a quote (or a last backslash) that nothing closes."""

    start: int


def split_words(text: str, start: int = 0) -> list[Word] | Unclosed:
    """Split `text` from `start` on."""
    words: list[Word] = []
    value: str | None = None
    first = position = start
    while position < len(text) and len(words) < _MOST:
        match = _PART.match(text, position)
        if match is None:
            return Unclosed(position)
        kind, position = match.lastgroup, match.end()
        if kind == "blank":
            if value is not None:
                words.append(Word(value, first, match.start()))
            value = None
            continue
        part = match[kind or 0]
        if value is None:
            value, first = "", match.start()
        value += _ESCAPE.sub(r"\1", part) if kind == "double" else part
    if value is not None:
        words.append(Word(value, first, position))
    return words
