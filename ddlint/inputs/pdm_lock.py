"""Read pdm.lock: every locked version, with its scope and what it depends on."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Dependency, Manifest, Problem, normalize
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather_lock
from ddlint.inputs.common.toml_lock import (
    entries_of,
    in_scopes,
    list_of,
    locked,
    names_of,
    read_lock,
    table_of,
    text_of,
)
from ddlint.inputs.common.whole_lock import without_line_end
from ddlint.inputs.syntax.toml_lock_scan import Lock, Shape, Table

NAME = "pdm.lock"

SHAPE = Shape(
    "package",
    frozenset(
        {
            "name",
            "version",
            "extras",
            "groups",
            "marker",
            "dependencies",
            "git",
            "hg",
            "svn",
            "bzr",
            "url",
            "path",
        }
    ),
    frozenset(),
)
_PLACES = ("git", "hg", "svn", "bzr", "url", "path")


def parse(source: Source) -> Manifest:
    """Read one pdm.lock."""
    lock = read_lock(source, SHAPE)
    if isinstance(lock, Problem):
        return Manifest(source, NAME, problems=(lock,))
    entries = entries_of(_packages(lock), _entry, lambda package: names_of(_edges(package)))
    return gather_lock(source, NAME, entries, without_line_end(source), lock.comments)


def _packages(lock: Lock) -> Iterator[Table]:
    """Yield one package for every version; the further ones that extras have are the same version again."""
    plain = {_key(package) for package in lock.packages if not package.values.get("extras")}
    return (each for each in lock.packages if not (each.values.get("extras") and _key(each) in plain))


def _entry(package: Table) -> Dependency:
    entry = locked(package)
    placed = entry._replace(
        is_known=entry.is_known and not any(place in package.values for place in _PLACES),
        marker=text_of(package.values.get("marker")),
        extras=tuple(normalize(text_of(extra)) for extra in list_of(package.values.get("extras"))),
        requires=names_of(_edges(package)),
    )
    groups = [text_of(group) for group in list_of(package.values.get("groups"))]
    return in_scopes(placed, () if "default" in groups else (f"group:{normalize(group)}" for group in groups))


def _key(package: Table) -> tuple[str, str]:
    return text_of(package.values.get("name")), text_of(package.values.get("version"))


def _edges(package: Table) -> list[object]:
    """Return the edges: an array of requirements, or in old locks a table of constraints by name."""
    edges = package.values.get("dependencies")
    return list_of(edges) or list(table_of(edges))
