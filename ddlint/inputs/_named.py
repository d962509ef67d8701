"""Read a requirement whose name is the key and whose specifier is the value: `name = ">=1.2"`."""

from __future__ import annotations

from ddlint.inputs._items import wrong_type
from ddlint.inputs._location import is_location
from ddlint.inputs._requirement import read_requirement
from ddlint.model import Dependency, Origin, Problem
from ddlint.regex import regex
from ddlint.written import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs._gather import Item
    from ddlint.inputs._node import Node
    from ddlint.source import Span

_WORD = regex(r"[._-]|[^\W\d](?!\d)|[^\W\dvV]")
"""What would go on with the name, were it written behind it; `v1` is a version."""


def read_named(key: str, node: Node, *, scope: str = "", origin: Origin = Origin.DECLARED) -> Item:
    """Read clauses of PEP 440, a bare version (which means that one), a place, or `*` for any version."""
    if node.text is None:
        return wrong_type(node, "a specifier such as `>=1.2`")
    text = node.text.strip()
    if _WORD.match(text) and not is_location(text):
        message = f"`{written(text, 80)}` is no specifier; write `*` for any version, or bounds such as `>=1.2`"
        return Problem("DD003", message, node.at)
    is_bare = text[:1].isalnum() and not is_location(text)
    head = f"{key} @ " if is_location(text) else f"{key}{'==' if is_bare else ''}"
    value = "" if text == "*" else node.text
    locate, end = node.locate(), len(value)

    def within(first: int, last: int) -> Span:
        return locate(min(max(first - len(head), 0), end), min(max(last - len(head), 0), end))

    found = read_requirement(f"{head}{value}", within, scope=scope, origin=origin)
    if isinstance(found, Dependency):
        shown = written(f'{key} = "{text}"')
        return found._replace(at=node.at, name_at=node.key_at, written=shown)
    return found
