"""The action, step by step as the runner takes it: exit codes, outputs, annotations, summary."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.clients.conftest import commit
from tests.clients.harness import Ended, run_action
from tests.repository.source_tree import ROOT

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
    assert ended.used == ("actions/cache",)
    assert ended.log.count("`django==1.8` is below") == 1, "each finding once"
    assert Path(ended.outputs["markdown-file"]).read_text(encoding="utf-8") == ended.summary


@pytest.mark.parametrize(
    "inputs, used",
    [({}, False), ({"upload-sarif": "true"}, True), ({"upload-sarif": "true", "exit-zero": "true"}, True)],
)
def test_the_sarif_report_is_uploaded_where_that_is_asked_for(
    workspace: Path, runner: Path, inputs: dict[str, str], *, used: bool
) -> None:
    """Also when the step has failed; a run that ended without a report has nothing to upload."""
    ended = run_action(inputs, workspace, runner)
    failed = run_action(inputs | {"args": "--no-such-option"}, workspace, runner)

    assert ("github/codeql-action/upload-sarif" in ended.used, ended.code) == (used, int("exit-zero" not in inputs))
    assert bool(ended.outputs["sarif-file"]) is used
    assert ("github/codeql-action/upload-sarif" in failed.used, failed.code) == (False, 2)


def test_the_summary_leads_to_the_lines_of_the_commit(workspace: Path, runner: Path) -> None:
    ended = run_action(
        {},
        workspace,
        runner,
        GITHUB_SERVER_URL="https://git.example",
        GITHUB_REPOSITORY="acme/shop",
        GITHUB_SHA="0a1b2c3d",
    )

    assert ended.summary.startswith("# \N{CROSS MARK} ddlint failed\n")
    assert "(<https://git.example/acme/shop/blob/0a1b2c3d/requirements.txt#L2>)" in ended.summary


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


PLANTS = ("yaml.py", "sitecustomize.py", "usercustomize.py", "packaging/__init__.py", "ddlint/__init__.py", "hatchling/__init__.py", "pip/__init__.py", "venv.py", "setup.py")  # fmt: skip
"""What Python, pip, the build or ddlint would import, were it looked for in the workspace."""
WORKSPACES = {
    "findings": ({"requirements.txt": BAD}, 1),
    "clean": ({"requirements.txt": CLEAN}, 0),
    "nothing judged": ({"requirements.txt": "flask\n"}, 0),
    "hostile names": ({f"{name}/requirements.txt": BAD for name in HOSTILE}, 1),
    "12,000 findings": (
        {f"r/requirements-{number}.txt": "ddtrace==4.16.0\n" + "django==1.8\n" * 100 for number in range(120)},
        1,
    ),
}


@pytest.mark.parametrize("files, code", WORKSPACES.values(), ids=WORKSPACES)
def test_nothing_of_the_job_leaks_in(files: dict[str, str], code: int, tmp_path: Path, runner: Path) -> None:
    """Modules of the workspace, variables and config files of pip: the lock decides what is installed, and nothing runs."""
    workspace, mark = tmp_path / "work space", tmp_path / "ran"
    for name, text in files.items():
        write(workspace / name, text)
    for name in PLANTS:
        write(workspace / name, f"open({str(mark)!r}, 'a').write(__name__)\nraise SystemExit(77)\n")
    bad = "[global]\nindex-url = https://index.example/simple\ntarget = target\nconstraint = none.txt\n"
    for name in ("pip.conf", "pip.ini", "home/.config/pip/pip.conf", "home/.pip/pip.conf"):
        write(workspace / name, bad)
    commit(workspace, "a project")
    ended = run_action(
        {},
        workspace,
        tmp_path if code == 0 else runner,
        PYTHONPATH=str(workspace),
        PYTHONSTARTUP=str(workspace / "yaml.py"),
        HOME=str(workspace / "home"),
        XDG_CONFIG_HOME=str(workspace / "home/.config"),
        PIP_CONFIG_FILE=str(workspace / "pip.conf"),
        PIP_CONSTRAINT=str(workspace / "none.txt"),
        PIP_REQUIREMENT=str(workspace / "requirements.txt"),
        PIP_USER="1",
        PIP_TARGET=str(workspace / "target"),
    )

    assert ended.code == code, ended.log
    assert not mark.exists()
    assert not (workspace / "target").exists()
    assert ended.variables == ""
    assert [found.name for found in ended.commands() if found.name not in ("warning", "error", "notice")] == []
    assert bool(ended.commands()) == (code == 1 or "flask" in str(files))
    assert len(ended.commands()) <= 10


def test_a_file_that_is_not_the_locked_one_is_not_installed(workspace: Path, tmp_path: Path) -> None:
    """Where the index hands out something else for a version of the lock, the step fails and says why."""
    index = tmp_path / "index"
    lock = (ROOT / ".github/action/requirements.txt").read_text(encoding="utf-8")
    for name, version in re.findall(r"^([\w-]+)==(\S+)", lock, re.MULTILINE):
        write(index / f"{name.replace('-', '_')}-{version}-py3-none-any.whl", "this is not the one")
    ended = run_action(
        {}, workspace, tmp_path, PIP_NO_INDEX="1", PIP_FIND_LINKS=str(index), PIP_INDEX_URL=index.as_uri()
    )

    assert (ended.code, ended.outputs["exit-code"]) == (2, "2")
    assert [command.name for command in ended.commands()] == ["error"]
    assert "ddlint could not be installed: ERROR: " in ended.commands()[0].message


def test_a_second_step_uses_the_environment_of_the_first(workspace: Path, runner: Path) -> None:
    run_action({}, workspace, runner)
    ended = run_action({}, workspace, runner)

    assert "Install ddlint" not in ended.log
    assert ended.outputs["findings"] == "1"


def test_the_next_job_installs_from_the_cache(workspace: Path, tmp_path: Path) -> None:
    """Without any index; and what is in the cache and not in the lock is not installed, but downloaded again."""
    jobs = [tmp_path / name for name in ("first", "second", "third", "fourth")]
    for job in jobs:
        job.mkdir()
    caches, nowhere = tmp_path / "caches", "https://index.example/simple"
    first = run_action({}, workspace, jobs[0], caches=caches)
    (kept,) = caches.iterdir()
    second = run_action({}, workspace, jobs[1], caches=caches, PIP_INDEX_URL=nowhere, PIP_RETRIES="0")
    without = run_action({"cache": "false"}, workspace, jobs[2], caches=caches, PIP_INDEX_URL=nowhere, PIP_RETRIES="0")
    for wheel in kept.glob("*.whl"):
        wheel.write_bytes(b"this is not the one")
    poisoned = run_action({}, workspace, jobs[3], caches=caches)

    assert [ended.code for ended in (first, second, without, poisoned)] == [1, 1, 2, 1], second.log
    assert without.used == ()
    assert "ddlint could not be installed: ERROR: " in without.commands()[0].message
    assert "The cached wheels cannot be used" in poisoned.log


def test_what_the_checkout_silences_can_be_reported(workspace: Path, runner: Path) -> None:
    write(workspace / "requirements.txt", f"# ddlint: file-ignore[DD3] ours\n{BAD}")

    assert run_action({}, workspace, runner).code == 0
    ended = run_action({"ignore-suppressions": "true"}, workspace, runner)
    assert (ended.code, ended.outputs["findings"]) == (1, "1")


def test_a_run_that_checks_nothing_can_fail(workspace: Path, runner: Path) -> None:
    write(workspace / "requirements.txt", BAD)
    write(workspace / "ddlint.toml", "exclude = ['**']\n")

    assert run_action({}, workspace, runner).code == 0
    ended = run_action({"require-tracer": "true"}, workspace, runner)
    assert (ended.code, ended.outputs["exit-code"]) == (1, "1")
    assert "nothing was checked" in ended.commands()[0].message
