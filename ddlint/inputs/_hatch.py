"""Read what Hatch's environments declare: `[tool.hatch]` of a pyproject.toml, or all of a hatch.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.inputs._items import read_array, read_string
from ddlint.inputs._python_range import exact_python
from ddlint.inputs._requirement import read_requirement
from ddlint.inputs._written import written
from ddlint.model import Dependency, PythonRequirement
from ddlint.regex import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.inputs._gather import Item
    from ddlint.inputs._node import Node

_FIELD = regex(r"\{[A-Za-z_][\w.:]*[^{}]*\}")
"""A field of Hatch, such as `{root:uri}`: it is filled in when Hatch runs."""


def read_hatch(tool: Node | None) -> Iterator[Item]:
    """Read every environment, and what builds need."""
    if tool is None:
        return
    envs = tool.get("envs")
    for name, env in envs.items() if envs is not None else ():
        yield from _environment(env, f"env:{written(name, 80)}")
    build = tool.get("build")
    if build is not None:
        yield from read_array(build.get("dependencies"), scope="build")
        targets = build.get("targets")
        for _, target in targets.items() if targets is not None else ():
            yield from read_array(target.get("dependencies"), scope="build")


def _environment(env: Node, scope: str) -> Iterator[Item]:
    for key in ("dependencies", "extra-dependencies"):
        array = env.get(key)
        if array is not None and not isinstance(array.value, list):
            yield from read_array(array, scope=scope)
        for element in array.elements() if array is not None else ():
            yield from _requirement(element, scope)
    python = env.get("python")
    is_apart = any(env.value.get(key) is True for key in _APART) if isinstance(env.value, dict) else False
    if python is not None and python.text and not is_apart:
        specifier = exact_python(python.text)
        if specifier:
            yield PythonRequirement(specifier, python.at, python.text, is_exact=True)


_APART = ("detached", "skip-install")
"""What says that the project itself is not installed in an environment, so that its Python says nothing of it."""


def _requirement(element: Node, scope: str) -> Iterator[Item]:
    """Read a requirement; one with a field is known by its name alone."""
    text = element.text or ""
    field = _FIELD.search(text)
    if field is None:
        yield read_string(element, scope=scope)
        return
    head = text[: field.start()].split("@")[0].split("=")[0].rstrip(" \t<>!~")
    found = read_requirement(head, element.locate(), scope=scope) if head else None
    if isinstance(found, Dependency):
        yield found._replace(at=element.at, specifier="", is_known=False, written=written(text))
