"""Which hints concern which project: an image, a service or a job may install the files of a project elsewhere."""

from __future__ import annotations

from ddlint.core.model import Manifest
from ddlint.inputs import HINTS
from ddlint.project.discover import with_hints_elsewhere
from ddlint.project.environments import directories_reached
from ddlint.project.workspace import Layout, exists_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.project.discover import Found
    from ddlint.project.workspace import Reader


def homes_of(projects: tuple[Found, ...]) -> frozenset[str]:
    """Return the directories that files belong to: those of projects with more than hints."""
    return frozenset(found.directory for found in projects if not found.is_tentative)


def assigned(projects: tuple[Found, ...], reader: Reader) -> tuple[Found, ...]:
    """Return the projects of a run, each with the hints of other folders that install its files."""
    if len(projects) < 2:
        return projects
    homes = homes_of(projects)
    reached: list[tuple[str, str]] = []
    for root in dict.fromkeys(found.root for found in projects):
        own = [found for found in projects if found.root == root]
        hints = {file.path: file.input for found in own for file in found.files if file.input in HINTS}
        read = (reader.manifest(path, name) for path, name in sorted(hints.items()))
        described = tuple(each for each in read if isinstance(each, Manifest) and each.environments)
        layout = Layout(root, root, homes, exists_inside(root, reader))
        reached += dict.fromkeys(directories_reached(described, layout))
    return with_hints_elsewhere(projects, reached)
