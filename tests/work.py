"""Count what a call does, so that a test of growth does not depend on how fast the machine is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def work_of(call: Callable[[], object]) -> int:
    """Return how many functions of Python and C a call calls in this thread."""
    count = 0

    def count_one(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(count_one)
    try:
        call()
    finally:
        sys.setprofile(None)
    return count


def is_linear(work: Callable[[int], int], size: int, times: int = 4) -> bool:
    """Whether so many times as much to do takes little more than so many times the work."""
    return work(times * size) < 1.5 * times * max(work(size), 1)
