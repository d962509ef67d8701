"""The short form of the long run: the same files every time, every input, some of them through everything."""

from __future__ import annotations

import re
import zlib
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddlint import inputs
from ddlint.cli import fix, host, main
from ddlint.core import redact, text
from ddlint.inputs.common import shell
from ddlint.inputs.syntax import python_literals
from ddlint.outputs import github
from tests.fuzz import trees
from tests.fuzz.judge import judge
from tests.fuzz.limits import CAN_MEASURE
from tests.fuzz.mutate import mutated
from tests.fuzz.strategies import files
from tests.fuzz.subjects import Subject, subjects
from tests.fuzz.whole import judge_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ALL = subjects()
COUNT = 250
WHOLE = 12


@pytest.mark.parametrize("subject", ALL, ids=lambda subject: subject.name)
def test_a_seed_is_read(subject: Subject, tmp_path: Path) -> None:
    """Each input has a seed that it reads something in: else its fuzzing would be of no use."""
    assert subject.seeds
    found = [judge(subject, seed) for seed in subject.seeds]

    assert any(one and (one.dependencies or one.pythons or one.settings or one.workloads) for one in found)
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

    assert [broken for seed in range(2 * len(trees.CALLS)) for broken in trees.attempt(seed, ALL)[1]] == []


def _without_escaping(patch: pytest.MonkeyPatch) -> None:
    for module in (text, main, host, fix, github):
        patch.setattr(module, "guard", lambda given, **_: given)
    patch.setattr(text, "escape_character", lambda char: char)


def _without_masking(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(redact, "secret_spans", lambda _: [])


def _with_a_name_that_takes_exponential_time(patch: pytest.MonkeyPatch) -> None:
    number = next(number for number, one in enumerate(inputs.INPUTS) if one.module == "dockerfile")
    slow, given = re.compile(r"(?i)/(?:[^/]*[-.])?dockerfile(?:[-._][\w.-]+)*$"), inputs._pattern
    patch.setattr(inputs, "_pattern", lambda each: slow if each == number else given(each))
    patch.setattr(trees, "HANG", 1.0)


def _with_a_quote_that_takes_memory(patch: pytest.MonkeyPatch) -> None:
    pattern = shell._TOKEN.pattern.replace(r"(?>(?>(?:[^\"\\]++|\\.){1,500})*)", r"(?>(?:[^\"\\]|\\.)*)")
    assert pattern != shell._TOKEN.pattern
    patch.setattr(shell, "_TOKEN", re.compile(pattern, re.DOTALL))
    patch.setattr(trees, "PUMPED", 1.0)
    patch.setattr(trees, "SIZES", (5.2, 5.3))


def _with_names_of_any_length(patch: pytest.MonkeyPatch) -> None:
    """The parser of Python joins `a.a.a` part by part: 20 KB take 100 MB, 200 KB took 13 GB."""
    patch.setattr(python_literals, "_MOST_PARTS", 1_000_000)
    patch.setattr(python_literals, "_MOST_WORDS", 1_000_000)
    patch.setattr(trees, "TOKENS", ("a.",))
    patch.setattr(trees, "PUMPED", 1.0)
    patch.setattr(trees, "SIZES", (4.3, 4.4))


@pytest.mark.long
@pytest.mark.parametrize(
    "take_out, said, names, files",
    [
        (_with_a_name_that_takes_exponential_time, "HangsError", ("dockerfile",), 60),
        (_without_escaping, "steers", (), 6),
        (_without_masking, "secret", (), 6),
        (_with_a_quote_that_takes_memory, "MiB", ("dockerfile",), 10),
        (_with_names_of_any_length, "MiB", ("setup_py",), 10),
    ],
    ids=["3, file names", "4, forged commands", "6, secrets", "7, memory of quotes", "7, memory of names"],
)
def test_the_fuzzer_catches_what_is_no_longer_guarded(
    take_out: Callable[[pytest.MonkeyPatch], None],
    said: str,
    names: tuple[str, ...],
    files: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each guard is taken out again, and the same seeds must complain. The number is that of the promise."""
    if said == "MiB" and not CAN_MEASURE:
        pytest.skip("the use of memory is read from /proc")
    monkeypatch.setenv("CI", "true")
    take_out(monkeypatch)
    chosen = tuple(each for each in ALL if not names or each.name in names)
    found = (broken.why for seed in range(100) for broken in trees.attempt(seed, chosen, files)[1])

    assert any(said in why for why in found)
