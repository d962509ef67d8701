"""Edits of texts: laws that hold for any text and any edits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Place, Severity
from ddlint.core.report import (
    Edit,
    Finding,
    Fix,
    apply_edits,
    compatible,
    is_at_odds,
    offset_mapper,
    syntax_error_after,
)
from ddlint.core.source import Span

if TYPE_CHECKING:
    from random import Random

PATH = "/shop/requirements.txt"
TEXT = st.text(st.sampled_from("ab=<>1,\r\n\\\"'é😀"), max_size=30)


def edit(start: int, end: int, text: str, path: str = PATH) -> Edit:
    return Edit(path, Span(start, end), text)


def finding(*edits: Edit) -> Finding:
    fix = Fix("change it", is_safe=True, edits=edits)
    return Finding("DD301", Severity.ERROR, "flask", "it is old", Place(PATH, Span(0, 1)), fix=fix)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text with edits of it, which may be at odds."""
    text = draw(TEXT)
    offset = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(offset, offset), max_size=6))
    return text, [edit(min(span), max(span), draw(TEXT)) for span in spans]


def made(edits: list[Edit]) -> list[Edit]:
    """The edits that are made of those that are wished for."""
    return [each for one in compatible(finding(each) for each in edits) if one.fix for each in one.fix.edits]


@given(edited())
@settings(deadline=None, max_examples=300)
def test_what_is_outside_the_spans_stays(case: tuple[str, list[Edit]]) -> None:
    text, wished = case
    edits = sorted(set(made(wished)), key=lambda each: each.at)
    kept, position = [], 0
    for each in edits:
        kept.append(text[position : each.at.start])
        position = each.at.end
    kept.append(text[position:])
    after = apply_edits(text, edits)

    assert len(after) == sum(map(len, kept)) + sum(len(each.text) for each in edits)
    for piece, each in zip(kept, edits, strict=False):
        assert after.startswith(piece + each.text)
        after = after[len(piece + each.text) :]
    assert after == kept[-1]


@given(edited())
@settings(deadline=None, max_examples=300)
def test_a_place_outside_the_spans_is_found_again(case: tuple[str, list[Edit]]) -> None:
    text, wished = case
    edits = made(wished)
    after, move = apply_edits(text, edits), offset_mapper(edits)
    for offset, character in enumerate(text):
        if not any(each.at.start <= offset < each.at.end for each in edits):
            assert after[move(offset)] == character


@given(edited(), st.randoms())
@settings(deadline=None, max_examples=100)
def test_the_order_of_edits_says_nothing(case: tuple[str, list[Edit]], random: Random) -> None:
    text, wished = case
    edits = made(wished)
    shuffled = edits[:]
    random.shuffle(shuffled)

    assert apply_edits(text, edits) == apply_edits(text, shuffled)


@pytest.mark.parametrize(
    "one, other, expected",
    [
        (edit(0, 2, "x"), edit(2, 4, "y"), False),
        (edit(0, 3, "x"), edit(2, 4, "y"), True),
        (edit(0, 3, "x"), edit(0, 3, "x"), False),
        (edit(0, 3, "x"), edit(0, 3, "y"), True),
        (edit(0, 3, "x"), edit(0, 3, "y", "/shop/constraints.txt"), False),
        (edit(2, 2, "x"), edit(2, 2, "y"), True),
        (edit(2, 2, "x"), edit(2, 4, "y"), True),
        (edit(2, 2, "x"), edit(3, 4, "y"), False),
    ],
)
def test_edits_at_odds(one: Edit, other: Edit, *, expected: bool) -> None:
    assert is_at_odds(one, other) is expected
    assert is_at_odds(other, one) is expected


def test_of_two_fixes_at_odds_the_first_is_made_and_a_fix_is_made_whole() -> None:
    first = finding(edit(0, 2, "x"))
    torn = finding(edit(1, 3, "y"), edit(7, 8, "y"))
    last = finding(edit(7, 9, "z"))
    same = finding(edit(0, 2, "x"))

    assert compatible([first, torn, last, same]) == (first, last, same)


def test_a_fix_that_is_at_odds_with_itself_is_not_made() -> None:
    assert compatible([finding(edit(0, 2, "x"), edit(1, 3, "y"))]) == ()


TOML = 'a = ["flask==0.12", 1]\nb = "x"\n'


@pytest.mark.parametrize(
    "path, after, expected",
    [
        ("/shop/pyproject.toml", TOML.replace("==0.12", ">=1.1"), ""),
        ("/shop/pyproject.toml", TOML.replace('==0.12"', ">=1.1"), "it could not be read again as TOML"),
        ("/shop/Pipfile", TOML.replace("==0.12", '", "x'), "it would change more of the TOML than this text"),
        ("/shop/Pipfile", TOML.replace(", 1]", "]"), "it would change more of the TOML than this text"),
        ("/shop/Pipfile", TOML.replace("1]", "2]"), "it would change more of the TOML than this text"),
        ("/shop/Pipfile", TOML.replace("b =", "c ="), "it would change more of the TOML than this text"),
        ("/shop/setup.cfg", "anything", ""),
    ],
)
def test_toml_stays_what_it_was_but_for_texts(path: str, after: str, expected: str) -> None:
    assert syntax_error_after(path, TOML, after) == expected


@pytest.mark.parametrize(
    "after, is_fine", [('["b"]', True), ("[]", True), ('["b", "a"]', True), ('["b", "c", "d"]', False)]
)
def test_a_list_of_texts_may_lose_some(after: str, *, is_fine: bool) -> None:
    found = syntax_error_after("/shop/pyproject.toml", 'a = ["a", "b"]\n', f"a = {after}\n")

    assert (found == "") is is_fine
