"""The calls of ddlint that are measured, each with its project and what its figures must be."""

from __future__ import annotations

import shutil
import sys
import sysconfig
import time
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks import samples
from benchmarks.timing import MEBIBYTE, Call, FailedError, environment, timed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EMPTY = (sys.executable, "-c", "pass")
RESTING = 2.1
"""Seconds after which the cache of results trusts the times of a file."""


class Growth(NamedTuple):
    title: str
    """The case with less of the same."""
    factor: float


class Case(NamedTuple):
    title: str
    words: Callable[[Room], tuple[str, ...]]
    """Writes the project, and returns the words of the call after `ddlint`."""
    must: float | None = None
    aim: float | None = None
    is_cold: bool = False
    """Without the compiled modules that Python keeps: what the first run after an installation is."""
    is_cached: bool = False
    """Whether the result comes from an earlier run."""
    runs: int | None = None
    limit: float | None = None
    """The peak memory that it must stay below, in MiB."""
    growth: Growth | None = None


class Room:
    """The folder of the samples, and the command that is measured; the same sample is written once."""

    def __init__(self, folder: Path, command: str) -> None:
        self.folder, self.command = folder, command

    def file(self, name: str, text: str) -> str:
        """Write a file into a folder of its own, a project of one file."""
        path = self.folder / sha256(f"{name}\n{text}".encode()).hexdigest()[:12] / name
        if not path.exists():
            path.parent.mkdir()
            path.write_text(text, encoding="utf-8")
        return str(path)

    def tree(self, projects: int, *, is_long: bool = False) -> str:
        """Write a repository of that many projects; where it is long each has 20 files, and 78 requirement lines."""
        path = self.folder / f"projects-{projects}-{'long' if is_long else 'short'}"
        if not path.exists():
            samples.tree(path, projects, *((75, 18) if is_long else ()))
        return str(path)

    def call(self, case: Case) -> Call:
        """Write the project of a case; where its result comes from the cache, the first run is behind us."""
        words = (self.command, *case.words(self))
        if not case.is_cached:
            return Call(words, environment(DDLINT_NO_CACHE="1"), is_cold=case.is_cold)
        cache = self.folder / f"cache-{sha256(case.title.encode()).hexdigest()[:12]}"
        call = Call(words, environment(DDLINT_CACHE_DIR=str(cache)))
        time.sleep(RESTING)
        timed(call)
        if not self.kept(call):
            raise FailedError(f"`{case.title}`: no result was kept")
        return call

    def kept(self, call: Call) -> list[tuple[str, int]]:
        """Return the results that the cache of a call holds, each with what is another one when it is written again."""
        folder = Path(call.environment.get("DDLINT_CACHE_DIR", "none"))
        return [(path.name, path.stat().st_ino) for path in sorted(folder.glob("*.results"))]


def lint(path: str, *options: str) -> tuple[str, ...]:
    return ("--isolated", *options, path)


def hook(path: str) -> tuple[str, ...]:
    """Return the call of the pre-commit hook."""
    return ("--output-format", "concise", "--force-exclude", path)


def requirements(text: str) -> Callable[[Room], tuple[str, ...]]:
    return lambda room: lint(room.file("requirements.txt", text))


def locked(size: int, known: tuple[tuple[str, str], ...]) -> Callable[[Room], tuple[str, ...]]:
    return lambda room: lint(room.file("uv.lock", samples.lock(size, known)))


def tree(projects: int, jobs: int, *, is_long: bool = False) -> Callable[[Room], tuple[str, ...]]:
    return lambda room: lint(room.tree(projects, is_long=is_long), "-j", str(jobs))


def allowed(size: int) -> float:
    """Return the memory that a file of that many bytes may take, in MiB: four times its size, and forty."""
    return 4 * size / MEBIBYTE + 40


