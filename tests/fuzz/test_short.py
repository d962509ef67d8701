"""The short form of the long run: the same files every time, every input, some of them through everything."""

from __future__ import annotations

import zlib
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddlint.cli import fix, host, main
from ddlint.core import redact, text
from ddlint.outputs import github
from tests.fuzz import trees
from tests.fuzz.judge import judge
from tests.fuzz.mutate import mutated
from tests.fuzz.strategies import files
from tests.fuzz.subjects import Subject, subjects
from tests.fuzz.whole import judge_whole

if TYPE_CHECKING:
    from pathlib import Path

ALL = subjects()
COUNT = 250
WHOLE = 12


@pytest.mark.parametrize("subject", ALL, ids=lambda subject: subject.name)
def test_a_seed_is_read(subject: Subject, tmp_path: Path) -> None:
    """Each input has a seed that it reads something in: else its fuzzing would be of no use."""
    assert subject.seeds
    found = [judge(subject, seed) for seed in subject.seeds]

    assert any(one and (one.dependencies or one.pythons or one.settings) for one in found)
    assert judge_whole(tmp_path, subject, subject.seeds[0]).keys() >= {"json", "sarif", "inspect"}


@pytest.mark.parametrize("subject", ALL, ids=lambda subject: subject.name)
def test_broken_files_are_read(subject: Subject, tmp_path: Path) -> None:
    random = Random(zlib.crc32(subject.name.encode()))
    for number in range(COUNT):
        data = mutated(random, random.choice(subject.seeds), subject.seeds)
        judge(subject, data)
        if number < WHOLE:
            judge_whole(tmp_path, subject, data)


@given(st.sampled_from(ALL).flatmap(lambda subject: st.tuples(st.just(subject), files(subject))))
@settings(deadline=None, max_examples=300, derandomize=True, suppress_health_check=list(HealthCheck))
def test_any_file_is_read(case: tuple[Subject, bytes]) -> None:
    judge(*case)


@pytest.mark.long
def test_whole_trees_packs_and_configs_go_through_every_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")

    assert [broken for seed in range(40) for broken in trees.attempt(seed, ALL)] == []


@pytest.mark.long
@pytest.mark.parametrize("part", ["secrets", "steering"])
def test_a_tree_catches_what_is_no_longer_guarded(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge of the trees is of use: it sees what comes out when masking or escaping is taken away."""
    monkeypatch.setenv("CI", "true")
    if part == "secrets":
        monkeypatch.setattr(redact, "secret_spans", lambda _: [])
    else:
        for module in (text, main, host, fix, github):
            monkeypatch.setattr(module, "guard", lambda given, **_: given)
        monkeypatch.setattr(text, "escape_character", lambda char: char)
    found = (broken.why for seed in range(100) for broken in trees.attempt(seed, ALL))

    assert any(("secret" if part == "secrets" else "steers") in why for why in found)
