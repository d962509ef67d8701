"""The action, step by step as the runner takes it: exit codes, outputs, annotations, summary."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.clients.conftest import commit
from tests.clients.harness import Ended, run_action

pytestmark = pytest.mark.slow

BAD = "ddtrace==4.16.0\ndjango==1.8  # ::error::boo %0A\n"
CLEAN = "ddtrace==4.16.0\ndjango==5.2\n"
HOSTILE = ("50%,a:b", "::error file=x,line=1", "a%2Cb")


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of a job; the steps of one job share the environment made in it."""
    return tmp_path_factory.mktemp("runner temp")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "work space"
    write(folder / "requirements.txt", BAD)
    commit(folder, "a project")
    return folder


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def annotated(ended: Ended) -> list[tuple[str, str, str]]:
    """Level, file and line of every annotation."""
    return [(found.name, found.properties["file"], found.properties["line"]) for found in ended.commands()]


def test_findings_fail_the_step_and_are_handed_on(workspace: Path, runner: Path) -> None:
    ended = run_action({"sarif-file": "out/ddlint.sarif"}, workspace, runner)
    report = json.loads(Path(ended.outputs["json-file"]).read_text(encoding="utf-8"))

    assert ended.code == 1, ended.log
    assert annotated(ended) == [("warning", "requirements.txt", "2")]
    assert [finding["code"] for finding in report["findings"]] == ["DD301"]
    assert ended.outputs["sarif-file"] == (workspace / "out" / "ddlint.sarif").as_posix()
    counts = {name: ended.outputs[name] for name in ("findings", "errors", "warnings", "exit-code")}
    assert counts == {"findings": "1", "errors": "0", "warnings": "1", "exit-code": "1"}
    assert "DD301" in ended.summary
    assert ended.variables == ""
    assert ended.used == ()


def test_a_clean_project_passes(workspace: Path, runner: Path) -> None:
    write(workspace / "requirements.txt", CLEAN)
    ended = run_action({}, workspace, runner)

    assert ended.code == 0, ended.log
    assert ended.commands() == []
    assert (ended.outputs["findings"], ended.outputs["exit-code"], ended.outputs["sarif-file"]) == ("0", "0", "")


def test_exit_zero_keeps_the_exit_code_as_an_output(workspace: Path, runner: Path) -> None:
    ended = run_action({"exit-zero": "true", "annotations": "false", "summary": "false"}, workspace, runner)

    assert (ended.code, ended.outputs["exit-code"], ended.outputs["warnings"]) == (0, "1", "1")
    assert (ended.commands(), ended.summary) == ([], "")
    assert "DD301" in ended.log


@pytest.mark.parametrize(
    "inputs, told",
    [
        ({"paths": "no-such-file"}, "no-such-file"),
        ({"fail-on": "fatal"}, "fatal"),
        ({"summary": "perhaps"}, "`summary` is true or false"),
        ({"working-directory": "nowhere"}, "`working-directory` is no folder"),
        ({"args": "--no-such-option"}, "--no-such-option"),
    ],
)
def test_a_wrong_call_fails_even_under_exit_zero(
    workspace: Path, runner: Path, inputs: dict[str, str], told: str
) -> None:
    ended = run_action({"exit-zero": "true"} | inputs, workspace, runner)

    assert (ended.code, ended.outputs["exit-code"]) == (2, "2")
    assert [command.name for command in ended.commands()] == ["error"]
    assert told in ended.commands()[0].message


def test_hostile_names_and_contents_are_quoted(workspace: Path, runner: Path) -> None:
    """Of file names and texts that look like commands, nothing but our own annotations is left."""
    for name in HOSTILE:
        write(
            workspace / name / "requirements.txt",
            f"ddtrace==4.16.0\ndjango==1.8  # {name} ##[error]boo\n::error::boo\n",
        )
    ended = run_action({}, workspace, runner)
    lines = (("warning", "2"), ("error", "3"))
    expected = {(level, f"{name}/requirements.txt", line) for name in HOSTILE for level, line in lines}

    assert ended.code == 1, ended.log
    assert set(annotated(ended)) == expected | {("warning", "requirements.txt", "2")}
    assert "##[" not in ended.log


def test_annotations_are_relative_to_the_repository(workspace: Path, runner: Path) -> None:
    write(workspace / "services" / "api" / "requirements.txt", BAD)
    ended = run_action({"working-directory": "services", "paths": "api"}, workspace, runner)

    assert annotated(ended) == [("warning", "services/api/requirements.txt", "2")]


def test_paths_and_options_are_words(workspace: Path, runner: Path) -> None:
    write(workspace / "my app" / "requirements.txt", BAD)
    write(workspace / "other" / "requirements.txt", BAD)
    inputs = {"paths": "'my app'\nother", "ignore": "DD1", "select": "DD3", "args": "--tracer '==4.16.0' --pedantic"}
    ended = run_action(inputs, workspace, runner)

    assert {file for _, file, _ in annotated(ended)} == {"my app/requirements.txt", "other/requirements.txt"}


def test_nothing_of_the_job_leaks_in(workspace: Path, runner: Path) -> None:
    """A package of the project that is named like one of ours, and variables for another Python."""
    write(workspace / "yaml.py", "raise SystemExit(77)\n")
    write(workspace / "ddlint" / "__init__.py", "raise SystemExit(77)\n")
    ended = run_action(
        {}, workspace, runner, PYTHONPATH=str(workspace), PIP_USER="1", PIP_TARGET=str(workspace / "target")
    )

    assert ended.code == 1, ended.log
    assert annotated(ended) == [("warning", "requirements.txt", "2")]
    assert not (workspace / "target").exists()
