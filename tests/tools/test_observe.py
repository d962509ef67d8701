"""What runs of a release with a library say, and which versions are run."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.repository.source_tree import ROOT
from tools.observe import main
from tools.observer.boundaries import find
from tools.observer.environments import HARNESS, Base
from tools.observer.outcome import Observed, Outcome, Trial, decide
from tools.observer.records import Records, is_stale
from tools.observer.report import report, said_by_ddlint, stated_ranges
from tools.observer.rows import merged, plain, rows_of
from tools.observer.targets import Target, ends_of, installable, newest_of_majors, targets
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
        (None, {"spans": [["flask.request", "flask"]]}, Outcome.TRACED, ""),
        (None, {"spans": [["jinja2.render", "jinja2"]]}, Outcome.UNTOUCHED, ""),
        (None, {"marks": ["flask"]}, Outcome.MARKED, ""),
        (None, {"wrapped": ["flask.app.Flask.run"]}, Outcome.PATCHED, ""),
        (None, {}, Outcome.UNTOUCHED, ""),
        (RAISED, RAISED, Outcome.BROKEN, "ValueError: no (a.py:1)"),
        (QUIET, RAISED, Outcome.BREAKS, "ValueError: no (a.py:1)"),
        (SLOW, {}, Outcome.NOT_ENDED, "no end within 1 s"),
        (QUIET, SLOW, Outcome.NOT_ENDED, "no end within 1 s"),
        (QUIET, {"log": [["ERROR", "failed to enable flask", "KeyError: 'a'"]], "marks": ["flask"]}, Outcome.PATCH_FAILS, "failed to enable flask KeyError: 'a'"),
        (QUIET, {"log": [["ERROR", "failed to enable flask: no a", "KeyError: no a"]]}, Outcome.PATCH_FAILS, "failed to enable flask: KeyError: no a"),
        (QUIET, {"log": [["ERROR", "failed to enable mcp", ""]]}, Outcome.UNTOUCHED, ""),
        (QUIET, {"log": [["ERROR", "Skipping flask: incompatible version", ""]]}, Outcome.REFUSED, "Skipping flask: incompatible version"),
        (QUIET, {"log": [["DEBUG", "skipping a function of flask", ""]], "wrapped": ["flask.a"]}, Outcome.PATCHED, ""),
        (QUIET, {"log": [["DEBUG", "this is not the flask of old, skipping", ""]]}, Outcome.REFUSED, "this is not the flask of old, skipping"),
    ],
)  # fmt: skip
def test_the_runs_decide(
    control: dict[str, Any] | None, traced: dict[str, Any], outcome: Outcome, problem: str
) -> None:
    assert decide("flask", control, {**QUIET, **traced}) == (outcome, problem)


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


def seen(version: str, outcome: Outcome, problem: str = "", **trial: str) -> Observed:
    return Observed(TRIAL._replace(version=version, **trial), outcome, problem, "2026-11-28")


def test_a_record_is_kept_and_reported_where_something_else_is_said(tmp_path: Path) -> None:
    records = Records(tmp_path)
    for each in (
        seen("3.1.0", Outcome.TRACED),
        seen("0.12", Outcome.BREAKS, "TypeError: no"),
        seen("0.1", Outcome.BROKEN, "ImportError: no"),
    ):
        records.put(each)

    assert records.get(TRIAL) == seen("3.1.0", Outcome.TRACED)
    assert records.get(TRIAL._replace(mode="safe")) is None
    assert list(report(records, lambda _: "nothing", lambda _: {"declared": ">=0.1 (in)"})) == [
        "3 pairs of 1 integrations",
        "     1 traced",
        "     1 breaks",
        "     1 broken by itself",
        "",
        "| library | with | seen | declared | documented | tested | ddlint |",
        "|---|---|---|---|---|---|---|",
        "| flask 0.12 | 4.16.0 on 3.13 | breaks: TypeError: no | >=0.1 (in) |  |  | nothing |",
    ]


def test_what_a_record_means_is_decided_again(tmp_path: Path) -> None:
    records = Records(tmp_path)
    told = {**QUIET, "spans": [["flask.request", "flask"]], "control": None, "probe": "flask.py"}
    records.put(seen("3.1.0", Outcome.PATCHED)._replace(detail=told))

    found = records.get(TRIAL)
    assert found is not None
    assert found.outcome is Outcome.TRACED


@pytest.mark.parametrize(
    "outcome, probe, expected",
    [
        (Outcome.PATCHED, "", True),
        (Outcome.PATCHED, "flask.py", False),
        (Outcome.BREAKS, "", False),
    ],
)
def test_what_was_only_imported_runs_again_once_there_is_a_probe(outcome: Outcome, probe: str, expected: bool) -> None:
    assert is_stale(seen("3.1.0", outcome)._replace(detail={"probe": probe})) is expected


def test_the_rules_are_asked_and_their_integrations_listed() -> None:
    pack = ROOT / "rules" / "ddtrace"
    newest = newest_of_majors(pack)
    assert len(newest) == 3
    assert said_by_ddlint(TRIAL._replace(release=newest[-1])) == "nothing"
    assert said_by_ddlint(TRIAL._replace(release=newest[-1], version="0.9")).startswith("DD301 ")
    assert stated_ranges(TRIAL)["declared"].endswith("(in)")
    assert [each.distribution for each in targets(pack, ("flask",))] == ["flask"]
    assert list(targets(pack, ("aws_lambda",))) == []  # it imports the tracer itself
    known = {each.integration for each in targets(pack, ())}
    assert {path.stem.partition(".")[0] for path in (pack / "probes").glob("*.py")} <= known


@pytest.mark.parametrize("default, expected", [("", False), ("yes", False), ("no", True), ("conditional", True)])
def test_what_its_switch_decides(default: str, expected: bool) -> None:
    assert Target("flask", "flask", "DD_TRACE_FLASK_ENABLED", default).is_off is expected


@pytest.mark.parametrize(
    "problem, expected",
    [
        ("", ""),
        ("KeyError: 'a' (/home/x/library/flask/app.py:3)", "KeyError: 'a' (app.py:3)"),
        ("KeyError: 'a' (flask--1.0--py3.9----/flask/app.py:3)", "KeyError: 'a' (flask/app.py:3)"),
        ("KeyError: 'a' (internal/flask/patch.py:3)", "KeyError: 'a' (internal/flask/patch.py:3)"),
        ("failed to enable ddtrace support for mcp: no caf\xe9\nError: no", "the patch fails: no caf? Error: no"),
        ("a" * 200, "a" * 117 + "..."),
    ],
)
def test_what_was_seen_is_written_without_the_machine(problem: str, expected: str) -> None:
    assert plain(problem) == expected


@pytest.mark.parametrize(
    "release, there, expected",
    [
        ("4.16.0", ("3.9", "3.11", "3.13"), ["3.9", "3.13"]),
        ("4.16.0", ("3.7", "3.11"), ["3.11"]),
        ("4.16.0", ("3.7",), []),
    ],
)
def test_a_release_runs_on_the_ends_of_the_pythons_that_it_supports(
    release: str, there: tuple[str, ...], expected: list[str]
) -> None:
    assert ends_of(release, there.__contains__) == expected


FLASK = """\
integration: flask
distributions:
  flask:
    declared:
      - {series: "4.16", spec: ">=1", source: sdist}  # by hand
  other:
    declared:
      - {series: "4.16", spec: ">=1", source: sdist}
