"""What is written plainly is judged as `packaging` judges it: versions, specifiers, and sets of versions."""

from __future__ import annotations

import operator
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.version import InvalidVersion
from packaging.version import Version as Whole

from ddlint.versions import ranges, specifiers
from ddlint.versions.ranges import Range, Version, clauses_of, range_of_clauses

if TYPE_CHECKING:
    from collections.abc import Callable

    from packaging.ranges import VersionRange

NUMBERS = st.sampled_from([0, 0, 0, 1, 1, 2, 3, 10, 999999])
NUMERIC = st.lists(NUMBERS, min_size=1, max_size=4).map(lambda numbers: ".".join(map(str, numbers)))
PLAIN = NUMERIC | st.builds("{}.post{}".format, NUMERIC, st.sampled_from([0, 1, 2, 12, 999999, 1000000]))
SPELLED = st.builds(
    "{}{}{}".format, st.sampled_from(["", "v", " ", "0", "1!", "0!"]), PLAIN, st.sampled_from(["", " "])
)
SUFFIXED = st.builds(
    "{}{}".format,
    NUMERIC,
    st.sampled_from(["a1", "rc2", ".dev0", ".post0", ".post1", "+local", ".post1.dev2", "b0.post1", "-1", "alpha"]),
)
VERSIONS = PLAIN | SPELLED | SUFFIXED
OPERATORS = st.sampled_from(["<", "<=", ">", ">=", "==", "!=", "~="])
BLANKS = st.sampled_from(["", "", " "])
PLAIN_CLAUSES = st.builds("{}{}{}{}".format, BLANKS, OPERATORS, BLANKS, PLAIN) | st.builds(
    "{}{}.*".format, st.sampled_from(["==", "!="]), PLAIN
)
CLAUSES = PLAIN_CLAUSES | st.builds("{}{}".format, OPERATORS | st.just("==="), VERSIONS)
PLAIN_SPECIFIERS = st.lists(PLAIN_CLAUSES, max_size=4).map(",".join)
CLOSE = st.builds(
    "{}{}".format, OPERATORS, st.sampled_from(["1.0", "1.1", "1.0.post0", "1.0.post1"])
) | st.sampled_from(["==1.*", "!=1.0.*", ""])
"""So few that what is between two of them is often all that is left."""
SPECIFIERS = PLAIN_SPECIFIERS | st.lists(CLAUSES, max_size=3).map(",".join)
ODD = st.text(st.sampled_from("0123.*=<>!~, v+-a²\N{ARABIC-INDIC DIGIT THREE}"), max_size=8)
FORMS = (
    "{}",
    "{}.0",
    "{}.1",
    "{}.dev0",
    "{}a1",
    "{}.post0",
    "{}.post1.dev0",
    "{}.post1",
    "{}.post2",
    "{}+local",
    "1!{}",
)
"""Versions at, beside and between the ends of ranges."""


def outcome(make: Callable[[], object]) -> object:
    """Return what a call gives, or the kind of its error."""
    try:
        return make()
    except (InvalidVersion, InvalidSpecifier):
        return ValueError
    except ValueError as error:
        return type(error)


def of_whole(specifier: str, *, is_final: bool) -> VersionRange:
    return SpecifierSet(specifier, prereleases=False if is_final else None).to_range()


def of_plain(specifier: str, *, is_final: bool) -> Range:
    return range_of_clauses(specifier, clauses_of(specifier), is_final=is_final)


def is_valid(specifier: str) -> bool:
    return outcome(lambda: SpecifierSet(specifier)) is not ValueError


@given(VERSIONS | ODD)
def test_a_version_is_what_packaging_reads(text: str) -> None:
    names = ("release", "epoch", "major", "minor", "local", "is_prerelease", "public", "base_version")

    def seen(version: Version | Whole) -> list[object]:
        return [str(version), *(getattr(version, name) for name in names)]

    assert outcome(lambda: seen(Version(text))) == outcome(lambda: seen(Whole(text)))


COMPARISONS = (operator.lt, operator.le, operator.gt, operator.ge, operator.eq, operator.ne)


@given(VERSIONS, VERSIONS)
@example("1.0", "v1")
@example("1.0", "1.0+local")
@example("1", "1.post1")
@settings(max_examples=400)
def test_versions_compare_as_those_of_packaging(one: str, other: str) -> None:
    for compare in COMPARISONS:
        assert compare(Version(one), Version(other)) == compare(Whole(one), Whole(other)), compare
    assert (hash(Version(one)) == hash(Version(other))) >= (Whole(one) == Whole(other))
    assert Version(one) != one


