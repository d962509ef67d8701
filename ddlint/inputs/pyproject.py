"""Read pyproject.toml: the standard sections, and those of Poetry, PDM, uv, Hatch and pixi."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import EnvironmentSpec, Manifest, Problem, normalize
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.values import text_of
from ddlint.inputs.sections.dependency_groups import read_groups
from ddlint.inputs.sections.installer import limit_of, limited, read_installer
from ddlint.inputs.sections.pep621 import read_project
from ddlint.inputs.sections.uv import read_uv, sourced, unknown_sources, workspace_members
from ddlint.inputs.syntax.node import Node
from ddlint.inputs.syntax.node import root as root_of
from ddlint.inputs.syntax.toml import read_toml

NAME = "pyproject.toml"


def parse(source: Source) -> Manifest:
    """Read one pyproject.toml."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    root = root_of(document)
    uv = root.get("tool", "uv")
    elsewhere = unknown_sources(uv) | _poetry_sources(root)
    specs = _environments(root, source)
    items = [sourced(item, elsewhere) for item in _items(root, uv)]
    if limit := limit_of(uv):
        items = [limited(item, limit) for item in items]
    items += [each._replace(scope=f"env:{one.name}") for one in specs if one.kind == "tox" for each in one.dependencies]
    manifest = gather(source, NAME, items, document.comments)
    return manifest._replace(
        members=workspace_members(uv),
        environments=specs,
        distribution=_distribution(root),
        installer=read_installer(root, manifest.pythons),
    )


def _distribution(root: Node) -> str:
    name = root.get("project", "name") or root.get("tool", "poetry", "name")
    return normalize(name.text) if name is not None and name.text else ""


def _environments(root: Node, source: Source) -> tuple[EnvironmentSpec, ...]:
    specs: list[EnvironmentSpec] = []
    if (tool := root.get("tool", "hatch")) is not None:
        from ddlint.inputs.sections.hatch import hatch_environments

        specs += hatch_environments(tool)
    if (tool := root.get("tool", "tox")) is not None:
        from ddlint.inputs.sections.tox import tox_environments

        specs += tox_environments(tool, source)
    return tuple(specs)


def _items(root: Node, uv: Node | None) -> Iterator[Item]:
    yield from read_project(root)
    yield from read_groups(root)
    yield from read_uv(uv)
    tool = root.get("tool")
    tools = tool.value if tool is not None and isinstance(tool.value, dict) else {}
    if "poetry" in tools:
        from ddlint.inputs.sections.poetry import read_poetry_tool

        yield from read_poetry_tool(root)
    if "pdm" in tools:
        from ddlint.inputs.sections.pdm import read_pdm

        yield from read_pdm(root.get("tool", "pdm"))
    if "hatch" in tools:
        from ddlint.inputs.sections.hatch import read_hatch

        yield from read_hatch(root.get("tool", "hatch"))
    if "pixi" in tools:
        from ddlint.inputs.sections.pixi import read_pixi

        yield from read_pixi(root.get("tool", "pixi"))


def _poetry_sources(root: Node) -> dict[str, str]:
    """Return the names that `[tool.poetry]` takes from a repository, a path or a URL, each with its directory."""
    table = root.get("tool", "poetry", "dependencies")
    places = {"git", "path", "file", "url"}
    items = table.items() if table is not None else ()
    return {
        normalize(key): text_of(node.get("path"))
        for key, node in items
        if isinstance(node.value, dict) and places & node.value.keys()
    }
