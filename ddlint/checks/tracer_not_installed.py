"""Report a command that starts an application with the tracer where nothing installs the tracer.

## What it does

Looks for commands of the tracer in images, services and test environments that install packages, and reports those of
which no requirement brings the tracer in. An image that builds on one of your own, an injected tracer, and an
environment of which not every requirement is known are left alone.

## Why it matters

The command does not exist there, so the container fails when it starts.

## Example

    RUN pip install flask
    CMD ["ddtrace-run", "flask", "run"]    # ddtrace is not installed

## What to do

Install the tracer in that environment, or start the application without the command.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.core.model import EnvironmentSpec, Place, Project
from ddlint.core.paths import name_of
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import Command

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each command of an environment that does not install what the command is part of."""
    if not _is_known(project) or _is_brought_in(project, pack):
        return
    for manifest in project.manifests:
        for spec in manifest.environments:
            for command in spec.commands:
                if row := _row_of(pack, command.text):
                    yield Finding(
                        CHECK.code,
                        CHECK.level,
                        pack.subject,
                        shortest_that_fits(
                            f"`{row.command}` is run, but nothing that {project.name} installs brings {pack.subject}",
                            f"`{row.command}` is run, but nothing that is installed here brings {pack.subject}",
                        ),
                        Place(manifest.path, command.at, f"part of {pack.subject}"),
                        row.row,
                        evidence=(row.evidence,),
                        help=f"install `{pack.subject}` there, or start without `{row.command}`",
                        key=row.command,
                    )


def _row_of(pack: Pack, text: str) -> Command | None:
    """Return the row of the command that a line runs, by its name or as a module."""
    words = text.split()
    modules = {word for before, word in itertools.pairwise(words) if before == "-m"}
    names = {name_of(word) for word in words}
    rows = pack.rows(Command)
    return next((row for row in rows if row.command in names or (row.module and row.module in modules)), None)


def _is_known(project: Project) -> bool:
    """Return whether all that an environment installs is known, and at least something."""
    if not any(manifest.dependencies for manifest in project.manifests):
        return False
    if any(manifest.problems for manifest in project.manifests):
        return False
    specs = [spec for manifest in project.manifests for spec in manifest.environments]
    is_own = any("/" in image.name for manifest in project.manifests for image in manifest.images)
    return not is_own and all(_is_found(project, spec) for spec in specs)


def _is_found(project: Project, spec: EnvironmentSpec) -> bool:
    """Return whether each file and project that an environment installs is one of its manifests."""
    described = {manifest.path for manifest in project.manifests if manifest.environments}
    others = [manifest.path for manifest in project.manifests if manifest.path not in described]
    files = (name_of(install.target) for install in spec.installs if install.is_file)
    names = {name_of(path) for path in others}
    return (bool(others) or not spec.installs) and all(name in names for name in files)


def _is_brought_in(project: Project, pack: Pack) -> bool:
    names = {pack.subject, *pack.dependents}
    return any(manifest.named(names) for manifest in project.manifests)