@given(SPECIFIERS | ODD)
@example(">=1,")
@example("== 1.0 , <2")
@example("~=1")
@example("<1.*")
def test_clauses_are_those_of_packaging(text: str) -> None:
    expected = outcome(lambda: [(each.operator, each.version, str(each)) for each in SpecifierSet(text)])

    assert outcome(lambda: [(*each, str(each)) for each in clauses_of(text)]) == expected


def check(found: Range, expected: VersionRange, texts: list[str]) -> None:
    """Compare two sets at the ends of their clauses."""
    assert found.is_empty == expected.is_empty
    named = {clause.version.removesuffix(".*") for text in texts for clause in SpecifierSet(text)}
    bases = {Whole(text).base_version.removeprefix("1!") for text in named if is_valid(f"=={text}")} | {"0", "1"}
    for form, base in product(FORMS, bases):
        text = form.format(base)
        assert found.contains(Version(text)) == expected.contains(text, prereleases=True), text


LAWS = [operator.and_, operator.or_, operator.sub]


SEVERAL = st.lists(SPECIFIERS.filter(is_valid), min_size=1, max_size=4) | st.lists(CLOSE, min_size=2, max_size=4)


@given(SEVERAL, st.lists(st.sampled_from(LAWS), min_size=3, max_size=3), st.booleans())
@example([">=0", ">0"], [operator.sub], True)
@example(["==1.*", ">=1"], [operator.sub], True)
@example(["==1.*", ">=1"], [operator.sub], False)
@example(["<0"], [], True)
@example([">=1", "==1", ">1"], [operator.sub, operator.sub], False)
@example(["~=1.0", ">=1"], [operator.sub], False)
@example(["<=1", "==1", "<1"], [operator.sub, operator.sub], True)
@example([">=1", "<=1", ">1"], [operator.sub, operator.sub], False)
@example(["==1", "<=1"], [operator.sub], False)
@example([">=1.post0", "<=1.post0", ">=1.post1"], [operator.sub, operator.sub], True)
@example(["<=1.post1", "<1.post1", "==1.post1"], [operator.sub, operator.sub], True)
@example([">1.post0", ">=1.post1"], [operator.sub], True)
@example([">1", ">1.post1"], [operator.sub], True)
@settings(max_examples=500, deadline=None)
def test_sets_combine_as_those_of_packaging(texts: list[str], laws: list[Callable[..., Any]], is_final: bool) -> None:
    found, expected = of_plain(texts[0], is_final=is_final), of_whole(texts[0], is_final=is_final)
    check(found, expected, texts)
    for law, text in zip(laws, texts[1:], strict=False):
        found = law(found, of_plain(text, is_final=is_final))
        expected = law(expected, of_whole(text, is_final=is_final))
        check(found, expected, texts)


def judged(requirement: str, supported: tuple[str, ...], candidate: str) -> list[object]:
    """Return all that is asked of specifiers."""
    for name in ("version", "clauses", "range_of", "pin", "newest_allowed", "verdict", "_union", "_meets"):
        getattr(specifiers, name).cache_clear()
    specifiers.allowed_minors.cache_clear()
    minors = ("2.7", "3.9", "3.10", "3.11")
    return [
        specifiers.verdict(requirement, supported),
        str(specifiers.newest_allowed(requirement)),
        specifiers.allows(requirement, candidate),
        specifiers.allowed_minors(requirement, minors),
        specifiers.has_top(requirement, "3.11"),
        specifiers.has_bottom(requirement),
        specifiers.pin(requirement),
        specifiers.uncapped(requirement),
    ]


ALTERNATIVES = st.lists(PLAIN_SPECIFIERS, min_size=1, max_size=2).map(" || ".join)
MIXED = st.lists(SPECIFIERS, min_size=1, max_size=2).map(" || ".join)


@given(ALTERNATIVES | MIXED, st.lists(ALTERNATIVES | MIXED, max_size=3).map(tuple), VERSIONS)
@settings(max_examples=300, deadline=None)
def test_what_is_judged_does_not_depend_on_who_compares(
    requirement: str, supported: tuple[str, ...], candidate: str
) -> None:
    found = judged(requirement, supported, candidate)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ranges, "_points", lambda _: None)
        expected = judged(requirement, supported, candidate)
    judged("", (), "0")

    assert found == expected
