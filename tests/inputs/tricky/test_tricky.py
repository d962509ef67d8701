"""The inputs that go wrong most easily, by number: each is read to the character, and judged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from ddlint.core.source import Source
from ddlint.inputs.syntax.node import Document
from ddlint.inputs.syntax.toml import read_toml
from ddlint.outputs import NAMES
from ddlint.versions.markers import applies
from ddlint.versions.poetry_constraint import Fault, translate
from ddlint.versions.specifiers import Verdict, allowed_minors, verdict
from tests.cases.runner import lint
from tests.inputs.tricky import (
    lock_files,
    other_files,
    ranges,
    requirement_forms,
    requirement_lines,
    toml_files,
    trees,
)
from tests.inputs.tricky.case import Case, found, is_as_expected, place

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folder import Folder
    from tests.inputs.tricky.trees import Tree

CASES = (
    *requirement_lines.CASES,
    *requirement_forms.CASES,
    *toml_files.CASES,
    *lock_files.CASES,
    *other_files.CASES,
)
OF_THEIR_OWN = (26, 29, 61)
"""Entries with a test below."""


def _name(case: Case | Tree) -> str:
    return f"{case.entry}-{str(case[1])[:40]!r}"


def test_no_entry_is_left_out() -> None:
    tables = (toml_files.VALUES, ranges.VERDICTS, ranges.CONSTRAINTS, ranges.PYTHONS, ranges.MARKERS)
    entries = {each[0] for table in (CASES, trees.TREES, *tables) for each in table}

    assert sorted(entries.union(OF_THEIR_OWN)) == list(range(1, 99))


@pytest.mark.parametrize("case", CASES, ids=map(_name, CASES))
def test_all_is_found_and_nothing_else(case: Case) -> None:
    told = found(case)

    assert len(case.expected) == len(told), told
    for expected, one in zip(case.expected, told, strict=True):
        assert is_as_expected(expected, one), (expected, one)


@pytest.mark.parametrize("entry, text, expected", toml_files.VALUES)
def test_every_value_has_its_place(entry: int, text: str, expected: dict[str, str]) -> None:
    source = Source("/project/x.toml", text)
    document = read_toml(source)

    assert isinstance(document, Document), entry
    places = {".".join(map(str, path)): place(source, at.value) for path, at in document.entries.items()}
    assert {path: places.get(path) for path in expected} == expected


@pytest.mark.parametrize("entry, requirement, supported, expected", ranges.VERDICTS)
def test_verdicts(entry: int, requirement: str, supported: tuple[str, ...], expected: Verdict) -> None:
    assert expected is verdict(requirement, supported), entry


@pytest.mark.parametrize("entry, text, expected", ranges.CONSTRAINTS)
def test_constraints_of_poetry(entry: int, text: str, expected: str | None) -> None:
    specifier = translate(text)

    assert expected == (None if isinstance(specifier, Fault) else specifier), entry


@pytest.mark.parametrize("entry, specifier, expected", ranges.PYTHONS)
def test_pythons(entry: int, specifier: str, expected: tuple[str, ...]) -> None:
    assert expected == allowed_minors(specifier, ranges.MINORS), entry


@pytest.mark.parametrize("entry, marker, expected", ranges.MARKERS)
def test_markers(entry: int, marker: str, expected: tuple[str, ...]) -> None:
    assert expected == applies(marker, ranges.MINORS), entry


def _write(directory: Path, files: dict[str, str]) -> None:
    (directory / ".git").mkdir(exist_ok=True)
    for name, text in files.items():
        (directory / name).write_text(text, encoding="utf-8", newline="")


@pytest.mark.parametrize("tree", trees.TREES, ids=map(_name, trees.TREES))
def test_what_is_said(tree: Tree, tmp_path: Path) -> None:
    _write(tmp_path, tree.files)

    said = [line for line in lint(tmp_path).splitlines() if not line.startswith("  fix")]

    assert len(tree.expected) == len(said), said
    for expected, one in zip(tree.expected, said, strict=True):
        at, code, words = trees.parts(expected)
        assert one.startswith(f"{at}: "), one
        assert code in one, one
        assert words in one, one


def test_26_a_link_that_leads_outside_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("django==1.11.29\n", encoding="utf-8")
    inside = tmp_path / "inside"
    inside.mkdir()
    _write(inside, {"requirements.txt": "ddtrace==4.16.0\n-r link\n"})
    (inside / "link").symlink_to("../secret.txt")

    assert lint(inside).startswith("requirements.txt:2:4: notice DD004 ")
    assert "django" not in lint(inside)


@pytest.mark.parametrize("form", NAMES)
def test_29_no_output_shows_a_secret(form: str, folder: Folder) -> None:
    for name, text in trees.SECRET_TREE.items():
        folder.put(name, text)

    ran = folder.run("check", "--output-format", form, "--as-of", "2026-11-21", "--pedantic", "-v")
    shown = [folder.run("inspect", "--output-format", each) for each in ("text", "json")]

    assert "django" in ran.out
    assert all(trees.SECRET not in each.out + each.err for each in (ran, *shown))


def test_61_columns_are_code_points_and_utf_16_where_that_is_asked_for(folder: Folder) -> None:
    for name, text in trees.ASTRAL_TREE.items():
        folder.put(name, text)

    assert "pyproject.toml:7:12 DD301" in folder.check().places
    sarif = json.loads(folder.run("check", "--output-format", "sarif", "--as-of", "2026-11-21").out)["runs"][0]
    region = next(
        result["locations"][0]["physicalLocation"]["region"]
        for result in sarif["results"]
        if result["ruleId"] == "DD301"
    )
    assert (sarif["columnKind"], region["startColumn"]) in (("utf16CodeUnits", 13), ("unicodeCodePoints", 12))
