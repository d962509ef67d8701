"""The worked example of a pack of one's own: it is a good pack, and every way of naming it finds the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ddlint.cli import main as cli
from ddlint.pack import loader as load
from tests.cases.runner import builtin_pack

EXAMPLE = Path(__file__).parents[2] / "examples" / "own-pack"
FOUND = [
    "pyproject.toml:4:20: DD201 error",
    "requirements.txt:1:1: DD102 notice",
    "requirements.txt:2:1: DD301 warning",
    "requirements.txt:3:1: DD304 warning",
    "requirements.txt:4:1: DD501 error",
    "requirements.txt:5:1: DD502 error",
    "requirements.txt:6:1: DD301 notice",
    "requirements.txt:6:1: DD305 notice",
]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--isolated", "--rules", "../rules"),
        ("--rules", "../rules"),
    ],
    ids=["config", "option", "both"],
)
def test_the_service_is_judged_by_the_pack(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load, "builtin", builtin_pack)
    monkeypatch.chdir(EXAMPLE / "service")

    assert cli.run([*words, "--output-format", "concise", "--min-severity", "notice", "--as-of", "2026-11-21"]) == 1
    found = [line for line in capsys.readouterr().out.splitlines() if " DD" in line]
    assert [" ".join(line.split()[:3]).rstrip(":") for line in found] == FOUND


def test_without_the_pack_nothing_is_known_of_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(load, "builtin", builtin_pack)
    monkeypatch.chdir(EXAMPLE / "service")

    assert cli.run(["--isolated", "--output-format", "concise"]) == 0
    assert " DD" not in capsys.readouterr().out


def test_what_the_pack_uses() -> None:
    """Lines and levels, Pythons, integrations and defaults, requirements, removals, bad pairs."""
    text = "".join(path.read_text(encoding="utf-8") for path in EXAMPLE.glob("rules/**/*.yaml"))
    keys = set(re.findall(r"(?m)^(\w+):", text))

    assert keys >= {"pythons", "releases", "levels", "integration", "defaults", "distributions"}
    assert keys >= {"requirements", "removals", "bad_pairs"}


def test_the_readme_names_every_file_and_both_ways() -> None:
    text = (EXAMPLE / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in EXAMPLE.glob("rules/*.yaml") if f"rules/{path.name}" not in text] == []
    assert "rules = [" in text
    assert "--rules examples/own-pack/rules" in text
    assert all(line.split(": ")[0] in text for line in FOUND)
