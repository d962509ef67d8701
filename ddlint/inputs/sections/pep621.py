"""Read the standard sections of a pyproject.toml: `[project]` (PEP 621) and `[build-system]` (PEP 518)."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Include, NormalizedName, ScopeInclude, normalize
from ddlint.inputs.common.requires_python import read_python_range
from ddlint.inputs.common.values import read_array, read_arrays, wrong_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.node import Node

_NAME = regex(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)")


def read_project(root: Node) -> Iterator[Item]:
    """Read `[project]` and `[build-system]`, and what setuptools reads instead where a field is dynamic."""
    build = root.get("build-system")
    if build is not None:
        yield from read_array(build.get("requires"), scope="build")
    project = root.get("project")
    if project is None:
        return
    yield from read_array(project.get("dependencies"))
    yield from _extras(project)
    yield from _python(project.get("requires-python"))
    dynamic = project.get("dynamic")
    if dynamic is not None and any(field.text == "dependencies" for field in dynamic.elements()):
        yield from _files(root)


def _extras(project: Node) -> Iterator[Item]:
    """Read the extras; one that asks for its own project, `all = ["name[web]"]`, pulls in the extras it names."""
    name = project.get("name")
    own = normalize(name.text) if name is not None and name.text else ""
    for item in read_arrays(project.get("optional-dependencies"), "extra:{}"):
        yield item
        if isinstance(item, Dependency) and item.name == own:
            for extra in item.extras:
                yield ScopeInclude(item.scope, f"extra:{extra}", item.at)


def _python(node: Node | None) -> Iterator[Item]:
    if node is None:
        return
    if node.text is None:
        yield wrong_type(node, "a range of Pythons such as `>=3.10`")
        return
    found = read_python_range(node.text, node.locate())
    if found is not None:
        yield found


def _files(root: Node) -> Iterator[Item]:
    """Return the requirement files that setuptools, or a plugin of hatch, takes the dependencies from."""
    for path in (
        ("setuptools", "dynamic", "dependencies", "file"),
        ("hatch", "metadata", "hooks", "requirements_txt", "files"),
    ):
        files = root.get("tool", *path)
        if files is not None:
            for file in files.elements() if isinstance(files.value, list) else (files,):
                if file.text:
                    yield Include(file.text, file.at)


def project_names(root: Node) -> set[NormalizedName]:
    """Return the names of the requirements in `[project]`, those of extras too."""
    arrays = [root.get("project", "dependencies")]
    extras = root.get("project", "optional-dependencies")
    arrays += [array for _, array in extras.items()] if extras is not None else []
    matches = (_NAME.match(one.text or "") for array in arrays if array is not None for one in array.elements())
    return {normalize(match[1]) for match in matches if match}
