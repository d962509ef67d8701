"""Findings on the line that a release of the subject belongs to: what its support level makes of it."""

from __future__ import annotations

from ddlint.checks._levels import family, standing, way_out
from ddlint.checks._scene import closed
from ddlint.checks._tracer import grouped, place, related, says
from ddlint.model import Finding
from ddlint.record import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.checks._levels import Standing
    from ddlint.checks._scene import Scene
    from ddlint.checks._tracer import Decided
    from ddlint.model import Project, Resolution, Severity
    from ddlint.pack.pack import Pack
    from ddlint.pack.rows import SupportLevel


class Telling(NamedTuple):
    """What a check says of a line."""

    code: str
    severity: Severity
    what: str
    """Goes on after the name of the line: `whose support has ended`."""
    label: str
    """Stands below the requirement."""


def at_level(
    project: Project, pack: Pack, concerns: Callable[[Standing], bool]
) -> Iterator[tuple[Decided, SupportLevel]]:
    """Give the releases whose line stands as a check asks for, each with the level of its line."""

    def level_of(resolution: Resolution) -> SupportLevel | None:
        found = standing(pack, resolution.line, project.as_of)
        return found.level if found is not None and concerns(found) else None

    for tracer in project.tracers:
        for decided in grouped(tracer, closed(tracer), level_of):
            if level := level_of(decided.first):
                yield decided, level


def on_line(scene: Scene, decided: Decided, level: SupportLevel, telling: Telling) -> Finding:
    """Say what the level of its line makes of a release, and where to move."""
    advice = way_out(scene, decided)
    line = f"{family(scene.pack, level)}, {telling.what}"
    return Finding(
        telling.code,
        telling.severity,
        scene.pack.subject,
        f"{says(scene, decided)} belongs to {line}{f'; {advice}' if advice else ''}",
        place(scene, decided, telling.label),
        level.row,
        related(scene, decided),
        (level.evidence,),
        ("`ddlint plan` lists what the move takes",) if advice else (),
        advice,
        key=decided.key,
    )
