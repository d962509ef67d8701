"""Which versions of a library to run: the ends, one of each major, and what lies between two that differ."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tools.observer.outcome import Outcome


def find(versions: Sequence[str], run: Callable[[str], Outcome], most: int = 40) -> dict[str, Outcome]:
    """Run versions until every boundary between working and failing ones is between neighbours.

    Args:
        versions: The versions that can be installed, ascending.
        run: Observes one of them; called at most once for each.
        most: How many are run at most.
    """
    seen: dict[str, Outcome] = {}

    def good(number: int) -> bool | None:
        version = versions[number]
        if version not in seen:
            if len(seen) >= most:
                return None
            seen[version] = run(version)
        return seen[version].is_good

    starts = _starts(versions)
    known = [(number, verdict) for number in starts if (verdict := good(number)) is not None]
    for (low, before), (high, after) in pairwise(known):
        left, right = low, high
        while before != after and right - left > 1:
            middle = _nearest_that_says(left, right, good)
            if middle is None:
                break
            left, right = (middle, right) if good(middle) == before else (left, middle)
    return seen


def _starts(versions: Sequence[str]) -> list[int]:
    """Return the positions of the oldest, the newest, and the last version of each major."""
    last = {Version(version).major: number for number, version in enumerate(versions)}
    return sorted({0, len(versions) - 1, *last.values()}) if versions else []


def _nearest_that_says(left: int, right: int, good: Callable[[int], bool | None]) -> int | None:
    """Return the position nearest to the middle, strictly between, whose run says something."""
    middle = (left + right) // 2
    for number in sorted(range(left + 1, right), key=lambda each: abs(each - middle)):
        if good(number) is not None:
            return number
    return None
