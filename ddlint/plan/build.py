"""One project against every line of the subject: the plan.

What linting would say of the project with another release is asked of `as_if`, which resolves the project anew; so a
plan and a later run of the checks agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from ddlint.checks.common.context import CheckContext
from ddlint.core.model import Certainty, Platform, Project, Resolution
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.pack import Pack
from ddlint.pack.releases import supported_pythons
from ddlint.plan.changes import changes, solved
from ddlint.plan.libraries import AtRelease, Library, cell, libraries
from ddlint.plan.locations import declaration_at, declarations_of
from ddlint.plan.model import Cell, CurrentRelease, Kind, Plan, Row, Run
from ddlint.plan.release_lines import LineStatus, counting, line_of, releases
from ddlint.plan.runtimes import RuntimeContext, Wheels, platform_cell, python_cell


class _ProjectAt(NamedTuple):
    """The project as it would be with the release of one line."""

    ground: RuntimeContext
    project: Project
    statuses: tuple[LineStatus, ...]


def build_plan(project: Project, pack: Pack, target: str, as_if: Callable[[str], Project]) -> Plan:
    """Return the plan of a project that asks for the subject; `as_if(release)` is it with that release pinned."""
    context = CheckContext(project, pack)
    known = tuple(libraries(context))
    wheels = Wheels(pack)
    views = [_view(context, known, wheels, release.version, as_if(release.version)) for release in releases(pack)]
    pythons = counting(view.statuses for view in views)
    lines = tuple(line_of(view.ground, view.project, view.statuses, pythons) for view in views)
    fits = [line.line for line in lines if line.fits]
    there = as_if(target)
    return Plan(
        project.path,
        pack.name,
        pack.version,
        pack.subject,
        tuple(_current(project)),
        tuple(_rows(project, known, views)),
        lines,
        fits[-1] if fits else "",
        "" if fits or not lines else min(reversed(lines), key=lambda line: len(line.blockers)).line,
        target,
        changes(project, there, pack, target),
        solved(project, there, pack),
    )


def _view(
    context: CheckContext, known: tuple[Library, ...], wheels: Wheels, release: str, project: Project
) -> _ProjectAt:
    resolutions = tuple(each for tracer in project.tracers[:1] for each in tracer.resolutions)
    ground = RuntimeContext(context.pack, wheels, release, resolutions)
    at = AtRelease(ground.line, release, _minors(context, ground))
    opens = {each.python for each in resolutions if each.certainty is Certainty.OPEN}
    statuses = (
        *(
            LineStatus(Kind.PYTHON, each.minor, python_cell(ground, each), each.minor not in opens)
            for each in project.pythons
        ),
        *(LineStatus(Kind.PLATFORM, token, platform_cell(ground, each)) for token, each in _platforms(project).items()),
        *(LineStatus(Kind.LIBRARY, each.name, cell(context, each, at)) for each in known),
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
        cells = [(view.ground.line, view.statuses[number].cell) for view in views]
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
            groups.setdefault((each.release, each.line, each.origin), []).append(each)
        for (release, line, origin), group in groups.items():
            pythons = tuple(each.python for each in group if each.python)
            yield CurrentRelease(
                release, line, origin, pythons, tuple(declaration_at(project, each) for each in group[0].by[:1])
            )
