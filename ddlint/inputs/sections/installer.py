"""Read from the tables of a pyproject.toml which tool locks the project, and where."""

from __future__ import annotations

from ddlint.core.model import Dependency, ProjectInstaller, PythonRequirement
from ddlint.inputs.common.requirement import all_of, any_of, is_marker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_OF_BACKENDS = {
    "uv": frozenset({"build-backend"}),
    "pdm": frozenset({"version", "build", "includes", "excludes", "source-includes", "package-dir"}),
}
"""Keys that build backends read, whatever tool locks the project."""
_ANY_PYTHON = "*"


def read_installer(root: Node, pythons: tuple[PythonRequirement, ...]) -> ProjectInstaller | None:
    """Return the tool that locks the project.

    A build backend alone shows one where the tool writes it into each new project.
    """
    backend = root.get("build-system", "build-backend")
    built_by = (backend.text or "") if backend is not None else ""
    python = next((each for each in pythons if not each.is_exact), None) or _any_python(root)
    for tool in ("uv", "poetry", "pdm"):
        if _keys(root.get("tool", tool)) - _OF_BACKENDS.get(tool, frozenset()):
            return ProjectInstaller(tool, f"[tool.{tool}]", python)
    for tool, prefix in (("poetry", "poetry.core"), ("uv", "uv_build")):
        if built_by.startswith(prefix):
            return ProjectInstaller(tool, built_by, python)
    return None


def _keys(table: Node | None) -> set[str]:
    return {key for key, _ in table.items()} if table is not None and isinstance(table.value, dict) else set()


def _any_python(root: Node) -> PythonRequirement | None:
    """Return what `python = "*"` of Poetry says, which is no range for anything else."""
    node = root.get("tool", "poetry", "dependencies", "python")
    is_any = node is not None and (node.text or "").strip() == _ANY_PYTHON
    return PythonRequirement("", node.at, _ANY_PYTHON) if node is not None and is_any else None


def limit_of(uv: Node | None) -> str:
    """Return the marker of the machines that uv locks for, `environments`; empty for all."""
    listed = uv.get("environments") if uv is not None else None
    markers = [each.text for each in listed.elements() if each.text] if listed is not None else []
    return any_of(markers) if markers and all(is_marker(each) for each in markers) else ""


def limited(item: Item, limit: str) -> Item:
    """Return a requirement with a marker that leaves out the machines that nothing is locked for."""
    return item._replace(marker=all_of([item.marker, limit])) if isinstance(item, Dependency) else item
