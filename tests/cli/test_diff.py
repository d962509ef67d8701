"""`--diff` into a pipe is a patch; where a terminal or a CI reads it, nothing in it steers; nowhere does it show a secret."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import terminal

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folder import Folder, Ran

OLD, NEW = "celery==4.3.0", "celery>=4.4"
INDEX = "--extra-index-url https://user:hunter2@index.example/simple"
FILLER = "# one\n# two\n# three\n# four\n"


def diff(folder: Folder) -> Ran:
    return folder.run("--diff", "--unsafe-fixes", "--isolated", "--as-of", "2026-11-21")


def apply(folder: Folder, patch: str) -> None:
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=folder.path, check=True)


@pytest.fixture(autouse=True)
def no_ci(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in terminal._CI:
        monkeypatch.delenv(name, raising=False)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)


HARMLESS = {
    "one line": f"ddtrace==4.16.0\n{OLD}\n",
    "no line end": f"ddtrace==4.16.0\n{OLD}",
    "CRLF": f"ddtrace==4.16.0\r\n{OLD}\r\n# end\r\n",
    "tabs": f"ddtrace==4.16.0\n{OLD}\t# x\n\t\n",
    "two hunks": f"{OLD}\n{FILLER}{FILLER}ddtrace==4.16.0\nflask==0.5\n{FILLER}",
    "not ASCII": f"# größe 漢字\nddtrace==4.16.0\n{OLD}\n",
}


@pytest.mark.parametrize("is_ci", [False, True], ids=["pipe", "CI"])
@pytest.mark.parametrize("text", HARMLESS.values(), ids=HARMLESS)
def test_a_harmless_diff_applies_everywhere(
    folder: Folder, text: str, is_ci: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_ci:
        monkeypatch.setenv("CI", "true")
    folder.put("requirements.txt", text)
    patch = diff(folder).out
    apply(folder, patch)
    after = folder.read("requirements.txt")
    folder.put("requirements.txt", text)
    folder.run("--fix", "--unsafe-fixes", "--isolated", "--as-of", "2026-11-21")

    assert after == folder.read("requirements.txt") != text


STEERING = f"ddtrace==4.16.0\n# \x1b[31m##[error]forged\n::error::forged\n\u3000::error::forged\n{OLD}\n"


def test_into_a_pipe_it_is_a_patch_whatever_the_file_holds(folder: Folder) -> None:
    folder.put(
        "pyproject.toml",
        toml := f"[project]\ndependencies = [\n'ddtrace==4.16.0',\n# \x0b\n'{OLD}',\n]\n".replace("\x0b", ""),
    )
    folder.put("requirements.txt", STEERING)
    patch = diff(folder).out

    assert "::error::forged" in patch
    apply(folder, patch)
    assert NEW in folder.read("requirements.txt")
    assert folder.read("pyproject.toml") != toml


@pytest.mark.parametrize("name", ["CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "TEAMCITY_VERSION"])
def test_in_a_ci_nothing_in_it_steers(folder: Folder, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    folder.put("requirements.txt", STEERING)
    lines = diff(folder).out.splitlines()

    assert " # \\x1b[31m##\\[error]forged" in lines
    assert " \\::error::forged" in lines
    assert " \u3000\\::error::forged" in lines


def test_on_a_terminal_nothing_in_it_steers(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "is_terminal", lambda _: True)
    folder.put("requirements.txt", STEERING)

    assert "\x1b" not in diff(folder).out


SECRETS = {
    "on the line": (f"ddtrace==4.16.0\n{OLD}  # token=hunter2\n", 0),
    "on a line of the hunk": (f"ddtrace==4.16.0\nflask==0.5\n# token=hunter2\n{OLD}\n", 0),
    "right below": (f"ddtrace==4.16.0\n{OLD}\n{INDEX}\n", 0),
    "right above": (f"ddtrace==4.16.0\n{INDEX}\n{OLD}\n# end\n", 1),
    "two lines below": (f"ddtrace==4.16.0\n{OLD}\n# between\n{INDEX}\n", 1),
    "far away": (f"{INDEX}\n{FILLER}ddtrace==4.16.0\n{OLD}\n{FILLER}{INDEX}\n", 1),
    "on one of two": (f"ddtrace==4.16.0\n{OLD}  # token=hunter2\n{FILLER}{FILLER}flask==0.5\n{FILLER}", 1),
}


@pytest.mark.parametrize("text, hunks", SECRETS.values(), ids=SECRETS)
def test_what_holds_a_secret_is_fixed_and_not_shown(folder: Folder, text: str, hunks: int) -> None:
    folder.put("requirements.txt", text)
    ran = diff(folder)

    assert ran.out.count("@@ -") == hunks
    assert "hunter2" not in ran.out + ran.err
    assert ("the lines hold a secret; `--fix` writes them" in ran.err) == (hunks == 0 or "flask" in text)
    if hunks:
        apply(folder, ran.out)
        assert folder.read("requirements.txt") != text
    folder.put("requirements.txt", text)
    folder.run("--fix", "--unsafe-fixes", "--isolated", "--as-of", "2026-11-21")
    assert OLD not in folder.read("requirements.txt")
    assert "hunter2" in folder.read("requirements.txt")
