"""Text of lines: logical lines as pip joins them, the comments for ddlint, and the words of a shell line.

pip joins lines that end in a backslash and cuts comments; its lines also end at characters (form feed, U+2028 ...)
that no editor counts as a line end, so what a line means follows pip while its place is an offset into the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span

_BREAK = regex(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CHUNK = 50_000
_MOST_PIECES = 5000
"""Nobody continues a line so often; what goes on longer is cut off, so that it takes no memory."""


class Line(NamedTuple):
    """A logical line without its comment and without blanks around it."""

    text: str
    pieces: tuple[tuple[int, int], ...]
    """(offset in `text`, offset in the source) of every physical line in it; the first offset is 0 or less."""
    comment: Span | None = None

    def locate(self, start: int, end: int) -> Span:
        """Return the span in the source of a range of `text`; an empty one stays behind what is before it."""
        if len(self.pieces) == 1:
            shift = self.pieces[0][1] - self.pieces[0][0]
            return Span(start + shift, end + shift)
        last = self._source_offset(max(end - 1, 0))
        return Span(self._source_offset(start), last + 1) if start < end else Span(last + (end > 0), last + (end > 0))

    def _source_offset(self, offset: int) -> int:
        index = bisect_right(self.pieces, offset, key=lambda piece: piece[0]) - 1
        logical, source = self.pieces[max(index, 0)]
        return source + offset - logical


def _physical_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the text of every line; in chunks, as a list of all of them may be huge."""
    start = 0
    while start < len(text):
        last = _BREAK.search(text, start + _CHUNK) if start + _CHUNK < len(text) else None
        chunk = text[start : last.end() if last else len(text)]
        offset = start
        for raw, body in zip(chunk.splitlines(keepends=True), chunk.splitlines(), strict=True):
            yield offset, body
            offset += len(raw)
        start = offset


def logical_lines(text: str, is_taken: Callable[[str, int], bool] = lambda _, __: False) -> Iterator[Line]:
    """Yield every logical line that holds anything; one that is only a comment has an empty text.

    `is_taken` gets what is on one line by itself, and where that begins; what it takes is not yielded.
    """
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for start, body in _physical_lines(text):
        is_comment = "#" in body and body.lstrip().startswith("#")
        if body.endswith("\\") and not is_comment:
            if len(pieces) >= _MOST_PIECES:
                continue
            stripped = body.strip("\\")
            pieces.append((length, start + len(body) - len(body.lstrip("\\"))))
            parts.append(stripped)
            length += len(stripped)
            continue
        if not pieces:
            if body and not is_taken(body, start):
                text, left, comment = _cut(body)
                at = Span(start + comment, start + len(body)) if comment >= 0 else None
                yield Line(text, ((-left, start),), at)
            continue
        # A comment within a continuation gets a blank before it, so that it is one whatever stands before.
        pieces.append((length + is_comment, start))
        yield _finished("".join(parts) + " " * is_comment + body, tuple(pieces))
        parts, pieces, length = [], [], 0
    if pieces:
        yield _finished("".join(parts), tuple(pieces))


def _comment_start(text: str) -> int:
    """Return the offset of the `#` that starts a comment (the first, or one after white space), or -1."""
    found = text.find("#")
    while found > 0 and not text[found - 1].isspace():
        found = text.find("#", found + 1)
    return found


def _finished(text: str, pieces: tuple[tuple[int, int], ...]) -> Line:
    """Cut the comment and the blanks around a joined line."""
    body, left, start = _cut(text)
    comment = Line(text, pieces).locate(start, len(text)) if start >= 0 else None
    return Line(body, tuple((logical - left, source) for logical, source in pieces), comment)


def _cut(text: str) -> tuple[str, int, int]:
    """Return a line without comment and blanks, how many blanks precede it, and where the comment starts, or -1."""
    start = _comment_start(text)
    body = text[:start] if start >= 0 else text
    return body.strip(), len(body) - len(body.lstrip()), start


_PYTHON = regex(
    r"(?P<comment>#[^\r\n]*)|(?:\"\"\"(?>(?>(?:[^\"\\]++|\\.|\"(?!\"\")){1,500})*)(?:\"\"\"|$)|'''(?>(?>(?:[^'\\]++|\\.|'(?!'')){1,500})*)(?:'''|$)"
    r"|\"(?>(?>(?:[^\"\\\r\n]++|\\.){1,500})*)(?:\"|$)?|'(?>(?>(?:[^'\\\r\n]++|\\.){1,500})*)(?:'|$)?)",
    re.DOTALL,
)
_DIRECTIVE = regex(r"#[ \t]*+(?:ddlint:|(?i:ddlint[ \t:-]*+(?:file[ \t_-]?)?ignore[ \t]*+\[))")
_HASH = regex(r"(?:^|(?<=[\s]))#[^\r\n]*", re.MULTILINE)


def has_directive(text: str) -> bool:
    """Return whether a text holds a comment for ddlint, or what is nearly one: `# DDlint ignore[`."""
    return "#" in text and _DIRECTIVE.search(text) is not None


def python_comments(text: str) -> tuple[Span, ...]:
    """Return the comments of a Python text, and no `#` within a string."""
    if not has_directive(text):
        return ()
    return tuple(
        Span(*match.span())
        for match in _PYTHON.finditer(text)
        if match["comment"] is not None and has_directive(match["comment"])
    )


def hash_comments(text: str, others: Iterable[Span] = ()) -> tuple[Span, ...]:
    """Return the text from a `#` at the start of a line or after a blank on, but not within the spans of `others`."""
    if not has_directive(text):
        return ()
    taken = [span for span in others if has_directive(text[span.start : span.end])]
    return tuple(
        Span(*match.span())
        for match in _HASH.finditer(text)
        if has_directive(match[0]) and not any(span.start <= match.start() < span.end for span in taken)
    )


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
