"""No regular expression takes long, whatever it is given: each is tried with texts made of its own pieces.

A text is a start, one or two pieces of the expression over and over, and an end that it does not expect. The texts grow
until the largest a caller hands it; what takes exponential or quadratic time is seen long before.
"""

from __future__ import annotations

import ast
import re
import time
from collections import defaultdict
from functools import cache
from importlib import import_module
from itertools import takewhile
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

import pytest

from tests.repository.source_tree import modules, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (16, 22, 28, 40, 60, 300, 500, 1000, 3000, 10_000)
SECONDS = 0.08
"""For the largest: what is linear takes a hundredth of it, what is quadratic ten times as much."""
SAMPLES = {
    "checks.common.fixes": (1000, "looks at 200 characters before a place, and leaves a longer specifier alone"),
    "inputs.common.requirement_errors": (2000, "looks at the first characters only"),
    "inputs.syntax.toml_lock_lines": (3000, "stops at the first thing it does not know; its values are matched before"),
    "outputs.common.locations": (1000, "looks at what is around a place only"),
    "versions.poetry_constraint": (2000, "refuses a longer constraint"),
}
"""The largest text that the callers of a module hand to its expressions, and why it is smaller than a file."""
GENERIC = (
    " ",
    "\n",
    "a",
    "0",
    ".",
    "-",
    ",",
    "'",
    '"',
    "[",
    "=",
    "\\",
    "a.",
    "a ",
    "0.",
    "a,",
    "a-",
    " \n",
    "#",
    "[]",
    "a=",
)
METHODS = frozenset({"match", "search", "fullmatch", "finditer", "findall", "sub", "subn", "split"})


class Expression:
    """An expression of a module, and the methods it is called by there."""

    def __init__(self, module: str, name: str, pattern: re.Pattern[Any], methods: frozenset[str]) -> None:
        self.module, self.name, self.pattern, self.methods = module, name, pattern, methods

    def __repr__(self) -> str:
        return f"{self.module}.{self.name}"

    def run(self, text: str) -> None:
        subject: Any = text.encode("utf-8") if isinstance(self.pattern.pattern, bytes) else text
        for method in self.methods:
            if method == "finditer":
                for _ in self.pattern.finditer(subject):
                    pass
            elif method in ("sub", "subn"):
                self.pattern.sub(lambda match: match[0], subject)
            else:
                getattr(self.pattern, method)(subject)


