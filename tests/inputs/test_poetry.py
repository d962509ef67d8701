"""Poetry's constraints and conditions as PEP 440 and PEP 508."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet

from ddlint.inputs.common.requirement import all_of, platform_marker, python_marker
from ddlint.versions.poetry_constraint import Fault, translate

CONSTRAINTS = {
    "^3.8": ">=3.8,<4",
    "^1.2.3": ">=1.2.3,<2",
    "^0.2.3": ">=0.2.3,<0.3",
    "^0.0.3": ">=0.0.3,<0.0.4",
    "^0.0": ">=0.0,<0.1",
    "^0": ">=0,<1",
    "^ 1.2": ">=1.2,<2",
    "^1.2a1": ">=1.2a1,<2",
    "^1.2.3-beta.1": ">=1.2.3-beta.1,<2",
    "^1!2.0": ">=1!2.0,<1!3",
    "~1.2.3": ">=1.2.3,<1.3",
    "~1.2": ">=1.2,<1.3",
    "~1": ">=1,<2",
    "~=1.4.5": "~=1.4.5",
    "~=1": ">=1,<2",
    "*": "",
    "x": "",
    "*,>=1": ">=1",
    "1.*": "==1.*",
    "3.8.*": "==3.8.*",
    "==1.2.*": "==1.2.*",
    "!=1.2.*": "!=1.2.*",
    "1.2.3": "==1.2.3",
    "=1.2.3": "==1.2.3",
    "==1.2.3": "==1.2.3",
    "v1.2": "==1.2",
    "==1.0+cu118": "==1.0+cu118",
    ">=1.0+cu118": ">=1.0",
    ">=3.8 <4": ">=3.8,<4",
    ">=3.8, <4,": ">=3.8,<4",
    ">= 3.8": ">=3.8",
    "^2.7 || ^3.8": ">=2.7,<3 || >=3.8,<4",
    "^2.7|^3.8": ">=2.7,<3 || >=3.8,<4",
    ">=1 || *": "",
    " >=1 ": ">=1",
}


@pytest.mark.parametrize("text, expected", CONSTRAINTS.items())
def test_a_constraint_is_translated(text: str, expected: str) -> None:
    actual = translate(text)

    assert actual == expected
    for alternative in expected.split(" || "):
        SpecifierSet(alternative)


@pytest.mark.parametrize(
    "text, fault, words",
    [
        ("", "", "it is empty"),
        ("   ", "   ", "it is empty"),
        ("latest", "latest", "`latest` is no version"),
        ("1.2.x", "1.2.x", "write `.*`"),
        ("^1.*", "^1.*", "does not go with"),
        ("===1.0", "===", "`===` is no operator"),
        (">=1,=>2", "=>", "`=>` is no operator"),
        (">=1,<>2", "<>", "`<>` is no operator"),
        ("^", "^", "no version follows `^`"),
        (">=1,,<2", "", "no constraint of Poetry"),
        ("^1 ||", "", "no constraint of Poetry"),
        ("|| ^1", "", "no constraint of Poetry"),
        (">=1;<2", ">=1;<2", "no constraint of Poetry"),
        ("1.0 - 2.0", "- 2.0", "a range is written with bounds"),
        ("abc", "abc", "no constraint of Poetry"),
        ("1" * 3000, "1" * 3000, "too long"),
    ],
)
def test_what_is_no_constraint_is_told_at_its_place(text: str, fault: str, words: str) -> None:
    actual = translate(text)

    assert isinstance(actual, Fault)
    assert text[actual.start : actual.end] == fault
    assert words in actual.reason


@given(st.text(alphabet="^~=<>!*x.,| 0123v-ab+", max_size=20))
@settings(deadline=None, max_examples=400)
def test_law_every_translation_is_pep_440(text: str) -> None:
    actual = translate(text)

    if isinstance(actual, Fault):
        assert 0 <= actual.start <= actual.end <= len(text)
    else:
        for alternative in actual.split(" || "):
            SpecifierSet(alternative)


def test_constraints_mean_what_they_mean_to_poetry() -> None:
    """`!=1.2` and post releases, and local versions, are left out: Poetry differs from PEP 440 there."""
    poetry = pytest.importorskip("poetry.core.constraints.version", reason="poetry-core is not installed")
    versions = ["0", "1", "2", "0.1", "0.0.3", "0.2.3", "1.2", "1.2.3", "3.8", "1!2.0", "1.2a1", "2.0rc1", "1.2.3.4"]
    grid = [*versions, "0.0.4", "0.0.4a1", "0.3", "1.2.4", "1.3.0", "1.9", "2.0a1", "3.8.1", "3.9", "4", "1!3", "0.0.0"]
    clauses = [
        f"{operator}{version}" for operator in ("", "^", "~", "~=", ">", ">=", "<", "<=") for version in versions
    ]
    for text in (*clauses, *map(" || ".join, itertools.pairwise(clauses)), *map(",".join, itertools.pairwise(clauses))):
        ours = translate(text)
        theirs = poetry.parse_constraint(text)

        assert isinstance(ours, str), text
        sets = [SpecifierSet(alternative) for alternative in ours.split(" || ")]
        expected = [version for version in grid if theirs.allows(poetry.Version.parse(version))]
        actual = [version for version in grid if any(one.contains(version, prereleases=True) for one in sets)]
        assert actual == expected, text


PYTHONS = ["2.7.18", "3.6.0", "3.7.17", "3.8.0", "3.8.1", "3.9.0", "3.9.18", "3.10.0", "3.10.13", "3.12.1", "4.0.0"]


@pytest.mark.parametrize(
    "text",
    [
        "^3.8", ">=3.8,<3.10", "<3.8", ">3.8", "<=3.9", ">=3.8.1", "<4", ">=3", "==3.8.*", "!=3.8.*", "!=3.8.0", "~=3.8",
        "~=3.8.1", "^2.7 || ^3.8", "<3.7 || >=3.10", "3.8.*", "*", "3.*", "!=3.*", ">2", "<=3", ">=3.9.1 || 2.7.*", "3",
    ],
)  # fmt: skip
def test_the_python_of_a_dependency_is_a_marker(text: str) -> None:
    specifier = translate(text)

    assert isinstance(specifier, str)
    marker = python_marker(specifier)
    sets = [SpecifierSet(alternative) for alternative in specifier.split(" || ")]
    for python in PYTHONS:
        environment = {"python_version": ".".join(python.split(".")[:2]), "python_full_version": python}
        actual = not marker or Marker(marker).evaluate(environment)
        assert actual == any(one.contains(python) for one in sets), (text, marker, python)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("3.8", 'python_version == "3.8"'),
        ("^3.8", 'python_version >= "3.8" and python_version < "4"'),
        (">=3.8.1", 'python_full_version >= "3.8.1"'),
        ("<3.7 || >=3.10", 'python_version < "3.7" or python_version >= "3.10"'),
        ("*", ""),
    ],
)
def test_the_marker_of_a_python_reads_well(text: str, expected: str) -> None:
    specifier = translate(text)

    assert isinstance(specifier, str)
    assert python_marker(specifier) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("win32", 'sys_platform == "win32"'),
        ("!=win32", 'sys_platform != "win32"'),
        ("== darwin", 'sys_platform == "darwin"'),
        ("linux || darwin", 'sys_platform == "linux" or sys_platform == "darwin"'),
        ("linux|win32", 'sys_platform == "linux" or sys_platform == "win32"'),
        ("!=win32,!=darwin", 'sys_platform != "win32" and sys_platform != "darwin"'),
        ("*", ""),
        ("a b", None),
        ('"x', None),
    ],
)
def test_the_platform_of_a_dependency_is_a_marker(text: str, expected: str | None) -> None:
    assert platform_marker(text) == expected


def test_markers_are_joined_without_changing_what_they_mean() -> None:
    actual = all_of(["a == 'x' or b == 'y'", "", "c == 'z'", "c == 'z'"])

    assert actual == "(a == 'x' or b == 'y') and c == 'z'"
