"""Read Pipfile.lock: every locked version by category, and the Python it was locked for."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Dependency, Manifest, Origin, Problem, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.toml_lock import is_name, is_version
from ddlint.inputs.common.values import after
from ddlint.inputs.pipfile import pythons, scope_of
from ddlint.inputs.syntax.json import read_json
from ddlint.inputs.syntax.node import Node, root

NAME = "Pipfile.lock"

_DEEP = 3
_META = "_meta"
_PLACES = ("git", "hg", "svn", "bzr", "path", "file", "url")


def parse(source: Source) -> Manifest:
    """Read one Pipfile.lock."""
    document = read_json(source, _DEEP)
    if isinstance(document, Problem):
        return gather(source, NAME, [document])
    return gather(source, NAME, _items(root(document)))


def _items(document: Node) -> Iterator[Item]:
    yield from pythons(document.get(_META, "requires"))
    for category, packages in document.items():
        if category != _META:
            for name, package in packages.items():
                version = package.get("version")
                if is_name(name) and version is not None and version.text:
                    yield _entry(name, package, version, scope_of(category))


def _entry(name: str, package: Node, version: Node, scope: str) -> Dependency:
    text = version.text or ""
    bare = text.removeprefix("==").strip()
    markers, extras = package.get("markers"), package.get("extras")
    is_elsewhere = isinstance(package.value, dict) and any(place in package.value for place in _PLACES)
    return Dependency(
        name=normalize(name),
        specifier=f"=={bare}" if is_version(bare) else "",
        at=version.at,
        specifier_at=version.at,
        written=written(f"{name}{text}"),
        origin=Origin.LOCKED,
        scope=scope,
        marker=(markers.text or "") if markers is not None else "",
        extras=tuple(normalize(extra.text) for extra in extras.elements() if extra.text) if extras is not None else (),
        is_known=is_version(bare) and not is_elsewhere,
        name_at=package.key_at,
        marker_at=markers.at if markers is not None else after(version.at),
    )
