"""What runs of a release with a library say, and which versions are run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.repository.source_tree import ROOT
from tools.observe import Records, installable, newest_of_majors, report, said_by_rules, targets
from tools.observer.boundaries import find
from tools.observer.environments import HARNESS
from tools.observer.outcome import Observed, Outcome, Trial, decide
from tools.refresher.index import File

if TYPE_CHECKING:
    from pathlib import Path

TRIAL = Trial("flask", "flask", "3.1.0", "4.16.0", "3.13")
QUIET: dict[str, Any] = {"error": None, "spans": [], "marks": [], "wrapped": [], "log": []}
RAISED = {"error": {"type": "ValueError", "message": "no", "where": "a.py:1"}}
SLOW = {"error": {"type": "Timeout", "message": "no end within 1 s", "where": ""}}


@pytest.mark.parametrize(
    "control, traced, outcome, problem",
    [
        ({}, {"spans": [["flask.request", "flask"]]}, Outcome.TRACED, ""),
        ({}, {"spans": [["jinja2.render", "jinja2"]]}, Outcome.UNTOUCHED, ""),
        ({}, {"marks": ["flask"]}, Outcome.PATCHED, ""),
        ({}, {"wrapped": ["flask.app.Flask.run"]}, Outcome.PATCHED, ""),
        ({"wrapped": ["flask.a"]}, {"wrapped": ["flask.a"]}, Outcome.UNTOUCHED, ""),
        ({}, {}, Outcome.UNTOUCHED, ""),
        (RAISED, RAISED, Outcome.BROKEN, "ValueError: no (a.py:1)"),
        ({}, RAISED, Outcome.BREAKS, "ValueError: no (a.py:1)"),
        (SLOW, {}, Outcome.NOT_ENDED, "no end within 1 s"),
        ({}, SLOW, Outcome.NOT_ENDED, "no end within 1 s"),
        ({}, {"log": [["ERROR", "failed to enable flask", "KeyError: 'a'"]], "marks": ["flask"]}, Outcome.PATCH_FAILS, "failed to enable flask KeyError: 'a'"),
        ({}, {"log": [["ERROR", "Skipping flask: incompatible version", ""]]}, Outcome.REFUSED, "Skipping flask: incompatible version"),
    ],
)  # fmt: skip
def test_the_two_runs_decide(control: dict[str, Any], traced: dict[str, Any], outcome: Outcome, problem: str) -> None:
    assert decide("flask", {**QUIET, **control}, {**QUIET, **traced}) == (outcome, problem)


@pytest.mark.parametrize(
    "good, skipped, found",
    [
        (range(10), (), {0, 9}),
        (range(3, 10), (), {2, 3}),
        (range(6), (), {5, 6}),
        (range(3, 7), (), {2, 3, 6, 7}),
        (range(4, 10), (4, 5), {3, 6}),
    ],
)
def test_every_boundary_is_found(good: range, skipped: tuple[int, ...], found: set[int]) -> None:
    """`found` is what must be among the versions that were run; 5.0 ends a major."""
    versions = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "2.0", "2.1", "2.2", "2.3"]

    def run(version: str) -> Outcome:
        number = versions.index(version)
        return Outcome.BROKEN if number in skipped else Outcome.TRACED if number in good else Outcome.BREAKS

    assert found <= {versions.index(version) for version in find(versions, run)}


def test_it_stops_at_the_limit_and_runs_nothing_twice() -> None:
    versions = [f"1.{number}" for number in range(1000)]
    run: list[str] = []
    find(versions, lambda version: run.append(version) or (Outcome.TRACED if version == "1.999" else Outcome.BREAKS), 5)  # type: ignore[func-returns-value]  # append returns None
    assert len(run) == len(set(run)) == 5
    assert find([], lambda _: Outcome.TRACED) == {}


@pytest.mark.parametrize(
    "name, requires_python, is_listed",
    [
        ("a-1.0-py3-none-any.whl", "", True),
        ("a-1.0-py2.py3-none-any.whl", ">=2.7", True),
        ("a-1.0-py3-none-any.whl", ">=3.14", False),
        ("a-1.0-py3-none-any.whl", "<3.13", False),
        ("a-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl", "", True),
        ("a-1.0-cp312-cp312-manylinux_2_17_x86_64.whl", "", False),
        ("a-1.0-cp38-abi3-manylinux_2_17_x86_64.whl", "", True),
        ("a-1.0-cp314-abi3-manylinux_2_17_x86_64.whl", "", False),
        ("a-1.0-cp313-cp313-win_amd64.whl", "", False),
        ("a-1.0-cp313-cp313-musllinux_1_2_x86_64.whl", "", False),
        ("a-1.0rc1-py3-none-any.whl", "", False),
        ("a-1.0.tar.gz", "", False),
    ],
)
def test_what_has_a_wheel_is_run(name: str, requires_python: str, is_listed: bool) -> None:
    assert installable([File(name, "", requires_python)], "3.13") == (["1.0"] if is_listed else [])


def test_a_record_is_kept_and_reported_where_the_rules_differ(tmp_path: Path) -> None:
    records = Records(tmp_path)
    works = Observed(TRIAL, Outcome.TRACED, "", "2026-11-28")
    fails = Observed(TRIAL._replace(version="0.12"), Outcome.BREAKS, "TypeError: no", "2026-11-28")
    unknown = Observed(TRIAL._replace(version="0.1"), Outcome.BROKEN, "ImportError: no", "2026-11-28")
    for each in (works, fails, unknown):
        records.put(each)

    assert records.get(TRIAL) == works
    assert records.get(TRIAL._replace(mode="safe")) is None
    assert list(report(records, lambda _: "supported")) == [
        "3 pairs of 1 integrations",
        "     1 traced",
        "     1 breaks",
        "     1 broken by itself",
        "flask-0.12--4.16.0--py3.13--default: seen breaks, the rules say supported; TypeError: no",
    ]


def test_the_rules_are_asked_and_their_integrations_listed() -> None:
    pack = ROOT / "rules" / "ddtrace"
    assert said_by_rules(TRIAL) == "supported"
    assert said_by_rules(TRIAL._replace(version="0.9")) == "unsupported"
    assert [each.distribution for each in targets(pack, ("flask",))] == ["flask"]
    assert len(newest_of_majors(pack)) == 3
    known = {each.integration for each in targets(pack, ())}
    assert {path.stem for path in (pack / "probes").glob("*.py")} <= known


def test_the_harness_records_what_a_library_raises(tmp_path: Path) -> None:
    (tmp_path / "lib.py").write_text("def f(): pass\n", encoding="utf-8")
    (tmp_path / "probe.py").write_text("import lib\nlib.f()\nraise KeyError('a')\n", encoding="utf-8")
    words = ["report.json", "probe.py", "lib"]
    subprocess.run([sys.executable, str(HARNESS), *words], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, check=True)
    seen = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert seen["error"] == {"type": "KeyError", "message": "'a'", "where": "probe.py:3"}
    assert seen["wrapped"] == seen["spans"] == []
