"""Parse Python without running it, map its syntax tree to offsets, and evaluate what its text alone determines.

What depends on a branch, a call or a loop has no value here: better silent than wrong. `ast` counts in UTF-8 bytes.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Iterator
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Source, Span

_DEEPEST = 20
_MOST_VISITS = 20_000


class Text(NamedTuple):
    """A string and the expression that it is in. A part that only a run can tell is `${}`."""

    value: str
    node: ast.expr


class Names:
    """The values of the names of a module: every expression that its top level gives to one, in order."""

    __slots__ = ("_visits", "keyed", "values")

    def __init__(self) -> None:
        self.values: dict[str, list[ast.expr]] = {}
        self.keyed: dict[str, list[tuple[ast.expr, ast.expr]]] = {}
        """What is put under a key of a dictionary: (key, value) by its name."""
        self._visits = 0

    def is_spent(self, depth: int) -> bool:
        """Count a step; true when names that refer to names take too many (they can multiply without end)."""
        self._visits += 1
        return depth > _DEEPEST or self._visits > _MOST_VISITS


def module_names(tree: ast.Module) -> Names:
    """Gather what the top level of a module assigns and appends; a name that a branch assigns again is unknown."""
    names = Names()
    for statement in tree.body:
        _gather(statement, names)
    branching = (ast.If, ast.Try, ast.For, ast.While, ast.With)
    for statement in tree.body:
        if isinstance(statement, branching):
            for node in ast.walk(statement):
                if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                    names.values.pop(node.id, None)
    return names


def _gather(statement: ast.stmt, names: Names) -> None:
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            names.values[name] = [value]
            names.keyed.pop(name, None)
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            names.values[name] = [value]
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=value):
            names.values.setdefault(name, []).append(value)
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=key)], value=value):
            names.keyed.setdefault(name, []).append((key, value))
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value])):
            names.values.setdefault(name, []).append(ast.List(elts=[value]))
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="extend"), args=[value])):
            names.values.setdefault(name, []).append(value)
        case _:
            pass


def text_of(node: ast.expr, names: Names, depth: int = 0) -> str | None:  # noqa: PLR0911 - a case per kind of node
    """Return the string that an expression is, with `${}` for what only a run can tell; nothing if it may be none."""
    if names.is_spent(depth):
        return None
    match node:
        case ast.Constant(value=str(value)):
            return value
        case ast.JoinedStr(values=parts):
            return "".join(text_of(part, names, depth + 1) or "${}" for part in parts)
        case ast.FormattedValue(value=inner, conversion=-1, format_spec=None):
            return text_of(inner, names, depth + 1)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            first, second = text_of(left, names, depth + 1), text_of(right, names, depth + 1)
            return None if first is None or second is None else first + second
        case ast.BinOp(left=ast.Constant(value=str(value)), op=ast.Mod()):
            return value.replace("%s", "${}") if "%s" in value else None
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(value)), attr="format")):
            return value.replace("{", "${")
        case ast.Name(id=name) if len(names.values.get(name, ())) == 1:
            return text_of(names.values[name][0], names, depth + 1)
        case _:
            return None


def texts_of(node: ast.expr, names: Names, depth: int = 0) -> Iterator[Text]:  # noqa: C901 - a case per kind of node
    """Yield the strings of a list, as far as they are static; one string is a list of its lines to setuptools."""
    if names.is_spent(depth):
        return
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) | ast.Set(elts=elements):
            for element in elements:
                if isinstance(element, ast.Starred):
                    yield from texts_of(element.value, names, depth + 1)
                elif (value := text_of(element, names)) is not None:
                    yield Text(value, element)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield from texts_of(left, names, depth + 1)
            yield from texts_of(right, names, depth + 1)
        case ast.Name(id=name):
            for one in names.values.get(name, ()):
                yield from texts_of(one, names, depth + 1)
        case ast.Constant(value=str(value)):
            yield Text(value, node)
        case ast.Call(func=ast.Name(id="list" | "tuple" | "set" | "sorted"), args=[inner]):
            yield from texts_of(inner, names, depth + 1)
        case _:
            return


def items_of(  # noqa: C901 - a case per kind of node
    node: ast.expr, names: Names, depth: int = 0
) -> Iterator[tuple[str, ast.expr]]:
    """Yield the static keys of a dictionary with their values."""
    if names.is_spent(depth):
        return
    match node:
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if key is None:
                    yield from items_of(value, names, depth + 1)
                elif (name := text_of(key, names)) is not None:
                    yield name, value
        case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
            yield from keywords_of(keywords, names, depth + 1)
        case ast.Name(id=name):
            for one in names.values.get(name, ()):
                yield from items_of(one, names, depth + 1)
            for subscript, one in names.keyed.get(name, ()):
                if (text := text_of(subscript, names)) is not None:
                    yield text, one
        case _:
            return


def keywords_of(keywords: list[ast.keyword], names: Names, depth: int = 0) -> Iterator[tuple[str, ast.expr]]:
    """Yield the keyword arguments of a call, those of a static `**dictionary` too."""
    for keyword in keywords:
        if keyword.arg is None:
            yield from items_of(keyword.value, names, depth + 1)
        else:
            yield keyword.arg, keyword.value


_LARGEST = 250_000
_MOST_WORDS = 25_000
_MOST_PARTS = 500
_WORD = regex(r"\w+|[^\w\s]")
_DOTTED = regex(r"(?:\.(?:\s|\\\s)*\w*(?:\s|\\\s)*)+")
_PREFIX = regex(r"[rRbBuUfF]{0,2}('''|\"\"\"|'|\")")
_NEW = regex(
    r"(?:type\s+\w+\s*(?:\[[^\]]*\]\s*)?=|(?:async\s+)?(?:def|class)\s+\w+\s*\[|except\*?\s+[\w.]+\s*,"
    r"|[^'\"#]*(?<![\w'\"])[tT][rR]?['\"])"
)
"""Lines that a later Python reads and an earlier one does not: the verdict must not depend on which one runs ddlint."""
_PYTHON_2 = regex(r"(?i)missing parentheses in call to|multiple exception types|leading zeros in decimal|`.*<>")


def _limit(text: str) -> str:
    """Return which limit a text is beyond, if any: the parser takes up to 1,000 bytes for each word or mark."""
    if len(text) > _LARGEST:
        return f"the file has more than {_LARGEST:,} characters"
    code = text
    for quotes in ('"""', "'''"):
        parts = code.split(quotes)
        code = "".join(parts[::2]) if len(parts) % 2 else code
    if sum(1 for _ in islice(_WORD.finditer(code), _MOST_WORDS + 1)) > _MOST_WORDS:
        return f"the file has more than {_MOST_WORDS:,} words and marks"
    # The parser joins `a.b.c` of an import part by part, which takes quadratic memory.
    longest = max((match[0].count(".") for match in _DOTTED.finditer(code)), default=0)
    return f"the file has a name of more than {_MOST_PARTS} parts" if longest > _MOST_PARTS else ""


def parse_python(source: Source) -> ast.Module | Problem:
    """Return the syntax tree of a source, or the one thing that kept it from being parsed."""
    if limit := _limit(source.text):
        return Problem("DD002", f"{limit} and is not read", Span(0, 0), severity=Severity.NOTICE)
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
    if not is_old and (_NEW.match(source.slice(source.line_span(line)).strip()) or "f-string" in error.msg):
        message = f"the file cannot be read here: `{words[:1].lower()}{words[1:].rstrip('.')}` may be newer syntax"
        return Problem("DD002", message, Span(start, span.end), severity=Severity.NOTICE)
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
    """Return the span of an expression."""
    end_line, end_column = node.end_lineno or node.lineno, node.end_col_offset or node.col_offset
    return Span(_offset(source, node.lineno, node.col_offset), _offset(source, end_line, end_column))


def string_locator(source: Source, node: ast.expr, value: str) -> Callable[[int, int], Span]:
    """Return the function from offsets in the value of a string to spans of the source.

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
