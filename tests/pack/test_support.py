"""Which rows rule: by basis, era, major, removal and rename."""

from __future__ import annotations

import pytest

from ddlint.core.model import NormalizedName
from ddlint.pack.install_rows import Injection, VersionCheck
from ddlint.pack.support import (
    SupportStatus,
    applicable_rows,
    checks_versions,
    compare,
    consequence_of,
    default_of,
    evaluate,
    is_integration_off,
)
from ddlint.pack.support_rows import Effect, Observation, Release, Sighting
from tests.project.fake import EVIDENCE, FakePack, default, removal, support
from tests.project.fake import requirement as requirement_of


def observation(name: str, lines: str, specifier: str, effect: str, *, is_invisible: bool = False) -> Observation:
    """Write what was seen of versions of a distribution."""
    first, _, last = lines.partition("-")
    bounds = (first, last or first, specifier)
    return Observation(
        f"tracelib/{name}", NormalizedName(name), name, *bounds, effect, "it raises", is_invisible, (), EVIDENCE
    )


def sighting(release: str, works: str, breaks: str = "", skipped: str = "", python: str = "3.12") -> Sighting:
    """Write what a release did with versions of `seen`."""
    failed = tuple((version, "breaks", f"{version} raises") for version in breaks.split())
    about = ("tracelib/seen", NormalizedName("seen"), "seen", python, release)
    return Sighting(*about, tuple(works.split()), (), failed, tuple(skipped.split()), EVIDENCE)


PACK = FakePack(
    rows=(
        support("webby", "documented", "1.0-2.0", ">=1.0"),
        support("webby", "published", "1.1", ">=1.4"),
        support("webby", "published", "1.1", ">=1.4"),
        support("webby", "declared", "2.1-3.0", ">=2.2"),
        support("webby", "tested", "2.1-3.0", ">=2.5,<=4.1"),
        support("storey", "documented", "1.0-1.1", ">=0.5"),
        support("storey", "tested", "1.0", ">=0.6,<=0.9"),
        support("gone", "declared", "1.0-2.1", ">=1"),
        support("moved", "documented", "1.0-3.2", ">=1"),
        support("raised", "documented", "1.0-1.1", ">=1"),
        support("raised", "documented", "2.0", ">=2"),
        support("both", "declared", "1.0-3.2", ">=1", "one"),
        support("both", "declared", "3.0-3.2", ">=2", "two"),
        support("both", "documented", "1.0-3.2", ">=3", "three"),
        support("renamed-label", "documented", "1.0", ">=1", "old label"),
        support("renamed-label", "documented", "1.1-1.2", ">=2", "new label"),
        support("tried", "tested", "3.0-3.1", ">=1,<=2"),
        support("lidded", "documented", "2.0-3.0", ">=1.10,<8.0"),
        support("lidded", "tested", "2.0", ">=7.1,<=7.9"),
        support("lidded", "tested", "2.1", ">=7.1,<=8.17"),
        support("lidded", "tested", "3.0", ">=9", "another"),
        support("lidded", "declared", "3.1", ">=1.10,<8.0"),
        support("run", "documented", "1.0-2.1", ">=1,<3"),
        support("run", "observed", "1.1-2.0", ">=1,<5"),
        support("run", "tested", "2.0", ">=1,<=7"),
        support("run", "declared", "2.1-3.2", ">=2"),
        support("seen", "documented", "2.0-3.2", ">=1"),
        support("seen", "declared", "3.0-3.2", ">=3"),
        support("seen", "tested", "3.0-3.2", ">=3,<=4"),
        support("carried", "declared", "3.0-3.2", ">=2"),
        support("capped", "documented", "1.0", ">=2,<3"),
        support("capped", "documented", "1.0", ">=1,<3", "other"),
        support("lidded", "tested", "3.1", ">=7.1,<=8.17"),
    ),
    removals=(
        removal("gone", "3.0.0"),
        removal("moved", "2.1.0", "rename"),
        removal("raised", "1.2.0", "version"),
        removal("later", "", "integration"),
    ),
    defaults=(default("one", "1.0-1.2", "no", "TRACE_ONE"), default("one", "2.0-3.2", "conditional", "TRACE_ONE")),
    facts=(
        observation("run", "2.1-3.2", "<2", "patched"),
        observation("run", "2.1-3.2", ">=1.2,<1.5", "breaks"),
        observation("run", "3.2", "<1.2", "patched", is_invisible=True),
        observation("run", "1.0-1.2", ">=5", "breaks"),
        observation("carried", "3.0-3.1", "<1", "breaks"),
        observation("carried", "3.0", ">=1,<2", "breaks"),
        sighting("2.1.0", "1.0 2.0", "0.5 0.7"),
        sighting("3.0.0", "1.0 2.0 3.0", "0.5 0.7", "2.0"),
        sighting("3.2.0", "2.0 3.0 5.0", "0.5 0.7 1.0"),
        sighting("3.2.0", "2.0 3.0 5.0", "", "2.0", "3.9"),
        Injection("tracelib/injection", "3.0", "3.1", ">=3.9", False, EVIDENCE),
        Injection("tracelib/injection", "3.2", "3.2", ">=3.9", True, EVIDENCE),
        VersionCheck("tracelib/CHECK", "CHECK", "3.0", "3.2", ("1", "true"), EVIDENCE),
    ),
)


