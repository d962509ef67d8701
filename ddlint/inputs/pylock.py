"""Read pylock.toml and pylock.NAME.toml (PEP 751): every locked version, with its marker."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Manifest, Problem, normalize
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.toml_lock import in_scopes, list_of, locked, locked_python, names_of, read_lock, text_of
from ddlint.inputs.common.whole_lock import without_line_end
from ddlint.inputs.syntax.toml_lock_scan import Lock, Shape

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
    return gather(source, NAME, chain(without_line_end(source), _items(lock)), lock.comments)


def _items(lock: Lock) -> Iterator[Item]:
    yield from locked_python(lock.top)
    always = {_OF_PDM} | {normalize(text_of(name)) for name in list_of(lock.top.values.get("default-groups"))}
    for package in lock.packages:
        entry = locked(package)
        if entry is not None:
            marker = text_of(package.values.get("marker"))
            placed = entry._replace(
                is_known=entry.is_known and not any(place in package.values for place in _PLACES),
                marker=marker,
                requires=names_of(list_of(package.values.get("dependencies"))),
            )
            yield in_scopes(placed, _scopes(marker, always))


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
