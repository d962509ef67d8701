"""What work takes in this process: the time of the processor and the highest use of memory, and an end to what hangs."""

from __future__ import annotations

import ctypes
import re
import signal
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MEBIBYTE = 1024 * 1024
FLOOR = 40 * MEBIBYTE
TIMES = 8
"""An input takes 40 MiB and 8 times its size at most."""
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
CAN_MEASURE = sys.platform == "linux" and _CLEAR.exists()


class HangsError(BaseException):
    """Work took so long that it was ended; no handler of `Exception` keeps it."""


def _value(name: str) -> int:
    match = re.search(rf"^{name}:\s*(\d+) kB", _STATUS.read_text(encoding="ascii"), re.MULTILINE)
    assert match
    return int(match[1]) * 1024


class Peak:
    """The most memory that this process has used since it was made, beyond what it used then."""

    def __init__(self) -> None:
        self._before = 0
        if CAN_MEASURE:
            ctypes.CDLL(None).malloc_trim(0)  # what was freed is given back, so that it counts when it is used again
            _CLEAR.write_text("5", encoding="ascii")
            self._before = _value("VmRSS")

    def bytes(self) -> int:
        return max(0, _value("VmHWM") - self._before) if CAN_MEASURE else 0


@contextmanager
def ended_after(seconds: float) -> Iterator[None]:
    """Raise `HangsError` inside when the processor has worked for so long; Windows cannot."""
    if sys.platform == "win32":
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise HangsError(f"not done after {seconds:.0f} s of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def now() -> float:
    """Return the seconds that the processor has worked for this process."""
    return time.process_time()
