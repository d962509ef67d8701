"""What the dependency edges of a lock tell of its entries: for which extra or group each is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ddlint.model import NormalizedName


def scopes_of(
    roots: Mapping[str, Iterable[NormalizedName]], edges: Mapping[NormalizedName, Iterable[NormalizedName]]
) -> dict[NormalizedName, str]:
    """Give the first scope of `roots` from which the edges lead to each name; what always is installed goes first."""
    found: dict[NormalizedName, str] = {}
    for scope in sorted(roots, key=bool):
        waiting = list(roots[scope])
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = scope
                waiting.extend(edges.get(name, ()))
    return found
