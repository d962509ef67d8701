"""Make any text safe to print: nothing of a file may steer a terminal, forge a command of a CI, or hide."""

from __future__ import annotations

import re

from ddlint.core.lazy_regex import regex

_BLANKS = frozenset("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
_HIDING = "\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
"""Characters that have no width or change the direction of text."""
_INVISIBLE_RUNS = (
    *(("\u034f", "\u034f"), ("\u115f", "\u1160"), ("\u17b4", "\u17b5"), ("\u180b", "\u180f")),
    *(("\u2065", "\u2065"), ("\u3164", "\u3164"), ("\ufe00", "\ufe0f"), ("\uffa0", "\uffa0")),
    *(("\ufff0", "\ufff8"), ("\U000e0000", "\U000e0fff")),
)
"""The first and the last of each run of characters that have Unicode's property Default_Ignorable_Code_Point although
`str.isprintable` takes them for printable, and of their neighbours."""
_INVISIBLE = "".join(f"{first}-{last}" for first, last in _INVISIBLE_RUNS)
_STEERING = regex(f"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f{_HIDING}{_INVISIBLE}]")
_LEGACY_COMMAND = regex(r"(##\w*+)\[")
"""What the runners of GitHub, Azure and TeamCity obey wherever it is on a line: `##[`, `##vso[`, `##teamcity[`."""
_COMMAND = regex(r"^(\s*+):(?=:(?!:))", re.MULTILINE)
"""What GitHub's runner obeys at the start of a line, of which it trims every blank of Unicode."""
_UNSAFE = regex(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_HIDING}{_INVISIBLE}]")
_OWN_STYLE = regex(r"\x1b\[[0-9;]{0,8}m")


def _is_invisible(char: str) -> bool:
    return any(first <= char <= last for first, last in _INVISIBLE_RUNS)


def escape_character(char: str) -> str:
    r"""Return `char` as it can be printed: control, direction and zero-width characters and half pairs as `\x1b`."""
    is_shown = char in _BLANKS if not char.isprintable() else char.isascii() or not _is_invisible(char)
    return char if is_shown else char.encode("unicode_escape").decode("ascii")


def escape(text: str) -> str:
    r"""Return `text` on one line with nothing hidden in it; `##[` and `##vso[`, which CI runners obey, get a `\`."""
    if not text.isascii() or not text.isprintable():
        text = "".join(map(escape_character, text))
    return _LEGACY_COMMAND.sub(r"\1\\[", text) if "##" in text else text


def escape_path(text: str) -> str:
    r"""Return a path but for what steers a terminal or hides; line ends stay, for a command writes them `%0A`."""
    return (
        text if text.isascii() and text.isprintable() else _STEERING.sub(lambda match: escape_character(match[0]), text)
    )


def guard(text: str, *, is_styled: bool = False) -> str:
    r"""Return what a stream may carry: lines of which none steers a terminal or is a command of a CI runner.

    Everything that is printed or written comes through here. Outputs escape their texts themselves, as their readers
    need it, so it changes nothing of what they render. A line end may be CRLF, as in a diff; with `is_styled` colours
    stay.
    """
    if "::" in text:
        text = _COMMAND.sub(r"\1\\:", text)
    if "##" in text:
        text = _LEGACY_COMMAND.sub(r"\1\\[", text)
    plain = text.replace("\n", "")
    if plain.isprintable() and (plain.isascii() or not any(map(_is_invisible, set(plain)))):
        return text  # which is most often so, and the expressions below take long to compile
    if not _UNSAFE.search(text):
        return text
    parts, last = [], 0
    for match in _UNSAFE.finditer(text):
        start, end = match.span()
        if start < last or (match[0] == "\r" and text.startswith("\n", end)):
            continue
        style = _OWN_STYLE.match(text, start) if is_styled else None
        parts += [text[last:start], style[0] if style else escape_character(match[0])]
        last = style.end() if style else end
    return "".join([*parts, text[last:]])


def encodable(text: str) -> str:
    r"""Return `text` with half surrogate pairs (bytes of a file name that are no text) written out as `\udcff`."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def further(message: str, advice: str) -> str:
    """Return what the advice adds; empty when the message ends with it, so that each fact is given once."""
    return "" if message.endswith(advice) else advice


def counted(number: int, noun: str) -> str:
    """Return `1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def cropped(text: str, limit: int) -> str:
    """Return `text` in at most `limit` characters, with `...` where it was cut."""
    return text if len(text) <= limit else f"{text[: limit - 3]}..."


def edit_distance(left: str, right: str) -> int:
    """Count the letters to add, remove, replace or swap with the next (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for number, letter in enumerate(left, 1):
        older, before, row = before, row, [number]
        for at, other in enumerate(right, 1):
            cost = min(before[at] + 1, row[-1] + 1, before[at - 1] + (letter != other))
            if number > 1 and at > 1 and letter == right[at - 2] and left[number - 2] == other:
                cost = min(cost, older[at - 2] + 1)
            row.append(cost)
    return row[-1]


LONGEST_MESSAGE = 100
"""How many characters a message has at most, unless the names in it are too long for that."""


def fitted(head: str, where: str = "", tail: str = "") -> tuple[str, tuple[str, ...]]:
    """Return a message of at most 100 characters, and as notes what did not fit: first `where`, then `tail`.

    `head` is never cut: long names make it longer.
    """
    if len(head) + len(where) + len(tail) <= LONGEST_MESSAGE:
        return f"{head}{where}{tail}", ()
    if len(head) + len(tail) <= LONGEST_MESSAGE:
        return f"{head}{tail}", _as_notes(where)
    if len(head) + len(where) <= LONGEST_MESSAGE:
        return f"{head}{where}", _as_notes(tail)
    return head, _as_notes(where, tail)


def _as_notes(*parts: str) -> tuple[str, ...]:
    return tuple(note for part in parts if (note := part.strip(" ,:;").removeprefix("so ")))


def placed(head: str, where: str, end: str) -> tuple[str, tuple[str, ...]]:
    """Return a message with `where` in the middle, or as a note where it is too long with it."""
    if len(head) + len(where) + len(end) <= LONGEST_MESSAGE:
        return f"{head}{where}{end}", ()
    return f"{head}{end}", _as_notes(where)


def shortest_that_fits(*wordings: str) -> str:
    """Return the first wording that is a message of at most 100 characters, else the last one."""
    return next((each for each in wordings if len(each) <= LONGEST_MESSAGE), wordings[-1])


_MEANT = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
}
OPERATORS = {"=>": ">=", "=<": "<=", "<>": "!="}
"""Operators of other languages, and those of PEP 440 that mean the same."""


def lookalike(character: str) -> str:
    """Return the ASCII text that a character looks like; empty when it looks like none, or is ASCII itself."""
    import unicodedata

    meant = _MEANT.get(character) or unicodedata.normalize("NFKC", character)
    return meant if meant != character and meant.isascii() and meant.isprintable() and not meant.isspace() else ""
