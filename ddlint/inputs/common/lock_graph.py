"""What the dependency edges of a lock tell of its entries: for which extra or group each is there."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ddlint.core.model import Dependency, NormalizedName


_MOST_SCOPES = 50
"""Nobody has so many extras and groups; of those beyond, one to a name is found."""


def scopes_of(
    roots: Mapping[str, Iterable[NormalizedName]], edges: Mapping[NormalizedName, Iterable[NormalizedName]]
) -> dict[NormalizedName, list[str]]:
    """Give the scopes of `roots` from which the edges lead to each name; what always is installed has no other."""
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
    """Give an entry the scopes that it is there for; without any it always is."""
    first, *others = dict.fromkeys(scopes) or ("",)
    return entry._replace(scope=first, also_for=tuple(others)) if first else entry
