"""What git ignores, held to git itself."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ddlint.core.source import Unread
from ddlint.project.walk import GitIgnore

if TYPE_CHECKING:
    from tests.folder import Folder


def ignored(path: str, files: dict[str, str], *, is_folder: bool = False) -> bool:
    def read(name: str) -> bytes | Unread:
        text = files.get(name.removeprefix("/r/"))
        return Unread("gone", is_missing=True) if text is None else text.encode()

    return GitIgnore("/r", read).is_ignored(f"/r/{path}", is_folder=is_folder)


@pytest.mark.parametrize(
    "pattern, path, is_folder, expected",
    [
        ("build", "build", True, True),
        ("build", "a/build", True, True),
        ("build", "builds", True, False),
        ("/build", "a/build", True, False),
        ("/build", "build", True, True),
        ("build/", "build", False, False),
        ("build/", "a/build", True, True),
        ("*.txt", "a/requirements.txt", False, True),
        ("*.txt\n!requirements.txt", "a/requirements.txt", False, False),
        ("!requirements.txt\n*.txt", "a/requirements.txt", False, True),
        ("docs/_build", "docs/_build", True, True),
        ("docs/_build", "a/docs/_build", True, False),
        ("**/gen", "a/b/gen", True, True),
        ("a/**/gen", "a/gen", True, True),
        ("a/**/gen", "a/b/c/gen", True, True),
        ("gen/**", "gen/x", False, True),
        ("*.py[cod]", "x.pyc", False, True),
        ("*.py[cod]", "x.py", False, False),
        ("[!a]x", "bx", False, True),
        ("foo*bar", "fooXbar", False, True),
        ("*", "anything", False, True),
        ("# comment", "# comment", False, False),
        ("\\#real", "#real", False, True),
        ("space\\ ", "space ", False, True),
        ("trailing   ", "trailing", False, True),
        ("", "x", False, False),
        ("[z-a]", "z", False, False),
    ],
)
def test_a_pattern(pattern: str, path: str, is_folder: bool, expected: bool) -> None:
    assert ignored(path, {".gitignore": pattern}, is_folder=is_folder) is expected


def test_the_deepest_file_rules() -> None:
    files = {".gitignore": "*.txt\n", "a/.gitignore": "!keep.txt\n"}

    assert not ignored("a/keep.txt", files)
    assert ignored("keep.txt", files)


PIECES = st.sampled_from(["a", "b", "ab", "*", "?", "**", "[ab]", "[!a]", ".txt"])
PATTERNS = st.lists(
    st.tuples(
        st.sampled_from(["", "!"]),
        st.lists(st.lists(PIECES, min_size=1, max_size=2).map("".join), min_size=1, max_size=3).map("/".join),
        st.sampled_from(["", "/"]),
    ).map("".join),
    min_size=1,
    max_size=4,
)
PATHS = st.lists(st.sampled_from(["a", "b", "ab", "a.txt", "ba"]), min_size=1, max_size=3).map("/".join)


@given(patterns=PATTERNS, path=PATHS)
@example(patterns=["b", "!a*"], path="a/b")
@example(patterns=["b", "!/a*"], path="a/b")
@example(patterns=["ab", "!a/*"], path="a/b/ab")
@settings(deadline=None, max_examples=60)
def test_law_git_says_the_same(tmp_path_factory: pytest.TempPathFactory, patterns: list[str], path: str) -> None:
    """`***` and the like are left out, which git itself reads in more than one way."""
    if any("***" in each or "**a" in each or "a**" in each or "b**" in each or "**b" in each for each in patterns):
        return
    if any("**" in part and part != "**" for each in patterns for part in each.strip("!/").split("/")):
        return
    folder = tmp_path_factory.mktemp("repo")
    text = "\n".join(patterns) + "\n"
    (folder / ".gitignore").write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("", encoding="utf-8")
    asked = subprocess.run(["git", "check-ignore", "-q", path], cwd=folder, check=False)

    steps = path.split("/")
    found = any(
        ignored("/".join(steps[:size]), {".gitignore": text}, is_folder=size < len(steps))
        for size in range(1, len(steps) + 1)
    )
    assert found is (asked.returncode == 0)


def test_what_git_ignores_is_not_read(folder: Folder) -> None:
    folder.put(".git/HEAD")
    folder.put(".gitignore", "generated/\n/local.txt\n")
    folder.put("requirements.txt", "ddtrace==4.16.0\n")
    folder.put("generated/requirements.txt", "ddtrace==0.1\n")

    assert folder.check().places == []
    assert folder.check("--no-respect-gitignore").places == ["generated/requirements.txt:1:1 DD103"]
    assert folder.check("generated/requirements.txt").places == ["generated/requirements.txt:1:1 DD103"]


def test_a_folder_named_build_that_git_tracks_is_read(folder: Folder) -> None:
    folder.put(".git/HEAD")
    folder.put("build/docker/Dockerfile", "FROM python:3.12\nRUN pip install ddtrace==0.1\n")

    assert folder.check().places == ["build/docker/Dockerfile:2:17 DD103"]
