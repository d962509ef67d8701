"""The projects that requirements name by a path, or as members of a workspace: `-e ../lib`, `lib = {path = "../lib"}`.

They are installed with what asks for them, so their requirements belong to the same environment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ddlint.core.model import WORKSPACE, Dependency, Manifest
from ddlint.core.paths import glob, is_inside, parent, relative
from ddlint.inputs import DESCRIPTIONS
from ddlint.project.installs import directories, local_dependencies
from ddlint.project.walk import Candidate, input_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.project.workspace import Layout, Reader

_MEMBER = "pyproject.toml"
"""The file that gives a member of a workspace its name."""


def local_projects(
    manifests: tuple[Manifest, ...], layout: Layout, reader: Reader, is_left_out: Callable[[str], bool]
) -> tuple[Candidate, ...]:
    """Return the files of the projects that `manifests` name, and of those that these name in turn."""
    found: dict[Candidate, None] = {}
    waiting = [manifest for manifest in manifests if any(local_dependencies(manifest))]
    while waiting:
        manifest = waiting.pop()
        for dependency in local_dependencies(manifest):
            for file in _files(manifest, dependency, layout, reader):
                if file in found or is_left_out(file.path):
                    continue
                found[file] = None
                read = reader.manifest(file.path, file.input)
                if isinstance(read, Manifest):
                    waiting.append(read)
    return tuple(found)


def _files(manifest: Manifest, dependency: Dependency, layout: Layout, reader: Reader) -> Iterable[Candidate]:
    if dependency.local == WORKSPACE:
        return _member(manifest, dependency.name, layout, reader)
    for directory in directories(manifest, dependency.local, layout.root):
        if is_inside(directory, layout.root) and (files := _descriptions(directory, layout)):
            return files
    return ()


def _descriptions(directory: str, layout: Layout) -> tuple[Candidate, ...]:
    paths = (f"{directory.rstrip('/')}/{name}" for name in DESCRIPTIONS)
    return tuple(Candidate(path, input_of(path, layout.root, is_named=True)) for path in paths if layout.exists(path))


def _member(manifest: Manifest, name: str, layout: Layout, reader: Reader) -> tuple[Candidate, ...]:
    """Return the files of the member of a workspace that has a name."""
    home, patterns = _workspace(manifest, layout, reader)
    for directory in sorted(layout.homes) if home else ():
        path = f"{directory.rstrip('/')}/{_MEMBER}"
        inside = is_inside(directory, home) and relative(directory, home)
        is_member = inside == "." or (inside and any(glob(f"/{each}").fullmatch(inside) for each in patterns))
        if is_member and layout.exists(path):
            read = reader.manifest(path, "pyproject")
            if isinstance(read, Manifest) and read.distribution == name:
                return _descriptions(directory, layout)
    return ()


def _workspace(manifest: Manifest, layout: Layout, reader: Reader) -> tuple[str, tuple[str, ...]]:
    """Return the directory of the workspace that a file is in, and the patterns of its members; empty where in none."""
    directory = parent(manifest.path)
    while True:
        path = f"{directory.rstrip('/')}/{_MEMBER}"
        if layout.exists(path):
            read = reader.manifest(path, "pyproject")
            if isinstance(read, Manifest) and read.members:
                return directory, tuple(each for each in read.members if not each.startswith("!"))
        if directory == layout.root or not is_inside(directory, layout.root):
            return "", ()
        directory = parent(directory)
