"""Locks that were cut off, and merge conflicts in files of every input."""

from __future__ import annotations

from importlib import import_module

import pytest

from ddlint.core.source import Source
from ddlint.inputs import MODULES
from tests.fuzz.subjects import subject
from tests.inputs.shown import read

POETRY = '[[package]]\nname = "a"\nversion = "1"\n\n[metadata]\nlock-version = "2.1"\n'
UV = '[[package]]\nname = "a"\nversion = "1"\ndependencies = [\n    { name = "b" },\n]\n\n[[package]]\nname = "b"\nversion = "1"\n'
PDM = '[metadata]\nlock_version = "4.5.0"\n\n[[package]]\nname = "a"\nversion = "1"\n'
PYLOCK = 'lock-version = "1.0"\n\n[[packages]]\nname = "a"\nversion = "1"\n'
PIXI = (
    "version: 6\nenvironments:\n  default:\n    packages:\n      linux-64:\n      - pypi: https://index.example/a-1.whl\n"
    "packages:\n- pypi: https://index.example/a-1.whl\n  name: a\n  version: '1'\n"
)
CONDA = "version: 1\npackage:\n- name: a\n  version: '1'\n  manager: pip\n  platform: linux-64\n"

CUT_OFF = [
    ("poetry_lock", POETRY, []),
    ("poetry_lock", POETRY.partition("[metadata]")[0], ["`[metadata]` is missing"]),
    ("poetry_lock", "", []),
    ("uv_lock", UV, []),
    ("uv_lock", UV.partition('\n[[package]]\nname = "b"')[0], ["`a` needs `b`, which has no entry"]),
    ("pixi_lock", PIXI, []),
    ("pixi_lock", PIXI.partition("- pypi: https://index.example/a-1.whl\n  name")[0], ["`a-1.whl` of an environment"]),
    ("pixi_lock", PIXI.partition("packages:\n- ")[0], ["`a-1.whl` of an environment"]),
    *((name, text, []) for name, text in (("pdm_lock", PDM), ("pylock", PYLOCK), ("conda_lock", CONDA))),
    *(
        (name, text.rstrip("\n"), ["the last line does not end"])
        for name, text in (
            ("poetry_lock", POETRY),
            ("uv_lock", UV),
            ("pdm_lock", PDM),
            ("pylock", PYLOCK),
            ("pixi_lock", PIXI),
            ("conda_lock", CONDA),
        )
    ),
]


@pytest.mark.parametrize("name, text, expected", CUT_OFF)
def test_a_lock_that_was_cut_off_is_no_shorter_lock(name: str, text: str, expected: list[str]) -> None:
    found = [problem.message for problem in read(import_module(f"ddlint.inputs.{name}"), text).problems]

    assert len(found) == len(expected), found
    assert all(message.startswith(start) for message, start in zip(found, expected, strict=True))


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", MODULES)
def test_a_merge_conflict_is_reported(name: str, end: str) -> None:
    """In the middle of a file of each input, at the line that begins it."""
    one = subject(name)
    lines = max(one.seeds, key=len).decode(errors="ignore").splitlines()
    half = len(lines) // 2
    mine, theirs = lines[half : half + 1], lines[half : half + 1]
    text = end.join([*lines[:half], "<<<<<<< HEAD", *mine, "=======", *theirs, ">>>>>>> b", *lines[half + 1 :], ""])
    manifest = import_module(f"ddlint.inputs.{name}").parse(Source(f"/project/{one.path}", text))
    found = {
        manifest.source.slice(each.at).rstrip(): each.message
        for each in manifest.problems
        if "conflict" in each.message
    }

    assert "<<<<<<< HEAD" in found
    assert {each.code for each in manifest.problems} == {"DD002"} or name == "requirements_txt"


def test_a_mark_alone_is_no_conflict() -> None:
    text = "FROM x\nRUN cat <<E\n<<<<<<< HEAD\nE\n"

    assert read(import_module("ddlint.inputs.dockerfile"), text).problems == ()
