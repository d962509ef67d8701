"""Read uv.lock: every locked version, with its fork, its scope and what it depends on.

Of all packages only names and edges are read. What else an entry says is read when it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

from ddlint.core.model import Dependency, LockEntries, Manifest, NormalizedName, Origin, Problem, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather_lock
from ddlint.inputs.common.requirement import all_of
from ddlint.inputs.common.toml_lock import (
    any_marker,
    has_entry,
    in_scopes,
    is_name,
    list_of,
    locked,
    locked_python,
    name_in,
    read_packages,
    scopes_of,
    table_of,
    text_of,
)
from ddlint.inputs.common.uv_lock_skim import SHAPE
from ddlint.inputs.common.values import after
from ddlint.inputs.common.whole_lock import lacks, without_line_end
from ddlint.inputs.syntax.toml_lock_packages import EDGE
from ddlint.inputs.syntax.toml_lock_scan import Table, package_of

NAME = "uv.lock"

_OWN = frozenset({"editable", "virtual"})
_OWN_SOURCES = tuple(f"{{ {key} = " for key in _OWN)
_ELSEWHERE = _OWN | {"git", "url", "path", "directory"}
"""Where a package comes from that no index has, so that its version tells nothing."""
_MOST_MARKERS = 8
_ALWAYS = ("",)
"""The marker of what is needed everywhere."""
_Edge = tuple[str, str, str]
"""The name that it leads to, the version, and the marker; each is empty where it is not written."""


def parse(source: Source) -> Manifest:
    """Read one uv.lock."""
    lock = read_packages(source, SHAPE)
    if isinstance(lock, Problem):
        return Manifest(source, NAME, problems=(lock,))
    packages = _Packages([_package(each) for each in lock.packages])
    items = chain(islice(packages.lost(), 1), without_line_end(source), locked_python(lock.top))
    return gather_lock(source, NAME, packages.entries(), items, lock.comments)


class _Package(NamedTuple):
    """What is read of every package."""

    raw: Table | re.Match[str]
    name: str
    """As written."""
    is_own: bool
    """Whether it is the project itself, or a member of its workspace."""
    is_listed: bool
    """Whether it has an entry."""
    edges: Sequence[_Edge] = ()
    """What always is needed."""
    tables: tuple[tuple[str, Sequence[_Edge]], ...] = ()
    """What its extras and groups need: `extra:NAME` and `group:NAME`, with the edges of each."""

    @property
    def table(self) -> Table:
        """All that is read of it."""
        return self.raw if isinstance(self.raw, Table) else package_of(self.raw)

    @property
    def required(self) -> Iterator[_Edge]:
        """The edges, those of its extras too."""
        return chain(self.edges, *(edges for scope, edges in self.tables if scope.startswith("extra:")))

    @property
    def every(self) -> Iterator[_Edge]:
        """The edges, those of its extras and groups too."""
        return chain(self.edges, *(edges for _, edges in self.tables))


def _package(raw: Table | re.Match[str]) -> _Package:
    if isinstance(raw, Table):
        return _package_of_table(raw)
    quoted, version, source, edges = raw.group("name", "version", "source", "edges")
    name, is_own = quoted[1:-1], source.startswith(_OWN_SOURCES)
    is_root = is_own and source.endswith(' = "." }')
    is_listed = not is_root and is_name(name) and (is_own or version not in (None, '""'))
    return _Package(raw, name, is_own, is_listed, EDGE.findall(edges) if edges else ())


def _package_of_table(table: Table) -> _Package:
    values, places = table
    name, source = text_of(values.get("name")), table_of(values.get("source"))
    is_own = not _OWN.isdisjoint(source)
    is_root = any(source.get(place) == "." for place in _OWN)
    is_listed = not is_root and (has_entry(table) or (is_own and "name" in places and is_name(name)))
    tables = (
        (f"{kind}:{normalize(key)}", _edges(edges))
        for kind, title in (("extra", "optional-dependencies"), ("group", "dev-dependencies"))
        for key, edges in table_of(values.get(title)).items()
    )
    return _Package(table, name, is_own, is_listed, _edges(values.get("dependencies")), tuple(tables))


def _edges(array: object) -> list[_Edge]:
    edges = (each if isinstance(each, dict) else {"name": each} for each in list_of(array))
    return [(text_of(each.get("name")), text_of(each.get("version")), text_of(each.get("marker"))) for each in edges]


def _names(edges: Iterable[_Edge]) -> tuple[NormalizedName, ...]:
    return tuple(dict.fromkeys(name for text, _, _ in edges if (name := name_in(text))))


class _Packages:
    """The packages of a lock, and what follows from all of them for one."""

    def __init__(self, packages: list[_Package]) -> None:
        self._packages = packages
        self._entries = [each for each in packages if each.is_listed]

    def lost(self) -> Iterator[Problem]:
        """Yield a problem for each package that needs one without an entry: uv writes an entry for each edge."""
        known = {each.name for each in self._packages}
        normalized: set[NormalizedName] = set()
        for package in self._packages:
            missing = [edge for edge in package.every if edge[0] not in known]
            if missing:
                normalized = normalized or set(map(normalize, known))
                at = package.table.places.get("name")
                for name in _names(missing):
                    if name not in normalized and at is not None:
                        yield lacks(f"`{package.name}` needs `{name}`, which has no entry", at, "uv lock")

    def entries(self) -> LockEntries:
        """Return the entries."""
        names = [normalize(each.name) for each in self._entries]
        return LockEntries(
            names,
            self._entry,
            lambda number: _names(self._entries[number].required),
            lambda number: frozenset(self._scopes.get(names[number], _ALWAYS)),
        )

    def _entry(self, number: int) -> Dependency:
        package = self._entries[number]
        table = package.table
        entry = locked(table) if has_entry(table) else _unversioned(table)
        version = text_of(table.values.get("version"))
        found = [*self._markers.get((entry.name, version), ()), *self._markers.get((entry.name, ""), ())]
        by_edges = any_marker(found) if found else ""
        placed = entry._replace(
            is_known=entry.is_known and _ELSEWHERE.isdisjoint(table_of(table.values.get("source"))),
            marker=all_of([_fork(table), by_edges]),
            requires=_names(package.required),
        )
        return in_scopes(placed, self._scopes.get(entry.name, ()))

    @cached_property
    def _markers(self) -> dict[tuple[NormalizedName, str], tuple[str, ...]]:
        """The markers of all edges that lead to a name, or to one version of it where they name that."""
        found: dict[tuple[NormalizedName, str], tuple[str, ...]] = {}
        for text, version, marker in (edge for package in self._packages for edge in package.every):
            if name := name_in(text):
                markers = found.get((name, version), ())
                if markers is not _ALWAYS:
                    is_told = marker and _without_extra(marker) and len(markers) < _MOST_MARKERS
                    found[name, version] = (*markers, marker) if is_told else _ALWAYS
        return found

    @cached_property
    def _scopes(self) -> dict[NormalizedName, list[str]]:
        """For which extras or groups of the project each name is there."""
        roots: dict[str, list[NormalizedName]] = {}
        edges: dict[NormalizedName, list[NormalizedName]] = {}
        for package in self._packages:
            if not package.is_own:
                if package.edges or package.tables:
                    edges.setdefault(normalize(package.name), []).extend(_names(package.required))
                continue
            for scope, asked in (("", package.edges), *package.tables):
                roots.setdefault(scope, []).extend(_names(asked))
        return scopes_of(roots, edges)


def _unversioned(package: Table) -> Dependency:
    """Make the entry of a member of the workspace that has no version: for it, too, something is locked."""
    name, at = text_of(package.values.get("name")), package.places["name"]
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


def _fork(package: Table) -> str:
    """Join the markers of the fork of the resolution that a package belongs to."""
    markers = [text_of(marker) for marker in list_of(package.values.get("resolution-markers"))]
    return _without_extra(any_marker(markers)) if markers else ""


def _without_extra(marker: str) -> str:
    """Drop a marker that uv encodes conflicting extras in: no environment is known to meet it."""
    return "" if "extra" in marker else marker
