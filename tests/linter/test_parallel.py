"""Several processes find what one finds, to the byte; a person sees how far a long run has come."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from ddlint.cli import host
from ddlint.cli.build_request import pool_of
from ddlint.cli.stderr import Progress
from ddlint.core.errors import DdlintError
from ddlint.linter import lint_project
from ddlint.linter import process_pool as pool
from ddlint.linter.lint_project import divided
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.folder import Folder

FORMATS = ("full", "json", "sarif", "gitlab", "junit", "rdjson", "markdown")


@pytest.fixture
def many(folder: Folder) -> Folder:
    """A repository of services, a workspace among them, with configs, suppressions and a baseline."""
    (folder.path / ".git").mkdir()
    for number in range(7):
        folder.put(f"s{number}/requirements.txt", f"ddtrace==3.19.{number}\ndjango==1.11.{number}\n-r ../shared.txt\n")
    folder.put("shared.txt", "celery==4.3.0  # ddlint: ignore[DD301] shared\n")
    folder.put("s3/ddlint.toml", 'severity = {DD101 = "error"}\n[[suppress]]\nrule = "DD301"\npackage = "django"\n')
    folder.put("s4/ddlint.toml", '[[suppress]]\nrule = "DD502"\nreason = "in vain"\n')
    folder.put("s5/ddlint.toml", 'rules = ["pack"]\n')
    shutil.copytree(ROOT / "examples/own-pack/rules", folder.path / "s5/pack")
    folder.put("s6/acme.txt", "acme-telemetry==1.0.0\nhuey==1.0\n")
    folder.put("w/pyproject.toml", '[project]\nname = "w"\n[tool.uv.workspace]\nmembers = ["m*"]\n')
    folder.put("w/uv.lock", 'version = 1\n[[package]]\nname = "ddtrace"\nversion = "2.0.0"\n')
    for name in ("m1", "m2"):
        folder.put(f"w/{name}/pyproject.toml", f'[project]\nname = "{name}"\ndependencies = ["ddtrace", "flask<1"]\n')
    return folder


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_any_number_of_processes_finds_the_same(many: Folder, start: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if start == "fork" and sys.platform == "win32":
        pytest.skip("Windows cannot fork")
    monkeypatch.setattr(pool, "START", start)
    words = ("--min-severity", "notice", "--as-of", "2026-11-21", "-v")

    alone, shared = (
        many.run(*words, "-j", jobs, *(f"-o={name}:out{jobs}.{name}" for name in FORMATS)) for jobs in ("1", "3")
    )

    assert alone.code == shared.code == 1
    assert alone.err == shared.err
    assert [name for name in FORMATS if many.read(f"out1.{name}") != many.read(f"out3.{name}")] == []
    assert many.read("out1.json").count('"code": "DD301"') > 7


def test_any_number_of_processes_tells_of_a_file_that_not_all_projects_tell_of(many: Folder) -> None:
    """The shared file is told of in the first project alone: the others have no tracer."""
    for number in range(1, 7):
        many.put(f"s{number}/requirements.txt", "-r ../shared.txt\n")
    many.put("shared.txt", "# one\n# two\ncelery==2.0\n")

    alone, shared = (many.check("--as-of", "2026-11-21", "-j", jobs, "s0", "s1", "s2") for jobs in ("1", "2"))

    assert alone == shared
    assert "shared.txt:3:" in alone.out


def test_any_number_of_processes_names_the_same_packs_where_there_is_no_project(folder: Folder) -> None:
    for name in ("s0", "s1"):
        folder.put(f"{name}/Dockerfile", "FROM python:3.12\nENV DD_APPSEC_ENABLED=true\n")

    alone, shared = (folder.run("--output-format", "json", "--as-of", "2026-11-21", "-j", jobs) for jobs in ("1", "2"))

    assert alone == shared


def test_any_number_of_processes_makes_the_same_fixes(many: Folder) -> None:
    alone, shared = (many.check("--diff", "--unsafe-fixes", "-j", jobs) for jobs in ("1", "3"))

    assert alone == shared
    assert alone.out.count("+++ ") > 2


def test_more_processes_than_projects(many: Folder) -> None:
    assert many.check("-j", "16", "s1", "s2") == many.check("-j", "1", "s1", "s2")
    assert many.check("-j", "4", "shared.txt") == many.check("-j", "1", "shared.txt")


def test_a_mistake_in_a_config_ends_the_run_all_the_same(many: Folder) -> None:
    many.put("s2/ddlint.toml", "nonsense = 1\n")
    many.put("s6/ddlint.toml", "nonsense = 2\n")

    assert many.check("-j", "3") == many.check("-j", "1")
    assert many.check("-j", "3").err.startswith("ddlint: s2/ddlint.toml:1:1: `nonsense` is no setting")


@pytest.mark.parametrize(
    "costs, number, shares",
    [
        ([1, 1, 1, 1], 2, [[0, 2], [1, 3]]),
        ([1, 9, 1, 1, 5], 2, [[1], [0, 2, 3, 4]]),
        ([3, 2], 3, [[0], [1]]),
        ([], 2, []),
    ],
    ids=["alike", "one is dear", "few", "none"],
)
def test_work_is_divided_by_what_it_costs(costs: list[float], number: int, shares: list[list[int]]) -> None:
    assert divided(costs, number) == shares


@pytest.mark.parametrize("jobs, size, is_asked_for", [(0, 8, False), (1, None, False), (2, 2, True), (40, 40, True)])
def test_the_size_of_the_crew(jobs: int, size: int | None, is_asked_for: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "processors", lambda: 8)

    made = pool_of(jobs)

    assert (made and made.size, bool(made and made.is_asked_for)) == (size, is_asked_for)


def test_one_processor_has_no_crew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "processors", lambda: 1)

    assert pool_of(0) is None


def test_a_crew_starts_by_itself_where_there_is_much_to_do(many: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def run(work: Any, batches: Any) -> Iterator[Any]:
        asked.append(len(batches))
        for batch in batches:
            yield from work(batch)

    monkeypatch.setattr(host, "processors", lambda: 2)
    monkeypatch.setattr(pool, "run_batches", run)

    many.check()
    few = list(asked)
    for number in range(lint_project._WORTH_A_POOL):
        many.put(f"t{number}/requirements.txt", "requests\n")
    many.check()

    assert (few, asked) == ([], [2])


def _dies(batch: int) -> Iterator[int]:
    if batch:
        os._exit(9)
    yield batch


def test_a_process_that_dies_is_told() -> None:
    made = pool_of(2)
    assert made is not None

    with pytest.raises(DdlintError, match="ended before its work was done"):
        list(made.run(_dies, [1, 2]))


def _doubles(batch: int) -> Iterator[int]:
    yield 2 * batch


@pytest.mark.parametrize("missing", ["multiprocessing.connection", "multiprocessing.popen_spawn_posix"])
def test_a_python_without_processes_works_on_every_batch_itself(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In Pyodide `multiprocessing` is there, but not the module that it imports when the first process starts."""
    monkeypatch.setattr(pool, "START", "spawn")
    monkeypatch.setitem(sys.modules, missing, None)
    monkeypatch.setitem(sys.modules, "multiprocessing.popen_spawn_win32", None)

    assert list(pool.run_batches(_doubles, [1, 2, 3])) == [2, 4, 6]


