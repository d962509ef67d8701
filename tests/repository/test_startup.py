"""What a run imports. Each module costs every user at every commit, so a run takes what it needs and no more."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ddlint.pack.loader import compile_pack, write_parts
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

RUN = """
import sys
from ddlint import pack
pack.COMPILED = {packs!r}
sys.argv = ["ddlint", *{words!r}]
from ddlint.__main__ import main
code = main()
print(code, *sys.modules, file=sys.stderr)
"""
HEAVY = frozenset(
    (
        *("ast", "dataclasses", "datetime", "decimal", "importlib.resources", "inspect", "logging", "multiprocessing"),
        *("pathlib", "platform", "requirements", "shutil", "subprocess", "tempfile", "tomlkit", "tomllib", "traceback"),
        *("urllib.parse", "yaml"),
    )
)
"""Modules that take longer to import than a file takes to read."""
GIVEN = "argparse, locale"
"""What every run that reads a file needs, with what it imports itself on each Python."""
TRACED = f"{GIVEN}, json"
"""What the rules of a tracer need besides."""
LOCK = """version = 1
requires-python = ">=3.10"

[[package]]
name = "ddtrace"
version = "4.0.0"
source = { registry = "https://index.example/simple" }
"""
PYPROJECT = (
    '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.10"\ndependencies = ["ddtrace>=4", "flask>=3"]\n'
)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in pack as a wheel has it."""
    folder = tmp_path_factory.mktemp("packs")
    (folder / "ddtrace.pack").write_bytes(write_parts(compile_pack(ROOT / "rules" / "ddtrace")))
    return folder


def imported(folder: Path, packs: Path, *words: str, given: str = "sys") -> set[str]:
    """The modules that a run ends with; those that Python starts with, and that some need, are left out."""
    python = (sys.executable, "-S", "-c")  # what `site` imports is not ours
    paths = f"import sys; sys.path[:] = {sys.path!r}\n"
    at_start = subprocess.run(
        [*python, f"{paths}import {given}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    done = subprocess.run(
        [*python, paths + RUN.format(packs=str(packs), words=words)],
        cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, *names = done.stderr.rpartition("\n")[0].rpartition("\n")[2].split()

    assert code in ("0", "1"), done.stderr
    return set(names) - set(at_start.stdout.split())


def own(modules: set[str], *shelves: str) -> set[str]:
    """Of the modules of the package those below some of its packages, by name."""
    named = (name.removeprefix("ddlint.") for name in modules if name.startswith("ddlint."))
    return {
        name
        for name in named
        if name.partition(".")[0] in shelves
        and "." in name
        and ".syntax" not in name
        and ".common" not in name
        and ".sections" not in name
    }


def test_the_version_needs_next_to_nothing(tmp_path: Path, packs: Path) -> None:
    modules = imported(tmp_path, packs, "--version")

    assert {name for name in modules if name.startswith("ddlint")} == {
        "ddlint",
        "ddlint.__main__",
        "ddlint.cli",
        "ddlint.cli.startup",
        "ddlint.pack",
        "ddlint.pack.version",
    }
    assert not modules & (HEAVY | {"argparse", "json", "re", "typing"})


def test_a_project_without_the_tracer_needs_no_check_and_no_packaging(tmp_path: Path, packs: Path) -> None:
    (tmp_path / "requirements.txt").write_text("internal-service==1.0\n", encoding="utf-8")
    modules = imported(tmp_path, packs, "requirements.txt", given=GIVEN)

    assert own(modules, "inputs", "checks", "outputs") == {"outputs.full"}
    assert modules & HEAVY == set()
    assert {name for name in modules if name.startswith("packaging")} == set()
    assert not modules & {"json", "typing"}
    assert not modules & {
        f"ddlint.{name}" for name in ("linter.baseline", "config.keys", "config.readers", "project.tracer")
    }


@pytest.mark.parametrize(
    "name, text, reader",
    [
        ("requirements.txt", "ddtrace>=4\nflask>=3\n", "requirements_txt"),
        ("uv.lock", LOCK, "uv_lock"),
        ("pyproject.toml", PYPROJECT, "pyproject"),
    ],
)
def test_a_project_with_the_tracer_needs_its_reader_and_versions(
    tmp_path: Path, packs: Path, name: str, text: str, reader: str
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    modules = imported(tmp_path, packs, name, given=TRACED)
    checks = own(modules, "checks")

    assert own(modules, "inputs", "outputs") == {f"inputs.{reader}", "outputs.full"}
    assert modules & HEAVY == set()
    assert not modules & {"typing", "ddlint.pack.protection_rows"}
    assert {name for name in modules if name.startswith("packaging")} == set()
    assert "checks.unsupported_dependency" in checks
    assert not checks & {
        "checks.syntax_error",
        "checks.removed_setting",
        "checks.old_agent",
        "checks.unused_suppression",
    }


@pytest.mark.parametrize("words, code", [(["--help"], 0), (["gone.txt"], 2), (["requirements.txt"], 1)])
def test_a_process_ends_at_once_with_all_said(tmp_path: Path, words: list[str], code: int) -> None:
    """Whatever Python does at its end is left out, and nothing that was written is lost with it."""
    (tmp_path / "requirements.txt").write_text("ddtrace==0.1\n", encoding="utf-8")
    tail = "import atexit; atexit.register(print, 'the end'); from ddlint.__main__ import {}"
    runs = [
        subprocess.run(
            [sys.executable, "-c", f"import sys; sys.path[:] = {sys.path!r}; sys.argv[0] = ''; {tail.format(each)}", *words],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )
        for each in ("process; process()", "main; sys.exit(main())")
    ]  # fmt: skip

    at_once, slowly = ((run.returncode, run.stdout, run.stderr) for run in runs)
    assert slowly == (code, at_once[1] + "the end\n", at_once[2])
    assert at_once[0] == code


REQUIREMENTS = "".join(
    f"{name}==1.0\n" for name in (*("django", "flask", "celery", "redis"), *(f"p{n}" for n in range(45)))
)
MOST_MODULES = {"a tracer": (f"ddtrace==4.2.0\n{REQUIREMENTS}", 79), "no tracer": (REQUIREMENTS, 52)}


@pytest.mark.parametrize("text, most", MOST_MODULES.values(), ids=MOST_MODULES)
def test_a_requirements_file_loads_few_modules(tmp_path: Path, packs: Path, text: str, most: int) -> None:
    """Even an empty module costs a third of a millisecond at every start."""
    (tmp_path / "requirements.txt").write_text(text, encoding="utf-8")
    modules = imported(tmp_path, packs, "requirements.txt", given=GIVEN)

    assert len({name for name in modules if name.partition(".")[0] == "ddlint"}) <= most
