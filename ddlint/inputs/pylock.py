"""Read pylock.toml and pylock.NAME.toml (PEP 751): every locked version, with its marker."""

from __future__ import annotations

from itertools import chain

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Manifest, NormalizedName, Problem, normalize
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather_lock
from ddlint.inputs.common.toml_lock import (
    entries_of,
    in_scopes,
    list_of,
    locked,
    locked_python,
    names_of,
    read_lock,
    text_of,
)
from ddlint.inputs.common.whole_lock import without_line_end
from ddlint.inputs.syntax.toml_lock_scan import Shape, Table

NAME = "pylock.toml"

SHAPE = Shape(
    "packages",
    frozenset({"name", "version", "marker", "dependencies", "vcs", "directory", "archive"}),
    frozenset({"requires-python", "default-groups"}),
)
_ASKED = regex(r"""["'](?P<name>[^"']+)["']\s+in\s+(?P<kind>extras|dependency_groups)\b""")
_OF_PDM = "default"
"""The group in which PDM has what is always installed."""
_PLACES = ("vcs", "directory", "archive")


def parse(source: Source) -> Manifest:
    """Read one pylock.toml."""
    lock = read_lock(source, SHAPE)
    if isinstance(lock, Problem):
        return Manifest(source, NAME, problems=(lock,))
    always = {_OF_PDM} | {normalize(text_of(name)) for name in list_of(lock.top.values.get("default-groups"))}
    items = chain(without_line_end(source), locked_python(lock.top))
    entries = entries_of(lock.packages, lambda package: _entry(package, always), _requires)
    return gather_lock(source, NAME, entries, items, lock.comments)


def _entry(package: Table, always: set[str]) -> Dependency:
    entry, marker = locked(package), text_of(package.values.get("marker"))
    placed = entry._replace(
        is_known=entry.is_known and not any(place in package.values for place in _PLACES),
        marker=marker,
        requires=_requires(package),
    )
    return in_scopes(placed, _scopes(marker, always))


def _requires(package: Table) -> tuple[NormalizedName, ...]:
    return names_of(list_of(package.values.get("dependencies")))


def _scopes(marker: str, always: set[str]) -> list[str]:
    """Return the extras and groups that a marker asks for; none where it can hold without any."""
    scopes = []
    for alternative in marker.split(" or "):
        found = _ASKED.search(alternative)
        name = normalize(found["name"]) if found else ""
        if found is None or (found["kind"] == "dependency_groups" and name in always):
            return []
        scopes.append(f"{'extra' if found['kind'] == 'extras' else 'group'}:{name}")
    return scopes
