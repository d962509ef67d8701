"""Read `[dependency-groups]` (PEP 735). A requirement is reported where it is written, never where it is included."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Problem, ScopeInclude, normalize
from ddlint.core.redact import written
from ddlint.inputs.common.values import REQUIREMENTS, read_string, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_INCLUDE = "include-group"


def read_groups(root: Node) -> Iterator[Item]:
    """Read every group, and check that every include leads somewhere."""
    table = root.get("dependency-groups")
    if table is None:
        return
    if not isinstance(table.value, dict):
        yield wrong_type(table, "a table of arrays of requirements")
        return
    includes: dict[str, list[Node]] = {}
    for key, group in table.items():
        if not isinstance(group.value, list):
            yield wrong_type(group, REQUIREMENTS)
        found = includes.setdefault(normalize(key), [])
        for element in group.elements():
            include = element.get(_INCLUDE)
            if include is not None and include.text is not None and element.value == {_INCLUDE: include.text}:
                found.append(include)
                yield ScopeInclude(f"group:{normalize(key)}", f"group:{normalize(include.text)}", include.at)
            elif isinstance(element.value, dict):
                yield _unknown_form(element)
            else:
                yield read_string(element, scope=f"group:{normalize(key)}")
    yield from _missing(root, includes)
    yield from _cycles(includes)


def _unknown_form(element: Node) -> Problem:
    shown = written(element.document.text[element.at.start : element.at.end], 80)
    return Problem(
        "DD003", f'`{shown}` is no member of a group; write a requirement or `{{include-group = "name"}}`', element.at
    )


def _missing(root: Node, includes: dict[str, list[Node]]) -> Iterator[Item]:
    """Report includes of groups that are not there. Poetry allows those of its own too."""
    poetry = root.get("tool", "poetry", "group")
    known = includes.keys() | {normalize(key) for key, _ in (poetry.items() if poetry is not None else ())}
    for found in includes.values():
        for include in found:
            if normalize(include.text or "") not in known:
                yield missing_group(include)


def missing_group(include: Node) -> Problem:
    """Report that the group of an include is not there."""
    name = written(include.text or "", 80)
    return Problem("DD004", f"no dependency group is named `{name}`; define it or remove the include", include.at)


def _cycles(includes: dict[str, list[Node]]) -> Iterator[Item]:
    """Report every include that closes a cycle, once."""
    done: set[str] = set()
    for first, own in includes.items():
        open_groups: dict[str, Iterator[Node]] = {} if first in done else {first: iter(own)}
        while open_groups:
            group, rest = next(reversed(open_groups.items()))
            include = next(rest, None)
            if include is None:
                done.add(group)
                del open_groups[group]
                continue
            target = normalize(include.text or "")
            if target in open_groups:
                names = [*list(open_groups)[list(open_groups).index(target) :], target]
                chain = written(" -> ".join(names), 200)
                yield Problem(
                    "DD004", f"this include closes a cycle of groups, `{chain}`; remove one of them", include.at
                )
            elif target in includes and target not in done:
                open_groups[target] = iter(includes[target])
