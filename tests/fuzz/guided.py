"""Fuzzing led by the branches that are taken, with atheris: `python -m tests.fuzz.guided INPUT --seconds 60`.

It needs `pip install atheris`, which comes with libFuzzer. Half of the changes are ours, half are libFuzzer's own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Protocol, cast

_HUGE = 60_000
_WHOLE_EVERY = 20


class _Atheris(Protocol):
    """What is used of atheris, which has no types."""

    def Setup(self, arguments: list[str], test: object, **more: object) -> None: ...  # noqa: N802 - its name
    def Fuzz(self) -> None: ...  # noqa: N802 - its name
    def Mutate(self, data: bytes, size: int) -> bytes: ...  # noqa: N802 - its name
    def instrument_imports(self, include: list[str]) -> _Instrumenting: ...


class _Instrumenting(Protocol):
    def __enter__(self) -> object: ...
    def __exit__(self, *_: object) -> None: ...


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided")
    parser.add_argument("input", help="the module of an input")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"), help="where to keep what broke")
    options = parser.parse_args()
    atheris = cast("_Atheris", import_module("atheris"))
    with atheris.instrument_imports(include=["ddlint"]):
        import_module(f"ddlint.inputs.{options.input}")
        tally_module = import_module("tests.fuzz.tally")
    vars(import_module("tests.fuzz.judge"))["GRACE"] = 1.0  # what is watched is several times as slow
    subjects, mutate = import_module("tests.fuzz.subjects"), import_module("tests.fuzz.mutate")
    subject, tally = subjects.subject(options.input), tally_module.Tally(options.out)
    stop = time.monotonic() + options.seconds

    def test(data: bytes) -> None:
        if time.monotonic() > stop:
            tally_module.say(f"{options.input}: {tally.summary()}")
            os._exit(1 if tally.broken else 0)  # libFuzzer ends the process too, and says nothing of ours
        tally.attempt(subject, data, folder, is_whole=tally.tried % _WHOLE_EVERY == 0)

    def change(data: bytes, size: int, number: int) -> bytes:
        random = Random(number)
        if random.random() < 0.5:
            return atheris.Mutate(data, size)
        changed: bytes = mutate.mutated(random, data, subject.seeds)
        return changed[:size]

    with tempfile.TemporaryDirectory() as corpus:
        folder = Path(corpus, "project")
        for number, data in enumerate(subject.seeds):
            Path(corpus, f"{number}.seed").write_bytes(data)
        sys.stderr.write(f"{options.input}: {options.seconds} s\n")
        flags = [f"-max_len={_HUGE}", f"-seed={options.seed}", "-timeout=30"]
        atheris.Setup([sys.argv[0], *flags, corpus], test, custom_mutator=change)
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
