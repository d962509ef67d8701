"""Read `[tool.pdm]`: its development dependencies and its overrides."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Dependency, Origin, normalize
from ddlint.core.redact import written
from ddlint.inputs.common.requirement import read_location
from ddlint.inputs.common.values import REQUIREMENTS, read_named, read_string, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node


def read_pdm(tool: Node | None) -> Iterator[Item]:
    """Read the section of a pyproject.toml."""
    if tool is None:
        return
    groups = tool.get("dev-dependencies")
    if groups is not None and not isinstance(groups.value, dict):
        yield wrong_type(groups, "a table of arrays of requirements")
    for key, array in groups.items() if groups is not None else ():
        if not isinstance(array.value, list):
            yield wrong_type(array, REQUIREMENTS)
        for element in array.elements():
            yield _development(element, f"group:{normalize(key)}")
    overrides = tool.get("resolution", "overrides")
    for key, value in overrides.items() if overrides is not None else ():
        yield read_named(key, value, origin=Origin.OVERRIDE)


def _development(element: Node, scope: str) -> Item:
    """Read a requirement, or one that is editable (`-e` and a place)."""
    text = element.text or ""
    if not text.startswith("-e "):
        return read_string(element, scope=scope)
    place = text[3:].lstrip()
    start, locate = len(text) - len(place), element.locate()
    found = read_location(place, lambda first, last: locate(start + first, start + last), scope=scope)
    return found._replace(at=element.at, written=written(text)) if isinstance(found, Dependency) else found
