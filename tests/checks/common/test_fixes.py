"""Specifiers written anew: in the manner in which they stand, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.checks.common.fixes import lowest, narrow, raise_specifier, repin
from ddlint.versions.poetry_constraint import translate
from ddlint.versions.specifiers import Verdict, range_of, verdict

KNOWN = ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15")


def meaning(written: str) -> str:
    """What a text means: PEP 440 where it is that, else Poetry's grammar."""
    plain = "".join(written.replace("\\\n", "").split()).strip("()")
    if range_of(plain) is not None:
        return plain
    translated = translate(written)
    assert isinstance(translated, str)
    return translated


@pytest.mark.parametrize(
    "written, floor, expected",
    [
        ("==0.12", "1.1.4", ">=1.1.4"),
        ("== 0.12", "1.1.4", ">= 1.1.4"),
        ("===0.12", "1.1.4", ">=1.1.4"),
        ("(==0.12)", "1.1.4", "(>=1.1.4)"),
        ("==2.2.8rc1", "2.2.8", ">=2.2.8"),
        (">=0.12,<3", "1.1.4", ">=1.1.4,<3"),
        (">0.12", "1.1.4", ">=1.1.4"),
        ("< 3 , >= 0.12", "1.1.4", "< 3 , >= 1.1.4"),
        (">=0.12,\\\n   <3", "1.1.4", ">=1.1.4,\\\n   <3"),
        (">=0.12,!=2.3,<3", "1.1.4", ">=1.1.4,!=2.3,<3"),
        (">=1.8,<2", "2.2.8", ">=2.2.8,<3"),
        (">=1.8,<2.0", "2.2.8", ">=2.2.8,<3.0"),
        (">=1.8,<1.12", "2.2", ">=2.2,<2.3"),
        ("~=2.2", "2.2.8", "~=2.2,>=2.2.8"),
        ("~=1.8", "2.2", "~=2.2"),
        ("~=1.8.1", "2.2", "~=2.2.0"),
        ("==1.*", "2.2", ">=2.2"),
        ("==2.*", "2.2.8", "==2.*,>=2.2.8"),
        ("^4.3.0", "4.4", "^4.4"),
        ("^5.0.1", "6.0", "^6.0"),
        ("^0", "0.9", "^0,>=0.9"),
        ("~2.2", "2.2.8", "~2.2.8"),
        ("~2", "2.2.8", "~2,>=2.2.8"),
        ("0.12", "1.1.4", ">=1.1.4"),
        ("2.*", "2.2.8", "2.*,>=2.2.8"),
    ],
)
def test_a_lower_end_is_raised(written: str, floor: str, expected: str) -> None:
    assert raise_specifier(written, meaning(written), (f">={floor}",)) == expected


@pytest.mark.parametrize(
    "written, supported, expected",
    [
        ("==1.0", (">=1.10,<8.0",), ">=1.10,<8.0"),
        ("== 1.0", (">=1.10,<=8",), ">= 1.10,<=8"),
        ("1.0", (">=1.10,<8.0",), ">=1.10,<8.0"),
        ("==1.*", (">=2.2,<6",), ">=2.2,<6"),
        ("==1.0", (">=2,<8", ">=2.2,<6"), ">=2.2,<6"),
        ("==1.0", (">=2,<8", ">=2.2"), ">=2.2,<8"),
        (">=1,<3", (">=2.2,<6",), ">=2.2,<3"),
        ("==1.0", ("~=2.2.1",), ">=2.2.1,<2.3"),
    ],
)
def test_what_replaces_a_pin_ends_where_the_support_does(
    written: str, supported: tuple[str, ...], expected: str
) -> None:
    """An installer takes the newest that a range admits, and nothing is said of one without an upper bound."""
    assert raise_specifier(written, meaning(written), supported) == expected


@pytest.mark.parametrize(
    "written, specifier, supported",
    [
        ("<2", "<2", ">=2.2"),  # nothing to raise
        ("==2.2.0", "==2.2.0", "!=2.2.0,>=1"),  # it is not the lower end that is wrong
        (">=3", ">=3", ">=2.2"),  # nothing is wrong
        ("^1 || ^2", ">=1,<2 || >=2,<3", ">=2.2"),
        (">=1,>=1.5", ">=1,>=1.5", ">=2.2"),  # two lower bounds
        ("==1.0", "==1.1", ">=2.2"),  # the text is not what was read
        (r"\u003e=1.0", ">=1.0", ">=2.2"),  # an escape of TOML
        ("==1.0", "==1.0", ">=2,<3 || >=4"),  # no one floor
        ("==1.0", "==1.0", "<2"),
    ],
)
def test_what_is_not_raised(written: str, specifier: str, supported: str) -> None:
    assert raise_specifier(written, specifier, (supported,)) == ""


