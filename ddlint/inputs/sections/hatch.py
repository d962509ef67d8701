"""Read what Hatch's environments declare: `[tool.hatch]` of a pyproject.toml, or all of a hatch.toml."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, product

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Dependency,
    EnvironmentSpec,
    EnvironmentVariable,
    ProjectInstall,
    PythonRequirement,
    normalize,
)
from ddlint.core.redact import written
from ddlint.inputs.common.env_vars import is_name
from ddlint.inputs.common.requirement import read_requirement
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.common.values import read_array, read_string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_FIELD = regex(r"\{[A-Za-z_][^{}]*\}")
"""A field of Hatch, such as `{root:uri}`: it is filled in when Hatch runs."""
_PYTHON = regex(r"(?:c?py(?:thon)?-?)?(?P<major>[23])\.?(?P<rest>[0-9]{1,2}(?:\.[0-9]{1,4})?)")
"""`3.12`, `312`, `py3.12`: the spellings that Hatch takes."""


_PYTHON_KEYS = ("python", "py")
_SCOPES = (("extra", "features"), ("group", "dependency-groups"))
_MOST_SPECS = 300
_MOST_TEMPLATES = 10
_MOST_LISTED = 300


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
    """Return the values that an override is for; nothing where it is for all."""
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


def hatch_environments(tool: Node | None) -> Iterator[EnvironmentSpec]:
    """Yield the environments: one for each run of the matrix, if there is one."""
    envs = tool.get("envs") if tool is not None else None
    yield from islice((spec for name, env in _items(envs) if envs for spec in _specs(envs, name, env)), _MOST_SPECS)


def _specs(envs: Node, name: str, env: Node) -> Iterator[EnvironmentSpec]:
    nodes = [env]
    while len(nodes) < _MOST_TEMPLATES:
        template = nodes[-1].get("template")
        other = envs.get((template.text if template is not None else None) or "default")
        if other is None or other in nodes:
            break
        nodes.append(other)
    matrix = env.get("matrix")
    runs = [run for table in (matrix.elements() if matrix is not None else ()) for run in _runs(table)]
    for run in runs or [{}]:
        label = "-".join(f"{'py' * (key in _PYTHON_KEYS)}{value.text or ''}" for key, value in run.items())
        yield _spec(nodes, f"{name}.{label}" if label else name, run)


def _runs(table: Node) -> Iterator[dict[str, Node]]:
    """Yield the runs of one table of a matrix: each choice of its values, Python first as Hatch names it."""
    axes = sorted(
        ((key, list(values.elements())) for key, values in table.items()), key=lambda axis: axis[0] not in _PYTHON_KEYS
    )
    for chosen in islice(product(*(values for _, values in axes)), _MOST_SPECS):
        yield dict(zip((key for key, _ in axes), chosen, strict=True))


def _spec(nodes: list[Node], name: str, run: dict[str, Node]) -> EnvironmentSpec:
    def option(key: str) -> Node | None:
        return next((found for node in nodes if (found := node.get(key)) is not None), None)

    def texts(key: str) -> Iterator[str]:
        found = option(key)
        yield from (each.text for each in (found.elements() if found is not None else ()) if each.text)

    named = (each for key in ("dependencies", "extra-dependencies") for each in _elements(option(key)))
    listed = chain(named, _chosen(option("overrides"), run))
    items = [item for element in islice(listed, _MOST_LISTED) for item in _requirement(element, "")]
    at = nodes[0].key_at
    scopes = tuple(f"{kind}:{normalize(each)}" for kind, key in _SCOPES for each in texts(key))
    is_apart = any((found := option(key)) is not None and found.value is True for key in _APART)
    python = next((run[key] for key in _PYTHON_KEYS if key in run), None) or option("python")
    match = _PYTHON.fullmatch(python.text or "") if python is not None else None
    specifier = exact_python(f"{match['major']}.{match['rest']}") if match else ""
    return EnvironmentSpec(
        "hatch",
        written(name, 80),
        at,
        dependencies=tuple(item for item in items if isinstance(item, Dependency)),
        installs=() if is_apart else (ProjectInstall(".", at, "hatch", is_file=False, scopes=scopes),),
        pythons=(PythonRequirement(specifier, python.at, match[0], is_exact=True),) if python and match else (),
        settings=tuple(
            EnvironmentVariable(key, None if "{" in (value.text or "{") else value.text, value.at)
            for key, value in islice(_items(option("env-vars")), _MOST_LISTED)
            if is_name(key)
        ),
    )


def _elements(node: Node | None) -> Iterator[Node]:
    return node.elements() if node is not None else iter(())


def _chosen(overrides: Node | None, run: dict[str, Node]) -> Iterator[Node]:
    """Yield the requirements that the values of a run add."""
    for variable, options in _items(overrides.get("matrix") if overrides is not None else None):
        if variable not in run:
            continue
        for array in filter(None, map(options.get, _OVERRIDDEN)):
            for element in array.elements():
                condition = element.get("if")
                values = [each.text for each in condition.elements()] if condition is not None else None
                value = element.get("value") if isinstance(element.value, dict) else element
                if value is not None and value.text and (values is None or run[variable].text in values):
                    yield value
