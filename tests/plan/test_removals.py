"""What releases remove on the way, what they warn of, and where a stop is worth it."""

from __future__ import annotations

import pytest

from ddlint.plan import phrases as words
from ddlint.plan.model import Plan, Removed, Stop
from tests.plan.made import JUDGING, of, plan_of


def removed(plan: Plan) -> list[str]:
    """Give what is removed, in words; a star is before what the project uses."""
    return [f"{'* ' if one.is_used else ''}{words.removed_text(one)}" for one in plan.removed]


API_OF_2 = "2.0.0 API `tracelib.old`"
API_OF_3 = "3.0.0 API `tag` and `tags` of `tracelib.Span`; use tracelib.Span.set (the same)"
SPEED = "3.0.0 extra extra speed; use plain dependencies"
LONELY, OLDY = "3.0.0 integration lonely", "3.0.0 integration oldy; use newy>=1"
PYTHON = "2.1.0 Python Python 3.8"
SETTING = "3.0.0 setting TRACELIB_OLD; use TRACELIB_NEW"


@pytest.mark.parametrize(
    "requirements, to, expected",
    [
        (["tracelib==1.0.1"], "2.0.0", [API_OF_2]),
        (["tracelib==1.0.1"], "3", [API_OF_2, API_OF_3, PYTHON, SPEED, LONELY, OLDY, SETTING]),
        (["tracelib==2.0.0"], "2.1", [PYTHON]),
        (["tracelib==2.1.0", "oldy"], "3", [f"* {OLDY}", API_OF_3, SPEED, LONELY, SETTING]),
        (["tracelib[speed]==2.1.0"], "3", [f"* {SPEED}", API_OF_3, LONELY, OLDY, SETTING]),
        (["tracelib==2.1.0", "sqly"], "3", [API_OF_3, "3.0.0 API `tracelib.sql`", SPEED, LONELY, OLDY, SETTING]),
        (["tracelib==3.0.0"], "3", []),
        (["tracelib @ https://files.example/t.whl"], "3", []),
    ],
)
def test_what_is_removed_on_the_way(requirements: list[str], to: str, expected: list[str]) -> None:
    assert removed(plan_of(of(*requirements), to)) == expected


@pytest.mark.parametrize(
    "to, expected",
    [
        ("1.0", []),
        ("1.1", [API_OF_2]),
        ("2.0", []),
        ("2.1", [API_OF_3]),
        ("3", ["4.0.0 API `tracelib.start(name)`"]),
    ],
)
def test_what_a_release_warns_of(to: str, expected: list[str]) -> None:
    plan = plan_of(of("tracelib==1.0.0"), to)

    assert [words.removed_text(one) for one in plan.announced if one.kind == "API"] == expected


@pytest.mark.parametrize(
    "requirement, to, expected",
    [
        (
            "tracelib==1.0.0",
            "3",
            [
                Stop("1.1.0", ("tracelib.old",), ("2.0.0",), has_ended=True),
                Stop("2.1.0", ("tracelib.Span.tag", "tracelib.Span.tags"), ("3.0.0",), has_ended=False),
            ],
        ),
        ("tracelib==2.0.0", "3", [Stop("2.1.0", ("tracelib.Span.tag", "tracelib.Span.tags"), ("3.0.0",), False)]),
        ("tracelib==1.0.0", "2.0", [Stop("1.1.0", ("tracelib.old",), ("2.0.0",), has_ended=True)]),
        ("tracelib==2.1.0", "3", []),
        ("tracelib==2.0.0", "2.1", []),
        ("tracelib @ https://files.example/t.whl", "3", []),
    ],
)
def test_a_stop_is_worth_it_where_it_warns_of_more(requirement: str, to: str, expected: list[Stop]) -> None:
    assert list(plan_of(of(requirement), to).stops) == expected


def test_a_plan_that_cannot_be_reached_names_no_stop() -> None:
    plan = plan_of({**of("tracelib==1.0.0"), "runtime.txt": "python-3.8.1\n"})

    assert plan.blockers
    assert plan.stops == ()


@pytest.mark.parametrize(
    "requirement, expected",
    [
        (
            "tracelib==1.0.0",
            "`--via 1.1.0,2.1.0`: 1.1.0 and 2.1.0 warn of 3 names that 2.0.0 and 3.0.0 remove",
        ),
        ("tracelib==2.0.0", "`--via 2.1.0`: 2.1.0 warns of 2 names that 3.0.0 removes"),
    ],
)
def test_the_hint(requirement: str, expected: str) -> None:
    assert dict(words.summary(plan_of(of(requirement))))["in steps"] == expected


def test_the_hint_says_that_a_stop_whose_support_has_ended_is_only_to_test() -> None:
    plan = plan_of(of("tracelib==2.0.0"), settings=JUDGING._replace(as_of="2027-01-01"))

    assert words.steps(plan).endswith("that 3.0.0 removes; only to test, its support has ended")


@pytest.mark.parametrize(
    "names, expected",
    [
        (("a.b",), "`a.b`"),
        (("a.b", "a.c"), "`b` and `c` of `a`"),
        (("a.b", "c.d"), "`a.b` and `c.d`"),
        (("a.b", "a.c", "a.d", "a.e"), "`b`, `c`, `d` and `e` of `a`"),
        (("a.b", "a.c", "a.d", "a.e", "a.f"), "`b`, `c`, `d` and 2 more of `a`"),
        (("a.b(x)", "a.b(y)"), "`x` and `y` parameters of `a.b`"),
        (("a.b(x)", "a.c(x)"), "`a.b(x)` and `a.c(x)`"),
        ((), "first"),
    ],
)
def test_names_of_one_removal(names: tuple[str, ...], expected: str) -> None:
    assert words.removed_names(Removed("API", "first", "2", "", "", is_used=False, names=names)) == expected


def test_each_release_has_its_share_of_what_is_shown() -> None:
    every = [
        Removed("integration", "used", "2", "", "", is_used=True),
        *(Removed("API", f"a.b{number}", version, "", "", is_used=False) for version in "234" for number in range(4)),
        Removed("setting", "UNSEEN", "2", "", "", is_used=False),
    ]
    shown, hidden = words.shown_removals(every, 7)

    assert [f"{one.version} {one.name}" for one in shown] == [
        "2 used",
        *(f"{version} a.b{number}" for version in "234" for number in range(2)),
    ]
    assert hidden == 7
