"""The lines of a source as they can be shown, cropped and masked: where a span starts, and what a fix changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ddlint.core.edits import apply_edits
from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import mask_in_place
from ddlint.core.report import Edit, Fix
from ddlint.core.source import Source, Span
from ddlint.core.text import escape_character
from ddlint.outputs.common.locations import inside

LIMIT = 120
_LONGEST = 100_000
"""What is read of a longer line on both sides of the span."""
_TIMES = 4
"""So many characters for each column are looked at on both sides: some take no column."""
_LEGACY_COMMAND = regex(r"##\w*+\[")


class Excerpt(NamedTuple):
    """A line to show, and the columns of the terminal that the span takes in it."""

    line: int
    text: str
    before: int
    width: int


def excerpt(source: Source, span: Span, limit: int = LIMIT) -> Excerpt:
    """Return the first line of `span`, cropped to `limit` columns around it, with `...` where it was cut."""
    span = inside(source, span)
    number = source.position(span.start).line
    line = source.line_span(number)
    first = max(line.start, span.start - _LONGEST)
    whole = _masked(source, first, min(line.end, span.start + _LONGEST))
    start = min(span.start - first, len(whole))
    end = min(max(span.end - first, start), len(whole))
    skipped = max(start - _TIMES * limit, 0)  # a long line with many findings is not taken apart for each of them
    text = whole[skipped : start + _TIMES * limit]
    start, end = start - skipped, min(end - skipped, len(text))
    first += skipped
    cells = _cells(text)
    widths = [_width(cell) for cell in cells]
    left, right = _window(widths, start, end, limit)
    lead = "..." if left or first > line.start else ""
    tail = "..." if right < len(cells) or first + len(text) < line.end else ""
    shown = f"{lead}{''.join(cells[left:right])}{tail}"
    return Excerpt(number, shown, len(lead) + sum(widths[left:start]), max(1, sum(widths[start : min(end, right)])))


def marked(source: Source, span: Span) -> str:
    """Return the first line of `span` with its number, and a mark below it: two lines without colours."""
    cut = excerpt(source, span)
    number = str(cut.line)
    return f"{number} | {cut.text}".rstrip() + f"\n{' ' * len(number)} | {' ' * cut.before}{'^' * cut.width}"


@lru_cache(maxsize=8)
def _masked(source: Source, start: int, end: int) -> str:
    """Return a part of one line, masked as what it is on its page: the two lines before may name what it sets."""
    text = source.text
    before = start
    for _ in range(2):
        before = max(text.rfind("\n", 0, max(before - 1, 0)) + 1, before - _LONGEST)
    shown = mask_in_place(text[before:end])[start - before :]
    if start and text[start - 1] != "\n":  # a word that is cut may be the end of a secret
        shown = re.sub(r"^\S+", lambda match: "*" * len(match[0]), shown)
    return (
        shown if text[end : end + 1] in ("", "\r", "\n") else re.sub(r"\S+$", lambda match: "*" * len(match[0]), shown)
    )


def _cells(text: str) -> list[str]:
    cells = ["    " if char == "\t" else escape_character(char) for char in text]
    for match in _LEGACY_COMMAND.finditer(text) if "##" in text else ():
        cells[match.end() - 1] = "\\["
    return cells


def _width(cell: str) -> int:
    if cell.isascii():
        return len(cell)
    from unicodedata import category, east_asian_width

    if category(cell) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(cell) in "WF" else 1


def _window(widths: list[int], start: int, end: int, limit: int) -> tuple[int, int]:
    """Choose the cells to show: all that fit, the start of the span first, then both sides of it in turn."""
    if sum(widths) <= limit:
        return 0, len(widths)
    left = right = start
    room = limit
    while right < end and widths[right] <= room:
        room -= widths[right]
        right += 1
    side = room // 2
    while left and widths[left - 1] <= side:
        left -= 1
        side -= widths[left]
        room -= widths[left]
    while right < len(widths) and widths[right] <= room:
        room -= widths[right]
        right += 1
    while left and widths[left - 1] <= room:
        left -= 1
        room -= widths[left]
    return left, right


class ChangedLine(NamedTuple):
    """A line of a file and what a fix makes of it; `after` is empty where the line goes."""

    path: str
    line: int
    before: str
    after: str


def changed_lines(fix: Fix, sources: Mapping[str, Source], limit: int) -> tuple[ChangedLine, ...]:
    """Return the lines that a fix changes, in order; none where an edit spans lines or its file was not read."""
    edits: dict[tuple[str, int], list[Edit]] = {}
    for edit in sorted(set(fix.edits), key=lambda each: (each.path, each.at)):
        source = sources.get(edit.path)
        if source is None or edit.at != inside(source, edit.at) or not edit.text.isprintable():
            return ()
        line = source.position(edit.at.start).line
        if edit.at.end > source.line_span(line).end and edit.at.start > source.line_span(line).start:
            return ()
        edits.setdefault((edit.path, line), []).append(edit)
    return tuple(_changed(sources[path], line, each, limit) for (path, line), each in edits.items())


def _changed(source: Source, number: int, edits: list[Edit], limit: int) -> ChangedLine:
    line, first = source.line_span(number), edits[0].at.start
    before = excerpt(source, Span(first, edits[-1].at.end), limit).text
    text = apply_edits(source.text, edits)
    longer = len(text) - len(source.text)
    if edits[-1].at.end > line.end:
        return ChangedLine(source.path, number, before, "")
    after = Source(source.path, text[: line.end + longer])
    return ChangedLine(source.path, number, before, excerpt(after, Span(first, edits[-1].at.end + longer), limit).text)
