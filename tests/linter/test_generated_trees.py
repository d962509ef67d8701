"""No way to save work changes a byte of what is printed: passing over files, memories, processes, kept results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ddlint.cli import cache, main
from ddlint.inputs import requirements_txt
from ddlint.inputs.common import skim
from ddlint.inputs.common.requirement import moved
from ddlint.linter import memory, parallel
from tests.linter import generated_trees
from tests.linter.generated_trees import CASES, MEMORIES, differences, of_case, of_seed, tree_of
from tests.linter.ways import FORMATS, OF_CALLS, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

keeps_results = pytest.mark.skipif(not cache._IS_KNOWN, reason="this system keeps no results")


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_generated_repository_is_linted_to_the_same_bytes_in_all_ways(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert differences(tmp_path / "tree", seed) == ()


@pytest.mark.slow
def test_many_generated_repositories_are_linted_to_the_same_bytes_in_all_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    found = {seed: told for seed in range(100, 200) if (told := differences(tmp_path / "tree", seed))}

    assert found == {}


def test_what_is_generated_repeats_lines_in_files_and_files_in_projects() -> None:
    texts = [text for seed in range(20) for name, text in tree_of(seed).files.items() if name.endswith(".txt")]

    assert len(set(texts)) < len(texts)
    assert {name for seed in range(20) for name in tree_of(seed).files if "/" not in name} >= {"shared.txt"}


def spoil_lines(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(requirements_txt, "moved", lambda plain, shift, origin: moved(plain, shift + 1, origin))


def spoil_environments(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory._Move, "_place", lambda _, place: place)


def spoil_skimming(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(skim, "says_nothing", lambda *_: True)


def spoil_processes(patch: pytest.MonkeyPatch) -> None:
    of_worker = parallel.from_worker
    patch.setattr(parallel, "from_worker", lambda received, *given: of_worker(received._replace(findings=()), *given))


def spoil_results(patch: pytest.MonkeyPatch) -> None:
    kept = cache._kept
    patch.setattr(cache, "_kept", lambda call: (found[0] + 1, found[1]) if (found := kept(call)) else None)


def spoil_command_line(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(main, "guard", lambda text, **_: f"{text} ")


@pytest.mark.parametrize(
    "spoil, first, others",
    [
        (spoil_lines, "lines", {*MEMORIES, "all memories"}),
        (spoil_environments, "environments", {"all memories", "-j 2", "-j 3"}),
        (spoil_skimming, "files that say nothing", set()),
        (spoil_processes, "-j 2", {"-j 3"}),
        pytest.param(
            spoil_results, "json from the cache", {f"{name} from the cache" for name in FORMATS}, marks=keeps_results
        ),
        (spoil_command_line, "json of the command line", {f"{name} {of}" for name in FORMATS for of in OF_CALLS}),
    ],
)
def test_a_mistake_in_one_of_the_ways_is_noticed(
    spoil: Callable[[pytest.MonkeyPatch], None],
    first: str,
    others: set[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spoil(monkeypatch)

    found: set[str] = set()
    for seed in range(1, 60):
        found.update(differences(tmp_path / "tree", seed))
        if first in found:
            break

    assert first in found
    assert found - {first} <= others


@keeps_results
def test_results_come_from_the_cache(tmp_path: Path) -> None:
    assert sum(of_seed(tmp_path / "tree", seed).is_replayed for seed in range(1, 9)) >= 6


def test_a_case_is_linted_with_its_options_and_its_pack() -> None:
    with_pack = next(path for path in CASES.rglob("pack") if path.is_dir())
    with_options = next(CASES.rglob("options.txt"))

    assert [of_case(path.parent).different for path in (with_pack, with_options)] == [(), ()]


def test_it_counts_what_it_compares(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["generated_trees", "--number", "2", "--seed", "7"])
    monkeypatch.setattr(generated_trees, "of_seed", lambda _, seed: Outcome(("lines",) * (seed - 7), 20, seed == 7))
    monkeypatch.setattr("os.chdir", lambda _: None)
    monkeypatch.setattr("gc.set_threshold", lambda _: None)

    assert generated_trees.main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "seed 8: lines",
        "trees from seed 7 on: 2 linted, 40 outputs compared, 1 with results from the cache, 1 differences",
    ]
