"""What has to change to reach a release, in which order, and what is to be written."""

import pytest

from ddlint.core.model import Severity
from ddlint.plan import phrases as words
from tests.plan.made import JUDGING, ROOT, of, plan_of, told

SHOP = """[project]
name = "shop"
version = "1"
requires-python = ">=3.8"
dependencies = [
    "tracelib[speed]==2.0.0",
    "webby>=1.5",
    "oldy==1.0",
    "lonely",
    "sqly>=1.4",
    "helper==1.5",
    "clashy==9",
]
"""
DOCKERFILE = "FROM python:3.9-slim\nENV TRACELIB_OLD=1\n"
COMPOSE = "services:\n  agent:\n    image: datadog/agent:7.25.0\n"
POETRY = """[tool.poetry]
name = "shop"
version = "1"

[tool.poetry.dependencies]
python = "{python}"
tracelib = "{tracelib}"
webby = "{webby}"
"""


def entries(**versions: str) -> str:
    """Give a poetry.lock."""
    blocks = (f'[[package]]\nname = "{name}"\nversion = "{version}"\n' for name, version in versions.items())
    return "\n".join((*blocks, '[metadata]\nlock-version = "2.0"\n'))


def test_every_kind_of_change_in_the_order_in_which_they_are_made() -> None:
    plan = plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE})

    assert told(plan) == [
        "subject - tracelib tracelib[speed]==3.0.0",
        "extra DD106 tracelib tracelib==2.0.0",
        "python DD201 python >=3.10",
        "requirement DD501 helper helper>=2",
        "pair DD502 clashy",
        "integration DD304 lonely",
        "integration DD304 oldy",
        "setting DD601 TRACELIB_OLD",
        "library DD302 webby webby>=2.0 (notice)",
    ]


def test_every_change_but_that_of_the_requirement_has_its_evidence() -> None:
    plan = plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE})
    without = [change.step for change in plan.changes if not change.evidence]

    assert without == ["subject"]


def test_an_integration_that_is_lost_has_a_successor_or_none() -> None:
    plan = plan_of(of("tracelib==2.1.0", "oldy", "lonely"))

    assert [(change.subject, change.help, change.successor) for change in plan.changes[1:]] == [
        ("lonely", "nothing follows it: do without its spans", ""),
        ("oldy", "move to what follows it: `newy>=1`", "newy>=1"),
    ]


def test_a_python_that_is_lost_can_be_kept_with_a_marker() -> None:
    plan = plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE})

    python = next(change for change in plan.changes if change.code == "DD201")

    assert python.notes[-1] == 'to keep that Python, ask there for `tracelib==2.1.0; python_version == "3.9"`'


def test_a_python_that_only_a_series_without_support_has_is_not_kept() -> None:
    settings = JUDGING._replace(as_of="2027-01-01")
    plan = plan_of(
        {**of("tracelib>=3"), "Dockerfile": "FROM python:3.9\nRUN pip install -r requirements.txt\n"}, settings=settings
    )
    python = next(change for change in plan.changes if change.code == "DD201")

    assert python.help == "leave that Python out"
    assert not [note for note in python.notes if note.startswith("to keep that Python")]


def test_a_requirement_with_hashes_says_why_it_is_not_written() -> None:
    change = plan_of({"requirements.txt": f"tracelib==2.0.0 \\\n    --hash=sha256:{64 * 'a'}\n"}).changes[0]

    assert not change.text_edits
    assert [note.partition(";")[0] for note in change.notes] == [
        "`--write` leaves it alone: the hashes beside it are those of this version"
    ]


def test_a_nearer_release_needs_less() -> None:
    assert told(plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE}, to="2.1")) == [
        "subject - tracelib tracelib[speed]==2.1.0",
        "python DD201 python >=3.9",
        "python DD201 python (notice)",
        "library DD302 webby webby>=2.0 (notice)",
    ]


def test_what_is_wrong_today_already_says_so() -> None:
    plan = plan_of(of("tracelib==3.0.0", "webby==1.0"))

    assert told(plan) == ["library DD301 webby webby>=2.0 (old)"]
    assert words.tally(plan) == "1 change, already overdue"


def test_what_the_move_solves() -> None:
    """The end of support is the reason of the first step, and not said again."""
    plan = plan_of(of("tracelib==1.0.1", "webby==2.0", "sqly==1.3"), to="1.0.0")

    assert told(plan_of(of("tracelib==1.0.1", "webby==2.0"))) == ["subject DD101 tracelib tracelib==3.0.0 (old)"]
    assert plan.solved == ()
    assert [
        (change.code, change.subject) for change in plan_of(of("tracelib==3.0.0", "webby==1.0"), to="2.0").solved
    ] == [("DD301", "webby")]


