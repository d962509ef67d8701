"""Runs: consecutive releases (or series) of which the same is true, as ranges with both ends included."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")


class Run(NamedTuple):
    """Consecutive entries of an order."""

    first: str
    last: str

    @property
    def text(self) -> str:
        """As packs write it."""
        return self.first if self.first == self.last else f"{self.first}-{self.last}"


def read(text: str) -> Run:
    """Read what `Run.text` writes."""
    first, _, last = text.partition("-")
    return Run(first, last or first)


def expand(run: Run, order: Sequence[str]) -> list[str]:
    """Return the entries of a run; an end that is not in the order counts as the nearest one inside the run."""
    from packaging.version import Version

    low, high = Version(run.first), Version(run.last)
    return [entry for entry in order if low <= Version(entry) <= high]


def compress(facts: Mapping[str, T], order: Sequence[str]) -> list[tuple[Run, T]]:
    """Return the runs of an order whose entries have equal facts; an entry without facts ends a run."""
    runs: list[tuple[Run, T]] = []
    is_open = False
    for entry in order:
        if entry not in facts:
            is_open = False
            continue
        if is_open and runs[-1][1] == facts[entry]:
            runs[-1] = (Run(runs[-1][0].first, entry), facts[entry])
        else:
            runs.append((Run(entry, entry), facts[entry]))
        is_open = True
    return runs
