"""Each line of the subject held against a project: its release, its level, what it counts, what stands against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.checks._levels import standing
from ddlint.model import Severity
from ddlint.pack.rows import Level
from ddlint.plan._findings import findings, moves_along
from ddlint.plan.model import Count, Kind, Line, Status
from ddlint.record import NamedTuple
from ddlint.releases import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ddlint.model import Project
    from ddlint.pack.pack import Pack
    from ddlint.pack.rows import Release
    from ddlint.plan._runtimes import Ground
    from ddlint.plan.model import Cell

_CONFLICTS = ("DD501", "DD502")
"""The checks of what cannot be installed together, or breaks."""
_WORDS = {Status.UNSUPPORTED: "unsupported", Status.REMOVED: "no longer instrumented"}


class Standing(NamedTuple):
    """A row of the matrix at one line."""

    kind: Kind
    name: str
    cell: Cell
    is_sure: bool = True
    """False for a Python that only a missing bound lets in."""


def releases(pack: Pack) -> tuple[Release, ...]:
    """Give the newest release of each line that was not yanked, ascending; a line of yanked ones is left out."""
    newest: dict[str, Release] = {}
    for release in pack.releases:
        if not release.is_yanked:
            newest[pack.line(release.version)] = release
    return tuple(newest[line] for line in pack.lines if line in newest)


def line_of(ground: Ground, project: Project, standings: tuple[Standing, ...]) -> Line:
    """Give a line with its counts; `project` is the project as it would be with the release.

    Its count of Pythons is that of `counted`, which needs to know every line.
    """
    pack, release = ground.pack, catalogue(ground.pack).find(ground.release)
    line = pack.line(ground.release)
    level, until = _level(pack, line, project.as_of)
    statuses = [each.cell.status for each in standings if each.kind is Kind.LIBRARY]
    return Line(
        line,
        ground.release,
        release.released if release is not None else "",
        level,
        until,
        Count(0, 0),
        _count(each.cell.status for each in standings if each.kind is Kind.PLATFORM),
        tuple((status, statuses.count(status)) for status in Status),
        tuple(dict.fromkeys((*_blockers(standings), *_conflicts(project, pack)))),
    )


def _level(pack: Pack, line: str, as_of: str) -> tuple[str, str]:
    found = standing(pack, line, as_of)
    if found is None:
        return "", ""
    level = Level.END_OF_LIFE if found.has_ended else found.level.level
    return level.value, found.level.until


def _count(statuses: Iterable[Status]) -> Count:
    every = list(statuses)
    return Count(every.count(Status.SUPPORTED), len(every))


def counted(lines: list[tuple[Line, tuple[Standing, ...]]]) -> tuple[Line, ...]:
    """Count the Pythons of each line among those that count: the ones that are more than a missing bound somewhere."""
    every = [each for _, standings in lines for each in standings if each.kind is Kind.PYTHON]
    sure = {each.name for each in every if each.is_sure}
    return tuple(
        line._replace(pythons=_count(each.cell.status for each in standings if _is_python(each, sure)))
        for line, standings in lines
    )


def _is_python(standing: Standing, names: set[str]) -> bool:
    return standing.kind is Kind.PYTHON and standing.name in names


def _blockers(standings: tuple[Standing, ...]) -> Iterator[str]:
    for each in standings:
        name = f"Python {each.name}" if each.kind is Kind.PYTHON else each.name
        if each.cell.status in _WORDS:
            yield f"{name} {_WORDS[each.cell.status]}"
        elif each.kind is Kind.PYTHON and each.is_sure and each.cell.status is Status.PARTLY:
            yield f"{name} without a wheel"


def _conflicts(project: Project, pack: Pack) -> Iterator[str]:
    for finding in findings(project, pack, _CONFLICTS):
        if finding.severity is Severity.ERROR and not moves_along(project, pack, finding):
            yield f"{finding.subject} in conflict"
