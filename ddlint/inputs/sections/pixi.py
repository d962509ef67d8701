"""Read what pixi's tables declare: `[tool.pixi]` of a pyproject.toml, or all of a pixi.toml."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Dependency, Origin, PythonRequirement, normalize
from ddlint.core.redact import written
from ddlint.inputs.common.conda import conda_specifier
from ddlint.inputs.common.conda_lock import platform_condition
from ddlint.inputs.common.toml_lock import is_name
from ddlint.inputs.common.values import after, read_named, text_of, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_CONDA = (("dependencies", ""), ("host-dependencies", "build"), ("build-dependencies", "build"))
_PYPI = "pypi-dependencies"
_PLACES = ("git", "path", "url")
_VERSION = "a version such as `>=1.2`, or a table with one,"


def read_pixi(tool: Node | None) -> Iterator[Item]:
    """Read the dependencies, those of features and targets too, and the overrides."""
    if tool is None:
        return
    yield from _targets(tool, "")
    features = tool.get("feature")
    for name, feature in features.items() if features is not None else ():
        yield from _targets(feature, f"group:{normalize(name)}")
    overrides = tool.get("pypi-options", "dependency-overrides")
    for key, node in overrides.items() if overrides is not None else ():
        yield from _pypi(key, node, "", "", Origin.OVERRIDE)


def _targets(table: Node, scope: str) -> Iterator[Item]:
    yield from _tables(table, scope, "")
    targets = table.get("target")
    for platform, target in targets.items() if targets is not None else ():
        yield from _tables(target, scope, platform_condition(platform))


def _tables(table: Node, scope: str, marker: str) -> Iterator[Item]:
    for key, own in _CONDA:
        dependencies = table.get(key)
        for name, node in dependencies.items() if dependencies is not None else ():
            yield from _conda(name, node, scope or own, marker)
    pypi = table.get(_PYPI)
    for name, node in pypi.items() if pypi is not None else ():
        yield from _pypi(name, node, scope, marker, Origin.DECLARED)


def _conda(name: str, node: Node, scope: str, marker: str) -> Iterator[Item]:
    """Read a version of conda: it is not guessed where it has no like in PEP 440."""
    version = node.get("version") if isinstance(node.value, dict) else node
    if version is not None and version.text is None:
        yield wrong_type(version, _VERSION)
        return
    if not is_name(name):
        return
    text = version.text if version is not None else "*"
    specifier = conda_specifier(text or "*")
    if normalize(name) == "python":
        if version is not None and specifier and not scope:
            is_exact = specifier.startswith("==") and "|" not in specifier and "," not in specifier
            yield PythonRequirement(specifier, version.at, written(text or ""), is_exact=is_exact)
        return
    is_elsewhere = isinstance(node.value, dict) and any(place in node.value for place in _PLACES)
    at = version.at if version is not None else node.at
    yield Dependency(
        name=normalize(name),
        specifier=specifier or "",
        at=at,
        specifier_at=at if specifier else after(at),
        written=written(f'{name} = "{text}"'),
        scope=scope,
        marker=marker,
        is_known=specifier is not None and not is_elsewhere,
        name_at=node.key_at,
        marker_at=after(at),
    )


def _pypi(name: str, node: Node, scope: str, marker: str, origin: Origin) -> Iterator[Item]:
    """Read a specifier of PEP 440, or a table with one or a place."""
    if not is_name(name):
        return
    version = node.get("version") if isinstance(node.value, dict) else node
    if version is not None:
        found = read_named(name, version, scope=scope, origin=origin)
    else:
        shown = written(f"{name} = {node.document.text[node.at.start : node.at.end]}")
        nothing = after(node.at)
        found = Dependency(normalize(name), "", node.at, nothing, shown, origin, scope, marker_at=nothing)
    if isinstance(found, Dependency):
        local = text_of(node.get("path")) if isinstance(node.value, dict) else ""
        is_elsewhere = isinstance(node.value, dict) and any(place in node.value for place in _PLACES)
        extras = node.get("extras")
        names = tuple(normalize(extra.text) for extra in extras.elements() if extra.text) if extras is not None else ()
        is_known = found.is_known and not is_elsewhere
        found = found._replace(marker=marker, extras=names, name_at=node.key_at, is_known=is_known, local=local)
    yield found