class _Terminal:
    """A stream that says whether it is a terminal, and keeps what is written."""

    closed = False

    def __init__(self, *, is_terminal: bool) -> None:
        self.is_terminal = is_terminal
        self.text = ""

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None: ...


def progressed(
    monkeypatch: pytest.MonkeyPatch, after: float, *, is_wanted: bool = True, is_terminal: bool = True
) -> str:
    """What is shown of the 3rd of 9 projects, so many seconds after the start, and when all is done."""
    stream = _Terminal(is_terminal=is_terminal)
    clock = iter([0.0, after, after + 0.01, after + 0.2])
    monkeypatch.setattr(host, "variable", lambda _: "")
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    told = Progress(is_wanted=is_wanted)
    told.tell("judged", 3, 9)
    told.tell("judged", 4, 9)
    told.tell("judged", 5, 9)
    told.end()
    told.end()
    return stream.text


def test_a_long_run_says_how_far_it_has_come(monkeypatch: pytest.MonkeyPatch) -> None:
    text = progressed(monkeypatch, 1.1)

    assert text == "\r\x1b[Kddlint: judged 3 of 9 projects\r\x1b[Kddlint: judged 5 of 9 projects\r\x1b[K"


@pytest.mark.parametrize(
    "after, is_wanted, is_terminal",
    [(0.5, True, True), (1.1, False, True), (1.1, True, False)],
    ids=["a short run", "quiet", "a pipe"],
)
def test_nothing_else_does(after: float, is_wanted: bool, is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert progressed(monkeypatch, after, is_wanted=is_wanted, is_terminal=is_terminal) == ""


def test_a_pipe_gets_no_progress_however_long_it_takes(many: Folder) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "ddlint", "--isolated", many.path], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert done.stderr == ""


@pytest.mark.parametrize("allowed", [0, 1])
def test_a_batch_that_gets_no_process_is_worked_on_here(allowed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many open files, or too many processes."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    given = iter(range(allowed))

    class Limited:
        Process = context.Process

        @staticmethod
        def Pipe(*, duplex: bool) -> object:  # noqa: N802 - the name of the standard library
            if next(given, None) is None:
                raise OSError(24, "Too many open files")
            return context.Pipe(duplex=duplex)

    monkeypatch.setattr(multiprocessing, "get_context", lambda _: Limited)
    made = pool_of(3)
    assert made is not None

    assert sorted(made.run(_twice, [1, 2, 3])) == [2, 4, 6]


def test_without_processes_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python that was built without `_multiprocessing`."""
    monkeypatch.setitem(sys.modules, "multiprocessing.connection", None)
    made = pool_of(3)
    assert made is not None

    assert list(made.run(_twice, [1, 2, 3])) == [2, 4, 6]


def _twice(batch: int) -> Iterator[int]:
    yield 2 * batch
