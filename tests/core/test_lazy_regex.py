"""Expressions that are compiled late: each of the package can be compiled, and works like a compiled one."""

from __future__ import annotations

import ast
import importlib
import re

import pytest

from ddlint.core.lazy_regex import regex
from ddlint.core.paths import glob
from ddlint.pack.shapes import PATTERNS
from tests.repository.source_tree import modules, tree

EXPRESSIONS = [
    value
    for module in modules()
    if module not in ("", "__main__")
    for value in vars(importlib.import_module(f"ddlint.{module}")).values()
    if isinstance(value, type(regex("")))
]
_PIECE = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\)(?:[*+?]|\{[0-9,]+\})(?P<possessive>\+)?|[^\\[)]+|\)"


def repeats_possessively(pattern: str) -> bool:
    """Whether an expression repeats a group as in `(...)*+`, which the first Pythons of 3.11 match wrongly."""
    return any(piece["possessive"] for piece in re.finditer(_PIECE, pattern, re.DOTALL))


def test_every_expression_of_the_package_compiles() -> None:
    assert len(EXPRESSIONS) > 100
    assert all(each.groups >= 0 for each in EXPRESSIONS)


def test_no_expression_repeats_a_group_possessively() -> None:
    handed = [
        node.args[0].value
        for module in modules()
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and re.fullmatch(r"re\.[a-z]+", ast.unparse(node.func))
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    ]
    lazy = [each.pattern for each in EXPRESSIONS if isinstance(each.pattern, str)]
    made = glob("a/**/b*[!c]/**").pattern

    assert [each for each in (*handed, *lazy, *PATTERNS.values(), made) if repeats_possessively(each)] == []


@pytest.mark.parametrize(
    "pattern, expected",
    [
        (r"a*+", False),
        (r"(a)*", False),
        (r"(?>(a)*)", False),
        (r"(a)*+", True),
        (r"(?:a++|b)?+c", True),
        (r"(?:a(?:b)*+)", True),
        (r"(a){2,3}+", True),
        (r"\(a\)*+[()*+][]()]++[^]()*+]", False),
        (r"[\])(]*+(x)\++", False),
    ],
)
def test_what_is_such_a_group(pattern: str, expected: bool) -> None:
    assert repeats_possessively(pattern) is expected


def test_it_works_like_a_compiled_one() -> None:
    words = regex(r"(?P<word>[a-z]+)", re.IGNORECASE)

    assert words.pattern == r"(?P<word>[a-z]+)"
    assert words.sub("x", "Ab 1 c") == "x 1 x"
    assert [match["word"] for match in words.finditer("Ab 1 c")] == ["Ab", "c"]
    assert (words.groups, words.fullmatch("1")) == (1, None)
    assert regex(rb"\d+").findall(b"12 3") == [b"12", b"3"]
