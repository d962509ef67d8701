"""Times of whole processes taken in turns, so that all of them meet the same load, and their peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MEBIBYTE = 1024 * 1024
CI = ("CI", "GITHUB_ACTIONS", "TF_BUILD", "GITLAB_CI", "JENKINS_URL", "TEAMCITY_VERSION", "BUILDKITE", "CIRCLECI")
"""Variables by which ddlint knows a CI, where it keeps no results."""
OWN = "DDLINT_"
MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class FailedError(Exception):
    """A program did not do its work, so there is nothing to measure."""


class Call(NamedTuple):
    words: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str | None = None
    """Where it runs; the current folder without it."""
    codes: tuple[int, ...] = (0, 1)
    """The exit codes of a run that has done its work."""
    is_cold: bool = False
    """Whether it finds none of the compiled modules that Python keeps."""


class Taken(NamedTuple):
    """Seconds."""

    wall: float
    processor: float
    """Of the process and of those that it started; 0 where the platform does not say."""


def environment(**given: str) -> dict[str, str]:
    """Return the environment without what says that this is a CI, and what another code or call of ddlint is."""
    kept = {name: value for name, value in os.environ.items() if name not in CI and not name.startswith(OWN)}
    kept.pop("PYTHONPATH", None)
    return {**kept, **given}


def timed(call: Call) -> Taken:
    """Run a program once; a `FailedError` where it fails."""
    with tempfile.TemporaryDirectory() as nowhere:
        cold = {"PYTHONPYCACHEPREFIX": nowhere} if call.is_cold else {}
        before, start = _processor(), time.perf_counter()
        try:
            done = subprocess.run(
                call.words,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                env={**call.environment, **cold},
                cwd=call.folder,
            )
        except OSError as error:
            raise FailedError(f"`{' '.join(call.words)}` does not start: {error.strerror}") from error
        taken = Taken(time.perf_counter() - start, _processor() - before)
    if done.returncode not in call.codes:
        raise FailedError(f"`{' '.join(call.words)}` ended with {done.returncode}")
    return taken


def _processor() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_turns(calls: Sequence[Call], runs: int) -> list[tuple[Taken, ...]]:
    """Run all calls once without a clock, then `runs` times in turns, and return the times of each turn."""
    for call in calls:
        timed(call)
    return [tuple(timed(call) for call in calls) for _ in range(runs)]


def ratio(turns: Sequence[Sequence[Taken]], of: int, to: int = 0) -> float:
    """Return the median of what one call took as a multiple of what another one did in the same turn."""
    return statistics.median(turn[of].wall / turn[to].wall for turn in turns)


def peak(call: Call) -> float:
    """Return the peak resident memory of the largest process of a call, in MiB; 0 where the platform does not say."""
    if sys.platform == "win32":
        return 0.0
    measuring = [sys.executable, "-c", MEASURE, *call.words]
    done = subprocess.run(measuring, capture_output=True, text=True, check=True, env=call.environment, cwd=call.folder)
    return int(done.stdout) / (MEBIBYTE if sys.platform == "darwin" else 1024)