def test_what_the_target_does_not_list_is_never_solved() -> None:
    plan = plan_of(of("tracelib==3.0.0", "sqly==1.3"), to="1.0")

    assert plan.solved == ()
    assert [(change.subject, change.severity) for change in plan.notices] == [("sqly", Severity.NOTICE)]
    assert plan.notices[0].message == (
        "`sqly` is listed for tracelib 3.0 and not for 1.0.1: whether it is traced is not known"
    )


def test_nothing_to_do() -> None:
    plan = plan_of(of("tracelib>=3", "webby>=2"))

    assert (told(plan), words.tally(plan)) == ([], "nothing has to change")


@pytest.mark.parametrize(
    "written, expected",
    [
        ("==2.0.0", "==3.0.0"),
        ("==2.0.*", ">=3.0.0,<4"),
        ("~=2.0", "~=3.0"),
        ("~=2.0.0", "~=3.0.0"),
        (">=2,<3", ">=3.0.0,<4"),
        ("<3", ">=3.0.0,<4"),
    ],
)
def test_the_requirement_of_the_tracer_keeps_its_manner(written: str, expected: str) -> None:
    assert told(plan_of(of(f"tracelib{written}"))) == [f"subject - tracelib tracelib{expected}"]


@pytest.mark.parametrize(
    "written, expected", [("^2.0", "^3.0"), ("~2.0.0", "~3.0.0"), ("2.0.0", "3.0.0"), ("<3", ">=3.0.0,<4"), ("*", "")]
)
def test_the_manner_of_poetry(written: str, expected: str) -> None:
    plan = plan_of({"pyproject.toml": POETRY.format(python="^3.10", tracelib=written, webby="^2.0")})

    assert [each for each in told(plan) if each.startswith("subject")] == (
        [f'subject - tracelib tracelib = "{expected}"'] if expected else []
    )


def test_a_lock_is_locked_again_and_never_edited() -> None:
    """What a tool wrote has no text of ours; what the lock holds of the release's own needs moves along."""
    files = {
        "pyproject.toml": POETRY.format(python=">=3.10,<3.13", tracelib=">=2.0,<3", webby="^2.0"),
        "poetry.lock": entries(tracelib="2.1.0", webby="2.0", helper="1.5"),
    }
    plan = plan_of(files)

    assert told(plan) == [
        'subject - tracelib tracelib = ">=3.0.0,<4"',
        "requirement DD501 helper (notice)",
    ]
    assert [change.help for change in plan.changes] == ["require tracelib 3.0.0", "locking again moves it along"]
    assert [(each.text, each.path) for each in plan.commands] == [
        ("poetry update tracelib helper", f"{ROOT}/poetry.lock")
    ]


def test_a_floor_in_the_manner_of_poetry() -> None:
    plan = plan_of({"pyproject.toml": POETRY.format(python=">=3.10,<3.13", tracelib="^3.0", webby="^1.5")})

    assert told(plan) == ['library DD301 webby webby = "^2.0" (old)']


def test_one_library_at_several_places_is_one_change() -> None:
    files = {
        "requirements.txt": "tracelib==2.0.0\nwebby==1.0\n",
        "requirements-dev.txt": "-r requirements.txt\nwebby==1.0\n",
    }
    plan = plan_of(files)

    assert [(change.subject, len(change.edits)) for change in plan.changes] == [("tracelib", 1), ("webby", 2)]


def test_values_of_settings_are_never_quoted() -> None:
    plan = plan_of({**of("tracelib==2.0.0"), ".env": "TRACELIB_OLD=hunter2\n"})

    assert "TRACELIB_OLD" in [change.subject for change in plan.changes]
    assert "hunter2" not in str(plan)


def test_notices_that_are_true_today_are_left_out() -> None:
    """`sqly` is off by default on both lines; the move changes nothing about it."""
    assert told(plan_of(of("tracelib==2.0.0", "sqly"))) == ["subject - tracelib tracelib==3.0.0"]


def test_changes_come_before_what_only_is_to_be_known() -> None:
    plan = plan_of(of("tracelib==2.0.0", "webby==2.6"))

    assert told(plan) == ["subject - tracelib tracelib==3.0.0", "library DD303 webby (notice)"]
    assert [change.severity for change in plan.notices] == [Severity.NOTICE]


def test_an_old_agent_is_in_the_way() -> None:
    plan = plan_of({**of("tracelib==2.0.0"), "compose.yaml": COMPOSE})

    assert [each.split()[:2] for each in told(plan)] == [["subject", "-"]]
