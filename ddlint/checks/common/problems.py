"""What inputs could not read, as findings of one code."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks.common.fixes import typo_fix
from ddlint.core.model import Place, Project
from ddlint.core.paths import name_of
from ddlint.core.report import Finding

_REQUIREMENT = "DD003"


def problem_findings(project: Project, code: str) -> Iterator[Finding]:
    """Return every problem of one code, at its place."""
    for manifest in project.manifests:
        for problem in manifest.problems:
            if problem.code == code:
                yield Finding(
                    code,
                    problem.severity,
                    name_of(manifest.path),
                    problem.message,
                    Place(manifest.path, problem.at),
                    related=problem.related,
                    help=problem.help,
                    fix=typo_fix(manifest, problem) if code == _REQUIREMENT else None,
                    key=problem.message,
                )
