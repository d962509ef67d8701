"""Split a shell line into commands, and those into words with their places. It runs and expands nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple

_TOKEN = regex(
    r"(?P<blank>[ \t\r]+)|(?P<comment>(?:(?<=[\s;&|])|^)#[^\n]*)|(?P<end>&&|\|\||[;&|\n()])|(?P<redirect>[0-9]?[<>]+&?)"
    r"|(?P<single>'[^']*'?)|(?P<double>\"(?>(?>(?:[^\"\\]++|\\.){1,500})*)\"?)|(?P<escaped>\\(?:.|\n|$))|(?P<plain>[^\s'\"\\;&|()<>]+)",
    re.DOTALL,
)
_MOST = 5000
"""Real files have fewer words in a command, or parts in a word; those behind are left out."""


class Word(NamedTuple):
    """A word without its quotes, and its offsets in the text."""

    value: str
    start: int
    end: int
    is_exact: bool
    """Every character of the value is at its offset from `start`."""


def commands(text: str) -> Iterator[list[Word]]:
    """Yield the commands of a shell line, each a list of words; a redirection's target belongs to none."""
    words: list[Word] = []
    current: list[tuple[str, int, int]] = []
    is_redirected = False
    for match in chain(_TOKEN.finditer(text), [None]):
        kind = match.lastgroup if match else "end"
        if len(current) >= _MOST and kind in ("single", "double", "plain", "escaped"):
            continue
        if match and kind in ("single", "double", "plain"):
            strip = kind != "plain"
            current.append((match[0].strip(match[0][0]) if strip else match[0], match.start() + strip, match.end()))
            continue
        if match and kind == "escaped":
            current.append((match[0][1:].strip("\n"), match.start() + 1, match.end()))
            continue
        if current:
            if not is_redirected and len(words) < _MOST:
                words.append(_joined(current))
            current, is_redirected = [], False
        is_redirected = is_redirected or kind == "redirect"
        if kind == "end":
            yield words
            words, is_redirected = [], False


def _joined(parts: list[tuple[str, int, int]]) -> Word:
    value = "".join(part for part, _, _ in parts)
    return Word(value, parts[0][1], parts[-1][2], len(parts) == 1)
