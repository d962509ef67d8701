"""Text of any content as cells of a GitHub table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ddlint.core.lazy_regex import regex
from ddlint.core.text import counted, cropped, escape

_MARKS = regex(r"[\\`*_\[\]<|~$&]")
_LIVE = regex(r"[@#]|:(?=//)|(?i:\bwww)(?=\.)|(?i:\bGH)(?=-[0-9])|:(?=[0-9]{0,8}[A-Za-z+\\_-][\w+\\-]{0,64}:)")
"""What GitHub makes a link or a picture of: mentions, references, addresses, `GH-1`, `:smile:`."""
_LONGEST = 2000


def code(text: str) -> str:
    """Return `text` as a code span; nothing for nothing."""
    text = cropped(escape(text), _LONGEST)
    if not text:
        return ""
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def linked(text: str, address: str) -> str:
    """Return a cell that leads to an address; the cell as it is where there is none."""
    return f"[{text}](<{address}>)" if text and address else text


def prose(text: str) -> str:
    """Return a sentence with its code spans; nothing else in it is markup, a link, a picture or a mention."""
    parts = cropped(escape(text), _LONGEST).split("`")
    if len(parts) % 2 == 0 or not all(part.strip() for part in parts[1::2]):
        return _plain("`".join(parts))
    return "".join(code(part) if number % 2 else _plain(part) for number, part in enumerate(parts))


def _plain(text: str) -> str:
    return _LIVE.sub(r"\g<0>&#8203;", _MARKS.sub(r"\\\g<0>", text))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], number: int, budget: int) -> list[str]:
    """Return the lines of a table of at most `budget` bytes, and a line on how many of `number` rows are missing."""
    lines = []
    for cells in rows:
        line = _row(cells)
        budget -= len(line.encode("utf-8")) + 1
        if budget < 0:
            break
        lines.append(line)
    left = number - len(lines)
    tail = ["", f"{counted(left, 'row')} more would not fit."] if left else []
    return [_row(head), _row(["---"] * len(head)), *lines, *tail]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
