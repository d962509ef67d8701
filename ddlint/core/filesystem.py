"""The functions through which everything below `cli` reads files and starts processes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ddlint.core.source import Unread


class FileSystem(NamedTuple):
    """Ways to read files. Nothing else reads one."""

    read: Callable[[str], bytes | Unread]
    """Return the bytes of the regular file at an absolute path."""
    real: Callable[[str], str]
    """Return an absolute path with every link resolved."""


class ProcessPool(NamedTuple):
    """Processes that divide the work."""

    size: int
    """How many there may be."""
    run: Callable[[Callable[[Any], Iterable[Any]], Sequence[Any]], Iterator[Any]]
    """Return all that a function gives of each of several shares, in any order, a process for each share."""
    is_asked_for: bool = False
    """Whether the user named their number; else they are worth it only where there is much to do."""


def no_progress(_doing: str, _done: int, _total: int) -> None:
    """Report no progress."""