@cache
def _called() -> dict[tuple[str, str], set[str]]:
    """The methods that are called on each name, by its module; empty for that of a name without an underscore."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module in modules():
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
                name = node.value.id
                found[module if name.startswith("_") else "", name].add(node.attr)
    return found


def _compiled(value: object) -> Iterator[re.Pattern[Any]]:
    """The expressions in a value of a module: itself, or what a tuple or a table of them holds."""
    if isinstance(value, re.Pattern):
        yield value
    elif type(value).__module__ == "ddlint.core.lazy_regex":
        yield re.compile(value.pattern, value._flags)  # type: ignore[attr-defined]
    elif isinstance(value, tuple | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _compiled(each)


@cache
def _imported(module: str) -> frozenset[str]:
    """The names that a module takes from another, where their expressions are tried."""
    taken = (node for node in ast.walk(tree(module)) if isinstance(node, ast.ImportFrom))
    return frozenset(each.asname or each.name for node in taken for each in node.names)


@cache
def expressions() -> tuple[Expression, ...]:
    found = []
    for module in modules():
        for name, value in vars(import_module(f"ddlint.{module}")).items():
            for pattern in () if name in _imported(module) else _compiled(value):
                called = _called().get((module if name.startswith("_") else "", name))
                methods = frozenset(called or {"match", "search", "fullmatch"})
                found.append(Expression(module, name, pattern, methods))
    return tuple(found)


def _characters(parsed: Any) -> Iterator[str]:
    """A character of every literal, class and category in an expression."""
    for operator, argument in parsed:
        if operator is sre.LITERAL:
            yield chr(argument)
        elif operator in (sre.NOT_LITERAL, sre.ANY):
            yield "a"
        elif operator is sre.IN:
            yield from _of_class(argument)
        elif isinstance(argument, tuple):
            for part in argument:
                yield from _of_part(part)
        elif isinstance(argument, _parser.SubPattern):
            yield from _characters(argument)


def _of_part(part: Any) -> Iterator[str]:
    if isinstance(part, _parser.SubPattern):
        yield from _characters(part)
    elif isinstance(part, list):
        for each in part:
            yield from _of_part(each)


def _of_class(items: Any) -> Iterator[str]:
    is_negated = any(operator is sre.NEGATE for operator, _ in items)
    for operator, argument in items:
        if operator is sre.LITERAL:
            yield "z" if is_negated else chr(argument)
        elif operator is sre.RANGE:
            yield "z" if is_negated else chr(argument[0])
        elif operator is sre.CATEGORY:
            yield {sre.CATEGORY_SPACE: " ", sre.CATEGORY_DIGIT: "0"}.get(argument, "a")


def texts(pattern: re.Pattern[Any], *, is_brief: bool = False) -> Iterator[tuple[str, str, str]]:
    """(start, what is repeated, end)"""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = list(dict.fromkeys(_characters(_parser.parse(source, pattern.flags & ~re.UNICODE))))[:12]
    pumps = dict.fromkeys([*own, *(one + two for one in own[:5] for two in own[:5] if one != two), *GENERIC])
    starts = dict.fromkeys(["", *("".join(own[:count]) for count in (1, 4)), "a"])
    for pump in list(pumps)[:: 5 if is_brief else 1]:
        for start in list(starts)[: 2 if is_brief else None]:
            yield start, pump, "\x00"


def slowest(expression: Expression, sizes: tuple[int, ...], *, is_brief: bool = False) -> tuple[float, str]:
    """The longest time that a text took, and that text in short; it stops at the first that takes too long."""
    worst = (0.0, "")
    for start, pump, end in texts(expression.pattern, is_brief=is_brief):
        for size in sizes:
            text = start + pump * (size // len(pump)) + end
            begun = time.process_time()
            expression.run(text)
            taken = time.process_time() - begun
            if taken > worst[0]:
                worst = (taken, f"{start!r} + {pump!r} * {size // len(pump)} + {end!r}")
            if taken > SECONDS:
                return worst
    return worst


def sizes_of(expression: Expression) -> tuple[int, ...]:
    largest = SAMPLES.get(expression.module, (SIZES[-1], ""))[0]
    return (*(size for size in SIZES if size < largest), largest)


def test_all_of_them_are_found() -> None:
    assert len(expressions()) > 120


def slow_ones(module: str, *, is_brief: bool) -> Iterator[str]:
    """The expressions of a module that took long three times in a row."""
    for expression in expressions():
        if expression.module == module:
            tries = (slowest(expression, sizes_of(expression), is_brief=is_brief) for _ in range(3))
            found = list(takewhile(lambda tried: tried[0] > SECONDS, tries))
            if len(found) == 3:
                yield f"{expression}: {found[-1][0]:.2f} s for {found[-1][1]}"


MODULES = sorted({expression.module for expression in expressions()})


@pytest.mark.parametrize("module", MODULES)
def test_none_takes_long(module: str) -> None:
    assert list(slow_ones(module, is_brief=True)) == []


@pytest.mark.slow
@pytest.mark.parametrize("module", MODULES)
def test_none_takes_long_with_many_more_texts(module: str) -> None:
    assert list(slow_ones(module, is_brief=False)) == []


@pytest.mark.parametrize("pattern", [r"(a+)+$", r"(a|a)*b", r"^\s*(.*?)\s*x$", r"[a-z]+\d*[a-z]+!"])
def test_a_slow_one_is_seen(pattern: str) -> None:
    expression = Expression("x", "X", re.compile(pattern), frozenset({"search"}))

    assert slowest(expression, SIZES)[0] > SECONDS
