"""Read a TOML lock, fast where a tool wrote it as it always does, else as any other TOML; and make its entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, LockEntries, NormalizedName, Origin, Problem, PythonRequirement, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source, Span
from ddlint.inputs.common.requires_python import read_python_range
from ddlint.inputs.common.values import after
from ddlint.inputs.syntax.literal import inner
from ddlint.inputs.syntax.toml_lock_scan import (
    PLACED,
    Lock,
    RawLock,
    Shape,
    Table,
    flat,
    most_values,
    scan_lock,
    scan_packages,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.node import Document

_MOST_SCOPES = 50
"""Nobody has so many extras and groups; of those beyond, one to a name is found."""


def scopes_of(
    roots: Mapping[str, Iterable[NormalizedName]], edges: Mapping[NormalizedName, Iterable[NormalizedName]]
) -> dict[NormalizedName, list[str]]:
    """Return the scopes of `roots` from which the edges lead to each name; what always is installed has no other."""
    found: dict[NormalizedName, list[str]] = {}
    for count, scope in enumerate(sorted(roots, key=bool)):
        waiting = list(roots[scope])
        while waiting:
            name = waiting.pop()
            scopes = found.setdefault(name, [])
            if not scopes or (count < _MOST_SCOPES and scopes[0] and scopes[-1] != scope):
                scopes.append(scope)
                waiting.extend(edges.get(name, ()))
    return found


def in_scopes(entry: Dependency, scopes: Iterable[str]) -> Dependency:
    """Add to an entry the scopes that it is there for; without any it always is."""
    first, *others = dict.fromkeys(scopes) or ("",)
    return entry._replace(scope=first, also_for=tuple(others)) if first else entry


_DEEP = 3
"""`package`, its index, its key."""
_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VERSION = regex(
    r"v?(?:[0-9]{1,100}!)?[0-9]{1,100}(?>(?:\.[0-9]{1,100})*)(?:[-_.]?(?:alpha|beta|preview|pre|rc|a|b|c)[-_.]?[0-9]*+)?"
    r"(?:-[0-9]++|[-_.]?(?:post|rev|r)[-_.]?[0-9]*+)?(?:[-_.]?dev[-_.]?[0-9]*+)?(?:\+[a-z0-9]++(?>(?:[-_.][a-z0-9]++)*))?",
    re.IGNORECASE,
)
_LONGEST = 200
_LONG_NUMBER = 100


def read_lock(source: Source, shape: Shape) -> Lock | Problem:
    """Return the packages of a lock with the values of interest."""
    lock = scan_lock(source.text, shape, most_values(source.text))
    return read_any_lock(source, shape) if lock is None else lock


def read_packages(source: Source, shape: Shape) -> Lock | RawLock | Problem:
    """Do the same, and leave packages as one expression has found them."""
    lock = scan_packages(source.text, shape, most_values(source.text))
    return read_any_lock(source, shape) if lock is None else lock


def read_any_lock(source: Source, shape: Shape) -> Lock | Problem:
    """Do the same for every TOML, slowly."""
    from ddlint.inputs.syntax.toml import read_toml

    document = read_toml(source, _DEEP, most_values(source.text), PLACED)
    if isinstance(document, Problem):
        return document
    values = table_of(document.value)
    packages = values.get(shape.array)
    found = [
        _table(document, (shape.array, index), table_of(package), shape.package)
        for index, package in enumerate(packages if isinstance(packages, list) else ())
        if isinstance(package, dict)
    ]
    return Lock(_top(document, values, shape.top), found, document.comments)


def _top(document: Document, values: dict[str, object], keys: frozenset[str]) -> Table:
    """Return what is beside the packages, down to strings and arrays in tables."""
    top = _table(document, (), values, keys)
    for key, table in top.values.items():
        if isinstance(table, dict):
            below = _table(document, (key,), table, frozenset(table))
            top.places.update({f"{key}.{name}": place for name, place in below.places.items()})
    return Table(flat(top.values), top.places)


def _table(document: Document, path: tuple[str | int, ...], values: dict[str, object], keys: frozenset[str]) -> Table:
    wanted = {key: value for key, value in values.items() if key in keys}
    texts = (key for key, value in wanted.items() if key in PLACED and isinstance(value, str))
    entries = ((key, document.entries.get((*path, key))) for key in texts)
    return Table(wanted, {key: inner(document.text, entry.value) for key, entry in entries if entry is not None})


def table_of(value: object) -> dict[str, object]:
    """Return a value that is a table; an empty one for all else."""
    return value if isinstance(value, dict) else {}


def list_of(value: object) -> list[object]:
    """Return a value that is an array; an empty one for all else."""
    return value if isinstance(value, list) else []


def text_of(value: object) -> str:
    """Return a value that is a string; an empty one for all else."""
    return value if isinstance(value, str) else ""


def names_of(values: Iterable[object]) -> tuple[NormalizedName, ...]:
    """Return the distributions that edges lead to: names, requirements, or tables with a `name`."""
    found: dict[NormalizedName, None] = {}
    for value in values:
        text = value.get("name") if isinstance(value, dict) else value
        if isinstance(text, str) and (name := name_in(text)):
            found[name] = None
    return tuple(found)


@lru_cache(10_000)
def name_in(text: str) -> NormalizedName | None:
    """Return the normalized name that a text begins with; many edges lead to the same one."""
    match = _NAME.match(text)
    return normalize(match[0]) if match else None


def is_name(text: str) -> bool:
    """Return whether `text` can be the name of a distribution."""
    return len(text) <= _LONGEST and _NAME.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Return whether `text` is a version of PEP 440."""
    if len(text) <= _LONG_NUMBER and text.isascii() and all(map(str.isdecimal, text.split("."))):
        return True
    return len(text) <= _LONGEST and _VERSION.fullmatch(text) is not None


