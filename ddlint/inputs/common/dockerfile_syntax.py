"""Split a Dockerfile into its instructions, with continuations and here-documents, and fill in its variables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Source, Span
from ddlint.inputs.syntax.lines import Line

_INSTRUCTION = regex(r"\s*(?P<keyword>[A-Za-z]+)(?:\s+|$)")
_ESCAPE = regex(r"#\s*escape\s*=\s*(?P<character>[\\`])\s*$", re.IGNORECASE)
_HEREDOC = regex(r"<<-?(?P<quote>['\"]?)(?P<word>[A-Za-z_]\w*)(?P=quote)")
_MOST_PIECES = 5000
"""Nobody continues a line so often; what goes on longer is cut off."""
_MOST_DOCUMENTS = 100


class Instruction(NamedTuple):
    """One instruction: its keyword in capitals, the rest of it on one line, and its here-documents."""

    keyword: str
    line: Line
    documents: tuple[Line, ...] = ()


def _escape(source: Source) -> str:
    """Return the character that continues a line: a backslash, unless a directive at the very top says otherwise."""
    for number in range(1, len(source.line_starts) + 1):
        text = source.slice(source.line_span(number)).strip()
        if match := _ESCAPE.fullmatch(text):
            return match["character"]
        if not text.startswith("#") or "=" not in text:
            break
    return "\\"


def instructions(source: Source) -> Iterator[Instruction]:
    """Yield the instructions of a source."""
    escape = _escape(source)
    numbers = iter(range(1, len(source.line_starts) + 1))
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for number in numbers:
        span = source.line_span(number)
        text = source.slice(span)
        bare = text.strip()
        if not bare or bare.startswith("#"):
            continue
        body = text.rstrip()
        is_continued = body.endswith(escape)
        body = body[:-1] if is_continued else text
        if len(pieces) < _MOST_PIECES:
            pieces.append((length, span.start))
            parts.append(body)
            length += len(body)
        if not is_continued:
            yield from _instruction(Line("".join(parts), tuple(pieces)), source, numbers)
            parts, pieces, length = [], [], 0
    if parts:
        yield from _instruction(Line("".join(parts), tuple(pieces)), source, numbers)


def _instruction(line: Line, source: Source, numbers: Iterator[int]) -> Iterator[Instruction]:
    match = _INSTRUCTION.match(line.text)
    if match is None:
        return
    keyword = match["keyword"].upper()
    found = islice(_HEREDOC.finditer(line.text), _MOST_DOCUMENTS) if keyword in ("RUN", "COPY", "ADD") else ()
    words = [each["word"] for each in found]
    documents = tuple(_document(word, source, numbers) for word in words)
    shift = match.end()
    pieces = tuple((logical - shift, start) for logical, start in line.pieces)
    yield Instruction(keyword, Line(line.text[shift:].rstrip(), pieces), documents)


def _document(word: str, source: Source, numbers: Iterator[int]) -> Line:
    """Read a here-document up to the line that is its word."""
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    length = 0
    for number in numbers:
        span = source.line_span(number)
        text = source.slice(span)
        if text.strip() == word:
            break
        if len(pieces) < _MOST_PIECES:
            pieces.append((length, span.start))
            parts.append(text)
            length += len(text) + 1
    return Line("\n".join(parts), tuple(pieces) or ((0, 0),))


_VARIABLE = regex(
    r"\\\$|\$(?:(?P<plain>[A-Za-z_]\w*)|\{(?P<braced>[A-Za-z_]\w*)(?:(?P<operator>:?[-+?])(?P<word>[^{}]*))?\})"
)
_LONGEST = 1000


class Value(NamedTuple):
    """The value of a variable, and where it is written."""

    text: str
    at: Span


def fill_in(text: str, variables: Mapping[str, Value]) -> str | None:
    """Return `text` with its variables filled in; `None` where one of them is set from elsewhere."""
    parts: list[str] = []
    position = 0
    for match in _VARIABLE.finditer(text):
        value = _value(match, variables)
        if value is None:
            return None
        parts += [text[position : match.start()], value]
        position = match.end()
    filled = "".join([*parts, text[position:]])
    return filled if len(filled) <= _LONGEST else None


def _value(match: re.Match[str], variables: Mapping[str, Value]) -> str | None:
    if match[0] == "\\$":
        return "$"
    known = variables.get(match["plain"] or match["braced"])
    match match["operator"]:
        case ":-" | "-":
            return known.text if known else match["word"]
        case ":+" | "+":
            return match["word"] if known else ""
        case _:
            return known.text if known else None


def named_in(text: str) -> tuple[str, ...]:
    """Return the names of the variables in a text."""
    return tuple(match["plain"] or match["braced"] or "" for match in _VARIABLE.finditer(text))
