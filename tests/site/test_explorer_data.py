"""The data of the explorer: it says what the engine answers, whatever version is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from packaging.version import Version

from ddlint.pack.loader import builtin
from tests.repository.source_tree import ROOT
from tools.site.explorer_cells import cells
from tools.site.explorer_data import bounds, dumps, explorer, parts

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def data() -> tuple[dict[str, Any], dict[str, Any]]:
    answers, evidence = explorer(builtin())
    return json.loads(dumps(answers)), json.loads(dumps(evidence))


def part_of(points: list[str], version: str) -> int:
    """The part of a version, as `versions.ts` finds it."""
    found, part = Version(version), 0
    for point in map(Version, points):
        if found <= point:
            return part + (found == point)
        part += 2
    return part


def test_500_cells_are_what_the_engine_answers(data: tuple[dict[str, Any], dict[str, Any]]) -> None:
    answers, _ = data
    libraries = {each["name"]: each for each in answers["libraries"]}
    names = [each["name"] for each in answers["series"]]
    different = []
    sampled = list(cells(builtin(), 500, Random(16)))
    for cell in sampled:
        library, series = libraries[cell["library"]], names.index(cell["series"])
        part = part_of(library["points"], cell["version"])
        found = [run["status"][part] for run in library["runs"] if run["first"] <= series <= run["last"]]
        if (found or ["-"]) != [cell["answer"]]:
            different.append((cell, found))

    assert different == []
    assert len({cell["answer"] for cell in sampled}) > 4


def test_every_part_has_a_version_of_its_own() -> None:
    pack = builtin()
    wrong = []
    for name in pack.distributions:
        points = bounds(pack, name)
        versions = [Version(each) for each in parts(points)]
        if versions != sorted(set(versions)) or len(versions) != 2 * len(points) + 1:
            wrong.append(name)

    assert wrong == []


def test_every_series_and_library_is_there_with_its_evidence(data: tuple[dict[str, Any], dict[str, Any]]) -> None:
    answers, evidence = data
    pack = builtin()

    assert [each["name"] for each in answers["series"]] == list(pack.all_series)
    assert [each["name"] for each in answers["libraries"]] == list(pack.distributions)
    cited = {number for each in answers["libraries"] for run in each["runs"] for number in run["because"]}
    cited |= {pair["because"] for each in answers["libraries"] for pair in each["bad"]}
    assert cited == set(range(len(evidence["statements"])))
    assert all(run["because"] for each in answers["libraries"] for run in each["runs"])
    assert {number for each in evidence["statements"] for number in each[3]} == set(range(len(evidence["documents"])))


def test_the_same_rules_give_the_same_bytes(data: tuple[dict[str, Any], dict[str, Any]], tmp_path: Path) -> None:
    """Also where sets have another order."""
    words = (sys.executable, "-m", "tools.site.explorer_data", str(tmp_path))
    subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "1"}, check=True)
    written = [(tmp_path / name).read_text(encoding="utf-8") for name in ("explorer.json", "evidence.json")]

    assert written == [dumps(each) for each in data]
