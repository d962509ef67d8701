"""Making any text safe to print: nothing of a file may steer a terminal, forge a command of a CI, or hide."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex

_BLANKS = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_STEERING = regex("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_LEGACY_COMMAND = regex(r"(##(?:vso)?)\[", re.IGNORECASE)


def character(char: str) -> str:
    r"""Give `char` as it can be printed: control, direction and zero-width characters and half pairs as `\x1b`."""
    return char if char.isprintable() or char in _BLANKS else char.encode("unicode_escape").decode("ascii")


def visible(text: str) -> str:
    r"""Give `text` on one line with nothing hidden in it; `##[` and `##vso[`, which CI runners obey, get a `\`."""
    shown = text if text.isprintable() else "".join(map(character, text))
    return _LEGACY_COMMAND.sub(r"\1\\[", shown) if "##" in shown else shown


def unsteering(text: str) -> str:
    r"""Give a path but for what steers a terminal or hides; line ends stay, for a command writes them `%0A`."""
    return text if text.isprintable() else _STEERING.sub(lambda match: character(match[0]), text)


def encodable(text: str) -> str:
    r"""Give `text` with half surrogate pairs (bytes of a file name that are no text) written out as `\udcff`."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def further(message: str, advice: str) -> str:
    """Give what comes on top; nothing where the message ends with it, so that no reader is told twice."""
    return "" if message.endswith(advice) else advice


def counted(number: int, noun: str) -> str:
    """Give `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def cropped(text: str, limit: int) -> str:
    """Give `text` in at most `limit` characters, with `...` where it was cut."""
    return text if len(text) <= limit else f"{text[: limit - 3]}..."
