"""What the corridor may ask of the machine it runs on, as functions that the roof hands down."""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from ddlint.core.source import Unread


class FileSystem(NamedTuple):
    """Ways to read files. Nothing else reads one."""

    read: Callable[[str], bytes | Unread]
    """Give the bytes of the regular file at an absolute path."""
    real: Callable[[str], str]
    """Give an absolute path with every link resolved."""


class ProcessPool(NamedTuple):
    """Processes that may share the work."""

    size: int
    """How many there may be."""
    run: Callable[[Callable[[Any], Iterable[Any]], Sequence[Any]], Iterator[Any]]
    """Give all that a function gives of each of several shares, in any order, a process for each share."""
    is_asked_for: bool = False
    """Whether the user named their number; else they are worth it only where there is much to do."""


def no_progress(_doing: str, _done: int, _total: int) -> None:
    """Say nothing of what is being done."""
