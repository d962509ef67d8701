"""Findings on the line that a release of the subject belongs to: what its support level makes of it."""

from __future__ import annotations

from ddlint.checks.common.context import closed
from ddlint.checks.common.levels import family, standing, way_out
from ddlint.checks.common.messages import on_pythons, subject
from ddlint.checks.common.tracer import Decided, grouped, place, related, says, verb
from ddlint.core.model import Finding
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.levels import Standing
    from ddlint.core.model import Located, Project, Resolution, Severity
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import SupportLevel


class Telling(NamedTuple):
    """What a check says of a line."""

    code: str
    severity: Severity
    says: Callable[[SupportLevel], tuple[str, str]]
    """Give what goes on after the name of the line, `whose support has ended`, and the label below the requirement."""


class Aged(NamedTuple):
    """Releases of one line that a requirement gives, and the level of that line."""

    decided: Decided
    level: SupportLevel


def at_level(project: Project, pack: Pack, concerns: Callable[[Standing], bool]) -> Iterator[tuple[Aged, ...]]:
    """Give the releases whose line stands as a check asks for: together those that one requirement leads to."""

    def level_of(resolution: Resolution) -> SupportLevel | None:
        found = standing(pack, resolution.line, project.as_of)
        return found.level if found is not None and concerns(found) else None

    for tracer in project.tracers:
        lines: dict[tuple[Located, ...], list[Aged]] = {}
        for decided in grouped(tracer, closed(tracer), level_of):
            if level := level_of(decided.first):
                lines.setdefault(decided.first.by[:1], []).append(Aged(decided, level))
        yield from map(tuple, lines.values())


def on_line(scene: Scene, aged: tuple[Aged, ...], telling: Telling) -> Finding:
    """Say what the levels of lines make of releases, and where to move; all but the line of most Pythons are notes."""
    first = max(reversed(aged), key=lambda each: len(each.decided.resolutions))
    others = [each for each in aged if each is not first]
    decided = first.decided
    advice = way_out(scene, Decided(decided.tracer, tuple(one for each in aged for one in each.decided.resolutions)))
    notes = [f"{_gives(scene, each)} {_line(scene, each, telling)}" for each in others]
    return Finding(
        telling.code,
        telling.severity,
        scene.pack.subject,
        f"{says(scene, decided)} {_line(scene, first, telling)}{f'; {advice}' if advice else ''}",
        place(scene, decided, telling.says(first.level)[1]),
        first.level.row,
        related(scene, decided),
        tuple(dict.fromkeys(each.level.evidence for each in (first, *others))),
        (*notes, *(("`ddlint plan` lists what the move takes",) if advice else ())),
        advice,
        key=decided.key,
    )


def _gives(scene: Scene, aged: Aged) -> str:
    resolutions = aged.decided.resolutions
    releases = subject(scene, (each.release for each in resolutions))
    return f"{releases}{on_pythons(scene, (each.python for each in resolutions))}"


def _line(scene: Scene, aged: Aged, telling: Telling) -> str:
    belongs = verb(aged.decided, "belongs", "belong")
    return f"{belongs} to {family(scene.pack, aged.level)}, {telling.says(aged.level)[0]}"
