"""One project against every series of the subject: the plan.

What linting would say of the project with another release is asked of `as_if`, which resolves the project anew; so a
plan and a later run of the checks agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby

from ddlint.checks import Step
from ddlint.checks.common.context import CheckContext
from ddlint.core.model import Certainty, Platform, Project, Resolution
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.pack import Pack
from ddlint.pack.releases import supported_pythons
from ddlint.plan.blockers import Matrix, blocked
from ddlint.plan.bot_rules import bot_rules
from ddlint.plan.changes import changes, solved
from ddlint.plan.commands import commands
from ddlint.plan.libraries import AtRelease, Library, cell, libraries
from ddlint.plan.locations import declaration_at, declarations_of
from ddlint.plan.model import Cell, Change, CurrentRelease, Hop, Hunk, Kind, Plan, Row, Run, Series, Stop
from ddlint.plan.release_series import SeriesStatus, counting, releases, series_of
from ddlint.plan.removals import announced_at, removed_between, stops
from ddlint.plan.runtimes import RuntimeContext, Wheels, platform_cell, python_cell
from ddlint.plan.text_edits import with_texts
from ddlint.versions.ranges import Version


class _ProjectAt(NamedTuple):
    """The project as it would be with the release of one series."""

    ground: RuntimeContext
    project: Project
    statuses: tuple[SeriesStatus, ...]


def build_plan(
    project: Project, pack: Pack, target: str, as_if: Callable[[str], Project], via: tuple[str, ...] = ()
) -> Plan:
    """Return the plan of a project that asks for the subject; `as_if(release)` is it with that release pinned.

    `via` are the releases to pass on the way, ascending.
    """
    context = CheckContext(project, pack)
    known = tuple(libraries(context))
    wheels = Wheels(pack)
    views = [_view(context, known, wheels, release.version, as_if(release.version)) for release in releases(pack)]
    pythons = counting(view.statuses for view in views)
    all_series = tuple(series_of(view.ground, view.project, view.statuses, pythons) for view in views)
    rows = tuple(_rows(project, known, views))
    current = tuple(_current(project))
    there = as_if(target)
    made = with_texts(project, changes(project, there, pack, target))
    found = dict(blocked(context, there, target, made, Matrix(all_series, rows)))
    marked = tuple(each._replace(is_blocker=True) if each in found else each for each in made)
    start = oldest(each.release for each in current)
    return Plan(
        project.path,
        pack.name,
        pack.version,
        pack.subject,
        current,
        rows,
        all_series,
        _newest_fit(all_series, start, pack),
        target,
        marked,
        solved(project, there, pack, target),
        name=project.name,
        blockers=tuple(dict.fromkeys(found.values())),
        commands=tuple(commands(context, marked)),
        hops=tuple(_hops(context, as_if, start, (*via, target))) if via else (),
        stops=() if via or found else tuple(_stops(context, all_series, start, target)),
        removed=removed_between(context, start, target),
        announced=announced_at(context, target),
        bot_rules=tuple(bot_rules(context, start, pack.series(start) if start else "", found.values())),
    )


def oldest(releases: Iterable[str]) -> str:
    """Return the oldest of some releases; empty where there is none."""
    return min((each for each in releases if each), key=Version, default="")


def _newest_fit(all_series: tuple[Series, ...], start: str, pack: Pack) -> str:
    """Return the newest series that fits as is: an ended one, or one older than today's, is no advice."""
    names = [series.name for series in all_series]
    known = pack.series(start) if start else ""
    first = names.index(known) if known in names else 0
    return next((series.name for series in reversed(all_series[first:]) if series.fits and not series.has_ended), "")


def _stops(context: CheckContext, all_series: tuple[Series, ...], start: str, target: str) -> list[Stop]:
    """Return the newest releases of the majors before the target's that are worth a stop."""
    newest = {each.name.partition(".")[0]: each for each in all_series if Version(each.release) < Version(target)}
    newest.pop(str(Version(target).major), None)
    between = [each for each in newest.values() if start and Version(start) < Version(each.release)]
    ended = [each.release for each in between if each.has_ended]
    return stops(context, start, target, [each.release for each in between], ended)


def _hops(
    context: CheckContext, as_if: Callable[[str], Project], start: str, targets: tuple[str, ...]
) -> Iterator[Hop]:
    """Yield each release on the way, with the changes that the hops before it do not make."""
    done: set[tuple[object, ...]] = set()
    written: dict[Hunk, Hunk] = {}
    for target in targets:
        if start and Version(target) <= Version(start):
            continue
        made = with_texts(context.project, changes(context.project, as_if(target), context.pack, target))
        fresh = tuple(each for each in made if _what(each) not in done)
        yield Hop(
            start,
            target,
            tuple(_after(each, target, written) for each in fresh),
            removed_between(context, start, target),
        )
        done |= {_what(each) for each in made}
        written |= {each._replace(added=()): each for change in made for each in change.hunks}
        start = target


