"""The support level of a release series of the subject on the day of the run, and the findings on it."""

from __future__ import annotations

from functools import lru_cache

from ddlint.checks.common.context import closed
from ddlint.checks.common.messages import on_pythons, subject
from ddlint.checks.common.tracer import Decided, grouped, place, related, says, verb
from ddlint.core.model import Finding
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.releases import installs_on, release_index, select_release
from ddlint.pack.support_rows import Level
from ddlint.versions.specifiers import allows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located, Project, Resolution, Severity
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import SupportLevel


class Standing(NamedTuple):
    """The level of a line, and whether it has ended."""

    level: SupportLevel
    has_ended: bool


@lru_cache(maxsize=1024)
def standing(pack: Pack, line: str, as_of: str) -> Standing | None:
    """Give how the newest document puts a line; its last day still counts as supported."""
    stated = [level for level in pack.levels if line and allows(level.specifier, line)]
    newest = max(stated, key=lambda level: level.evidence.as_of, default=None)
    return Standing(newest, _has_ended(newest, as_of)) if newest is not None else None


def family(pack: Pack, level: SupportLevel) -> str:
    """Name the lines of a level: `the 2.x line` where they are those of one major, else by their specifier."""
    lines = [line for line in pack.lines if allows(level.specifier, line)]
    majors = {line.partition(".")[0] for line in lines}
    same = [line for line in pack.lines if line.partition(".")[0] in majors]
    return f"the {majors.pop()}.x line" if len(majors) == 1 and lines == same else f"a line in `{level.specifier}`"


def _has_ended(level: SupportLevel, as_of: str) -> bool:
    return level.level is Level.END_OF_LIFE or bool(level.until and level.until < as_of)


def way_out(scene: Scene, decided: Decided) -> str:
    """Say which releases are supported, and what stands in the way of taking them."""
    pack, as_of = scene.pack, scene.project.as_of
    good = [each for each in pack.levels if each.level is Level.GENERAL_AVAILABILITY and not _has_ended(each, as_of)]
    if not good:
        return ""
    return move(scene, decided, good[-1].specifier)


def move(scene: Scene, decided: Decided, specifier: str) -> str:
    """Say to move to releases, and which Pythons they leave behind."""
    newest = select_release(scene.pack, (specifier,)).release
    release = release_index(scene.pack).find(newest) if newest else None
    lacking = [
        each.python for each in decided.resolutions if release is not None and not installs_on(release, each.python)
    ]
    advice = f"move to `{scene.pack.subject}{specifier}`"
    gone = on_pythons(scene, lacking).removeprefix(" on ")
    return f"{advice}, for which {gone} must go" if lacking else advice


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
