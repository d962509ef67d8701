"""Where something is, as outputs show it: a relative path with `/`, lines and columns from 1."""

from __future__ import annotations

from ddlint.core.model import Place
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Report
from ddlint.core.source import Position, Source, Span
from ddlint.core.text import encodable, escape

_NOWHERE = Position(1, 1)


class Where(NamedTuple):
    """A place with its positions; `end` is exclusive."""

    path: str
    start: Position
    end: Position


def relative(path: str, base: str) -> str:
    """Return the absolute `path` relative to the directory `base`, both with `/`; unchanged on another drive."""
    ours, theirs = path.rstrip("/").split("/"), base.rstrip("/").split("/")
    if not path or ours[0] != theirs[0]:
        return encodable(path or ".")
    shared = 0
    while shared < min(len(ours), len(theirs)) and ours[shared] == theirs[shared]:
        shared += 1
    return encodable("/".join([".."] * (len(theirs) - shared) + ours[shared:]) or ".")


def shown(path: str, base: str) -> str:
    """Return `path` relative to `base` for people: on one line, and never at its start what a CI runner would obey."""
    text = escape(relative(path, base))
    return f"./{text}" if text.startswith(":") or text[:1].isspace() else text


def relative_place(place: str, base: str) -> str:
    """Return `path:line` with the path relative to `base`; empty when there is no place."""
    path, _, line = place.rpartition(":")
    return f"{relative(path, base)}:{line}" if path else ""


def inside(source: Source, span: Span) -> Span:
    """Return `span` cut to the text of `source`."""
    start = min(max(span.start, 0), len(source.text))
    return Span(start, min(max(span.end, start), len(source.text)))


def where(report: Report, place: Place, base: str) -> Where:
    """Return the path of `place` relative to `base`, and its positions: 1:1 in a file that could not be read."""
    path = relative(place.path, base)
    source = report.sources.get(place.path)
    if source is None:
        return Where(path, _NOWHERE, _NOWHERE)
    span = inside(source, place.at)
    return Where(path, source.position(span.start), source.position(span.end))


def on_one_line(report: Report, place: Place, base: str) -> Where:
    """Return `where`, ended with the line that `place` starts on."""
    at = where(report, place, base)
    source = report.sources.get(place.path)
    if source is None or at.start.line == at.end.line:
        return at
    return at._replace(end=source.position(max(source.line_span(at.start.line).end, inside(source, place.at).start)))
