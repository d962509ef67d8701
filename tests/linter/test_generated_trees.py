"""Neither what a run remembers nor the number of its processes changes a byte of what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ddlint.inputs import requirements_txt
from ddlint.inputs.common.requirement import moved
from ddlint.linter import memory
from tests.linter.generated_trees import MEMORIES, differences, tree_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_generated_repository_is_linted_to_the_same_bytes_in_all_ways(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert list(differences(tmp_path / "tree", seed)) == []


@pytest.mark.slow
def test_many_generated_repositories_are_linted_to_the_same_bytes_in_all_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    found = {seed: told for seed in range(100, 200) if (told := list(differences(tmp_path / "tree", seed)))}

    assert found == {}


def test_what_is_generated_repeats_lines_in_files_and_files_in_projects() -> None:
    texts = [text for seed in range(20) for name, text in tree_of(seed).files.items() if name.endswith(".txt")]

    assert len(set(texts)) < len(texts)
    assert {name for seed in range(20) for name in tree_of(seed).files if "/" not in name} >= {"shared.txt"}


def test_a_remembered_line_at_a_wrong_place_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(requirements_txt, "moved", lambda plain, shift, origin: moved(plain, shift + 1, origin))

    found = {name for seed in range(1, 9) for name in differences(tmp_path / "tree", seed)}

    assert "lines" in found
    assert not found - MEMORIES.keys()


def test_findings_moved_to_a_wrong_file_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(memory._Move, "_place", lambda _, place: place)

    found = {name for seed in range(1, 9) for name in differences(tmp_path / "tree", seed)}

    assert "environments" in found
    assert not found - {"environments", "-j 2", "-j 3"}
