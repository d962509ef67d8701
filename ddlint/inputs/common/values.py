"""Read requirements from values of TOML and JSON, and report values of a wrong type.

A reader of a section is a generator of items in any order.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Origin, Problem, normalize
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.requirement import HUGE, is_location, moved, plain_requirement, read_requirement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

REQUIREMENT = "a requirement such as `name>=1.2`"
REQUIREMENTS = "an array of requirements"


def wrong_type(node: Node, expected: str) -> Problem:
    """Report that a value is not of the type that belongs there."""
    key = next((part for part in reversed(node.path) if isinstance(part, str)), "")
    what = f"an element of `{written(key, 80)}`" if node.path and node.path[-1] != key else f"`{written(key, 80)}`"
    return Problem("DD003", f"{what} is {node.kind}, where {expected} belongs", node.at)


def text_of(node: Node | None) -> str:
    """Return the text of a value; empty where there is none, or none that is text."""
    return (node.text or "") if node is not None else ""


def read_string(node: Node, *, scope: str = "", origin: Origin = Origin.DECLARED) -> Dependency | Problem:
    """Read a value that is to be one PEP 508 requirement."""
    text = node.text
    if text is None:
        return wrong_type(node, REQUIREMENT)
    start, end = node.at
    if len(text) < HUGE and node.document.text[start:end] == text and (plain := plain_requirement(text)):
        return moved(plain, start, origin, scope)
    return read_requirement(text, node.locate(), scope=scope, origin=origin)


def read_array(node: Node | None, *, scope: str = "", origin: Origin = Origin.DECLARED) -> Iterator[Item]:
    """Read a value that is to be an array of PEP 508 requirements."""
    if node is None:
        return
    if not isinstance(node.value, list):
        yield wrong_type(node, REQUIREMENTS)
    for element in node.elements():
        yield read_string(element, scope=scope, origin=origin)


def read_arrays(node: Node | None, scope: str, *, origin: Origin = Origin.DECLARED) -> Iterator[Item]:
    """Read a table of arrays of requirements; `scope` holds `{}` for the normalized key."""
    if node is not None and not isinstance(node.value, dict):
        yield wrong_type(node, "a table of arrays of requirements")
    for key, value in node.items() if node is not None else ():
        yield from read_array(value, scope=scope.format(normalize(key)), origin=origin)


def after(span: Span) -> Span:
    """Return the empty span where something absent would be written."""
    return Span(span.end, span.end)


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
