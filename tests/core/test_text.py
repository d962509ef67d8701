import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.text import counted, cropped, encodable, escape, fitted, further, placed, shortest_that_fits


@pytest.mark.parametrize(
    "text, expected",
    [
        ("größe 漢字 \U0001f600 `a`", "größe 漢字 \U0001f600 `a`"),
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x1b[31m\x07\x7f\x85\x9b", "\\x1b[31m\\x07\\x7f\\x85\\x9b"),
        ("\u202ea\u2066b\u2028c\u2029", "\\u202ea\\u2066b\\u2028c\\u2029"),
        ("\u200b\u200d\ufeff\u2060\u00ad", "\\u200b\\u200d\\ufeff\\u2060\\xad"),
        ("\udcff\ud800 \U000e0041", "\\udcff\\ud800 \\U000e0041"),
        ("##[error]boo ###[x ##Vso[y ##vso", "##\\[error]boo ###\\[x ##Vso\\[y ##vso"),
        ("#[a] # [b]", "#[a] # [b]"),
    ],
)
def test_visible(text: str, expected: str) -> None:
    assert expected == escape(text)


@given(st.text(st.characters(exclude_categories=())))
@settings(deadline=None, max_examples=200)
def test_visible_text_is_one_line_that_can_be_written_and_stays_as_it_is(text: str) -> None:
    shown = escape(text)

    assert shown == escape(shown)
    assert len(shown.splitlines()) <= 1
    shown.encode("utf-8")


def test_advice_is_not_told_twice() -> None:
    assert further("it breaks; pin a<2", "pin a<2") == ""
    assert further("it breaks", "pin a<2") == "pin a<2"
    assert further("it breaks", "") == ""


def test_encodable_keeps_all_but_half_pairs() -> None:
    assert encodable("a\n\u202eé\udcff") == "a\n\u202eé\\udcff"


@pytest.mark.parametrize("number, expected", [(0, "0 files"), (1, "1 file"), (2, "2 files")])
def test_counted(number: int, expected: str) -> None:
    assert expected == counted(number, "file")


@pytest.mark.parametrize("limit, expected", [(6, "abcdef"), (5, "ab...")])
def test_cropped(limit: int, expected: str) -> None:
    assert expected == cropped("abcdef", limit)


@pytest.mark.parametrize(
    "head, where, tail, expected",
    [
        ("a", " on b", ": c", ("a on b: c", ())),
        ("a" * 90, " on Python 3", ": c", ("a" * 90 + ": c", ("on Python 3",))),
        ("a" * 90, " on b", ", so it is c", ("a" * 90 + " on b", ("it is c",))),
        ("a" * 100, " on b", ": c", ("a" * 100, ("on b", "c"))),
        ("a" * 101, "", "", ("a" * 101, ())),
    ],
)
def test_what_does_not_fit_into_a_message_is_a_note(
    head: str, where: str, tail: str, expected: tuple[str, tuple[str, ...]]
) -> None:
    assert expected == fitted(head, where, tail)


def test_a_place_in_the_middle_of_a_message_is_left_out_first() -> None:
    assert placed("a", " on b", " is c") == ("a on b is c", ())
    assert placed("a" * 90, " on Python 3", " is c") == ("a" * 90 + " is c", ("on Python 3",))


def test_the_first_wording_that_fits_is_taken() -> None:
    assert shortest_that_fits("a" * 101, "b" * 100, "c") == "b" * 100
    assert shortest_that_fits("b" * 103, "a" * 102) == "a" * 102
