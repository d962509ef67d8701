"""Read what Hatch's environments declare: `[tool.hatch]` of a pyproject.toml, or all of a hatch.toml."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, PythonRequirement
from ddlint.core.redact import written
from ddlint.inputs.common.requirement import read_requirement
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.common.values import read_array, read_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_FIELD = regex(r"\{[A-Za-z_][^{}]*\}")
"""A field of Hatch, such as `{root:uri}`: it is filled in when Hatch runs."""
_PYTHON = regex(r"(?:c?py(?:thon)?-?)?(?P<major>[23])\.?(?P<rest>[0-9]{1,2}(?:\.[0-9]{1,4})?)")
"""`3.12`, `312`, `py3.12`: the spellings that Hatch takes."""


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
    yield from _overrides(env, scope)
    is_apart = any(env.value.get(key) is True for key in _APART) if isinstance(env.value, dict) else False
    for python in () if is_apart else _pythons(env):
        match = _PYTHON.fullmatch(python.text or "")
        if match is not None:
            specifier = exact_python(f"{match['major']}.{match['rest']}")
            yield PythonRequirement(specifier, python.at, match[0], is_exact=True)


def _pythons(env: Node) -> Iterator[Node]:
    """Yield the Python of an environment, and those of its matrix."""
    python, matrix = env.get("python"), env.get("matrix")
    if python is not None:
        yield python
    for variables in matrix.elements() if matrix is not None else ():
        listed = variables.get("python") or variables.get("py")
        yield from listed.elements() if listed is not None else ()


_APART = ("detached", "skip-install")
"""What says that the project itself is not installed in an environment, so that its Python says nothing of it."""


_OVERRIDDEN = ("dependencies", "extra-dependencies", "set-dependencies", "set-extra-dependencies")


def _overrides(env: Node, scope: str) -> Iterator[Item]:
    """Read what a matrix, a platform or a variable adds; those of other values are alternatives to each other."""
    for _, sources in _items(env.get("overrides")):
        for name, options in _items(sources):
            for array in filter(None, map(options.get, _OVERRIDDEN)):
                for element in array.elements():
                    value = element.get("value") if isinstance(element.value, dict) else element
                    if value is not None and value.text:
                        yield from _requirement(value, f"{scope}:{written(f'{name}{_condition(element)}', 80)}")


def _items(node: Node | None) -> Iterator[tuple[str, Node]]:
    return node.items() if node is not None else iter(())


def _condition(element: Node) -> str:
    """Give the values that an override is for; nothing where it is for all."""
    values = element.get("if") if isinstance(element.value, dict) else None
    return ",".join(each.text or "" for each in values.elements()) if values is not None else ""


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
