"""The support level of a release series of the subject on the day of the run, and the findings on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from ddlint.checks.common.context import CheckContext, bounded_resolutions
from ddlint.checks.common.messages import on_pythons, subject
from ddlint.checks.common.tracer import ResolutionGroup, describe, group_by_requirement, place, related, verb_for
from ddlint.core.model import Located, Project, Resolution, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.core.text import placed
from ddlint.pack.pack import Pack
from ddlint.pack.releases import installs_on, release_index, select_release
from ddlint.pack.support_rows import Level, SupportLevel
from ddlint.versions.specifiers import allows


class LevelStatus(NamedTuple):
    """The level of a series, and whether it has ended."""

    level: SupportLevel
    has_ended: bool


@lru_cache(maxsize=1024)
def level_status(pack: Pack, series: str, as_of: str) -> LevelStatus | None:
    """Return how the newest document puts a series; its last day still counts as supported."""
    stated = [level for level in pack.levels if series and allows(level.specifier, series)]
    newest = max(stated, key=lambda level: level.evidence.as_of, default=None)
    return LevelStatus(newest, _has_ended(newest, as_of)) if newest is not None else None


def series_at_level(pack: Pack, level: SupportLevel) -> str:
    """Name the series of a level: `the 2.x series` where they are those of one major, else by their specifier."""
    all_series = [series for series in pack.all_series if allows(level.specifier, series)]
    majors = {series.partition(".")[0] for series in all_series}
    same = [series for series in pack.all_series if series.partition(".")[0] in majors]
    return (
        f"the {majors.pop()}.x series"
        if len(majors) == 1 and all_series == same
        else f"a series in `{level.specifier}`"
    )


def _has_ended(level: SupportLevel, as_of: str) -> bool:
    return level.level is Level.END_OF_LIFE or bool(level.until and level.until < as_of)


def upgrade_advice(context: CheckContext, group: ResolutionGroup) -> str:
    """Return the advice to move to a supported series; empty where there is none."""
    pack, as_of = context.pack, context.project.as_of
    good = [each for each in pack.levels if each.level is Level.GENERAL_AVAILABILITY and not _has_ended(each, as_of)]
    if not good:
        return ""
    return upgrade_help(context, group, good[-1].specifier)


def upgrade_help(context: CheckContext, group: ResolutionGroup, specifier: str) -> str:
    """Return the advice to move to releases, and to drop the Pythons that they do not install on."""
    newest = select_release(context.pack, (specifier,)).release
    release = release_index(context.pack).find(newest) if newest else None
    lacking = [
        each.python for each in group.resolutions if release is not None and not installs_on(release, each.python)
    ]
    advice = f"move to `{context.pack.subject}{specifier}`"
    if any(located.dependency.injector for each in group.resolutions for located in each.by):
        return f"name a version with {context.pack.subject} `{specifier}`"
    gone = on_pythons(context, lacking).removeprefix(" on ")
    return f"{advice} and drop {gone}" if lacking else advice


class LevelText(NamedTuple):
    """What a check says of a release series."""

    code: str
    severity: Severity
    says: Callable[[SupportLevel], tuple[str, str, str]]
    """Return how a sentence on the series ends, in three forms.

    `the 2.x series, ` "whose support has ended"; `the 2.x series ` "has no support"; the label of the requirement.
    """


class AgedRelease(NamedTuple):
    """Releases of one series that a requirement gives, and the level of that series."""

    group: ResolutionGroup
    level: SupportLevel


def on_support_level(
    project: Project, pack: Pack, concerns: Callable[[LevelStatus], bool]
) -> Iterator[tuple[AgedRelease, ...]]:
    """Return the releases whose series has a support level, grouped by the requirement that leads to them."""

    def level_of(resolution: Resolution) -> SupportLevel | None:
        found = level_status(pack, resolution.series, project.as_of)
        return found.level if found is not None and concerns(found) else None

    for tracer in project.tracers:
        all_series: dict[tuple[Located, ...], list[AgedRelease]] = {}
        for group in group_by_requirement(tracer, bounded_resolutions(tracer), level_of):
            if level := level_of(group.first):
                all_series.setdefault(group.first.by[:1], []).append(AgedRelease(group, level))
        yield from map(tuple, all_series.values())


def series_finding(context: CheckContext, aged: tuple[AgedRelease, ...], telling: LevelText) -> Finding:
    """Return the finding on releases of one level; all but the series of most Pythons are in notes."""
    first = max(reversed(aged), key=lambda each: len(each.group.resolutions))
    others = [each for each in aged if each is not first]
    group = first.group
    advice = upgrade_advice(
        context, ResolutionGroup(group.tracer, tuple(one for each in aged for one in each.group.resolutions))
    )
    notes = [f"{_releases_phrase(context, each)} {_series_phrase(context, each, telling)}" for each in others]
    described = describe(context, group)
    if described.is_range:
        end = f"; {series_at_level(context.pack, first.level)} {telling.says(first.level)[1]}"
    else:
        end = f" {_series_phrase(context, first, telling)}"
    message, where = placed(described.text, described.where, end)
    return Finding(
        telling.code,
        telling.severity,
        context.pack.subject,
        message,
        place(context, group, telling.says(first.level)[2]),
        first.level.row,
        related(context, group),
        tuple(dict.fromkeys(each.level.evidence for each in (first, *others))),
        (*where, *notes),
        f"{advice}; `ddlint plan` lists what that takes" if advice else "",
        key=group.key,
    )


def _releases_phrase(context: CheckContext, aged: AgedRelease) -> str:
    resolutions = aged.group.resolutions
    releases = subject(context, (each.release for each in resolutions))
    return f"{releases}{on_pythons(context, (each.python for each in resolutions))}"


def _series_phrase(context: CheckContext, aged: AgedRelease, telling: LevelText) -> str:
    verb = verb_for(aged.group, "is", "are")
    return f"{verb} of {series_at_level(context.pack, aged.level)}, {telling.says(aged.level)[0]}"