@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        ("webby", "1.0", [("documented", ">=1.0")]),
        ("webby", "1.1", [("published", ">=1.4")]),
        ("webby", "1.2", [("documented", ">=1.0")]),
        ("webby", "2.1", [("declared", ">=2.2")]),
        ("webby", "3.0", [("declared", ">=2.2")]),
        ("webby", "3.2", [("declared", ">=2.2")]),
        ("storey", "1.2", [("documented", ">=0.5")]),
        ("storey", "2.0", []),
        ("gone", "2.1", [("declared", ">=1")]),
        ("gone", "3.0", []),
        ("moved", "2.0", [("documented", ">=1")]),
        ("moved", "2.1", []),
        ("raised", "1.1", [("documented", ">=1")]),
        ("raised", "1.2", []),
        ("raised", "2.1", [("documented", ">=2")]),
        ("both", "2.0", [("declared", ">=1")]),
        ("both", "3.1", [("declared", ">=1"), ("declared", ">=2")]),
        ("renamed-label", "1.0", [("documented", ">=1")]),
        ("renamed-label", "1.1", [("documented", ">=2")]),
        ("tried", "3.0", []),
        ("lidded", "2.0", [("documented", ">=1.10,<8.0")]),
        ("lidded", "2.1", [("documented", ">=1.10")]),
        ("lidded", "3.0", [("documented", ">=1.10,<8.0")]),
        ("lidded", "3.1", [("declared", ">=1.10,<8.0")]),
        ("run", "1.0", [("documented", ">=1,<3")]),
        ("run", "1.1", [("observed", ">=1,<5")]),
        ("run", "2.0", [("observed", ">=1,<5")]),
        ("run", "2.1", [("declared", ">=2")]),
        ("unheard", "3.0", []),
    ],
)
def test_the_rows_that_rule(name: str, line: str, expected: list[tuple[str, str]]) -> None:
    found = applicable_rows(PACK, name, f"{line}.0", line)

    assert expected == [(row.basis.value, row.specifier) for row in found.rows]


def test_a_tested_row_does_not_carry_on() -> None:
    assert applicable_rows(PACK, "webby", "3.0.0", "3.0").tested
    assert not applicable_rows(PACK, "webby", "3.1.0", "3.1").tested
    assert not applicable_rows(PACK, "storey", "1.1.0", "1.1").tested
    assert applicable_rows(PACK, "tried", "3.2.0", "3.2").is_silent


