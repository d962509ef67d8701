"""A file of one token over and over, alone, behind a whole file and inside a value, takes linear time and memory."""

from __future__ import annotations

import pytest

from ddlint.core.source import Source, decode
from ddlint.inputs import BY_MODULE
from tests.fuzz.judge import allowed
from tests.fuzz.limits import FLOOR, MEBIBYTE, TIMES, Peak, ended_after, now
from tests.fuzz.pumps import TOKENS, heads
from tests.fuzz.subjects import Subject, subjects

SIZE = 60_000
FLOOR_OF_A_SMALL_FILE = 12 * MEBIBYTE
"""What Python and ddlint take themselves is there before, so that a file may take less than the whole 40 MiB."""


def faults(subject: Subject, size: int, floor: int) -> list[str]:
    """Return the heads and tokens with which a file takes too much."""
    found = []
    for head in heads(subject):
        for token in TOKENS:
            data = head + token.encode() * (size // len(token.encode()))
            source = decode(f"/project/{subject.path}", data, has_cookie=BY_MODULE[subject.name].has_cookie)
            if isinstance(source, Source) and (why := _fault(subject, source, len(data), floor)):
                found.append(f"{head[-40:]!r} and {token!r}: {why}")
    return found


def _fault(subject: Subject, source: Source, size: int, floor: int) -> str:
    """Read a source, twice more where it took long, as another process may have been in the way."""
    taken = 0.0
    for _ in range(3):
        peak, start = Peak(), now()
        with ended_after(60):
            subject.module.parse(source)
        taken, memory = now() - start, peak.bytes()
        if memory > floor + TIMES * size:
            return f"{memory >> 20} MiB"
        if taken <= 2 * allowed(size):
            return ""
    return f"{taken:.2f} s"


@pytest.mark.slow  # what a tracer such as that of coverage takes would count too
@pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.name)
def test_a_pumped_file_takes_linear_time_and_memory(subject: Subject) -> None:
    assert faults(subject, SIZE, FLOOR_OF_A_SMALL_FILE) == []


@pytest.mark.nightly
@pytest.mark.parametrize("subject", subjects(), ids=lambda subject: subject.name)
def test_a_large_pumped_file_takes_linear_time_and_memory(subject: Subject) -> None:
    assert faults(subject, 10 * SIZE, FLOOR // 2) == []
