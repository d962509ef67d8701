"""Read an INI file as `configparser` does, with the place of every line of every value, which that has not."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Source, Span
from ddlint.inputs.syntax.lines import has_directive

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re


_SECTION = regex(r"\[(?P<name>.+)\]")
_OPTION = regex(r"(?P<key>[^=:]*)(?P<delimiter>[=:])\s*(?P<value>.*)$")
_MOST_LINES = 15_000
"""No file written by hand comes near it."""


class Piece(NamedTuple):
    """A line of a value (or a part of one) without blanks around it, and its offset in the source."""

    text: str
    start: int

    def locate(self, start: int, end: int) -> Span:
        """Return the span of a range of the text."""
        return Span(self.start + start, self.start + end)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """Return a range of it without blanks around that."""
        part = self.text[start:end]
        return Piece(part.strip(), self.start + start + len(part) - len(part.lstrip()))


class Option(NamedTuple):
    """A key with the lines of its value, the first being the one of the key itself, which may be empty."""

    section: str
    key: str
    lines: tuple[Piece, ...]


class Ini(NamedTuple):
    """The options of a file in their order, the first mistake in it, and its comments that hold `ddlint:`."""

    options: tuple[Option, ...]
    problem: Problem | None
    comments: tuple[Span, ...]


def _lines(source: Source) -> Iterator[Piece]:
    for number in range(1, len(source.line_starts) + 1):
        span = source.line_span(number)
        yield Piece(source.slice(span), span.start)


class _State:
    """What has been read so far; `configparser` compares the indent of a line with that of the key before it."""

    def __init__(self) -> None:
        self.section: str | None = None
        self.options: list[tuple[str, str, list[Piece]]] = []
        self.seen: set[tuple[str, str]] = set()
        self.indent = 0
        self.is_open = False
        """A key is above, so a line that is indented more goes on with its value."""
        self.problem: Problem | None = None
        self.count = 0

    def complain(self, piece: Piece, message: str) -> None:
        shown = f"`{written(piece.text, 80)}` {message}"
        self.problem = self.problem or Problem("DD002", shown, piece.locate(0, len(piece.text)))

    def read(self, line: Piece) -> None:
        piece = line.cut(0)
        indent = len(line.text) - len(line.text.lstrip())
        if self.is_open and indent > self.indent:
            self.options[-1][2].append(piece)
            self.count += 1
            return
        self.indent = indent
        section, option = _SECTION.match(piece.text), _OPTION.match(piece.text)
        if section:
            self.is_open = False
            self.section = section["name"]
        elif self.section is None:
            self.complain(piece, "comes before any section; write a header such as `[options]` above it")
        elif option is None or not option["key"]:
            self.complain(piece, "is neither a section nor `key = value`; indent it if it belongs to the value above")
        else:
            self._open(self.section, option, piece)

    def _open(self, section: str, option: re.Match[str], piece: Piece) -> None:
        key = option["key"].rstrip()
        if (section, key) in self.seen:
            self.complain(piece.cut(0, option.end("key")), f"is there a second time in `[{written(section, 80)}]`")
        self.seen.add((section, key))
        self.options.append((section, key, [piece.cut(option.start("value"))]))
        self.is_open = True
        self.count += 1


def read_ini(source: Source) -> Ini:
    """Read a source; what is around a mistake is read all the same."""
    state = _State()
    comments = []
    for line in _lines(source):
        stripped = line.text.strip()
        if stripped.startswith(("#", ";")):
            if has_directive(stripped):
                comments.append(line.cut(0).locate(0, len(stripped)))
        elif stripped:
            if state.count >= _MOST_LINES:
                state.complain(line.cut(0), f"is not read, nor what follows: {_MOST_LINES:,} lines are above")
                break
            state.read(line)
            if (found := line.text.find(" #")) >= 0 and has_directive(line.text[found:]):
                comments.append(Span(line.start + found + 1, line.start + len(line.text)))
    options = tuple(Option(section, key, tuple(lines)) for section, key, lines in state.options)
    return Ini(options, state.problem, tuple(comments))
