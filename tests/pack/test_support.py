"""Which rows rule: by basis, era, major, removal and rename."""

from __future__ import annotations

import pytest

from ddlint.pack.support import SupportStatus, applicable_rows, compare, default_of, is_integration_off
from tests.project.fake import FakePack, default, removal, support

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
        support("lidded", "tested", "3.1", ">=7.1,<=8.17"),
    ),
    removals=(
        removal("gone", "3.0.0"),
        removal("moved", "2.1.0", "rename"),
        removal("raised", "1.2.0", "version"),
        removal("later", "", "integration"),
    ),
    defaults=(default("one", "1.0-1.2", "no", "TRACE_ONE"), default("one", "2.0-3.2", "conditional", "TRACE_ONE")),
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
