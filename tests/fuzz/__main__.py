"""The long run: `python -m tests.fuzz --minutes 60` goes over every input in turn and keeps what breaks it.

Two engines take turns: `mutate` needs nothing but the package and is fast; `hypothesis` draws the choices itself. A
third is led by the branches that are taken, and has a command of its own: `python -m tests.fuzz.guided`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fuzz.mutate import mutated
from tests.fuzz.strategies import files
from tests.fuzz.subjects import FOUND, Subject, subjects
from tests.fuzz.tally import Tally, say

if TYPE_CHECKING:
    from collections.abc import Callable

    Engine = Callable[[Subject, Tally, float, Random, Path], None]

_WHOLE_EVERY = 10
"""One in so many goes through everything; the rest is only read, which is far faster."""
_MOST_KEPT = 400
"""Files that came of seeds, and are changed again."""


def mutate(subject: Subject, tally: Tally, seconds: float, random: Random, project: Path) -> None:
    """Change seeds, and what came of them, for a while."""
    pool, others = list(subject.seeds), [each for every in subjects() for each in every.seeds]
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        lines = pool if random.random() < 0.8 else others
        data = mutated(random, random.choice(pool), lines)
        held = tally.attempt(subject, data, project, is_whole=tally.tried % _WHOLE_EVERY == 0)
        if held and random.random() < 0.02 and len(data) < 20_000:
            pool.append(data)
            del pool[len(subject.seeds) : max(len(subject.seeds), len(pool) - _MOST_KEPT)]


def draw(subject: Subject, tally: Tally, seconds: float, random: Random, project: Path) -> None:
    """Let hypothesis choose, in batches."""
    stop = time.monotonic() + seconds

    @settings(
        max_examples=100,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(files(subject), st.integers(1, _WHOLE_EVERY))
    def batch(data: bytes, luck: int) -> None:
        if time.monotonic() < stop:
            tally.attempt(subject, data, project, is_whole=luck == 1)

    while time.monotonic() < stop:
        seed(random.random())(batch)()


ENGINES: dict[str, Engine] = {"mutate": mutate, "hypothesis": draw}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=60.0, help="of the whole run")
    parser.add_argument("--round", type=float, default=10.0, help="seconds for one input before the next has its turn")
    parser.add_argument("--input", action="append", help="only this input; may be given often")
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, default=FOUND, help="where to keep what broke")
    options = parser.parse_args()
    random, tally = Random(options.seed), Tally(options.out)
    chosen = [each for each in subjects() if not options.input or each.name in options.input]
    engines = list(ENGINES.values()) if options.engine == "both" else [ENGINES[options.engine]]
    stop = time.monotonic() + 60 * options.minutes
    number = 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < stop:
            engine = engines[number // len(chosen) % len(engines)]
            engine(
                chosen[number % len(chosen)], tally, min(options.round, stop - time.monotonic()), random, Path(folder)
            )
            number += 1
            if number % len(chosen) == 0:
                say(f"round {number // len(chosen)}: {tally.tried} files, {tally.whole} whole runs")
    say(tally.summary())
    return 1 if tally.broken else 0


if __name__ == "__main__":
    sys.exit(main())
