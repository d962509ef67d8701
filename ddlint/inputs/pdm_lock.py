"""Read pdm.lock: every locked version, with its scope and what it depends on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ddlint.core.model import Dependency, Manifest, Problem, normalize
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.toml_lock import in_scopes, list_of, locked, names_of, read_lock, table_of, text_of
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
    return gather(source, NAME, chain(without_line_end(source), _entries(lock)), lock.comments)


def _entries(lock: Lock) -> Iterator[Dependency]:
    """Return one entry for every version; the further ones that extras have are the same version again."""
    plain = {_key(package) for package in lock.packages if not package.values.get("extras")}
    for package in lock.packages:
        entry = locked(package)
        if entry is None or (package.values.get("extras") and _key(package) in plain):
            continue
        placed = entry._replace(
            is_known=entry.is_known and not any(place in package.values for place in _PLACES),
            marker=text_of(package.values.get("marker")),
            extras=tuple(normalize(text_of(extra)) for extra in list_of(package.values.get("extras"))),
            requires=names_of(_edges(package)),
        )
        groups = [text_of(group) for group in list_of(package.values.get("groups"))]
        yield in_scopes(placed, () if "default" in groups else (f"group:{normalize(group)}" for group in groups))


def _key(package: Table) -> tuple[str, str]:
    return text_of(package.values.get("name")), text_of(package.values.get("version"))


def _edges(package: Table) -> list[object]:
    """Return the edges: an array of requirements, or in old locks a table of constraints by name."""
    edges = package.values.get("dependencies")
    return list_of(edges) or list(table_of(edges))
