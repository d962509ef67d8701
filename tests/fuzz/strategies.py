"""The choices of a fuzzed file as hypothesis draws them, so that it can make what it finds smaller."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tests.fuzz.mutate import LARGEST, WORDS, mutated
from tests.fuzz.subjects import subjects

if TYPE_CHECKING:
    from random import Random

    from tests.fuzz.subjects import Subject


@cache
def _others() -> tuple[bytes, ...]:
    return tuple(seed for each in subjects() for seed in each.seeds)


def files(subject: Subject) -> st.SearchStrategy[bytes]:
    """A seed with changes; a few of its lines in any order; or words that formats know, one after the other."""
    lines = sorted({line for seed in subject.seeds for line in seed.splitlines(keepends=True)})
    words = st.sampled_from([*WORDS, *lines])
    return st.one_of(
        st.builds(_changed, st.sampled_from(subject.seeds), st.randoms(use_true_random=False), st.just(subject.seeds)),
        st.builds(_changed, st.sampled_from(subject.seeds), st.randoms(use_true_random=False), st.just(_others())),
        st.lists(st.sampled_from(lines), max_size=20).map(b"".join),
        st.lists(words, max_size=30).map(b"".join),
        st.builds(_around, st.sampled_from(lines), st.text(max_size=20).map(_encoded), st.integers(0, 80)),
    )


def _changed(seed: bytes, random: Random, others: tuple[bytes, ...]) -> bytes:
    return mutated(random, seed, others)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _around(line: bytes, text: bytes, at: int) -> bytes:
    return (line[:at] + text + line[at:])[:LARGEST]
