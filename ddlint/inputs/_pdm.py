"""Read `[tool.pdm]`: its development dependencies and its overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.inputs._items import REQUIREMENT, REQUIREMENTS, read_string, wrong_type
from ddlint.inputs._location import is_location, read_location
from ddlint.inputs._requirement import read_requirement
from ddlint.inputs._written import written
from ddlint.model import Dependency, Origin, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.inputs._items import Item
    from ddlint.inputs._node import Node
    from ddlint.source import Span


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
        yield from _override(key, value)


def _development(element: Node, scope: str) -> Item:
    """Read a requirement, or one that is editable (`-e` and a place)."""
    text = element.text or ""
    if not text.startswith("-e "):
        return read_string(element, scope=scope)
    place = text[3:].lstrip()
    start, locate = len(text) - len(place), element.locate()
    found = read_location(place, lambda first, last: locate(start + first, start + last), scope=scope)
    return found._replace(at=element.at, written=written(text)) if isinstance(found, Dependency) else found


def _override(key: str, value: Node) -> Iterator[Item]:
    """Read a version, clauses or a place that replaces what everyone asks of one distribution."""
    if value.text is None:
        yield wrong_type(value, REQUIREMENT)
        return
    text = value.text.strip()
    is_bare = text[:1].isdigit()
    head = f"{key} @ " if is_location(text) else f"{key}{'==' if is_bare else ''}"
    locate, end = value.locate(), len(value.text)

    def within(first: int, last: int) -> Span:
        return locate(min(max(first - len(head), 0), end), min(max(last - len(head), 0), end))

    found = read_requirement(f"{head}{value.text}", within, origin=Origin.OVERRIDE)
    if isinstance(found, Dependency):
        found = found._replace(at=value.at, name_at=value.key_at, written=written(f'{key} = "{text}"'))
    yield found
