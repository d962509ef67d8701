"""CPython 3.11.0 to 3.11.4 match `(...)*+` wrongly (python/cpython#106052), and Debian 12 ships 3.11.2."""

from __future__ import annotations

import re

import pytest

from tests.repository.source_tree import PACKAGE

POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")


@pytest.mark.parametrize(
    "text, expected", [("(a)*+", True), ("(?:a){0,12}+", True), ("(?>(?:a)*)", False), ("a*+", False)]
)
def test_a_possessive_group_is_seen(text: str, *, expected: bool) -> None:
    assert bool(POSSESSIVE_GROUP.search(text)) is expected


def test_no_expression_of_an_input_has_one() -> None:
    """An atomic group, `(?>(...)*)`, is the same and right on every Python."""
    found = [
        f"{path.name}:{number}"
        for path in sorted((PACKAGE / "inputs").rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if POSSESSIVE_GROUP.search(line)
    ]

    assert found == []
