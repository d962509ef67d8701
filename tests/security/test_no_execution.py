"""Code of the project that is linted does not run, whatever ddlint is asked to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.security.streams import calls, streams
from tests.security.tree import put

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "setup.py",
    "conftest.py",
    "noxfile.py",
    "sitecustomize.py",
    "ddtrace.py",
    "yaml.py",
    "tool.py",
    "flask/__init__.py",
)


@pytest.mark.parametrize(
    "words", [words for words in calls() if words[0] in ("check", "inspect", "plan")], ids=" ".join
)
def test_nothing_of_the_project_runs(tmp_path: Path, words: tuple[str, ...]) -> None:
    trace = tmp_path / "ran"
    code = f"open({str(trace)!r}, 'w').close()\nfrom setuptools import setup\nsetup(install_requires=['ddtrace==4.16.0', 'django==1.0'])\n"
    for name in FILES:
        put(tmp_path / "project" / name, code)
    put(
        tmp_path / "project/pyproject.toml",
        "[build-system]\nrequires = []\nbackend-path = ['.']\nbuild-backend = 'tool'\n",
    )
    streams(words, tmp_path / "project")

    assert not trace.exists()
