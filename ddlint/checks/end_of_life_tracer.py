"""Report a resolved release of the tracer whose support has ended.

## What it does

Looks up the support level of the line that the resolved release belongs to, on the day of the run (`--as-of`). The last
day of support still counts as supported.

## Why it matters

A line without support gets no fixes, also none for security, and new versions of libraries are never added to it. A
release that appears on such a line later does not change that.

## Example

    tracelib==1.2.0    # support of tracelib 1 has ended

## What to do

Move to a line that is supported. `ddlint plan` lists what that takes.
"""

from __future__ import annotations

from ddlint.checks._levels import family, standing, way_out
from ddlint.checks._scene import closed, scene
from ddlint.checks._tracer import grouped, place, related, says
from ddlint.checks._words import key
from ddlint.model import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks._scene import Scene
    from ddlint.checks._tracer import Decided
    from ddlint.model import Project, Resolution
    from ddlint.pack.pack import Pack
    from ddlint.pack.rows import SupportLevel

CODE = "DD101"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each release whose line is past its support."""

    def ended(resolution: Resolution) -> SupportLevel | None:
        found = standing(pack, resolution.line, project.as_of)
        return found.level if found is not None and found.has_ended else None

    here = scene(project, pack)
    for tracer in project.tracers:
        for decided in grouped(tracer, closed(tracer), ended):
            if level := ended(decided.first):
                yield _finding(here, decided, level)


def _finding(scene: Scene, decided: Decided, level: SupportLevel) -> Finding:
    when = f"ended on {level.until}" if level.until else "has ended"
    advice = way_out(scene, decided)
    return Finding(
        CODE,
        Severity.WARNING,
        scene.pack.subject,
        f"{says(scene, decided)} belongs to {family(scene.pack, level)}, whose support {when}"
        f"{f'; {advice}' if advice else ''}",
        place(scene, decided, f"support {when}"),
        level.row,
        related(scene, decided),
        (level.evidence,),
        ("`ddlint plan` lists what the move takes",) if advice else (),
        advice,
        key=key(decided.first.by[0].dependency.specifier) if decided.first.by else "",
    )
