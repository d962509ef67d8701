"""Read poetry.lock, of lock-version 1.0 to 2.1: every locked version, with its scope and what it depends on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from itertools import chain

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Manifest, NormalizedName, Problem, PythonRequirement, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather_lock
from ddlint.inputs.common.toml_lock import (
    any_marker,
    entries_of,
    has_entry,
    in_scopes,
    list_of,
    locked,
    names_of,
    read_lock,
    scopes_of,
    table_of,
    text_of,
)
from ddlint.inputs.common.whole_lock import lacks, without_line_end
from ddlint.inputs.syntax.toml_lock_scan import Lock, Shape, Table
from ddlint.versions.poetry_constraint import Fault, translate

NAME = "poetry.lock"

SHAPE = Shape(
    "package",
    frozenset({"name", "version", "category", "groups", "optional", "marker", "markers", "dependencies", "source"}),
    frozenset({"metadata", "extras"}),
)
_MOST_EDGES = 1000
_PYTHONS = regex(r"^python-versions[ \t]*=[ \t]*[\"'](?P<pythons>[^\"'\r\n]*)[\"']", re.MULTILINE)
_PLACES = ("git", "hg", "svn", "url", "file", "directory")


def parse(source: Source) -> Manifest:
    """Read one poetry.lock."""
    lock = read_lock(source, SHAPE)
    if isinstance(lock, Problem):
        return Manifest(source, NAME, problems=(lock,))
    items = chain(_cut_off(lock), without_line_end(source), _python(lock))
    entries = entries_of(lock.packages, _Entries(lock, source).entry, _requires)
    return gather_lock(source, NAME, entries, items, lock.comments)


def _cut_off(lock: Lock) -> Iterator[Problem]:
    """Report a lock without the table that Poetry writes last."""
    if lock.packages and "metadata" not in lock.top.values:
        last = max((each.places["version"] for each in lock.packages if "version" in each.places), default=None)
        if last is not None:
            yield lacks("`[metadata]` is missing, which Poetry writes last", last, "poetry lock")


class _Entries:
    """Makes the entries of a lock; what follows from all of its packages is found once."""

    def __init__(self, lock: Lock, source: Source) -> None:
        self._lock = lock
        self._source = source

    def entry(self, package: Table) -> Dependency:
        """Make the entry of a package."""
        entry = locked(package)
        placed = entry._replace(
            is_known=entry.is_known and table_of(package.values.get("source")).get("type") not in _PLACES,
            marker=_marker(package) or _marker_of_edges(self._source, entry, self._edges),
            requires=_requires(package),
        )
        return in_scopes(placed, _scopes(package, self._extras.get(entry.name, [])))

    @cached_property
    def _extras(self) -> dict[NormalizedName, list[str]]:
        return _extras(self._lock)

    @cached_property
    def _edges(self) -> dict[str, list[tuple[str, str]]]:
        return _edges(self._lock)


def _requires(package: Table) -> tuple[NormalizedName, ...]:
    return names_of(table_of(package.values.get("dependencies")))


def _python(lock: Lock) -> Iterator[Item]:
    metadata = table_of(lock.top.values.get("metadata"))
    text, at = text_of(metadata.get("python-versions")), lock.top.places.get("metadata.python-versions")
    specifier = translate(text) if at is not None else ""
    if at is not None and specifier and not isinstance(specifier, Fault):
        yield PythonRequirement(specifier, at, written(text))


def _scopes(package: Table, extras: list[str]) -> list[str]:
    """Return the scopes: its groups (2.1), its category (1.x), and the extras that an optional package is there for."""
    groups = [text_of(group) for group in list_of(package.values.get("groups"))]
    if not groups and text_of(package.values.get("category")) == "dev":
        groups = ["dev"]
    own = [f"group:{normalize(group)}" for group in groups if group != "main"]
    if groups and "main" not in groups:
        return own
    return [*extras, *own] if extras and package.values.get("optional") is True else []


def _extras(lock: Lock) -> dict[NormalizedName, list[str]]:
    roots = {
        f"extra:{normalize(extra)}": names_of(list_of(names))
        for extra, names in table_of(lock.top.values.get("extras")).items()
    }
    edges = {
        normalize(text_of(package.values.get("name"))): _requires(package)
        for package in (lock.packages if roots else ())
    }
    return scopes_of(roots, edges)


def _edges(lock: Lock) -> dict[str, list[tuple[str, str]]]:
    """Return (constraint, marker) of all that requires a name with several versions; a lock of Poetry 2 has none."""
    counts = Counter(normalize(text_of(each.values["name"])) for each in lock.packages if has_entry(each))
    several = {name for name, count in counts.items() if count > 1}
    if not several or any("markers" in package.values or "groups" in package.values for package in lock.packages):
        return {}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in several}
    for package in lock.packages:
        for key, value in table_of(package.values.get("dependencies")).items():
            if (name := normalize(key)) in several and len(found[name]) < _MOST_EDGES:
                for each in value if isinstance(value, list) else [value]:
                    table = table_of(each)
                    found[name].append((text_of(table.get("version")) or text_of(each), text_of(table.get("markers"))))
    return found


def _marker_of_edges(source: Source, entry: Dependency, edges: dict[str, list[tuple[str, str]]]) -> str:
    """Return the marker of one of several versions: where an edge leads to it, on the Pythons that it supports."""
    if entry.name not in edges:
        return ""
    from ddlint.inputs.common.requirement import all_of, is_marker, python_marker

    version = entry.specifier.removeprefix("==")
    markers = [marker for constraint, marker in edges[entry.name] if _meets(constraint, version)]
    pythons = translate(_pythons_of(source, entry))
    own = "" if isinstance(pythons, Fault) else python_marker(pythons)
    reached = any_marker(markers) if markers else ""
    return all_of([own, reached if is_marker(reached) else ""])


def _meets(constraint: str, version: str) -> bool:
    from ddlint.versions.specifiers import allows

    specifier = translate(constraint)
    return not isinstance(specifier, Fault) and allows(specifier, version)


def _pythons_of(source: Source, entry: Dependency) -> str:
    """Return the `python-versions` below an entry, which is looked for where it is needed: few locks need it."""
    text = source.text
    end = text.find("[[package]]", entry.at.end)
    match = _PYTHONS.search(text, entry.at.end, end if end >= 0 else len(text))
    return match["pythons"] if match else ""


def _marker(package: Table) -> str:
    """Return the marker; where it depends on the group, that of what ships, or else the one of any of its groups."""
    markers = package.values.get("markers", package.values.get("marker"))
    if not isinstance(markers, dict):
        return text_of(markers)
    groups = [text_of(group) for group in list_of(package.values.get("groups"))]
    if "main" in groups:
        return text_of(markers.get("main"))
    return any_marker(text_of(markers.get(group)) for group in groups or markers)
