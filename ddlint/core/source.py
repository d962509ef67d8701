"""Decoded files and their line tables, the only place that turns an offset into a position, and how files are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_LARGE = 250_000
_BLOCK = 4096
_BOMS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
_LINE_END = regex(r"\r\n|\r|\n")
_COOKIE = regex(rb"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_CHARACTER_SETS = regex(r"(utf|iso8859|latin|ascii|cp\d|koi8|mac|gb|big5|euc|shift|iso2022|johab|hz|tis|ptcp|kz)")


class Span(NamedTuple):
    """A half-open range of code points in the text of a source."""

    start: int
    end: int


class Position(NamedTuple):
    """A line and a column, both from 1; the column counts code points."""

    line: int
    column: int


class Undecodable(NamedTuple):
    """Why the bytes of a file are no text."""

    reason: str


class Unread(NamedTuple):
    """Why a file could not be read at all."""

    reason: str
    is_missing: bool = False
    is_forbidden: bool = False
    """Whether permissions keep it from being opened."""


def _line_ends(text: str) -> Iterator[int]:
    """Return the offset behind every line end."""
    if "\r" in text:
        yield from (match.end() for match in _LINE_END.finditer(text))
        return
    end = text.find("\n") + 1  # far faster than the expression
    while end:
        yield end
        end = text.find("\n", end) + 1


def _packed(ends: Iterable[int]) -> Sequence[int]:
    """Keep offsets in four bytes each: a list of numbers takes ten times as much."""
    from array import array

    return array("I", chain((0,), ends))


class Source:
    """A decoded file: its absolute path with `/`, its text without a byte order mark, and its line table.

    `bom` and `encoding` are what is needed to write the text back as it was.
    """

    __slots__ = ("_counts", "_starts", "bom", "encoding", "path", "text")

    def __init__(self, path: str, text: str, encoding: str = "utf-8", bom: bytes = b"") -> None:
        self.path = path
        self.text = text
        self.encoding = encoding
        self.bom = bom
        self._starts: Sequence[int] = ()
        self._counts = [0]
        """Of a large text: how many lines end before each block, as far as anybody has asked for places."""

    @property
    def line_starts(self) -> Sequence[int]:
        """The offset at which every line starts; lines end at LF, CRLF or a lone CR, as editors count them."""
        if not self._starts:
            ends = _line_ends(self.text)
            self._starts = [0, *ends] if len(self.text) < _LARGE else _packed(ends)
        return self._starts

    @property
    def _is_counted(self) -> bool:
        """Whether lines are counted as far as places are asked for: a table of all of them takes long."""
        return not self._starts and len(self.text) >= _LARGE and "\r" not in self.text

    def _count_to(self, block: int) -> None:
        """Count the lines that end before a block, if there is one so far on."""
        while len(self._counts) <= min(block, len(self.text) // _BLOCK):
            start = (len(self._counts) - 1) * _BLOCK
            self._counts.append(self._counts[-1] + self.text.count("\n", start, start + _BLOCK))

    def position(self, offset: int) -> Position:
        """Return the line and column of `offset`; the end of the text is a position too."""
        if self._is_counted:
            block = min(offset, len(self.text)) // _BLOCK
            self._count_to(block)
            line = self._counts[block] + self.text.count("\n", block * _BLOCK, offset) + 1
            return Position(line, offset - self.text.rfind("\n", 0, offset))
        line = bisect_right(self.line_starts, offset)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def line_span(self, line: int) -> Span:
        """Return the span of `line` (from 1) without its line end."""
        if self._is_counted:
            start = self._start(line)
            end = self.text.find("\n", start)
            return Span(start, end if end >= 0 else len(self.text))
        starts = self.line_starts
        end = starts[line] if line < len(starts) else len(self.text)
        return Span(starts[line - 1], starts[line - 1] + len(self.text[starts[line - 1] : end].rstrip("\r\n")))

    def _start(self, line: int) -> int:
        """Return where a line starts, by the block in which the one before it ends."""
        while self._counts[-1] < line - 1 and len(self._counts) <= len(self.text) // _BLOCK:
            self._count_to(len(self._counts))
        block = max(bisect_left(self._counts, line - 1) - 1, 0)
        start = block * _BLOCK
        for _ in range(line - 1 - self._counts[block]):
            start = self.text.find("\n", start) + 1
        return start

    def slice(self, span: Span) -> str:
        """Return the text at `span`."""
        return self.text[span.start : span.end]


def decode(path: str, data: bytes, *, has_cookie: bool = False) -> Source | Undecodable:
    """Decode the bytes of a file: a byte order mark rules, then a PEP 263 cookie if the format has one, else UTF-8.

    Only character sets are taken from a cookie: codecs that transform (zip, rot13, idna) are no encodings of a file.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decoded(path, data[len(bom) :], encoding, bom)
    return _decoded(path, data, _cookie(data) if has_cookie else "utf-8", b"")


def _cookie(data: bytes) -> str:
    head = data[:1000]
    for line in head.splitlines()[:2] if b"coding" in head else ():
        if match := _COOKIE.match(line):
            return match[1].decode("ascii", "replace")
    return "utf-8"


def _refused(encoding: str) -> str:
    try:
        name = lookup(encoding).name.replace("-", "").replace("_", "")
    except (LookupError, ValueError):
        return f"the file names an unknown encoding, `{encoding[:40]}`"
    return "" if _CHARACTER_SETS.match(name) else f"`{encoding[:40]}` is not a character set"


def _decoded(path: str, data: bytes, encoding: str, bom: bytes) -> Source | Undecodable:
    if encoding != "utf-8" and (reason := _refused(encoding)):
        return Undecodable(reason)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return Undecodable(f"byte {error.start + 1} is not {encoding}: {error.reason}")
    if "\0" in text:
        return Undecodable("it contains NUL characters, so it is not text (or UTF-16 without a byte order mark)")
    return Source(path, text, encoding, bom)


class FileSystem(NamedTuple):
    """Ways to read files. Nothing else reads one."""

    read: Callable[[str], bytes | Unread]
    """Return the bytes of the regular file at an absolute path."""
    real: Callable[[str], str]
    """Return an absolute path with every link resolved."""


class ProcessPool(NamedTuple):
    """Processes that divide the work."""

    size: int
    """How many there may be."""
    run: Callable[[Callable[[Any], Iterable[Any]], Sequence[Any]], Iterator[Any]]
    """Return all that a function gives of each of several shares, in any order, a process for each share."""
    is_asked_for: bool = False
    """Whether the user named their number; else they are worth it only where there is much to do."""


def no_progress(_doing: str, _done: int, _total: int) -> None:
    """Report no progress."""
