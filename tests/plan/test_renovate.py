"""What bots may propose: versions that the release in use supports, in the words of Renovate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from packaging.specifiers import SpecifierSet

from ddlint.plan.formats.renovate import SCHEMA, render
from tests.plan.made import document, of, plan_of
from tests.plan.sample import DOCUMENT

if TYPE_CHECKING:
    from ddlint.plan.model import BotRule


def rules(*requirements: str) -> list[tuple[str, str]]:
    return [(each.name, each.allowed) for each in plan_of(of(*requirements)).bot_rules]


@pytest.mark.parametrize(
    "requirements, expected",
    [
        (["tracelib==3.0.0", "breaky==8"], [("breaky", "<9")]),
        (["tracelib==2.0.0", "breaky==8"], []),
        (["tracelib==3.0.0", "helper==2"], [("helper", ">=2,<3")]),
        (["tracelib==3.0.0", "webby==2.0"], []),
        (["tracelib==3.0.0", "unknown==1"], []),
    ],
)
def test_a_rule_keeps_newer_versions_out(requirements: list[str], expected: list[tuple[str, str]]) -> None:
    """A rule with a lower bound alone would keep nothing out: a bot never goes back."""
    assert rules(*requirements) == expected


def test_the_subject_is_held_below_what_a_python_excludes() -> None:
    plan = plan_of({**of("tracelib==2.0.0"), "runtime.txt": "python-3.9.1\n"})

    assert [(each.name, each.allowed, each.reasons) for each in plan.bot_rules] == [
        ("tracelib", "<3.0", ("Python 3.9 is not supported by 3.x",))
    ]


def test_a_rule_is_for_the_files_that_ask() -> None:
    files = {
        "requirements.txt": "tracelib==3.0.0\nhelper==2\n",
        "requirements-dev.txt": "-r requirements.txt\nhelper\n",
    }
    made = json.loads(render(document(plan_of(files))))

    assert made == {
        "$schema": SCHEMA,
        "packageRules": [
            {
                "description": ["tracelib 3.0.0 requires >=2,<3", "https://docs.example/tracelib/support"],
                "matchDatasources": ["pypi"],
                "matchPackageNames": ["helper"],
                "matchFileNames": ["requirements-dev.txt", "requirements.txt"],
                "allowedVersions": ">=2,<3",
            }
        ],
    }


def test_every_range_is_one() -> None:
    made: list[BotRule] = [rule for plan in DOCUMENT.plans for rule in plan.bot_rules]

    assert all(SpecifierSet(rule.allowed) for rule in made)


def shape(key: str, value: Any) -> bool:
    """Tell whether a value of a rule is of the type that Renovate documents for its key."""
    match key:
        case "allowedVersions":
            return isinstance(value, str)
        case "description" | "matchDatasources" | "matchPackageNames" | "matchFileNames":
            return isinstance(value, list) and all(isinstance(each, str) for each in value) and bool(value)
        case _:
            return False


def test_every_key_of_a_rule_is_documented() -> None:
    """https://docs.renovatebot.com/configuration-options/#packagerules; tests/clients asks Renovate itself."""
    for rule in json.loads(render(DOCUMENT))["packageRules"]:
        assert [key for key, value in rule.items() if not shape(key, value)] == []
