"""Whole-process times of ddlint as ratios to `python -c pass`, taken in alternation, and peak memory.

    python benchmarks/run.py [--runs N] [--check] [--only WORD] [--corpus DIR] [FILE ...]
    python benchmarks/run.py --peers [--runs N] [--check] [--only WORD]

Ratios hold on any machine where seconds do not; the targets are those of docs/speed.md. Files and folders named on
the command line are measured too, each on its own, and so is the largest lock below `--corpus` (or below the folder
that the variable DDLINT_CORPUS names). `--check` fails when a figure is above what it must be. `--peers` compares with
other programs on the same files instead: it installs them into an environment of its own, `build/peers`, once.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import peers  # noqa: E402  the checkout is on the path only now
from benchmarks.cases import CASES, EMPTY, Case, Room, command, named  # noqa: E402  as above
from benchmarks.timing import Call, FailedError, environment, in_turns, peak, ratio  # noqa: E402  as above

MOST_GROWTH = 1.1
"""How much faster than what is read time may grow."""
FINE, OVER, NOT_MEASURED = 0, 1, 2
HEADING = f"{'case':<32}{'ratio':>9} {'cpu':>8} {'ms':>9} {'MiB':>7}{'must':>8}{'aim':>8}{'MiB must':>9}"


class Measured(NamedTuple):
    case: Case
    ratio: float
    processor: float
    """The processor time, as a ratio too."""
    milliseconds: float
    mebibytes: float


def measure(room: Room, case: Case, runs: int) -> Measured:
    """Run the case and the empty program in turns."""
    call, empty = room.call(case), Call(EMPTY, environment())
    before = room.kept(call)
    turns = in_turns([empty, call], min(runs, case.runs or runs))
    if room.kept(call) != before:
        raise FailedError(f"`{case.title}`: the result did not come from the cache")
    wall = statistics.median(own.wall for _, own in turns)
    spent, base = (statistics.median(turn[which].processor for turn in turns) for which in (1, 0))
    return Measured(case, ratio(turns, of=1), spent / base if base else 0.0, wall * 1000, peak(call))


def complaints(measured: Measured, earlier: dict[str, Measured]) -> list[str]:
    """Return which figures are above what they must be; that of growth where the smaller case was measured too."""
    case, found = measured.case, []
    if case.must is not None and measured.ratio > case.must:
        found.append("time")
    if case.limit is not None and measured.mebibytes > case.limit:
        found.append("memory")
    if case.growth and case.growth.title in earlier:
        grown = measured.ratio / earlier[case.growth.title].ratio
        if grown > MOST_GROWTH * case.growth.factor:
            found.append(f"growth, {grown:.1f} times for {case.growth.factor:.1f}")
    return found


def verdict(measured: Measured, earlier: dict[str, Measured]) -> str:
    """Return what is printed at the end of a row."""
    case = measured.case
    if over := complaints(measured, earlier):
        return f"over: {', '.join(over)}"
    if case.aim is not None and measured.ratio > case.aim:
        return "ok, above the aim"
    is_bound = case.must or case.limit or (case.growth and case.growth.title in earlier)
    return "ok" if is_bound else ""


def row(measured: Measured, said: str) -> str:
    case = measured.case
    limits = "".join(f"{limit:>7.1f}x" if limit else f"{'':>8}" for limit in (case.must, case.aim))
    memory = f"{case.limit:>9.0f}" if case.limit else f"{'':>9}"
    numbers = (
        f"{measured.ratio:>8.2f}x {measured.processor:>7.2f}x {measured.milliseconds:>9.1f} {measured.mebibytes:>7.1f}"
    )
    return f"{case.title:<32.32}{numbers}{limits}{memory}  {said}".rstrip()


def alone(options: argparse.Namespace, room: Room) -> bool:
    """Print the figures of all cases, and return whether one is above what it must be."""
    print(HEADING)
    done: dict[str, Measured] = {}
    is_over = False
    for case in (*CASES, *named(options.paths, options.corpus)):
        if options.only in case.title:
            measured = measure(room, case, options.runs)
            is_over |= bool(complaints(measured, done))
            print(row(measured, verdict(measured, done)), flush=True)
            done[case.title] = measured
    print("Without the peers: `--peers` compares with them.")
    return is_over


def main() -> int:
    parser = argparse.ArgumentParser(description="time ddlint against an empty Python program")
    parser.add_argument("--runs", type=int, default=15, help="how often each case runs (default: 15)")
    parser.add_argument("--check", action="store_true", help="exit 1 when a figure is above its limit")
    parser.add_argument("--only", default="", metavar="WORD", help="the cases with this word in their title")
    parser.add_argument("--corpus", default=os.environ.get("DDLINT_CORPUS", ""), metavar="DIR", help="real projects")
    parser.add_argument("--peers", action="store_true", help="compare with other programs on the same files")
    parser.add_argument("paths", nargs="*", metavar="FILE", help="files and folders to measure too")
    options = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            room = Room(Path(folder).resolve(), command())
            is_over = peers.compare(room, options.only, options.runs) if options.peers else alone(options, room)
    except FailedError as error:
        print(f"NOT MEASURED: {error}", file=sys.stderr)
        return NOT_MEASURED
    return OVER if options.check and is_over else FINE


if __name__ == "__main__":
    sys.exit(main())