def _after(change: Change, target: str, written: Mapping[Hunk, Hunk]) -> Change:
    """Return a change as it is after the hops before: with the lines that they wrote."""
    before = [written.get(each._replace(added=())) for each in change.hunks]
    hunks = tuple(
        each if known is None else each._replace(removed=known.added)
        for each, known in zip(change.hunks, before, strict=True)
    )
    change = change._replace(hunks=hunks)
    if change.step != Step.SUBJECT or not any(before):
        return change
    says = f"the way goes on to {change.subject} {target}"
    return change._replace(code="", severity=None, message=says, row="", evidence=(), is_new=True)


def _what(change: Change) -> tuple[object, ...]:
    """Return what two hops have in common where one change serves both."""
    texts = tuple(each.text for each in change.text_edits)
    return change.step, change.code, change.subject, texts, change.severity


def _view(
    context: CheckContext, known: tuple[Library, ...], wheels: Wheels, release: str, project: Project
) -> _ProjectAt:
    resolutions = tuple(each for tracer in project.tracers[:1] for each in tracer.resolutions)
    ground = RuntimeContext(context.pack, wheels, release, resolutions)
    at = AtRelease(ground.series, release, _minors(context, ground))
    opens = {each.python for each in resolutions if each.certainty is Certainty.OPEN}
    statuses = (
        *(
            SeriesStatus(Kind.PYTHON, each.minor, python_cell(ground, each), each.minor not in opens)
            for each in project.pythons
        ),
        *(
            SeriesStatus(Kind.PLATFORM, token, platform_cell(ground, each))
            for token, each in _platforms(project).items()
        ),
        *(SeriesStatus(Kind.LIBRARY, each.name, cell(context, each, at)) for each in known),
    )
    return _ProjectAt(ground, project, statuses)


def _minors(context: CheckContext, ground: RuntimeContext) -> tuple[str, ...]:
    """Return the Pythons on which libraries are judged: those a release installs on, or all where it does on none."""
    if ground.minors:
        return ground.minors
    return context.holds_on("") if context.project.pythons else supported_pythons(context.pack, ground.release)


def _platforms(project: Project) -> dict[str, Platform]:
    """Return each platform once, by its name and version: `macos-arm64 14`, with all the Pythons that run on it."""
    found: dict[str, Platform] = {}
    for _, platform in project.platforms:
        name = f"{platform.token} {platform.version}".strip()
        others = found.get(name, platform).pythons
        is_paired = platform.pythons and others
        pythons = tuple(dict.fromkeys((*others, *platform.pythons))) if is_paired else ()
        found[name] = platform._replace(pythons=pythons)
    return found


def _rows(project: Project, known: tuple[Library, ...], views: list[_ProjectAt]) -> Iterator[Row]:
    libraries: dict[str, Library] = {each.name: each for each in known}
    for number, head in enumerate(views[0].statuses if views else ()):
        cells = [(view.ground.series, view.statuses[number].cell) for view in views]
        library = libraries.get(head.name) if head.kind is Kind.LIBRARY else None
        is_declared = library is None or bool(library.asked)
        yield Row(
            head.kind, head.name, declarations_of(project, head.kind, head.name, library), _runs(cells), is_declared
        )


def _runs(cells: list[tuple[str, Cell]]) -> tuple[Run, ...]:
    groups = [list(group) for _, group in groupby(cells, key=lambda each: each[1])]
    return tuple(Run(group[0][0], group[-1][0], group[0][1]) for group in groups)


def _current(project: Project) -> Iterator[CurrentRelease]:
    """Return what an installer takes today; each release once for each requirement that decides it."""
    for tracer in project.tracers:
        if not tracer.is_known:
            yield CurrentRelease(
                "", "", "unknown", (), tuple(declaration_at(project, each) for each in tracer.declared)
            )
        sure = [each for each in tracer.resolutions if each.certainty is not Certainty.OPEN or each.release]
        groups: dict[tuple[str, str, str], list[Resolution]] = {}
        for each in sure:
            groups.setdefault((each.release, each.series, each.origin), []).append(each)
        for (release, series, origin), group in groups.items():
            pythons = tuple(each.python for each in group if each.python)
            yield CurrentRelease(
                release, series, origin, pythons, tuple(declaration_at(project, each) for each in group[0].by[:1])
            )
