"""Locks that the tools of today write, read as libraries and plain lines have them, to the last version.

Each tool resolves a small project over the network; where it is not installed or cannot resolve, its test is skipped.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ddlint.core.model import Origin
from ddlint.core.source import Source
from ddlint.inputs import INPUTS, pattern_of
from tests.inputs.oracles import locks_by_others
from tests.inputs.shown import assert_lawful

if TYPE_CHECKING:
    from ddlint.core.model import Manifest

pytestmark = pytest.mark.slow

_PROJECT = """\
[project]
name = "shop"
version = "0.1.0"
requires-python = ">=3.9"
dependencies = [
    "flask>=2,<4",
    "numpy",
    "colorama ; sys_platform == 'win32'",
]

[project.optional-dependencies]
cache = ["redis[hiredis]<6"]

[dependency-groups]
dev = ["pytest"]
"""
_UV = '\n[tool.uv]\npackage = false\nconstraint-dependencies = ["werkzeug<3.1"]\n'
_POETRY = """
[tool.poetry]
package-mode = false

[[tool.poetry.source]]
name = "pages"
url = "%s"
priority = "primary"
"""
"""The source makes Poetry read the pages that pip reads, which mirrors have too."""
_PDM = "\n[tool.pdm]\ndistribution = false\n"
_PIPFILE = """\
[packages]
flask = ">=2,<4"
redis = {version = "<6", extras = ["hiredis"]}

[dev-packages]
pytest = "*"

[docs]
alabaster = "*"
"""
_LONGEST = 300
_QUIETLY = {"PIPENV_IGNORE_VIRTUALENVS": "1", "POETRY_VIRTUALENVS_CREATE": "false"}


def _run(directory: Path, *words: str) -> None:
    """Run a tool that stands beside this Python, or anywhere on the path."""
    beside = Path(sys.executable).parent / words[0]
    tool = str(beside) if beside.exists() else shutil.which(words[0])
    if tool is None:
        pytest.skip(f"{words[0]} is not installed")
    try:
        ran = subprocess.run(
            [tool, *words[1:]],
            cwd=directory,
            env=os.environ | _QUIETLY,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"{words[0]} takes too long to resolve here")
    if ran.returncode:
        said = [line for line in (ran.stderr or ran.stdout).splitlines() if line and not line.startswith("WARNING")]
        pytest.skip(f"{words[0]} cannot resolve here: {(said or ['it does not say why'])[-1][:100]}")


def _read(path: Path) -> Manifest:
    text = path.read_bytes().decode()
    name = next(one.module for one in INPUTS if re.search(pattern_of(one), path.as_posix()))
    manifest: Manifest = import_module(f"ddlint.inputs.{name}").parse(Source(path.as_posix(), text))
    assert manifest.problems == ()
    assert_lawful(manifest)
    return manifest


def _assert_whole(path: Path, *, has_lines: bool = True) -> Manifest:
    manifest = _read(path)
    text, found = manifest.source.text, locks_by_others.by_ddlint(manifest)
    lines = locks_by_others.by_lines_of_json if path.name == "Pipfile.lock" else locks_by_others.by_lines

    assert sorted(locks_by_others.by_library(path.name, text)) == sorted(each[:2] for each in found)
    assert set(found) <= set(lines(text)) or not has_lines
    assert {"flask", "werkzeug", "redis", "pytest"} <= {each.name for each in manifest.dependencies}
    assert all(each.origin is Origin.LOCKED and each.is_known for each in manifest.dependencies)
    return manifest


def _scopes(manifest: Manifest) -> dict[str, str]:
    return {each.name: each.scope for each in manifest.dependencies}


def _needed_by(manifest: Manifest, name: str) -> tuple[str, ...]:
    return tuple(sorted({each.name for each in manifest.dependencies if name in each.requires}))


def _put(directory: Path, text: str) -> None:
    (directory / "pyproject.toml").write_text(text, encoding="utf-8")


def test_uv_lock(tmp_path: Path) -> None:
    _put(tmp_path, _PROJECT + _UV)
    _run(tmp_path, "uv", "lock")

    manifest = _assert_whole(tmp_path / "uv.lock")
    scopes = _scopes(manifest)

    assert (scopes["flask"], scopes["werkzeug"]) == ("", "")
    assert (scopes["redis"], scopes["hiredis"]) == ("extra:cache", "extra:cache")
    assert (scopes["pytest"], scopes["pluggy"]) == ("group:dev", "group:dev")
    assert "flask" in _needed_by(manifest, "werkzeug")
    assert [each.specifier for each in manifest.pythons] == [">=3.9"]
    numpy = [each for each in manifest.dependencies if each.name == "numpy"]
    assert len(numpy) == 1 or all(each.marker for each in numpy)


def test_uv_export_to_pylock(tmp_path: Path) -> None:
    _put(tmp_path, _PROJECT + _UV)
    _run(tmp_path, "uv", "lock")
    words = ("--all-extras", "--all-groups", "-o", "pylock.toml")
    _run(tmp_path, "uv", "export", "--quiet", "--format", "pylock.toml", *words)

    manifest = _assert_whole(tmp_path / "pylock.toml")

    assert [each.specifier for each in manifest.pythons] == [">=3.9"]


def test_uv_export_to_requirements(tmp_path: Path) -> None:
    """The same versions stand in the lock and in the file that is exported from it, hashes and comments or not."""
    _put(tmp_path, _PROJECT + _UV)
    _run(tmp_path, "uv", "lock")
    words = ("--all-extras", "--all-groups", "-o", "requirements.txt")
    _run(tmp_path, "uv", "export", "--quiet", "--format", "requirements.txt", *words)

    locked, exported = _read(tmp_path / "uv.lock"), _read(tmp_path / "requirements.txt")

    versions = {(each.name, each.specifier) for each in locked.dependencies}
    assert versions == {(each.name, each.specifier) for each in exported.dependencies}


def test_pipfile_lock(tmp_path: Path) -> None:
    (tmp_path / "Pipfile").write_text(_PIPFILE, encoding="utf-8")
    _run(tmp_path, "pipenv", "lock", "--quiet", "--categories", "packages dev-packages docs")

    manifest = _assert_whole(tmp_path / "Pipfile.lock")
    scopes = _scopes(manifest)

    assert (scopes["flask"], scopes["pytest"], scopes["alabaster"]) == ("", "group:dev", "group:docs")
    assert {each.name for each in _read(tmp_path / "Pipfile").dependencies} == {"flask", "redis", "pytest", "alabaster"}


def test_poetry_lock(tmp_path: Path) -> None:
    index = pytest.importorskip("pip._internal.models.index").PyPI.simple_url
    _put(tmp_path, _PROJECT.replace(">=3.9", ">=3.9,<4") + _POETRY % index)
    _run(tmp_path, "poetry", "lock", "--no-interaction")

    manifest = _assert_whole(tmp_path / "poetry.lock")
    scopes = _scopes(manifest)

    assert (scopes["flask"], scopes["pytest"], scopes["redis"]) == ("", "group:dev", "extra:cache")
    assert [each.specifier for each in manifest.pythons] == [">=3.9,<4"]


def test_pdm_lock(tmp_path: Path) -> None:
    _put(tmp_path, _PROJECT + _PDM)
    _run(tmp_path, "pdm", "lock", "--no-cross-platform", "-G", ":all")

    scopes = _scopes(_assert_whole(tmp_path / "pdm.lock"))

    assert (scopes["flask"], scopes["pytest"]) == ("", "group:dev")