"""


def test_what_was_seen_becomes_rows_beside_what_was_there() -> None:
    first = rows_of(
        [
            seen("0.12", Outcome.BREAKS, "TypeError: no"),
            seen("0.9", Outcome.REFUSED, "skipped", mode="safe"),
            seen("0.9", Outcome.PATCHED),
            seen("3.1.0", Outcome.TRACED, release="3.19.9"),
            seen("0.1", Outcome.BROKEN, "ImportError: no"),
        ]
    )
    text = merged(FLASK, "flask", first, "2026-11-28")
    assert text == FLASK.replace(
        "  other:",
        """\
    observed_on:
      "3.13":
        - {release: "3.19.9", traced: ["3.1.0"], source: runs, as_of: "2026-11-28"}
        - {release: "4.16.0", patched: ["0.9"], breaks: {"0.12": "TypeError: no"}, skipped: ["0.9"], source: runs, as_of: "2026-11-28"}
  other:""",
    )  # fmt: skip
    assert merged(text, "flask", first, "2026-11-30") == text

    second = rows_of([seen("0.12", Outcome.TRACED), seen("2.0", Outcome.PATCHED, python="3.9")])
    assert merged(text, "flask", second, "2026-11-30") == FLASK.replace(
        "  other:",
        """\
    observed_on:
      "3.9":
        - {release: "4.16.0", patched: ["2.0"], source: runs, as_of: "2026-11-30"}
      "3.13":
        - {release: "3.19.9", traced: ["3.1.0"], source: runs, as_of: "2026-11-28"}
        - {release: "4.16.0", traced: ["0.12"], patched: ["0.9"], skipped: ["0.9"], source: runs, as_of: "2026-11-30"}
  other:""",
    )


def test_what_is_off_counts_where_other_versions_are_instrumented() -> None:
    off, on = seen("2.0", Outcome.UNTOUCHED), seen("2.0", Outcome.TRACED, mode="on")
    nothing = {"refused": "nothing of it is instrumented"}
    cell = ("3.13", "4.16.0")

    assert rows_of([off]) == {}
    assert rows_of([off, on]) == {cell: {"2.0": {"traced": ""}}}
    assert rows_of([off, seen("1.0", Outcome.TRACED)]) == {cell: {"1.0": {"traced": ""}, "2.0": nothing}}


@pytest.mark.parametrize(
    "installed, requires, expected",
    [
        ("1.17.3", "wrapt>=1", True),
        ("2.0.0", "wrapt<2", False),
        ("", "wrapt", False),
        ("", 'wrapt; python_version < "3"', True),
        ("", 'wrapt; extra == "a"', True),
        ("", "no requirement !", True),
    ],
)
def test_a_folder_of_libraries_suits_a_release(tmp_path: Path, installed: str, requires: str, expected: bool) -> None:
    if installed:
        (tmp_path / f"wrapt-{installed}.dist-info").mkdir()
    base = Base("python", "bootstrap", {}, {"ddtrace": "4.16.0"}, (requires,))

    assert base.suits(tmp_path, "3.13") is expected


def test_what_was_seen_is_written_by_the_command(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    (pack / "integrations").mkdir(parents=True)
    (pack / "integrations" / "flask.yaml").write_text(FLASK, encoding="utf-8")
    Records(tmp_path / "records").put(seen("3.1.0", Outcome.TRACED))

    assert main(["--write", "--pack", str(pack), "--cache", str(tmp_path)]) == 0
    assert 'traced: ["3.1.0"]' in (pack / "integrations" / "flask.yaml").read_text(encoding="utf-8")


def test_the_harness_records_what_a_library_raises(tmp_path: Path) -> None:
    (tmp_path / "lib.py").write_text("def f(): pass\n", encoding="utf-8")
    (tmp_path / "probe.py").write_text("import lib\nlib.f()\nraise KeyError('a')\n", encoding="utf-8")
    words = ["report.json", "probe.py", "lib"]
    subprocess.run([sys.executable, str(HARNESS), *words], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, check=True)
    seen = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert seen["error"] == {"type": "KeyError", "message": "'a'", "where": "probe.py:3"}
    assert seen["wrapped"] == seen["spans"] == []