TRACKED, CLEAN, UNKNOWN = (
    write(50) for write in (samples.tracked_requirements, samples.clean_requirements, samples.unknown_requirements)
)
LOCK = 1_560_000
CASES = (
    Case("--version", lambda _: ("--version",), 2.0, 1.5),
    Case("--help", lambda _: ("--help",)),
    Case("rule DD301", lambda _: ("rule", "DD301")),
    Case("rule ddtrace/flask", lambda _: ("rule", "ddtrace/flask")),
    Case("requirements, 50 lines", requirements(TRACKED), 6.0, 4.5),
    Case("requirements, 50 lines, cold", requirements(TRACKED), is_cold=True),
    Case("requirements, 50 lines, cache", requirements(TRACKED), is_cached=True),
    Case("requirements, no known name", requirements(UNKNOWN), 3.0, 2.5),
    Case("pyproject, 10 KB", lambda room: lint(room.file("pyproject.toml", samples.pyproject(10_000))), 6.5, 5.0),
    Case("hook, findings", lambda room: hook(room.file("requirements.txt", TRACKED))),
    Case("hook, clean", lambda room: hook(room.file("requirements.txt", CLEAN))),
    Case("inspect", lambda room: ("inspect", "--isolated", room.file("requirements.txt", TRACKED))),
    Case("uv.lock, 1.56 MB, nothing known", locked(LOCK, ()), 6.5, 3.5, limit=allowed(LOCK)),
    Case("uv.lock, 1.56 MB, clean", locked(LOCK, samples.SUPPORTED), 6.5, limit=allowed(LOCK)),
    Case("uv.lock, 1.56 MB, findings", locked(LOCK, samples.KNOWN), 6.5, 6.0, limit=allowed(LOCK)),
    Case(
        "uv.lock, 15.6 MB, findings", locked(10 * LOCK, samples.KNOWN), runs=3,
        limit=allowed(10 * LOCK), growth=Growth("uv.lock, 1.56 MB, findings", 10),
    ),
    Case(
        "uv.lock, 50 MB, findings", locked(50_000_000, samples.KNOWN), runs=3,
        limit=allowed(50_000_000), growth=Growth("uv.lock, 15.6 MB, findings", 50 / 15.6),
    ),
    Case("requirements, 500 lines", requirements(samples.tracked_requirements(500))),
    Case(
        "requirements, 5,000 lines", requirements(samples.tracked_requirements(5_000)), runs=3,
        limit=allowed(200_000), growth=Growth("requirements, 500 lines", 10),
    ),
    Case("100 projects, -j 1", tree(100, 1), runs=5),
    Case("1,000 projects, -j 1", tree(1_000, 1), runs=3, growth=Growth("100 projects, -j 1", 10)),
    Case("1,000 projects, -j 2", tree(1_000, 2), runs=3),
    Case("1,000 projects, 78 lines, -j 1", tree(1_000, 1, is_long=True), runs=3),
    Case("1,000 projects, 78 lines, -j 2", tree(1_000, 2, is_long=True), 60.0, 30.0, runs=3),
    Case("1,000 projects, 78 lines, cache", tree(1_000, 1, is_long=True), 12.0, 6.0, is_cached=True, runs=5),
    Case("10,000 projects, -j 1", tree(10_000, 1), runs=3, growth=Growth("1,000 projects, -j 1", 10)),
    Case("10,000 projects, -j 2", tree(10_000, 2), runs=3, growth=Growth("1,000 projects, -j 2", 10)),
)  # fmt: skip


def named(paths: list[str], corpus: str) -> Iterator[Case]:
    """Yield a case for each file and folder that is named, and one for the largest lock below the corpus."""
    real = max(Path(corpus).rglob("*.lock"), key=lambda path: path.stat().st_size, default=None) if corpus else None
    for path in [*paths, *([str(real)] if real else [])]:
        yield Case(Path(path).resolve().name, partial(_words_for, path))


def _words_for(path: str, _: Room) -> tuple[str, ...]:
    return lint(str(Path(path).resolve()))


def command() -> str:
    """Return the `ddlint` that is installed beside this Python."""
    found = shutil.which("ddlint", path=sysconfig.get_path("scripts"))
    if not found:
        raise FailedError(f"ddlint is not installed for {sys.executable}")
    return found