def has_entry(package: Table) -> bool:
    """Return whether a package has a name and a version."""
    return (
        "version" in package.places and bool(package.values["version"]) and is_name(text_of(package.values.get("name")))
    )


def entries_of(
    packages: Iterable[Table],
    make: Callable[[Table], Dependency],
    requires: Callable[[Table], tuple[NormalizedName, ...]],
) -> LockEntries:
    """Return the entries of packages, each of which `make` makes where it is asked for."""
    listed = [package for package in packages if has_entry(package)]
    names = [normalize(text_of(package.values["name"])) for package in listed]
    return LockEntries(names, lambda number: make(listed[number]), lambda number: requires(listed[number]))


def locked(package: Table) -> Dependency:
    """Make the entry of a package that has one."""
    name, version = text_of(package.values["name"]), text_of(package.values["version"])
    at = package.places["version"]
    is_known = is_version(version)
    return Dependency(
        name=normalize(name),
        specifier=f"=={version}" if is_known else "",
        at=at,
        specifier_at=at,
        written=f"{name}=={version}" if is_known else written(f"{name}=={version}"),
        origin=Origin.LOCKED,
        is_known=is_known,
        name_at=package.places.get("name", at),
        marker_at=after(at),
    )


def locked_python(top: Table) -> Iterator[PythonRequirement | Problem]:
    """Read the `requires-python` beside the packages."""
    at, text = top.places.get("requires-python"), text_of(top.values.get("requires-python"))
    if at is not None:
        shift = at.start
        found = read_python_range(text, lambda start, end: Span(min(shift + start, at.end), min(shift + end, at.end)))
        if found is not None:
            yield found


def any_marker(markers: Iterable[str]) -> str:
    """Return the marker that holds where one of `markers` does; empty where one always does."""
    found = list(dict.fromkeys(markers))
    if "" in found:
        return ""
    return found[0] if len(found) == 1 else " or ".join(f"({marker})" for marker in found)
