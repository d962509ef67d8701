"""Read pylock.toml and pylock.NAME.toml (PEP 751): every locked version, with its marker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.inputs._gather import gather
from ddlint.inputs._lock import list_of, locked, locked_python, names_of, read_lock, text_of
from ddlint.inputs._lock_scan import Lock, Shape
from ddlint.model import Manifest, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.inputs._gather import Item
    from ddlint.source import Source

NAME = "pylock.toml"
HAS_COOKIE = False

SHAPE = Shape(
    "packages",
    frozenset({"name", "version", "marker", "dependencies", "vcs", "directory", "archive"}),
    frozenset({"requires-python"}),
)
_PLACES = ("vcs", "directory", "archive")


def parse(source: Source) -> Manifest:
    """Read one pylock.toml."""
    lock = read_lock(source, SHAPE)
    if isinstance(lock, Problem):
        return Manifest(source, NAME, problems=(lock,))
    return gather(source, NAME, _items(lock), lock.comments)


def _items(lock: Lock) -> Iterator[Item]:
    yield from locked_python(lock.top)
    for package in lock.packages:
        entry = locked(package)
        if entry is not None:
            yield entry._replace(
                is_known=entry.is_known and not any(place in package.values for place in _PLACES),
                marker=text_of(package.values.get("marker")),
                requires=names_of(list_of(package.values.get("dependencies"))),
            )
