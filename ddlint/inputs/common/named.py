"""Read a requirement whose name is the key and whose specifier is the value: `name = ">=1.2"`."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Origin, Problem
from ddlint.core.redact import written
from ddlint.inputs.common.direct_reference import is_location
from ddlint.inputs.common.requirement import read_requirement
from ddlint.inputs.common.values import wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.source import Span
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

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
