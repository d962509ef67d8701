"""What the checks say of a project, so that a plan says of a release what linting with it would say."""

from __future__ import annotations

from importlib import import_module

from ddlint.checks import CHECKS
from ddlint.pack.install_rows import Requirement
from ddlint.project.installs import compiled, is_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ddlint.core.model import Finding, Project
    from ddlint.pack.pack import Pack

_CONFLICT = "DD501"


def findings(project: Project, pack: Pack, codes: Collection[str]) -> Iterator[Finding]:
    """Run the checks of `codes` on a project."""
    for code, _, module in CHECKS:
        if code in codes:
            yield from import_module(f"ddlint.checks.{module}").run(project, pack)


def moves_along(project: Project, pack: Pack, finding: Finding) -> bool:
    """Tell whether locking again mends a finding: a conflict of a lock with what the release itself requires.

    What a person wrote conflicts at its own place, and what a lock holds of other origin may have to stay.
    """
    is_resolved = is_lock(finding.at.path) or finding.at.path in compiled(project.manifests)
    return finding.code == _CONFLICT and is_resolved and bool(pack.about(Requirement, finding.subject))
