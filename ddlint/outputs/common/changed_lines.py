"""The lines that a fix changes, before and after, as they can be shown: one pair for each line."""

from __future__ import annotations

from collections.abc import Mapping

from ddlint.core.edits import apply_edits
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Edit, Fix
from ddlint.core.source import Source, Span
from ddlint.outputs.common.excerpt import excerpt
from ddlint.outputs.common.locations import inside


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
