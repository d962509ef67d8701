"""Tell that a release is newer than the rules, and what it is judged as.

## What it does

A release above the newest one that the rules know of its line is judged as that line; one of a later line, as the
newest line there is.

## Why it matters

What the newer release added or removed is not known here, so a finding may be out of date and another may be missing.

## Example

    tracelib==3.3.0    # the rules know tracelib up to 3.2.0

## What to do

Update ddlint; its rules follow the releases.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.tracer import asked, grouped, place, related
from ddlint.core.model import Finding, Severity
from ddlint.pack.releases import release_index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.tracer import Decided
    from ddlint.core.model import Project, Resolution
    from ddlint.pack.pack import Pack

CODE = "DD107"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each release that the pack does not know yet."""

    def newer(resolution: Resolution) -> str | None:
        return resolution.line if resolution.is_newer else None

    here = scene(project, pack)
    for tracer in project.tracers:
        for decided in grouped(tracer, tracer.resolutions, newer):
            yield _finding(here, decided)


def _finding(scene: Scene, decided: Decided) -> Finding:
    pack, line = scene.pack, decided.first.line
    newest = release_index(pack).newest_of[line].version
    wanted = asked(scene, decided.first.by[:1]) or f"{pack.subject} {decided.first.release}"
    of_line = f"of line {line} " if line != pack.lines[-1] else ""
    return Finding(
        CODE,
        Severity.NOTICE,
        pack.subject,
        f"{wanted} asks for a release newer than {newest}, the newest {of_line}that the rules of {pack.version} know; "
        f"it is judged as line {line}",
        place(scene, decided, f"judged as line {line}"),
        related=related(scene, decided),
        help="update ddlint to get newer rules",
        key=decided.key,
    )
