"""The support level of a line of the subject, on the day of the judgement."""

from __future__ import annotations

from functools import lru_cache

from ddlint.checks.common.messages import on_pythons
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.releases import installs_on, release_index, select_release
from ddlint.pack.support_rows import Level
from ddlint.versions.specifiers import allows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.tracer import Decided
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