@pytest.mark.parametrize(
    "written, specifier, expected",
    [("=0.12", "==0.12.*", ">=2.2.8"), ("=2", "==2.*", "=2,>=2.2.8"), ("=1.2.*", "==1.2.*", ">=2.2.8")],
)
def test_a_fuzzy_pin_of_conda_is_raised(written: str, specifier: str, expected: str) -> None:
    assert raise_specifier(written, specifier, (">=2.2.8",)) == expected


@pytest.mark.parametrize("supported", ["~=0.6.1", ">=0.6.1,<0.7", ">=0.6.1"])
def test_the_own_bound_of_the_subject_is_not_repeated(supported: str) -> None:
    assert raise_specifier("==0.4.0", "==0.4.0", (supported,), is_capped=False) == ">=0.6.1"


def test_the_highest_of_several_floors_counts() -> None:
    assert raise_specifier(">=1,<5", ">=1,<5", (">=2.2", ">=3.1")) == ">=3.1,<5"


NUMBER = st.builds(lambda *parts: ".".join(map(str, parts)), st.integers(0, 5), st.integers(0, 12), st.integers(0, 3))
SHORT = st.one_of(NUMBER, st.builds(lambda *parts: ".".join(map(str, parts)), st.integers(0, 5), st.integers(0, 12)))
CLAUSE = st.builds(
    lambda sign, gap, number: sign + gap + number,
    st.sampled_from([">=", ">", "==", "~=", "^", "~", "<"]),
    st.sampled_from(["", " "]),
    SHORT,
)


@given(st.lists(CLAUSE, min_size=1, max_size=2), SHORT)
@settings(deadline=None, max_examples=400)
def test_what_is_raised_is_supported_and_loses_nothing(parts: list[str], floor: str) -> None:
    """The new text means a subset of what is supported, and all that was both admitted and supported."""
    written = ",".join(parts)
    translated = meaning(written) if any(mark in written for mark in "^~") else "".join(written.split())
    text = raise_specifier(written, translated, (f">={floor}",))
    if text:
        now, before = range_of(meaning(text)), range_of(f"{translated},>={floor}")

        assert verdict(meaning(text), (f">={floor}",)) in {Verdict.SUPPORTED, Verdict.UNBOUNDED}
        assert now is not None
        assert before is not None
        assert (before - now).is_empty
        assert raise_specifier(text, meaning(text), (f">={floor}",)) == ""


@pytest.mark.parametrize(
    "written, lacking, expected",
    [
        (">=3.8", "3.8", ">=3.9"),
        (">= 3.8", "3.8", ">= 3.9"),
        (">=3.8.1", "3.8", ">=3.9"),
        (">3.7", "3.7 3.8", ">=3.9"),
        (">=3.7,<4", "3.7 3.8", ">=3.9,<4"),
        (">=3.9,<3.16", "3.15", ">=3.9,<3.15"),
        (">=3.9, <=3.15", "3.15", ">=3.9, <3.15"),
        (">=3.8,<3.16", "3.8 3.15", ">=3.9,<3.15"),
        ("^3.8", "3.8", "^3.9"),
        ("~=3.8", "3.8", "~=3.9"),
        (">=2.7,!=3.6.*", "2.7", ">=3.7,!=3.6.*"),
        (">=3.9", "3.11", ""),  # a gap in the middle
        ("==3.8.*", "3.8", ""),  # nothing is left
        (">=3.9", "3.15", ">=3.9,<3.15"),
        (">=3.9, !=3.9.1", "3.15", ">=3.9, !=3.9.1, <3.15"),
        (">=3.9,<4", "3.15", ">=3.9,<3.15"),
        (">=3.9,<4.0.0", "3.15", ">=3.9,<3.15"),
        ("~=3.10", "3.15", ">=3.10,<3.15"),
        ("^3.9", "3.15", ">=3.9,<3.15"),
        ("^3.9,!=3.9.4", "3.15", ">=3.9,!=3.9.4,<3.15"),
        (">3.8", "3.8 3.15", ">=3.9,<3.15"),
        ("~3.8 || ~3.12", "3.8", ""),
    ],
)
def test_a_range_of_pythons_is_narrowed(written: str, lacking: str, expected: str) -> None:
    assert narrow(written, meaning(written), KNOWN, tuple(lacking.split())) == expected


@pytest.mark.parametrize(
    "written, expected", [("==1.1.1", "==1.1.2"), ("== 1.1.1", "== 1.1.2"), ("1.1.1", "1.1.2"), (">=1.1.1", "")]
)
def test_a_pin_is_moved(written: str, expected: str) -> None:
    assert repin(written, meaning(written) if "=" in written else f"=={written}", "1.1.2") == expected


@pytest.mark.parametrize("supported, expected", [(">=2.2", "2.2"), ("<5,>=2.2", "2.2"), ("<5", ""), (">=2 || >=4", "")])
def test_the_floor_of_what_is_supported(supported: str, expected: str) -> None:
    assert lowest(supported) == expected
