"""Read JSON with the place of every key and value. `json` decides; the places are from our own scan."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem
from ddlint.core.redact import written_rest
from ddlint.core.source import Source, Span
from ddlint.inputs.syntax.literal import unescaped
from ddlint.inputs.syntax.node import Document, Entry, Frame, Path

DEEP = 6
"""Nothing that is read is deeper than this."""
_TOKEN = regex(
    r'[ \t\r\n]*+(?:(?P<string>"(?>(?>(?:[^"\\]++|\\.){1,500})*)")|(?P<mark>[\[\]{}:,])|(?P<bare>[^\s"\[\]{}:,]++))'
)
_MOST_VALUES = 40_000
_CHARACTERS_OF_A_VALUE = 128
"""A lock of that many values is larger for each one more, as hashes are long: each takes memory."""
_HUGE_NUMBER = regex(r"[0-9]{4000,}")


def read_json(source: Source, deep: int = DEEP) -> Document | Problem:
    """Read a source as JSON, with the places of what is at most `deep` levels down."""
    import json

    text = source.text
    most = _MOST_VALUES + len(text) // _CHARACTERS_OF_A_VALUE
    if "," in text and sum(map(text.count, ",[{")) > most:
        message = "this is not read: the file has more values than anybody writes, or a tool for its size"
        return Problem("DD002", message, Span(0, 1))
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        return _problem(text, error.pos, error.msg)
    except RecursionError:
        start = min(start for start in (text.find(mark) for mark in "[{") if start >= 0)
        return Problem("DD002", "this is nested too deeply to be read", Span(start, start + 1))
    except ValueError:
        number = _HUGE_NUMBER.search(text)
        return Problem("DD002", "this number has too many digits", Span(*number.span()) if number else Span(0, 0))
    return Document(text, value, _entries(text, deep))


def _problem(text: str, at: int, words: str) -> Problem:
    reason = words[:1].lower() + words[1:]
    line_end = min((end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0), default=len(text))
    shown = written_rest(text, at, 40)
    if not shown and not text[at:].strip():
        what = "the file ends too early" if text.strip() else "the file is empty"
        return Problem("DD002", f"{what}: {reason}", Span(at, at))
    if text.startswith('"', at) and words.startswith("Unterminated"):
        return Problem("DD002", "this string is never closed", Span(at, at + 1))
    message = f"`{shown}` is not JSON here: {reason}" if shown else f"this is not JSON: {reason}"
    return Problem("DD002", message, Span(at, max(at + 1, at + len(text[at:line_end].rstrip()))))


class _Places:
    """What is known of the places while the tokens of a text that is JSON go by."""

    def __init__(self, text: str, deep: int) -> None:
        self.text = text
        self.deep = deep
        self.entries: dict[Path, Entry] = {}
        self.frames: list[Frame] = []
        self.path: Path | None = ()
        self.key = Span(0, 0)
        self.is_key = False

    def expect(self, part: str | int, key: Span) -> None:
        """Take the next value for that under `part` of what is open; too deep down it is of no interest."""
        parent = self.frames[-1].path
        self.path = None if parent is None or len(parent) >= self.deep else (*parent, part)
        self.key = key

    def mark(self, mark: str, at: Span) -> None:
        if mark in "[{":
            self.frames.append(Frame(self.path, self.key, at.start, 0 if mark == "[" else -1))
        elif mark in "]}":
            frame = self.frames.pop()
            self.note(frame.path, Entry(frame.key, Span(frame.start, at.end)))
            return
        frame = self.frames[-1]
        self.is_key = mark != ":" and frame.count < 0
        if frame.count >= 0:
            self.expect(frame.count, Span(at.end, at.end))
            frame.count += 1

    def scalar(self, at: Span) -> None:
        if self.is_key:
            self.expect(unescaped(self.text, at), at)
        else:
            self.note(self.path, Entry(self.key, at))

    def note(self, path: Path | None, entry: Entry) -> None:
        if path is not None:
            self.entries[path] = entry


def _entries(text: str, deep: int) -> dict[Path, Entry]:
    places = _Places(text, deep)
    for token in _TOKEN.finditer(text, 0, len(text.rstrip(" \t\r\n"))):  # blanks at the end would be tried one by one
        if token["mark"]:
            places.mark(token["mark"], Span(*token.span("mark")))
        else:
            places.scalar(Span(*token.span(token.lastgroup or 0)))
    return places.entries
