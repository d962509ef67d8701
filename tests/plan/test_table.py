"""What the terminal shows of the series and of what a project requires: what helps to move, and no more."""

from __future__ import annotations

import pytest

from ddlint.plan import phrases as words
from ddlint.plan.formats.table import render
from ddlint.plan.model import Declaration, Kind, Row
from tests.plan.made import JUDGING, document, of, plan_of


def rows(text: str, head: str) -> list[str]:
    """Give the lines from one that starts with `head` up to the next blank one."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.strip().startswith(head))
    end = next((number for number in range(start, len(lines)) if not lines[number]), len(lines))
    return lines[start:end]


def test_series_without_support_on_the_way_are_one_line() -> None:
    settings = JUDGING._replace(as_of="2027-01-01")
    text = render(document(plan_of(of("tracelib==1.0.1", "webby==1.0"), settings=settings)))

    assert rows(text, "series") == [
        "    series      level        libraries  unsup.  has to change",
        ">*  1.0 to 1.1  end of life        1/1       -",
        "    2.0 to 2.1  end of life",
        "->  3.0         GA                 0/1       1  webby unsupported",
        "  * fits as is: only the requirement changes; > used today; -> the goal",
    ]


def test_what_the_goal_supports_is_a_count() -> None:
    text = render(document(plan_of(of("tracelib==2.0.0", "webby==1.0", "sqly==1.4"))))

    assert rows(text, "Libraries") == [
        "Libraries",
        "  webby  ==1.0: unsupported 2.1 to 3.0; supported 2.0",
        "  1 more that 3.0 supports",
    ]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("webby", "any version"),
        ("webby>=2", ">=2"),
        ('webby==2 ; python_version == "3.13"', '==2 ; python_version == "3.13"'),
        ('webby = "^2"', "^2"),
        ('webby = {version = "^2", optional = true}', '= {version = "^2", optional = true}'),
    ],
)
def test_a_requirement_is_shown_without_its_name(text: str, expected: str) -> None:
    assert words.found(Row(Kind.LIBRARY, "webby", (Declaration(text, "declared"),), ())) == expected
