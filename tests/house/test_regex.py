"""Expressions that are compiled late: each of the package can be compiled, and works like a compiled one."""

from __future__ import annotations

import importlib
import re

from ddlint.regex import regex
from tests.house._source import modules


def test_every_expression_of_the_package_compiles() -> None:
    lazy = type(regex(""))
    found = [
        value
        for module in modules()
        if module not in ("", "__main__")
        for value in vars(importlib.import_module(f"ddlint.{module}")).values()
        if isinstance(value, lazy)
    ]

    assert len(found) > 100
    assert all(each.groups >= 0 for each in found)


def test_it_works_like_a_compiled_one() -> None:
    words = regex(r"(?P<word>[a-z]+)", re.IGNORECASE)

    assert words.pattern == r"(?P<word>[a-z]+)"
    assert words.sub("x", "Ab 1 c") == "x 1 x"
    assert [match["word"] for match in words.finditer("Ab 1 c")] == ["Ab", "c"]
    assert (words.groups, words.fullmatch("1")) == (1, None)
    assert regex(rb"\d+").findall(b"12 3") == [b"12", b"3"]
