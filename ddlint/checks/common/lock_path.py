"""Why an entry is in a lock: the shortest path to it from what the project declares."""

from __future__ import annotations

from ddlint.checks.common.context import CheckContext
from ddlint.core.model import Located, NormalizedName, Place


def path_from_declared(context: CheckContext, located: Located) -> tuple[Place, ...]:
    """Return the declared requirement that brought a lock entry in, with the names on the way, if there is one."""
    needs: dict[NormalizedName, set[NormalizedName]] = {}
    for each in context.entries:
        if each.path == located.path:
            for name in each.dependency.requires:
                needs.setdefault(name, set()).add(each.dependency.name)
    ways: dict[NormalizedName, tuple[NormalizedName, ...]] = {located.dependency.name: (located.dependency.name,)}
    waiting = [located.dependency.name]
    while waiting:
        name = waiting.pop(0)
        if len(ways[name]) > 1 and (root := _declared(context, name, located)) is not None:
            way = " -> ".join(ways[name])
            return (Place(root.path, root.dependency.at, f"brought in from here: {way}"),)
        for parent in sorted(needs.get(name, ())):
            if parent not in ways:
                ways[parent] = (parent, *ways[name])
                waiting.append(parent)
    return ()


def _declared(context: CheckContext, name: NormalizedName, located: Located) -> Located | None:
    paths = context.installed_with(located.path)
    same = (each for each in context.by_name.get(name, []) if each.path in paths and not context.is_resolved(each))
    return next(same, None)


def path_if_undeclared(context: CheckContext, located: Located) -> tuple[Place, ...]:
    """Return that path for an entry of a lock that the project does not declare itself."""
    is_alone = context.is_resolved(located) and _declared(context, located.dependency.name, located) is None
    return path_from_declared(context, located) if is_alone else ()