def test_a_removal_is_told_from_its_first_release_on_and_a_rename_never() -> None:
    assert applicable_rows(PACK, "gone", "2.1.1", "2.1").removal is None
    found = applicable_rows(PACK, "gone", "3.0.0rc1", "3.0").removal
    assert found is not None
    assert found.version == "3.0.0"
    assert applicable_rows(PACK, "moved", "3.0.0", "3.0").is_silent
    assert applicable_rows(PACK, "later", "3.0.0", "3.0").is_silent


@pytest.mark.parametrize(
    ("requirement", "status", "failing"),
    [
        ("==0.5", SupportStatus.UNSUPPORTED, [">=1", ">=2"]),
        ("==1.5", SupportStatus.PARTLY, [">=2"]),
        ("==2.5", SupportStatus.SUPPORTED, [">=1", ">=2"]),
        (">=1", SupportStatus.PARTLY, [">=2"]),
        (">=0.1", SupportStatus.PARTLY, [">=1", ">=2"]),
        ("", SupportStatus.UNBOUNDED, [">=1", ">=2"]),
        ("===odd", SupportStatus.UNKNOWN, [">=1", ">=2"]),
        (">2,<1", SupportStatus.UNKNOWN, [">=1", ">=2"]),
    ],
)
def test_several_integrations_of_one_distribution(requirement: str, status: SupportStatus, failing: list[str]) -> None:
    found = compare(requirement, applicable_rows(PACK, "both", "3.1.0", "3.1").rows)

    assert (status, failing) == (found.status, [row.specifier for row in found.rows])


@pytest.mark.parametrize(
    ("name", "line", "requirement", "expected"),
    [
        ("capped", "1.0", "==3.1", True),
        ("capped", "1.0", "==0.5", False),
        ("capped", "1.0", "==1.5", False),
        ("capped", "1.0", ">=2,<4", True),
        ("capped", "1.0", ">=2", False),
        ("run", "1.1", "==5", False),
        ("lidded", "3.1", "==8.1", False),
        ("lidded", "2.0", "==8.1", True),
    ],
)
def test_only_the_ceiling_of_a_document_is_exceeded(name: str, line: str, requirement: str, expected: bool) -> None:
    assert compare(requirement, applicable_rows(PACK, name, f"{line}.0", line).rows).is_ceiling is expected


@pytest.mark.parametrize(
    ("line", "requirement", "expected", "expected_where_checked"),
    [
        ("3.1", "==1.1", "patched", "refused"),
        ("3.1", "==1.2", "breaks", "refused"),
        ("3.1", "<1.5", "breaks", "refused"),
        ("3.1", ">=1.2,<1.9", "patched", "refused"),
        ("3.1", "==1.*", "patched", "refused"),
        ("3.2", "==1.1", "patched", "patched"),
        ("3.2", "==1.2", "breaks", "refused"),
        ("2.0", "==0.5", "patched", "patched"),
        ("1.1", ">=1", "breaks", "breaks"),
        ("1.1", "===odd", "patched", "patched"),
    ],
)
def test_what_happens_outside(line: str, requirement: str, expected: str, expected_where_checked: str) -> None:
    rows = applicable_rows(PACK, "run", f"{line}.0", line).rows
    effects = [
        consequence_of(PACK, rows, line, requirement, is_checked=is_checked).effect for is_checked in (False, True)
    ]

    assert effects == [Effect(expected), Effect(expected_where_checked)]


def test_what_was_seen_is_named_unless_nobody_ran_it() -> None:
    rows = applicable_rows(PACK, "run", "3.1.0", "3.1").rows

    seen = consequence_of(PACK, rows, "3.1", "==1.2").observation
    assert seen is not None
    assert seen.problem == "it raises"
    assert consequence_of(PACK, rows, "3.0", "==2").observation is None


