"""`setup.py`, by its syntax tree only: what the text of the call of `setup()` tells. It is never run."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Manifest, Problem, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source, Span
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requirement import is_marker, read_requirement
from ddlint.inputs.common.requires_python import read_python_range
from ddlint.inputs.syntax.lines import python_comments
from ddlint.inputs.syntax.python_literals import (
    Names,
    items_of,
    keywords_of,
    module_names,
    parse_python,
    string_locator,
    text_of,
    texts_of,
)

NAME = "setup.py"

_SCOPES = {"install_requires": "", "setup_requires": "build", "tests_require": "group:test"}
_LINE = regex(r"[^\n]+")


def parse(source: Source) -> Manifest:
    """Read the arguments of every `setup()` call that are written out."""
    tree = parse_python(source)
    comments = python_comments(source.text)
    if isinstance(tree, Problem):
        return gather(source, NAME, [tree], comments)
    names = module_names(tree)
    found: dict[Item, None] = {}
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and _is_setup(call.func):
            for name, value in keywords_of(call.keywords, names):
                found.update(dict.fromkeys(_argument(source, name, value, names)))
    return gather(source, NAME, found, comments)


def _is_setup(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="setup"):
            return True
        case ast.Attribute(value=ast.Name(id="setuptools" | "core" | "distutils"), attr="setup"):
            return True
        case _:
            return False


def _argument(source: Source, name: str, value: ast.expr, names: Names) -> Iterator[Item]:
    if name in _SCOPES:
        yield from _requirements(source, value, names, _SCOPES[name])
    elif name == "extras_require":
        for key, inner in items_of(value, names):
            extra, _, marker = key.partition(":")
            scope = f"extra:{normalize(extra)}" if extra else ""
            for item in _requirements(source, inner, names, scope):
                yield from _marked(item, marker)
    elif name == "python_requires" and (text := text_of(value, names)) is not None:
        node = _node_of(value, names)
        if found := read_python_range(text, string_locator(source, node, text)):
            yield found


def _node_of(value: ast.expr, names: Names) -> ast.expr:
    """Return the expression that a chain of names ends in."""
    for _ in range(len(names.values)):
        if not isinstance(value, ast.Name) or value.id not in names.values:
            break
        value = names.values[value.id][0]
    return value


def _marked(item: Item, marker: str) -> Iterator[Item]:
    """Add to a requirement the marker that is in the key of its extra: `extra:marker`."""
    if not marker or not isinstance(item, Dependency):
        yield item
    elif is_marker(marker):
        yield item._replace(marker=f"({item.marker}) and ({marker})" if item.marker else marker)


def _requirements(source: Source, value: ast.expr, names: Names, scope: str) -> Iterator[Item]:
    for text in texts_of(value, names):
        locate = string_locator(source, text.node, text.value)
        for match in _LINE.finditer(text.value):
            if match[0].strip() and not match[0].lstrip().startswith("#"):
                yield _requirement(source, match.start(), match[0], locate, scope)


def _requirement(
    source: Source, start: int, line: str, locate: Callable[[int, int], Span], scope: str
) -> Dependency | Problem:
    body = line.partition(" #")[0]
    found = read_requirement(body, lambda first, last: locate(start + first, start + last), scope=scope)
    if isinstance(found, Dependency) and "${}" in body:
        return found._replace(written=written(source.slice(found.at)))
    return found
