"""Parse Python without running it, and map its syntax tree back to offsets: `ast` counts in UTF-8 bytes."""

from __future__ import annotations

import ast
import warnings

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem, Severity
from ddlint.core.redact import written
from ddlint.core.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ddlint.core.source import Source

_LARGEST = 250_000
_PREFIX = regex(r"[rRbBuUfF]{0,2}('''|\"\"\"|'|\")")
_PYTHON_2 = regex(r"(?i)missing parentheses in call to|multiple exception types|leading zeros in decimal|`.*<>")


def parse_python(source: Source) -> ast.Module | Problem:
    """Give the syntax tree of a source, or the one thing that kept it from being parsed."""
    if len(source.text) > _LARGEST:
        message = f"the file has more than {_LARGEST:,} characters and is not read"
        return Problem("DD002", message, Span(0, 0), severity=Severity.NOTICE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source.text)
    except SyntaxError as error:
        return _problem(source, error)
    except (ValueError, RecursionError, MemoryError):
        return Problem("DD002", "the file is nested too deeply to be read", Span(0, 0))


def _problem(source: Source, error: SyntaxError) -> Problem:
    line = min(max(error.lineno or 1, 1), len(source.line_starts))
    span = source.line_span(line)
    start = min(span.start + max((error.offset or 1) - 1, 0), span.end)
    words = written(error.msg.partition(". ")[0], 200)
    is_old = _PYTHON_2.search(error.msg) is not None
    hint = "; it looks like Python 2, so nothing is read from it" if is_old else ""
    message = f"this is not Python 3: {words[:1].lower()}{words[1:].rstrip('.')}{hint}"
    return Problem("DD002", message, Span(start, span.end), severity=Severity.NOTICE if is_old else Severity.ERROR)


def _offset(source: Source, line: int, byte_column: int) -> int:
    start = source.line_starts[line - 1]
    text = source.text[start : start + byte_column]
    if not text.isascii():
        text = source.text[start : start + byte_column].encode()[:byte_column].decode(errors="ignore")
    return start + len(text)


def span_of(source: Source, node: ast.expr) -> Span:
    """Give the span of an expression."""
    end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return Span(_offset(source, node.lineno, node.col_offset), _offset(source, end_line, end_column))


def string_locator(source: Source, node: ast.expr, value: str) -> Callable[[int, int], Span]:
    """Give the function from offsets in the value of a string to spans of the source.

    Where the string has escapes or is made of several, every offset maps to all of it (without its quotes if it can).
    """
    whole = span_of(source, node)
    text = source.slice(whole)
    prefix = _PREFIX.match(text)
    if prefix is None or not text.endswith(prefix[1]):
        return lambda _start, _end: whole
    body = Span(whole.start + prefix.end(), whole.end - len(prefix[1]))
    raw = source.slice(body)
    if raw == value:
        return lambda start, end: Span(body.start + start, body.start + end)
    offsets = [index for index, one in enumerate(raw) if one != "\r" or raw[index + 1 : index + 2] != "\n"]
    if "".join("\n" if raw[index] == "\r" else raw[index] for index in offsets) == value:
        offsets.append(len(raw))
        return lambda start, end: Span(body.start + offsets[start], body.start + offsets[end])
    is_one = prefix[1] not in raw
    return lambda _start, _end: body if is_one else whole
