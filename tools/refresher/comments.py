"""Comments of a file that is written again: they stay above, or behind, the line they were written for."""

from __future__ import annotations

import json
import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from tools.refresher.files import load

if TYPE_CHECKING:
    from collections.abc import Sequence

_ASIDE = re.compile(r'(?P<line>.*[]}":\w])(?P<aside>\s+#[^"}]*)')


class _Line(NamedTuple):
    text: str
    above: tuple[str, ...]
    aside: str


def keep_comments(old: str, new: str) -> str:
    """Return `new` with the comments of `old`, each at the line that took the place of its own.

    A line that says the same as the old one keeps the old one's words.
    """
    lines, last = _commented(old.split("\n"))
    written = new.split("\n")
    comments: dict[int, list[_Line]] = {}
    for tag, first, end, start, stop in _aligned([line.text for line in lines], written):
        for number in range(first, end):
            line = lines[number] if start < stop else lines[number]._replace(aside="")
            place = min(start + number - first, max(start, stop - 1))
            if tag == "equal":
                written[place] = line.text
            if line.above or line.aside:
                comments.setdefault(place, []).append(line)
    result: list[str] = []
    for number, text in enumerate(written):
        found = comments.get(number, [])
        result += [comment for line in found for comment in line.above]
        result.append(text + "".join(line.aside for line in found if text))
    return "\n".join([*result[:-1], *last, *result[-1:]])


def head_of(old: str, default: str) -> str:
    """Return the text down to the line that ends `default`: of the old file, where it has that line."""
    marker = default.rstrip("\n").rpartition("\n")[2] + "\n"
    head, found, _ = old.partition(f"\n{marker}")
    return f"{head}\n{marker}" if found else default


def _commented(lines: list[str]) -> tuple[list[_Line], list[str]]:
    """Return the lines without comments, each with those above it and behind it, and the comments at the end."""
    found: list[_Line] = []
    above: list[str] = []
    for line in lines:
        if line.lstrip().startswith("#"):
            above.append(line)
            continue
        aside = _ASIDE.fullmatch(line)
        found.append(_Line(aside["line"] if aside else line, tuple(above), aside["aside"] if aside else ""))
        above = []
    return found, above


def _aligned(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    matcher = SequenceMatcher(None, [*map(_meaning, old)], [*map(_meaning, new)], autojunk=False)
    return matcher.get_opcodes()


def _meaning(line: str) -> str:
    """Return what a line says, however it is written."""
    import yaml

    try:
        said = load(line) if "{" in line else line
    except yaml.YAMLError:  # a value that goes on in the next line
        return line
    return line if said == line else f"{len(line) - len(line.lstrip())} {json.dumps(said, sort_keys=True)}"
