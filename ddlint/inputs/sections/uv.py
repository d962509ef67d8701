"""Read the settings of uv that declare dependencies: `[tool.uv]` of a pyproject.toml, or all of a uv.toml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ddlint.core.model import WORKSPACE, Dependency, Origin, normalize
from ddlint.inputs.common.values import read_array, read_string, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_PLACES = ("git", "path", "url", "workspace")


def read_uv(tool: Node | None) -> Iterator[Item]:
    """Read the requirements among the settings."""
    if tool is None:
        return
    yield from read_array(tool.get("dev-dependencies"), scope="group:dev")
    yield from read_array(tool.get("constraint-dependencies"), origin=Origin.CONSTRAINT)
    yield from read_array(tool.get("override-dependencies"), origin=Origin.OVERRIDE)
    yield from read_array(tool.get("build-constraint-dependencies"), scope="build", origin=Origin.CONSTRAINT)
    yield from _extra_build(tool.get("extra-build-dependencies"))


def _extra_build(table: Node | None) -> Iterator[Item]:
    """Read what is added to the build of other distributions; an element may be a table with `requirement`."""
    for _, array in table.items() if table is not None else ():
        for element in array.elements():
            requirement = element.get("requirement") if isinstance(element.value, dict) else element
            if requirement is not None and requirement.text is not None:
                yield read_string(requirement, scope="build")


def unknown_sources(tool: Node | None) -> dict[str, str]:
    """Return the names that come from a repository, a path, a URL or the workspace, each with its directory."""
    sources = tool.get("sources") if tool is not None else None
    found: dict[str, str] = {}
    for key, source in sources.items() if sources is not None else ():
        tables = list(source.elements()) or [source]
        if all(isinstance(one.value, dict) and any(place in one.value for place in _PLACES) for one in tables):
            is_member = any(one.get("workspace") is not None for one in tables)
            found[normalize(key)] = WORKSPACE if is_member else next(filter(None, map(_path, tables)), "")
    return found


def _path(table: Node) -> str:
    return text_of(table.get("path"))


def sourced(item: Item, elsewhere: Mapping[str, str]) -> Item:
    """Mark what comes from somewhere else than an index: its version is not known, its directory perhaps."""
    if isinstance(item, Dependency) and item.name in elsewhere:
        return item._replace(is_known=False, local=item.local or elsewhere[item.name])
    return item


def workspace_members(tool: Node | None) -> tuple[str, ...]:
    """Return the patterns of the directories of the members, and with a `!` before them those of what is left out."""
    workspace = tool.get("workspace") if tool is not None else None
    listed = [("", workspace.get("members")), ("!", workspace.get("exclude"))] if workspace is not None else []
    return tuple(f"{sign}{each.text}" for sign, node in listed if node for each in node.elements() if each.text)
