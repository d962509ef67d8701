"""The hooks: the names they run for, and a commit that pre-commit stops."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import venv
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


PAGE = (ROOT / "docs" / "pre-commit.md").read_text(encoding="utf-8")
CONFIG = "repos:\n  - repo: {repo}\n    rev: v0.1.0\n    hooks:\n      - id: ddlint\n"


def try_hooks(
    checkout: Path, repository: Path, home: Path, python: str = sys.executable
) -> subprocess.CompletedProcess[str]:
    """Run all hooks, which share one installation."""
    words = [python, "-m", "pre_commit", "try-repo", str(checkout), "--all-files", "--color", "never"]
    variables = os.environ | {"PRE_COMMIT_HOME": str(home)}
    return subprocess.run(words, cwd=repository, env=variables, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_a_bad_commit_is_stopped_and_a_clean_one_passes(checkout: Path, tmp_path: Path, pre_commit: str) -> None:
    """By `try-repo`, as one who wants to see what the hooks would say."""
    repository = tmp_path / "a b"
    (repository / "my app").mkdir(parents=True)
    requirements = repository / "my app" / "requirements.txt"
    requirements.write_text("ddtrace==4.16.0\ndjango==1.8  # old\n", encoding="utf-8")
    commit(repository, "bad")
    bad = try_hooks(checkout, repository, tmp_path / "home", pre_commit)
    requirements.write_text("ddtrace==4.16.0\ndjango==5.2\n", encoding="utf-8")
    commit(repository, "clean")
    clean = try_hooks(checkout, repository, tmp_path / "home", pre_commit)

    assert bad.returncode == 1
    assert re.findall(r"^- hook id: (.*)", bad.stdout, re.MULTILINE) == list(HOOKS)
    assert bad.stdout.count("- exit code: 1") == len(HOOKS)
    found = re.findall(r"^my app/requirements\.txt:2:1: DD301 warning: ", bad.stdout, re.MULTILINE)
    assert len(found) == len(HOOKS)
    assert clean.returncode == 0, clean.stdout
    assert len(re.findall(r"ddlint.*\.Passed", clean.stdout)) == len(HOOKS)


OLDEST = HOOKS["ddlint"]["minimum_pre_commit_version"]
"""The oldest version of pre-commit that is promised."""


@pytest.fixture(scope="session", params=["current", OLDEST])
def pre_commit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A Python with pre-commit, in the version that is installed here and in the oldest."""
    if request.param == "current":
        return sys.executable
    folder = tmp_path_factory.mktemp("oldest")
    venv.create(folder, with_pip=True)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", f"pre-commit=={request.param}", "setuptools<81"], check=True
    )
    return python


@pytest.mark.slow
def test_by_tag_a_commit_of_one_line_is_stopped_by_what_is_new_alone(
    checkout: Path, tmp_path: Path, pre_commit: str
) -> None:
    """In a repository with old findings, set up as the page says: `git commit` runs the hook by its tag."""
    git("tag", "v0.1.0", cwd=checkout)
    repository = tmp_path / "old"
    repository.mkdir()
    files = {
        "requirements.txt": "ddtrace==4.16.0\ndjango==1.8\n",
        ".pre-commit-config.yaml": CONFIG.format(repo=checkout.as_posix()),
        **dict(re.findall(r"```(toml)\n(.*?)```", PAGE, re.DOTALL)),
    }
    files["pyproject.toml"] = files.pop("toml")
    for name, text in files.items():
        (repository / name).write_text(text, encoding="utf-8")
    (baseline,) = re.findall(r"```sh\nddlint (.*?)\n```", PAGE)
    subprocess.run([sys.executable, "-m", "ddlint", "--isolated", *baseline.split()], cwd=repository, check=True)
    commit(repository, "what there was")
    variables = os.environ | {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    subprocess.run([pre_commit, "-m", "pre_commit", "install"], cwd=repository, env=variables, check=True)

    def attempt(line: str) -> subprocess.CompletedProcess[str]:
        with (repository / "requirements.txt").open("a", encoding="utf-8") as file:
            file.write(line)
        git("add", "--all", cwd=repository)
        who = ["-c", "user.name=nobody", "-c", "user.email=nobody@host.example", "-c", "commit.gpgsign=false"]
        words = ["git", *who, "commit", "--message", line]
        return subprocess.run(words, cwd=repository, env=variables, capture_output=True, text=True, check=False)

    fine, bad = attempt("requests>=2.31\n"), attempt("celery==4.3.0\n")

    assert fine.returncode == 0, fine.stdout + fine.stderr
    assert bad.returncode == 1
    assert "requirements.txt:4:1: DD301 warning: `celery==4.3.0` is below the minimum" in bad.stdout + bad.stderr
    assert "django" not in bad.stdout + bad.stderr


def git(*words: str, cwd: Path) -> None:
    subprocess.run(["git", *words], cwd=cwd, check=True)


@pytest.mark.slow
def test_the_hook_has_nothing_to_do_for_other_files(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    (tmp_path / "repository" / "README.md").write_text("# nothing\n", encoding="utf-8")
    commit(tmp_path / "repository", "no dependencies")
    done = try_hooks(checkout, tmp_path / "repository", tmp_path / "home")

    assert done.returncode == 0
    assert done.stdout.count("(no files to check)Skipped") == len(HOOKS)
