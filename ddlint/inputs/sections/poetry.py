"""Read `[tool.poetry]`: its main dependencies, groups, extras and Python."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Dependency, NormalizedName, PythonRequirement, ScopeInclude, normalize
from ddlint.core.redact import written
from ddlint.inputs.common.requirement import is_template
from ddlint.inputs.common.values import wrong_type
from ddlint.inputs.sections.dependency_groups import missing_group
from ddlint.inputs.sections.poetry_dependencies import constraint_problem, read_poetry
from ddlint.versions.poetry_constraint import Fault, translate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_TABLE = "a table of constraints by name"
_PYTHON = "python"


def read_poetry_tool(root: Node) -> Iterator[Item]:
    """Read the section of a pyproject.toml.

    What `[project]` or `[dependency-groups]` declare is only enriched here, and is no second dependency.
    """
    tool = root.get("tool", "poetry")
    if tool is None:
        return
    yield from _main(root, tool)
    yield from _table(tool.get("dev-dependencies"), "group:dev")
    declared = {normalize(key) for key, _ in _items(root.get("dependency-groups"))}
    known = declared | {normalize(key) for key, _ in _items(tool.get("group"))}
    for key, group in _items(tool.get("group")):
        name = normalize(key)
        if name not in declared:
            yield from _table(group.get("dependencies"), f"group:{name}")
        includes = group.get("include-groups")
        for include in includes.elements() if includes is not None else ():
            if include.text and normalize(include.text) in known:
                yield ScopeInclude(f"group:{name}", f"group:{normalize(include.text)}", include.at)
            elif include.text:
                yield missing_group(include)


def _items(node: Node | None) -> Iterator[tuple[str, Node]]:
    return node.items() if node is not None else iter(())


def _main(root: Node, tool: Node) -> Iterator[Item]:
    table = tool.get("dependencies")
    if table is None:
        return
    if not isinstance(table.value, dict):
        yield wrong_type(table, _TABLE)
    is_enriching, declared = _declared(root)
    extras = _extras(tool)
    for key, node in table.items():
        name = normalize(key)
        if key.lower() == _PYTHON:
            if root.get("project", "requires-python") is None:
                yield from _python(node)
        elif not is_enriching and name not in declared:
            is_optional = _is_optional(node)
            for item in read_poetry(key, node, ""):
                yield _in_extra(item, extras.get(name, "")) if is_optional else item


def _in_extra(item: Item, extra: str) -> Item:
    return item._replace(scope=f"extra:{extra}") if isinstance(item, Dependency) else item


def _is_optional(node: Node) -> bool:
    """Return whether Poetry leaves a dependency out unless an extra asks for it."""
    tables = list(node.elements()) or [node]
    return any(isinstance(one.value, dict) and one.value.get("optional") is True for one in tables)


def _declared(root: Node) -> tuple[bool, set[NormalizedName]]:
    """Return whether `[project]` alone declares the dependencies, and which names it has.

    It does not where it lists none, or lists `dependencies` or `optional-dependencies` as dynamic.
    """
    from ddlint.inputs.sections.pep621 import project_names

    names = project_names(root)
    dynamic = root.get("project", "dynamic")
    fields = {element.text for element in dynamic.elements()} if dynamic is not None else set()
    return bool(names) and not fields & {"dependencies", "optional-dependencies"}, names


def _extras(tool: Node) -> dict[str, str]:
    """Return the first extra that asks for each name."""
    found: dict[str, str] = {}
    for extra, names in _items(tool.get("extras")):
        for element in names.elements():
            if element.text:
                found.setdefault(normalize(element.text), normalize(extra))
    return found


def _table(table: Node | None, scope: str) -> Iterator[Item]:
    if table is not None and not isinstance(table.value, dict):
        yield wrong_type(table, _TABLE)
    for key, node in _items(table):
        if key.lower() != _PYTHON:
            yield from read_poetry(key, node, scope)


def _python(node: Node) -> Iterator[Item]:
    if isinstance(node.value, dict | list):
        return
    if node.text is None:
        yield wrong_type(node, "a constraint such as `^3.10`")
    elif not is_template(node.text):
        specifier = translate(node.text)
        if isinstance(specifier, Fault):
            yield constraint_problem(node, specifier)
        elif specifier:
            yield PythonRequirement(specifier, node.at, written(node.text))
