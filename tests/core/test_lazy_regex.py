"""Expressions that are compiled late: each of the package can be compiled, and works like a compiled one."""

from __future__ import annotations

import ast
import importlib
import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.lazy_regex import regex, with_atomic_groups
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
REPEATED = sorted(
    {
        each.pattern
        for each in EXPRESSIONS
        if isinstance(each.pattern, str) and with_atomic_groups(each.pattern) != each.pattern
    }
)
PIECES = [
    "a",
    "1",
    ".",
    ".*",
    "*",
    "x",
    "==",
    ">=",
    "~=",
    ",",
    " ",
    "\t",
    "\n",
    "#",
    "'",
    '"',
    '"""',
    "\\",
    "[",
    "]",
    "-",
    ":",
    "rc",
]


def test_every_expression_of_the_package_compiles() -> None:
    assert len(EXPRESSIONS) > 100
    assert len(REPEATED) > 15
    assert all(each.groups >= 0 for each in EXPRESSIONS)


def test_every_expression_takes_that_way() -> None:
    """What `re` is handed directly is plain, or made where no group is repeated so."""
    handed = [
        (module, node.args[0])
        for module in modules()
        if module != "core.lazy_regex"
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and re.fullmatch(r"re\.[a-z]+", ast.unparse(node.func))
    ]
    made = {module for module, text in handed if not isinstance(text, ast.Constant)}
    plain = [text.value for _, text in handed if isinstance(text, ast.Constant) and isinstance(text.value, str)]

    assert made == {"inputs.common.direct_reference", "pack.build.validate_shape", "core.paths"}
    assert [*map(with_atomic_groups, plain)] == plain
    assert [*map(with_atomic_groups, PATTERNS.values())] == [*PATTERNS.values()]
    assert with_atomic_groups(glob("a/**/b*[!c]/**").pattern) == glob("a/**/b*[!c]/**").pattern


@pytest.mark.skipif(sys.version_info < (3, 11, 5), reason="this Python matches the expressions wrongly as they stand")
@given(data=st.data())
@settings(deadline=None, max_examples=300)
def test_law_it_is_the_same_expression(data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(REPEATED))
    text = data.draw(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
    one, other = re.compile(written), re.compile(with_atomic_groups(written))

    assert [match.regs for match in one.finditer(text)] == [match.regs for match in other.finditer(text)]


def test_it_works_like_a_compiled_one() -> None:
    words = regex(r"(?P<word>[a-z]+)", re.IGNORECASE)

    assert words.pattern == r"(?P<word>[a-z]+)"
    assert words.sub("x", "Ab 1 c") == "x 1 x"
    assert [match["word"] for match in words.finditer("Ab 1 c")] == ["Ab", "c"]
    assert (words.groups, words.fullmatch("1")) == (1, None)
    assert regex(rb"\d+").findall(b"12 3") == [b"12", b"3"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"a*+", r"a*+"),
        (r"(a)*", r"(a)*"),
        (r"(a)*+", r"(?>(a)*)"),
        (r"(?:a++|b)?+c", r"(?>(?:a++|b)?)c"),
        (r"(?P<a>\[)?+(?(a)\])", r"(?>(?P<a>\[)?)(?(a)\])"),
        (r"(?:a(?:b)*+)++", r"(?>(?:a(?>(?:b)*))+)"),
        (r"(a){2,3}+", r"(?>(a){2,3})"),
        (r"\(a\)*+[()*+][]()]++[^]()*+]", r"\(a\)*+[()*+][]()]++[^]()*+]"),
        (r"[\])(]*+(x)\++", r"[\])(]*+(x)\++"),
    ],
)
def test_a_group_that_gives_nothing_back_is_written_for_every_python(pattern: str, expected: str) -> None:
    assert with_atomic_groups(pattern) == expected
    assert re.compile(expected)


def test_what_a_broken_off_turn_has_taken_is_given_back() -> None:
    """The first Pythons of 3.11 do not, so the rest is looked for too late."""
    found = regex(r"(?P<release>[0-9]++(?:\.[0-9]++)*+)(?P<wild>\.\*)?").match("3.8.*")

    assert found is not None
    assert found.groups() == ("3.8", ".*")
