"""Whole-process times of ddlint as ratios to `python -c pass`, taken in alternation, and peak memory.

    python benchmarks/run.py [--runs N] [--check] [--only WORD] [--corpus DIR] [FILE ...]

Ratios hold on any machine where seconds do not; the targets are those of docs/speed.md. Files and folders named on
the command line are measured too, each on its own, and so is the largest lock below `--corpus` (or below the folder
that the variable DDLINT_CORPUS names). `--check` fails when a figure is above what it must be.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import samples

EMPTY = (sys.executable, "-c", "pass")
MEBIBYTE = 1024 * 1024
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Case(NamedTuple):
    title: str
    words: tuple[str, ...]
    must: float | None = None
    aim: float | None = None
    is_cold: bool = False
    """Without the compiled modules that Python keeps: what the first run after an installation is."""
    runs: int | None = None
    limit: float | None = None
    """The peak memory that it must stay below, in MiB."""


class Measured(NamedTuple):
    case: Case
    ratio: float
    milliseconds: float
    mebibytes: float

    @property
    def is_over(self) -> bool:
        is_slow = self.case.must is not None and self.ratio > self.case.must
        return is_slow or (self.case.limit is not None and self.mebibytes > self.case.limit)


class Room:
    """The folder of the samples, and the words of the calls that are measured."""

    def __init__(self, folder: Path, command: str) -> None:
        self.folder, self.command = folder, command

    def file(self, name: str, text: str) -> str:
        """Write a file into a folder of its own, a project of one file."""
        path = self.folder / f"{len(list(self.folder.iterdir()))}" / name
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return str(path)

    def lint(self, path: str, *options: str) -> tuple[str, ...]:
        return (self.command, "--isolated", *options, path)

    def hook(self, path: str) -> tuple[str, ...]:
        """The call of the pre-commit hook."""
        return (self.command, "--output-format", "concise", "--force-exclude", path)


def start_up(room: Room) -> list[Case]:
    return [
        Case("--version", (room.command, "--version"), 2.0, 1.6),
        Case("--help", (room.command, "--help")),
        Case("rule DD301", (room.command, "rule", "DD301")),
        Case("rule ddtrace/flask", (room.command, "rule", "ddtrace/flask")),
    ]


def small_files(room: Room) -> list[Case]:
    tracked = room.file("requirements.txt", samples.tracked_requirements(50))
    clean = room.file("requirements.txt", samples.clean_requirements(50))
    unknown = room.file("requirements.txt", samples.unknown_requirements(50))
    project = room.file("pyproject.toml", samples.pyproject(10_000))
    return [
        Case("requirements, 50 lines", room.lint(tracked), 6.0, 5.0),
        Case("requirements, 50 lines, cold", room.lint(tracked), is_cold=True),
        Case("requirements, no known name", room.lint(unknown), 3.0, 2.5),
        Case("pyproject, 10 KB", room.lint(project), 6.5, 5.5),
        Case("hook, findings", room.hook(tracked)),
        Case("hook, clean", room.hook(clean)),
        Case("inspect", (room.command, "inspect", "--isolated", tracked)),
    ]


def large_files(room: Room, corpus: Path | None) -> list[Case]:
    """One lock and one requirements file, and each ten times as large: time and memory grow with the file."""
    locks = [room.file("uv.lock", samples.lock(size)) for size in (1_500_000, 15_000_000)]
    lists = [room.file("requirements.txt", samples.tracked_requirements(lines)) for lines in (500, 5_000)]
    real = max(corpus.rglob("*.lock"), key=lambda path: path.stat().st_size, default=None) if corpus else None
    return [
        Case("uv.lock, 1.5 MB", room.lint(locks[0]), 6.5, 4.0, limit=allowed(locks[0])),
        Case("uv.lock, 15 MB", room.lint(locks[1]), runs=3, limit=allowed(locks[1])),
        Case("requirements, 500 lines", room.lint(lists[0])),
        Case("requirements, 5,000 lines", room.lint(lists[1]), runs=3, limit=allowed(lists[1])),
        *([Case(f"{real.name}, {real.stat().st_size // 1000} KB", room.lint(str(real)))] if real else []),
    ]


def allowed(path: str) -> float:
    """The memory that a file may take, in MiB: four times its size, and forty."""
    return 4 * Path(path).stat().st_size / MEBIBYTE + 40


def trees(room: Room) -> list[Case]:
    small, large = room.folder / "small", room.folder / "large"
    samples.tree(small, 100)
    samples.tree(large, 1_000)
    return [
        Case("100 projects, -j 1", room.lint(str(small), "-j", "1"), runs=5),
        Case("1,000 projects, -j 1", room.lint(str(large), "-j", "1"), runs=3),
        Case("1,000 projects, -j 2", room.lint(str(large), "-j", "2"), 60.0, 40.0, runs=3),
    ]


def seconds(words: tuple[str, ...], *, is_cold: bool = False) -> float:
    with tempfile.TemporaryDirectory() as nowhere:
        more = {"PYTHONPYCACHEPREFIX": nowhere} if is_cold else {}
        start = time.perf_counter()
        done = subprocess.run(
            words,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            env={**os.environ, "DDLINT_NO_CACHE": "1", **more},
        )
        taken = time.perf_counter() - start
    if done.returncode > 1:
        sys.exit(f"`{' '.join(words)}` ended with {done.returncode}: there is nothing to measure")
    return taken


def peak(words: tuple[str, ...]) -> float:
    """The peak resident memory of the process, in MiB; 0 where the platform does not tell."""
    if sys.platform == "win32":
        return 0.0
    told = subprocess.run([sys.executable, "-c", MEASURE, *words], capture_output=True, text=True, check=True)
    return int(told.stdout) / (MEBIBYTE if sys.platform == "darwin" else 1024)


def measure(case: Case, runs: int) -> Measured:
    """Run the case and the empty program in turns, so that both meet the same load."""
    seconds(case.words)
    pairs = [(seconds(EMPTY), seconds(case.words, is_cold=case.is_cold)) for _ in range(min(runs, case.runs or runs))]
    ratio = statistics.median(own / base for base, own in pairs)
    return Measured(case, ratio, statistics.median(own for _, own in pairs) * 1000, peak(case.words))


def row(measured: Measured) -> str:
    case = measured.case
    limits = "".join(f"{limit:>7.1f}x" if limit else f"{'':>8}" for limit in (case.must, case.aim))
    memory = f"{case.limit:>8.0f}" if case.limit else f"{'':>8}"
    verdict = "" if not (case.must or case.limit) else "  over" if measured.is_over else "  ok"
    numbers = f"{measured.ratio:>8.2f}x {measured.milliseconds:>8.1f} {measured.mebibytes:>7.1f}"
    return f"{case.title:<30.30}{numbers}{limits}{memory}{verdict}".rstrip()


def command() -> str:
    """The `ddlint` that is installed beside this Python."""
    found = shutil.which("ddlint", path=sysconfig.get_path("scripts"))
    if not found:
        sys.exit(f"ddlint is not installed for {sys.executable}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description="time ddlint against an empty Python program")
    parser.add_argument("--runs", type=int, default=15, help="how often each case runs (default: 15)")
    parser.add_argument("--check", action="store_true", help="exit 1 when a figure is above its limit")
    parser.add_argument("--only", default="", metavar="WORD", help="the cases with this word in their title")
    parser.add_argument("--corpus", default=os.environ.get("DDLINT_CORPUS", ""), metavar="DIR", help="real projects")
    parser.add_argument("paths", nargs="*", metavar="FILE", help="files and folders to measure too")
    options = parser.parse_args()
    print(f"{'case':<30}{'ratio':>9} {'ms':>8} {'MiB':>7}{'must':>8}{'aim':>8}{'MiB must':>9}")
    is_over = False
    with tempfile.TemporaryDirectory() as folder:
        room = Room(Path(folder), command())
        named = [Case(Path(path).name, room.lint(path)) for path in options.paths]
        corpus = Path(options.corpus) if options.corpus else None
        for case in (*start_up(room), *small_files(room), *large_files(room, corpus), *trees(room), *named):
            if options.only in case.title:
                measured = measure(case, options.runs)
                is_over |= measured.is_over
                print(row(measured), flush=True)
    return int(options.check and is_over)


if __name__ == "__main__":
    sys.exit(main())
