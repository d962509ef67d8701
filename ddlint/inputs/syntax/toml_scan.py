"""Scan TOML for the location of every key and value, beside `tomllib`, which gives the values."""

from __future__ import annotations

from collections.abc import Container
from sys import maxsize

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span
from ddlint.inputs.syntax.lines import has_directive
from ddlint.inputs.syntax.literal import unescaped
from ddlint.inputs.syntax.node import Entry, Frame, Path

BLANK = regex(r"(?>(?>(?:[ \t\r\n]++|#[^\n]*+){1,500})*)")
COMMENT = regex(r"#[^\r\n]*+")
SPACE = regex(r"[ \t]*+")
_BASIC = r'"(?>(?>(?:[^"\\\n]++|\\.){1,500})*)"'
_LITERAL = r"'[^'\n]*+'"
KEY = regex(rf"[A-Za-z0-9_-]++|{_BASIC}|{_LITERAL}")
SCALAR = regex(
    r'"""(?>(?>(?:[^"\\]++|\\[\s\S]|"{1,2}(?!")){1,500})*)"{3,5}'
    r"|'''(?>(?>(?:[^']++|'{1,2}(?!')){1,500})*)'{3,5}"
    rf"|{_BASIC}(?!\")|{_LITERAL}(?!')"
    r"|[^\s,\]}#\[{\"']++(?: [0-9]{2}:[^\s,\]}#]++)?"
)


def key_text(text: str, key: Span) -> str:
    """Return the name that a part of a key is written for, with its quotes and escapes taken off."""
    written = text[key.start : key.end]
    if written[0] not in "\"'":
        return written
    return unescaped(text, key) if "\\" in written and written[0] == '"' else written[1:-1]


DEEP = 12
"""Nothing that is read is deeper than this."""
_LONGEST_KEY = 100
"""A key with more parts takes `tomllib` quadratic time, and real files have none."""
_DEEPEST = 5000
_LONGEST_NUMBER = 1000
"""A longer one takes `tomllib` a hundred times its size."""
COST_OF_A_HEADER = 5
COST_OF_A_TABLE = 2
_COST_OF_A_PLACE = 5
"""A part of a header, an inline table and a place that is kept take as much memory as so many values more."""


class Scan(NamedTuple):
    """What a scan found."""

    entries: dict[Path, Entry]
    comments: tuple[Span, ...]
    """The comments that hold `ddlint:`."""
    end: int
    """Where it stopped: the length of the text if it went well."""
    unclosed: tuple[int, ...]
    """Where the brackets of the arrays and inline tables that were open at the end are, the innermost last."""
    key: Span
    """The last key on the innermost level that was open at the end."""
    limit: str = ""
    """The limit that ended the scan at that key, if one did."""


class _StopError(Exception):
    """The text is not TOML from here on, or goes beyond the limit of values."""


