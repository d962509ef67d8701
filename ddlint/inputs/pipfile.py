"""Read a Pipfile: its packages by category, and the Python it asks for."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Manifest, Problem, PythonRequirement, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requirement import all_of, is_marker
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.common.values import after, read_named, text_of, wrong_type
from ddlint.inputs.syntax.node import Node, root
from ddlint.inputs.syntax.toml import read_toml

NAME = "Pipfile"

_OTHERS = ("source", "requires", "scripts", "pipenv", "install")
"""The tables that are no category of packages."""
_PLACES = ("git", "hg", "svn", "bzr", "path", "file", "url")
_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_VARIABLES = (
    "os_name",
    "sys_platform",
    "platform_machine",
    "platform_python_implementation",
    "platform_release",
    "platform_system",
    "platform_version",
    "python_version",
    "python_full_version",
    "implementation_name",
    "implementation_version",
)


def scope_of(category: str) -> str:
    """Return the scope of a category, in a Pipfile or its lock."""
    if category in ("packages", "default"):
        return ""
    return "group:dev" if category in ("dev-packages", "develop") else f"group:{normalize(category)}"


def pythons(requires: Node | None) -> Iterator[PythonRequirement]:
    """Read the `requires` of a Pipfile or its lock."""
    for key in ("python_version", "python_full_version"):
        node = requires.get(key) if requires is not None else None
        specifier = exact_python(node.text or "") if node is not None else ""
        if node is not None and specifier:
            yield PythonRequirement(specifier, node.at, written(node.text or ""), is_exact=True)


def parse(source: Source) -> Manifest:
    """Read one Pipfile."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    return gather(source, NAME, _items(root(document)), document.comments)


def _items(document: Node) -> Iterator[Item]:
    yield from pythons(document.get("requires"))
    for category, table in document.items():
        if category not in _OTHERS:
            for key, node in table.items():
                if _NAME.fullmatch(key):
                    yield from _package(key, node, scope_of(category))


def _package(key: str, node: Node, scope: str) -> Iterator[Item]:
    """Read a specifier, or a table with one."""
    if not isinstance(node.value, dict):
        yield read_named(key, node, scope=scope)
        return
    marker = _marker(node)
    if isinstance(marker, Problem):
        yield marker
        marker = ""
    extras = node.get("extras")
    names = tuple(normalize(extra.text) for extra in extras.elements() if extra.text) if extras is not None else ()
    version = node.get("version")
    is_elsewhere = any(place in node.value for place in _PLACES)
    if version is None or is_elsewhere:
        text = written(f"{key} = {node.document.text[node.at.start : node.at.end]}")
        nothing = after(node.at)
        made = Dependency(normalize(key), "", node.at, nothing, text, scope=scope, name_at=node.key_at)
        found: Item = made._replace(is_known=not is_elsewhere, marker_at=nothing, local=text_of(node.get("path")))
    else:
        found = read_named(key, version, scope=scope)
    yield found._replace(marker=marker, extras=names, name_at=node.key_at) if isinstance(found, Dependency) else found


def _marker(table: Node) -> str | Problem:
    """Join `markers` with the variables that are keys of their own: `sys_platform = "== 'win32'"`."""
    parts: list[str] = []
    for key in ("markers", *_VARIABLES):
        node = table.get(key)
        if node is None:
            continue
        if node.text is None:
            return wrong_type(node, "a marker")
        part = node.text.strip() if key == "markers" else f"{key} {node.text.strip()}"
        if not is_marker(part):
            message = f"`{written(part, 80)}` is not a marker; write one such as `python_version < '3.12'`"
            return Problem("DD003", message, node.at)
        parts.append(part)
    return all_of(parts)