@pytest.mark.parametrize(
    ("line", "settings", "is_injected", "expected"),
    [
        ("3.1", {}, False, False),
        ("3.1", {}, True, False),
        ("3.2", {}, True, True),
        ("3.1", {"CHECK": "true"}, False, True),
        ("3.1", {"CHECK": " 1 "}, False, True),
        ("3.1", {"CHECK": "yes"}, False, False),
        ("3.1", {"CHECK": None}, False, False),
        ("2.1", {"CHECK": "true"}, False, False),
    ],
)
def test_a_release_that_compares_versions_first(
    line: str, settings: dict[str, str | None], is_injected: bool, expected: bool
) -> None:
    assert checks_versions(PACK, line, settings, is_injected=is_injected) is expected


@pytest.mark.parametrize(
    ("line", "settings", "expected"),
    [
        ("1.0", {}, True),
        ("1.0", {"TRACE_ONE": "true"}, False),
        ("1.0", {"TRACE_ONE": "1"}, False),
        ("1.0", {"TRACE_ONE": None}, False),
        ("1.0", {"TRACE_ONE": "false"}, True),
        ("2.0", {}, False),
        ("2.0", {"TRACE_ONE": "0"}, True),
    ],
)
def test_an_integration_is_off_by_default_or_by_a_setting(
    line: str, settings: dict[str, str | None], expected: bool
) -> None:
    assert expected is is_integration_off(default_of(PACK, "one", line), settings)


def test_an_integration_without_a_stated_default_is_on() -> None:
    assert not is_integration_off(default_of(PACK, "two", "3.0"), {})


@pytest.mark.parametrize(
    ("series", "requirement", "expected"),
    [
        ("3.0", "==2.0", "works"),
        ("3.0", "==1.5", "works"),
        ("3.0", "<2.9", "works"),
        ("3.0", "==0.5", "breaks"),
        ("3.0", "==0.6", "breaks"),
        ("3.0", "==0.8", "patched"),
        ("3.0", "==0.1", "patched"),
        ("3.1", "==2.0", "works"),
        ("3.1", "==0.6", "breaks"),
        ("3.1", "==1.0", "patched"),
        ("3.2", "==1.0", "breaks"),
        ("2.0", "==0.6", "patched"),
        ("2.1", "==0.6", "breaks"),
    ],
)
def test_what_was_run_says_what_happens_to_it_and_to_what_lies_between(
    series: str, requirement: str, expected: str
) -> None:
    rows = applicable_rows(PACK, "seen", f"{series}.0", series).rows

    assert consequence_of(PACK, rows, series, requirement).effect is Effect(expected)


@pytest.mark.parametrize(
    ("name", "series", "is_seen"), [("seen", "3.1", True), ("seen", "3.2", True), ("both", "3.1", False)]
)
def test_that_a_version_is_skipped_was_seen_in_the_same_major(name: str, series: str, is_seen: bool) -> None:
    rows = applicable_rows(PACK, name, f"{series}.0", series).rows
    found = consequence_of(PACK, rows, series, "==0.1", is_checked=True)

    assert (found.effect, found.observation is not None) == (Effect.REFUSED, is_seen)


@pytest.mark.parametrize(
    ("requirement", "expected", "is_confirmed"),
    [("==0.5", "breaks", False), ("==1.5", "patched", True)],
)
def test_what_was_seen_is_carried_on_to_what_came_later(requirement: str, expected: str, is_confirmed: bool) -> None:
    """3.2 came on the day of the runs, 3.1 before them."""
    pack = FakePack(PACK._rows, facts=PACK._facts, releases=(*PACK.releases[:-1], Release("3.2.0", "2026-01-02", "")))
    rows = applicable_rows(pack, "carried", "3.2.0", "3.2").rows
    found = consequence_of(pack, rows, "3.2", requirement)

    assert (found.effect, found.is_confirmed) == (Effect(expected), is_confirmed)


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ("==5.0", SupportStatus.SUPPORTED),
        ("==4.5", SupportStatus.SUPPORTED),
        ("==6.0", SupportStatus.UNTESTED),
    ],
)
def test_what_was_seen_to_work_is_not_untested(requirement: str, expected: SupportStatus) -> None:
    dependency = requirement_of(f"seen{requirement}")

    assert evaluate(PACK, dependency, "3.2.0", "3.2").status is expected