class _Scanner:
    def __init__(self, text: str, deep: int, most: int, kept: Container[str] | None) -> None:
        self.text = text
        self.deep = deep
        self.kept = kept
        self.entries: dict[Path, Entry] = {}
        self.indexes: dict[Path, int] = {}
        """The index of the last element of every array of tables."""
        self.comments: list[Span] = []
        self.has_comments = has_directive(text)
        self.position = 0
        self.frames: list[Frame] = []
        self.last = Span(0, 0)
        self.most = most

    def run(self) -> None:
        base: Path | None = ()
        while True:
            self.skip(self.position)
            if self.position >= len(self.text):
                return
            if self.text[self.position] == "[":
                base = self.header()
            else:
                path, key, self.last = self.pair(base)
                self.value(path, key)

    def skip(self, position: int) -> None:
        """Go past blanks, line ends and comments."""
        match = BLANK.match(self.text, position)
        self.position = match.end() if match else position
        if self.has_comments:
            for comment in COMMENT.finditer(self.text, position, self.position):
                if has_directive(comment[0]):
                    self.comments.append(Span(*comment.span()))

    def space(self, position: int) -> None:
        match = SPACE.match(self.text, position)
        self.position = match.end() if match else position

    def expect(self, mark: str) -> None:
        if not self.text.startswith(mark, self.position):
            raise _StopError
        self.position += len(mark)

    def below(self, path: Path | None, part: str | int) -> Path | None:
        """Return the path of a child; `None` where that is too deep to be of interest."""
        return None if path is None or len(path) >= self.deep else (*path, part)

    def key(self) -> list[tuple[str, Span]]:
        """Read a key, dotted or not, up to what follows it."""
        parts: list[tuple[str, Span]] = []
        while match := KEY.match(self.text, self.position):
            span = Span(*match.span())
            parts.append((key_text(self.text, span), span))
            self.space(match.end())
            if len(parts) > _LONGEST_KEY:
                self.last = Span(parts[0][1].start, span.end)
                raise _StopError(f"this key has more than {_LONGEST_KEY} parts")
            if not self.text.startswith(".", self.position):
                break
            self.space(self.position + 1)
        if not parts:
            raise _StopError
        self.count(parts[0][1], len(parts))
        return parts

    def count(self, at: Span, number: int = 1) -> None:
        """Count the parts of a key, or a value of an array."""
        self.most -= number
        if self.most < 0:
            self.last = at
            raise _StopError("the file has more values than anybody writes; split it, or leave it out with `exclude`")

    def header(self) -> Path | None:
        start = self.position
        is_array = self.text.startswith("[[", start)
        self.space(start + 1 + is_array)
        parts = self.key()
        self.last = Span(parts[0][1].start, parts[-1][1].end)
        self.count(self.last, COST_OF_A_HEADER * len(parts))
        self.expect("]]" if is_array else "]")
        header = Span(start, self.position)
        path: Path | None = ()
        for part, at in parts[:-1]:
            path = self.parent(path, part, at, header)
        part, at = parts[-1]
        path = self.below(path, part)
        if path is None:
            return None
        if is_array:
            self.enter(path, at, header)
            self.indexes[path] = self.indexes.get(path, -1) + 1
            path = self.below(path, self.indexes[path])
        if path is not None:
            self.enter(path, at, header, is_new=True)
        return path

    def enter(self, path: Path, key: Span, value: Span, *, is_new: bool = False) -> None:
        """Keep the places of a key, if anybody asks for it: those that are there, or those of the first time."""
        if (self.kept is None or path[-1] in self.kept) and (is_new or path not in self.entries):
            self.entries[path] = Entry(key, value)
            self.count(key, _COST_OF_A_PLACE if self.kept else 0)

    def parent(self, path: Path | None, part: str, key: Span, value: Span) -> Path | None:
        """Go down one part that is not the last; that of an array of tables is its last element."""
        path = self.below(path, part)
        if path is None:
            return None
        self.enter(path, key, value)
        return self.below(path, self.indexes[path]) if path in self.indexes else path

    def pair(self, base: Path | None) -> tuple[Path | None, Span, Span]:
        """Read a key up to its value: the path, the last part of the key, and all of it."""
        parts = self.key()
        self.expect("=")
        self.space(self.position)
        for part, at in parts[:-1]:
            base = self.parent(base, part, at, at)
        part, at = parts[-1]
        return self.below(base, part), at, Span(parts[0][1].start, at.end)

    def value(self, path: Path | None, key: Span) -> None:
        """Read a value with all that is in it, without recursion."""
        bottom = len(self.frames)
        while True:
            self.open_or_note(path, key)
            self.close(bottom)
            if len(self.frames) == bottom:
                return
            frame = self.frames[-1]
            if frame.count < 0:
                path, key, frame.last = self.pair(frame.path)
            else:
                path, key = self.below(frame.path, frame.count), Span(self.position, self.position)
                frame.count += 1
                self.count(key)

    def open_or_note(self, path: Path | None, key: Span) -> None:
        mark = self.text[self.position : self.position + 1]
        if mark and mark in "[{":
            if len(self.frames) > _DEEPEST:  # `tomllib` gives up long before that
                raise _StopError
            self.count(key, COST_OF_A_TABLE if mark == "{" else 0)
            self.frames.append(Frame(path, key, self.position, 0 if mark == "[" else -1))
            self.skip(self.position + 1)
        elif match := SCALAR.match(self.text, self.position):
            if mark not in "\"'" and match.end() - self.position > _LONGEST_NUMBER:
                self.last = Span(*match.span())
                raise _StopError("this number has too many digits")
            self.note(path, key, self.position, match.end())
        else:
            raise _StopError

    def note(self, path: Path | None, key: Span, start: int, end: int) -> None:
        if path is not None:
            self.enter(path, key, Span(start, end), is_new=True)
        self.position = end

    def close(self, bottom: int) -> None:
        """Go past commas and closing brackets to the next element."""
        while len(self.frames) > bottom:
            self.skip(self.position)
            if self.text.startswith(",", self.position):
                self.skip(self.position + 1)
            frame = self.frames[-1]
            if not self.text.startswith("}" if frame.count < 0 else "]", self.position):
                return
            self.frames.pop()
            self.note(frame.path, frame.key, frame.start, self.position + 1)


def scan(text: str, deep: int = DEEP, most: int = maxsize, kept: Container[str] | None = None) -> Scan:
    """Find every key and value that is at most `deep` levels down, or those of them with a key among `kept`.

    A text with more than `most` values is not for us.
    """
    scanner = _Scanner(text, deep, most, kept)
    limit = ""
    try:
        scanner.run()
    except _StopError as stop:
        limit = str(stop)
    frames = scanner.frames if not limit else []
    return Scan(
        scanner.entries,
        tuple(scanner.comments),
        scanner.position,
        tuple(frame.start for frame in frames),
        frames[-1].last if frames else scanner.last,
        limit,
    )
