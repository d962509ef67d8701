"""Read uv.lock: every locked version, with its fork, its scope and what it depends on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from ddlint.core.model import Dependency, Manifest, NormalizedName, Origin, Problem, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requirement import all_of
from ddlint.inputs.common.toml_lock import (
    any_marker,
    in_scopes,
    is_name,
    list_of,
    locked,
    locked_python,
    names_of,
    read_lock,
    scopes_of,
    table_of,
    text_of,
)
from ddlint.inputs.common.uv_lock_skim import SHAPE
from ddlint.inputs.common.values import after
from ddlint.inputs.common.whole_lock import lacks, without_line_end
from ddlint.inputs.syntax.toml_lock_scan import Lock, Table

NAME = "uv.lock"

_OWN = frozenset({"editable", "virtual"})
_ELSEWHERE = _OWN | {"git", "url", "path", "directory"}
"""Where a package comes from that no index has, so that its version tells nothing."""
_MOST_MARKERS = 8
_ALWAYS = ("",)
"""The marker of what is needed everywhere."""


def parse(source: Source) -> Manifest:
    """Read one uv.lock."""
    lock = read_lock(source, SHAPE)
    if isinstance(lock, Problem):
        return Manifest(source, NAME, problems=(lock,))
    problems = chain(islice(_lost(lock), 1), without_line_end(source))
    return gather(source, NAME, chain(problems, _items(lock)), lock.comments)


def _lost(lock: Lock) -> Iterator[Problem]:
    """Yield a problem for each package that needs one without an entry: uv writes an entry for each edge."""
    known = {normalize(text_of(package.values.get("name"))) for package in lock.packages}
    for package in lock.packages:
        at = package.places.get("name")
        for name in names_of(_edges_of(package, "dependencies", "optional-dependencies", "dev-dependencies")):
            if name not in known and at is not None:
                own = text_of(package.values.get("name"))
                yield lacks(f"`{own}` needs `{name}`, which has no entry", at, "uv lock")


def _items(lock: Lock) -> Iterator[Item]:
    yield from locked_python(lock.top)
    requires = [names_of(edges) if (edges := _edges(package)) else () for package in lock.packages]
    scopes = _scopes(lock, requires)
    markers = _markers_of_edges(lock)
    for package, required in zip(lock.packages, requires, strict=True):
        entry = None if _is_root(package) else locked(package) or _unversioned(package)
        if entry is not None:
            version = text_of(package.values.get("version"))
            found = [*markers.get((entry.name, version), ()), *markers.get((entry.name, ""), ())]
            by_edges = any_marker(found) if found else ""
            placed = entry._replace(
                is_known=entry.is_known and _ELSEWHERE.isdisjoint(_source(package)),
                marker=all_of([_fork(package), by_edges]),
                requires=required,
            )
            yield in_scopes(placed, scopes.get(entry.name, ()))


def _source(package: Table) -> dict[str, object]:
    return table_of(package.values.get("source"))


def _is_own(package: Table) -> bool:
    """Return whether a package is the project itself, or a member of its workspace."""
    return not _OWN.isdisjoint(_source(package))


def _is_root(package: Table) -> bool:
    """Return whether a package is the project itself."""
    source = _source(package)
    return any(source.get(place) == "." for place in _OWN)


def _unversioned(package: Table) -> Dependency | None:
    """Make the entry of a member of the workspace that has no version: for it, too, something is locked."""
    name, at = text_of(package.values.get("name")), package.places.get("name")
    if at is None or not _is_own(package) or not is_name(name):
        return None
    return Dependency(
        name=normalize(name),
        specifier="",
        at=at,
        specifier_at=after(at),
        written=written(name),
        origin=Origin.LOCKED,
        is_known=False,
        name_at=at,
        marker_at=after(at),
    )


def _edges(package: Table) -> list[object]:
    """Return every edge of a package, those of its extras too."""
    return _edges_of(package, "dependencies", "optional-dependencies")


def _edges_of(package: Table, always: str, *tables: str) -> list[object]:
    values = package.values
    edges = list_of(values.get(always))
    for table in tables:
        if table in values:
            edges = [*edges, *(edge for each in table_of(values[table]).values() for edge in list_of(each))]
    return edges


def _fork(package: Table) -> str:
    """Join the markers of the fork of the resolution that a package belongs to."""
    markers = [text_of(marker) for marker in list_of(package.values.get("resolution-markers"))]
    return _without_extra(any_marker(markers)) if markers else ""


def _without_extra(marker: str) -> str:
    """Drop a marker that uv encodes conflicting extras in: no environment is known to meet it."""
    return "" if "extra" in marker else marker


def _markers_of_edges(lock: Lock) -> dict[tuple[NormalizedName, str], tuple[str, ...]]:
    """Return the markers of all edges that lead to a name, or to one version of it where they name that."""
    found: dict[tuple[NormalizedName, str], tuple[str, ...]] = {}
    for package in lock.packages:
        for edge in _edges_of(package, "dependencies", "optional-dependencies", "dev-dependencies"):
            if not isinstance(edge, dict):
                continue
            marker = _without_extra(text_of(edge.get("marker")))
            for name in names_of((edge,)):
                key = name, text_of(edge.get("version"))
                markers = found.get(key, ())
                if markers != _ALWAYS:
                    found[key] = (*markers, marker) if marker and len(markers) < _MOST_MARKERS else _ALWAYS
    return found


def _scopes(lock: Lock, requires: list[tuple[NormalizedName, ...]]) -> dict[NormalizedName, list[str]]:
    """Return for which extras or groups of the project each name is there."""
    roots: dict[str, list[NormalizedName]] = {}
    edges: dict[NormalizedName, list[NormalizedName]] = {}
    for package, required in zip(lock.packages, requires, strict=True):
        if not _is_own(package):
            if required:
                edges.setdefault(normalize(text_of(package.values.get("name"))), []).extend(required)
            continue
        roots.setdefault("", []).extend(names_of(list_of(package.values.get("dependencies"))))
        for kind, key in (("extra", "optional-dependencies"), ("group", "dev-dependencies")):
            for name, asked in table_of(package.values.get(key)).items():
                roots.setdefault(f"{kind}:{normalize(name)}", []).extend(names_of(list_of(asked)))
    return scopes_of(roots, edges)
