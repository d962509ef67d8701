"""What the corridor may ask of the machine it runs on, as functions that the roof hands down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from ddlint.source import Unread


class World(NamedTuple):
    """Ways to read files. Nothing else reads one."""

    read: Callable[[str], bytes | Unread]
    """Give the bytes of the regular file at an absolute path."""
    real: Callable[[str], str]
    """Give an absolute path with every link resolved."""
