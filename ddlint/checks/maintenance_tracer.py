"""Tell that the line of the resolved release is in maintenance, and until when.

## What it does

Looks up the support level of the line that the resolved release belongs to, on the day of the run (`--as-of`).

## Why it matters

A line in maintenance gets fixes but no support for new versions of libraries or of Python, and its end is near.

## Example

    tracelib==2.1.1    # tracelib 2 is in maintenance until 2026-05-31

## What to do

Plan the move to a line that is generally available before that day. `ddlint plan` lists what it takes.
"""

from __future__ import annotations

from ddlint.checks._levels import family, standing, way_out
from ddlint.checks._scene import closed, scene
from ddlint.checks._tracer import grouped, place, related, says
from ddlint.checks._words import key
from ddlint.model import Finding, Severity
from ddlint.pack.rows import Level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks._scene import Scene
    from ddlint.checks._tracer import Decided
    from ddlint.model import Project, Resolution
    from ddlint.pack.pack import Pack
    from ddlint.pack.rows import SupportLevel

CODE = "DD102"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each release whose line is in maintenance."""

    def maintained(resolution: Resolution) -> SupportLevel | None:
        found = standing(pack, resolution.line, project.as_of)
        is_maintained = found is not None and not found.has_ended and found.level.level is Level.MAINTENANCE
        return found.level if found is not None and is_maintained else None

    here = scene(project, pack)
    for tracer in project.tracers:
        for decided in grouped(tracer, closed(tracer), maintained):
            if level := maintained(decided.first):
                yield _finding(here, decided, level)


def _finding(scene: Scene, decided: Decided, level: SupportLevel) -> Finding:
    until = f" until {level.until}" if level.until else ""
    advice = way_out(scene, decided)
    return Finding(
        CODE,
        Severity.NOTICE,
        scene.pack.subject,
        f"{says(scene, decided)} belongs to {family(scene.pack, level)}, which gets only fixes{until}"
        f"{f'; {advice}' if advice else ''}",
        place(scene, decided, f"in maintenance{until}"),
        level.row,
        related(scene, decided),
        (level.evidence,),
        ("`ddlint plan` lists what the move takes",) if advice else (),
        advice,
        key=key(decided.first.by[0].dependency.specifier) if decided.first.by else "",
    )
