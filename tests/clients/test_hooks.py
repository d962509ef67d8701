"""The hooks: the names they run for, and a commit that pre-commit stops."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.inputs import INPUTS, pattern_of
from tests.clients.conftest import commit
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
PATTERNS = [pattern_of(one) for one in INPUTS if not one.is_on_request]
WORDS = [
    "requirements",
    "reqs",
    "deps",
    "Constraints",
    "dev",
    "x",
    "pyproject",
    "uv",
    "poetry",
    "Pipfile",
    "setup",
    "tox",
]
WORDS += ["pylock", "environment", "conda-lock", "pixi", "Dockerfile", ".env", ".python-version", "docker-compose"]
WORDS += [".github", "workflows", "runtime", ".pre-commit-config", "serverless", "hatch", "ci"]
ENDINGS = ["", ".txt", ".in", ".pip", ".toml", ".lock", ".yml", ".yaml", ".cfg", ".ini", ".py", ".json", ".dev.txt"]
NAME = st.builds(str.__add__, st.sampled_from(WORDS), st.sampled_from(ENDINGS))
PATH = st.lists(NAME, min_size=1, max_size=3).map("/".join)


def is_read(path: str) -> bool:
    return any(re.search(pattern, f"/repository/{path}") for pattern in PATTERNS)


@pytest.mark.parametrize("hook", HOOKS)
@given(path=PATH)
@settings(deadline=None, max_examples=300)
def test_a_hook_runs_for_the_files_that_are_read(hook: str, path: str) -> None:
    """pre-commit searches the pattern in the path from the root of the repository."""
    assert bool(re.search(HOOKS[hook]["files"], path)) is is_read(path)


@pytest.mark.parametrize(
    "path, expected",
    [
        ("requirements.txt", True),
        ("a b/requirements-dev.txt", True),
        ("requirements/base.in", True),
        ("pyproject.toml", True),
        ("services/api/uv.lock", True),
        ("poetry.lock", True),
        ("README.md", False),
        ("src/app.py", False),
        ("docs/index.txt", False),
        ("my-uv.lockfile", False),
    ],
)
def test_names(path: str, *, expected: bool) -> None:
    assert bool(re.search(HOOKS["ddlint"]["files"], path)) is expected


def test_the_hooks_ask_for_one_line_a_finding_and_for_the_excludes() -> None:
    entries = {hook["entry"] for hook in HOOKS.values()}

    assert list(HOOKS) == ["ddlint", "ddlint-all"]
    assert entries == {"ddlint check --output-format concise --force-exclude"}
    assert [hook.get("pass_filenames", True) for hook in HOOKS.values()] == [True, False]
    assert all(hook["require_serial"] for hook in HOOKS.values())


def try_hook(checkout: Path, repository: Path, hook: str, home: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "pre_commit", "try-repo", str(checkout), hook, "--all-files", "--color", "never"]
    variables = os.environ | {"PRE_COMMIT_HOME": str(home)}
    return subprocess.run(words, cwd=repository, env=variables, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.parametrize("hook", HOOKS)
def test_a_bad_commit_is_stopped_and_a_clean_one_passes(checkout: Path, tmp_path: Path, hook: str) -> None:
    repository = tmp_path / "a b"
    (repository / "my app").mkdir(parents=True)
    requirements = repository / "my app" / "requirements.txt"
    requirements.write_text("ddtrace==4.16.0\ndjango==1.8  # old\n", encoding="utf-8")
    commit(repository, "bad")
    bad = try_hook(checkout, repository, hook, tmp_path / "home")
    requirements.write_text("ddtrace==4.16.0\ndjango==5.2\n", encoding="utf-8")
    commit(repository, "clean")
    clean = try_hook(checkout, repository, hook, tmp_path / "home")

    assert bad.returncode == 1
    assert "- exit code: 1" in bad.stdout
    assert re.search(r"^my app/requirements\.txt:2:1: DD301 warning: ", bad.stdout, re.MULTILINE)
    assert clean.returncode == 0, clean.stdout
    assert re.search(r"ddlint.*\.Passed", clean.stdout)


@pytest.mark.slow
def test_the_hook_has_nothing_to_do_for_other_files(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "README.md").write_text("# nothing\n", encoding="utf-8")
    commit(tmp_path / "repository", "no dependencies")
    done = try_hook(checkout, tmp_path / "repository", "ddlint", tmp_path / "home")

    assert done.returncode == 0
    assert "(no files to check)Skipped" in done.stdout
