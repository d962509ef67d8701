"""The parts of the script of the action, one by one."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.requirements import Requirement

from tests.clients.harness import assignments, commands
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / ".github" / "action"


def script() -> Any:
    """Import the script, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("ddlint_action", FOLDER / "run.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


RUN = script()
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
INPUTS = {name: str(given["default"]) for name, given in ACTION["inputs"].items()}


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", []),
        (" \n ", []),
        ("a b", ["a", "b"]),
        ("a\nb c\n", ["a", "b", "c"]),
        ("'my app' b", ["my app", "b"]),
        ('"my app"/x', ["my app/x"]),
        (r"src\app", [r"src\app"]),
        ("a;b$(c)`d`#e", ["a;b$(c)`d`#e"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert RUN.split(text) == expected


def test_words_that_cannot_be_told_are_refused() -> None:
    with pytest.raises(RUN.ActionError, match="No closing quotation"):
        RUN.split("'a b")


@pytest.mark.parametrize("text, expected", [("true", True), ("True", True), (" FALSE ", False)])
def test_flags(text: str, *, expected: bool) -> None:
    assert RUN.flag({"summary": text}, "summary") is expected


@pytest.mark.parametrize("text", ["", "yes", "1", "truth"])
def test_what_is_no_flag_is_refused(text: str) -> None:
    with pytest.raises(RUN.ActionError, match="`summary` is true or false"):
        RUN.flag({"summary": text}, "summary")


def test_what_is_not_pip_s_business_is_kept_and_of_its_variables_only_where_files_come_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in list(os.environ):
        if name.startswith("PIP_"):
            monkeypatch.delenv(name)
    kept = {
        "PIP_INDEX_URL": "https://index.example/simple",
        "PIP_CERT": "/certificates",
        "HTTPS_PROXY": "https://proxy.example",
    }
    dropped = (
        "CONSTRAINT",
        "TARGET",
        "PREFIX",
        "USER",
        "NO_BINARY",
        "REQUIREMENT",
        "CONFIG_SETTINGS",
        "NO_BUILD_ISOLATION",
        "PYTHON",
        "PRE",
    )
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    for name in dropped:
        monkeypatch.setenv(f"PIP_{name}", "x")
    for name in ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONUSERBASE"):
        monkeypatch.setenv(name, "x")

    found = RUN.pip_variables()

    assert kept.items() <= found.items()
    assert {name for name in found if name.startswith("PIP_")} == {"PIP_INDEX_URL", "PIP_CERT", "PIP_CONFIG_FILE"}
    assert found["PIP_CONFIG_FILE"] == os.devnull
    assert {name for name in found if name.startswith("PYTHON")} == {"PYTHONNOUSERSITE", "PYTHONSAFEPATH"}


LOCKS = {
    ".github/action/requirements.txt": ("project.dependencies", "build-system.requires"),
    ".github/refresh-requirements.txt": ("project.dependencies", "build-system.requires"),
}


def locked(path: str) -> dict[str, str]:
    """Name, version and marker of each requirement of a lock; each has a hash, and nothing else is in it."""
    text = (ROOT / path).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    found = [re.fullmatch(r"([\w.-]+)==(\S+)( ; [^-]+?)?((?: +--hash=sha256:[0-9a-f]{64})+) *", line) for line in lines]
    assert all(found), [line[:80] for line, match in zip(lines, found, strict=True) if not match]
    return {match[1]: match[2] for match in found if match}


@pytest.mark.parametrize("path", LOCKS)
def test_a_lock_names_every_file_by_hash_and_no_host(path: str) -> None:
    assert len(locked(path)) > 5
    assert "://" not in (ROOT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("path, keys", LOCKS.items())
def test_a_lock_meets_what_the_project_asks_for(path: str, keys: tuple[str, ...]) -> None:
    project: Any = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [Requirement(text) for key in keys for text in project[key.split(".")[0]][key.split(".")[1]]]
    found = locked(path)

    assert [str(each) for each in asked if not each.specifier.contains(found.get(each.name, "0"))] == []


def test_the_lock_of_the_refresh_has_what_the_tests_need() -> None:
    pinned = re.findall(
        r"^([\w.-]+)==(\S+)$", (ROOT / "requirements-dev.txt").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert {name.lower(): version for name, version in pinned}.items() <= locked(
        ".github/refresh-requirements.txt"
    ).items()


@pytest.mark.parametrize("name", ["ignore-suppressions", "require-tracer"])
def test_a_flag_is_handed_on_where_it_is_true(name: str, tmp_path: Path) -> None:
    assert f"--{name}" in RUN.arguments(INPUTS | {name: "true"}, files(tmp_path))
    assert f"--{name}" not in RUN.arguments(INPUTS, files(tmp_path))


@pytest.mark.parametrize("name", ["config", "select", "ignore", "fail-on", "min-severity", "baseline", "tracer"])
def test_a_value_is_handed_on_where_there_is_one(name: str, tmp_path: Path) -> None:
    assert f"--{name}=x" in RUN.arguments(INPUTS | {name: "x"}, files(tmp_path))
    assert [word for word in RUN.arguments(INPUTS, files(tmp_path)) if word.startswith(f"--{name}")] == []


@pytest.mark.parametrize(
    "given, expected",
    [
        ({"SERVER_URL": "https://git.example", "REPOSITORY": "acme/shop", "SHA": "abc"}, "https://git.example/acme/shop/blob/abc"),
        ({"SERVER_URL": "https://git.example", "REPOSITORY": "acme/shop", "SHA": ""}, ""),
    ],
)  # fmt: skip
def test_where_the_files_can_be_read(given: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DDLINT_FILES_URL", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(f"GITHUB_{name}", value)

    assert RUN.files_url() == expected
    monkeypatch.setenv("DDLINT_FILES_URL", "https://git.example/other/blob/main")
    assert RUN.files_url() == "https://git.example/other/blob/main"


@pytest.mark.parametrize(
    "given, expected",
    [
        ({}, None),
        ({"upload-sarif": "true"}, "temporary/ddlint.sarif"),
        ({"sarif-file": "out/x.sarif"}, "out/x.sarif"),
        ({"upload-sarif": "true", "sarif-file": "out/x.sarif"}, "out/x.sarif"),
    ],
)
def test_where_the_sarif_report_goes(
    given: dict[str, str], expected: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    _, own = RUN.prepared(INPUTS | given, tmp_path / "temporary")

    assert own.sarif == (expected and tmp_path / expected)


def files(folder: Path, sarif: Path | None = None) -> Any:
    return RUN.Files(folder / "full", folder / "github", folder / "json", folder / "markdown", sarif)


def test_no_input_becomes_an_option(tmp_path: Path) -> None:
    """Values stand behind `=`, paths behind `--`."""
    inputs = INPUTS | {"config": "--fix", "select": "-q", "paths": "--fix -q"}
    words = RUN.arguments(inputs, files(tmp_path))

    assert words[-5:] == ["--config=--fix", "--select=-q", "--", "--fix", "-q"]


def test_one_run_writes_every_format(tmp_path: Path) -> None:
    words = RUN.arguments(INPUTS, files(tmp_path, tmp_path / "sarif"))
    sinks = [f"--output-file={name}:{tmp_path / name}" for name in ("full", "github", "json", "markdown", "sarif")]

    assert words == ["check", *sinks, "--", "."]


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=100)
def test_no_line_of_bracketed_text_is_a_command(text: str) -> None:
    hostile = f"{text}\n::error::boo\n::stop-commands::x\n::x::\n"

    assert list(commands(RUN.bracketed(hostile))) == []


@given(
    st.dictionaries(st.sampled_from(["json-file", "findings"]), st.text(st.characters(exclude_categories=["C", "Z"])))
)
@settings(deadline=None, max_examples=100)
def test_outputs_read_back(outputs: dict[str, str]) -> None:
    assert assignments(RUN.assignments(outputs)) == outputs


def test_an_output_cannot_set_another() -> None:
    text = RUN.assignments({"json-file": "a\nexit-code=0\nEOF\nerrors<<EOF\n0"})

    assert set(assignments(text)) == {"json-file"}


REPORT = {"findings": [{}, {}], "summary": {"error": 1, "warning": 1, "notice": 3}}


def test_outputs_of_a_run_with_findings(tmp_path: Path) -> None:
    own = files(tmp_path, tmp_path / "out.sarif")
    own.json.write_text(json.dumps(REPORT), encoding="utf-8")
    own.sarif.write_text("{}", encoding="utf-8")

    assert RUN.outcome(own, 1) == {
        "findings": 2,
        "errors": 1,
        "warnings": 1,
        "notices": 3,
        "exit-code": 1,
        "sarif-file": (tmp_path / "out.sarif").as_posix(),
        "json-file": own.json.as_posix(),
        "markdown-file": own.markdown.as_posix(),
    }
    assert RUN.outcome(own, 1).keys() == ACTION["outputs"].keys()


@pytest.mark.parametrize(
    "text, code", [("", 1), ("", 0), ("{", 1), ("[]", 1), (json.dumps(REPORT), 2), (json.dumps(REPORT), -9)]
)
def test_a_run_without_a_report_has_failed(tmp_path: Path, text: str, code: int) -> None:
    own = files(tmp_path)
    own.json.write_text(text, encoding="utf-8")
    outputs = RUN.outcome(own, code)

    assert (outputs["exit-code"], outputs["findings"], outputs["json-file"]) == (2, "", "")


needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="the fake Pythons are shell scripts")


def found(path: str, folder: Path) -> str:
    """The Python that the search finds with that PATH."""
    output = folder / "output"
    output.write_text("", encoding="utf-8")
    variables = {"PATH": path, "GITHUB_OUTPUT": str(output)}
    subprocess.run(["/bin/bash", str(FOLDER / "find_python.sh")], env=os.environ | variables, check=True)
    return assignments(output.read_text(encoding="utf-8"))["path"]


def fake(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)


@needs_a_shell
def test_the_python_of_the_job_is_found(tmp_path: Path) -> None:
    fake(tmp_path, "python3", f'exec "{sys.executable}" "$@"')

    assert found(str(tmp_path), tmp_path) == sys.executable


@needs_a_shell
def test_a_python_that_is_too_old_is_passed_over(tmp_path: Path) -> None:
    """It prints nothing, as the probe has it; a stub that only fails is passed over too."""
    fake(tmp_path, "python3", "exit 0")
    fake(tmp_path, "python", "echo stub; exit 9")
    fake(tmp_path, "python3.12", f'exec "{sys.executable}" "$@"')

    assert found(str(tmp_path), tmp_path) == sys.executable


@needs_a_shell
def test_without_a_python_the_path_is_empty(tmp_path: Path) -> None:
    assert found(str(tmp_path), tmp_path) == ""
