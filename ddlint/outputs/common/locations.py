"""Where something is, as outputs show it: path, line and column, the address of a page, and the lines of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import mask_in_place
from ddlint.core.report import Edit, Finding, Fix, Report, apply_edits
from ddlint.core.source import Position, Source, Span
from ddlint.core.text import encodable, escape, escape_character

_NOWHERE = Position(1, 1)


class Where(NamedTuple):
    """A place with its positions; `end` is exclusive."""

    path: str
    start: Position
    end: Position


@lru_cache(maxsize=1000)
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


BOLD = "1"
FRAME = "94"
REMOVED, ADDED = "31", "32"
LEVELS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}


def painted(report: Report, style: str, text: str) -> str:
    """Return `text` in a style (the parameters of the terminal's SGR sequence) if the report is coloured."""
    return f"\x1b[{style}m{text}\x1b[0m" if report.is_coloured and text else text


def place(report: Report, finding: Finding, base: str) -> str:
    """Return `path:line:column` of a finding, relative to `base`."""
    start = where(report, finding.at, base).start
    return f"{shown(finding.at.path, base)}:{start.line}:{start.column}"


def line(report: Report, finding: Finding, base: str, mark: str = "") -> str:
    """Return `path:line:column: CODE severity: message`, with a mark before the severity."""
    at = painted(report, BOLD, place(report, finding, base))
    severity = painted(report, LEVELS[finding.severity], finding.severity.value)
    return f"{at}: {escape(finding.code)} {mark}{severity}: {escape(finding.message)}"


def page_of(report: Report, code: str) -> str:
    """Return the address of the page of a check; empty where ddlint has no address, or no such check."""
    name = report.names.get(code)
    return page_address(report.home, report.version, code) if report.home and name else ""


def page_address(home: str, version: str, code: str) -> str:
    """Return the address of the page of a check as of a version of ddlint; empty where `home` is."""
    return address(home, version, f"checks/{code.lower()}/")


def address(home: str, version: str, path: str) -> str:
    """Return the address of a page of the site as of a version of ddlint; empty where the site has none, or `path`."""
    site = site_address(home)
    return f"{site}/{version}/{path}" if site and path else ""


def site_address(home: str) -> str:
    """Return where GitHub publishes the site of a repository, `https://name.github.io/ddlint`; empty elsewhere."""
    host, _, path = home.partition("://")[2].partition("/")
    owner, _, name = path.partition("/")
    return f"https://{owner.lower()}.github.io/{name}" if host == "github.com" and name else ""


def line_address(files_url: str, path: str, line: int) -> str:
    """Return the address of a line of a file whose `path` is relative to the root; empty where none is known."""
    is_outside = path.startswith(("../", "/")) or (path[:1].isalpha() and path[1:3] == ":/")
    if is_outside or not files_url.startswith(("https://", "http://")):
        return ""
    from urllib.parse import quote

    base = quote(files_url.rstrip("/"), safe=":/@%~")
    return f"{base}/{quote(path, errors='replace')}#L{line}"


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
    if text.isascii() and text.isprintable() and "##" not in text:
        return list(text)
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
