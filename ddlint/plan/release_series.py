"""Each release series of the subject against a project: its release, level, counts, and what blocks it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from importlib import import_module

from ddlint.checks import CHECKS, Step
from ddlint.checks.common.context import CheckContext
from ddlint.checks.common.tracer import level_status
from ddlint.core.model import Project, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.pack.install_rows import Requirement
from ddlint.pack.pack import Pack
from ddlint.pack.releases import release_index
from ddlint.pack.support_rows import Level, Release
from ddlint.plan.model import Cell, Count, Kind, Series, Status
from ddlint.plan.pythons import installer_bounds
from ddlint.project.installs import compiled, is_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.plan.runtimes import RuntimeContext


_CONFLICTS = frozenset(check.code for check in CHECKS if check.step in {Step.REQUIREMENT, Step.PAIR})
"""The checks of what cannot be installed together, or breaks."""
_CONFLICT = next(check.code for check in CHECKS if check.step == Step.REQUIREMENT)


def findings(project: Project, pack: Pack, codes: Collection[str]) -> Iterator[Finding]:
    """Run the checks of `codes` on a project."""
    for check in CHECKS:
        if check.code in codes:
            yield from import_module(f"ddlint.checks.{check.module}").run(project, pack)


def moves_along(project: Project, pack: Pack, finding: Finding) -> bool:
    """Return whether locking again resolves a finding: a conflict of a lock with what the release itself requires.

    What is written by hand conflicts at its own place, and what a lock holds of other origin may have to stay.
    """
    is_resolved = is_lock(finding.at.path) or finding.at.path in compiled(project.manifests)
    return finding.code == _CONFLICT and is_resolved and bool(pack.about(Requirement, finding.subject))


_WORDS = {Status.UNSUPPORTED: "unsupported", Status.REMOVED: "no longer instrumented"}


class SeriesStatus(NamedTuple):
    """A row of the matrix at one series."""

    kind: Kind
    name: str
    cell: Cell
    is_sure: bool = True
    """False for a Python that at this series only a missing bound allows."""


def releases(pack: Pack) -> tuple[Release, ...]:
    """Return the newest release of each series that was not yanked, ascending; a series of yanked ones is left out."""
    newest: dict[str, Release] = {}
    for release in pack.releases:
        if not release.is_yanked:
            newest[pack.series(release.version)] = release
    return tuple(newest[series] for series in pack.all_series if series in newest)


def counting(views: Iterable[tuple[SeriesStatus, ...]]) -> frozenset[str]:
    """Return the Pythons that count: those with a bound around them on every series, or supported by some series.

    The others are allowed by a missing bound, and no series is for them.
    """
    pythons = [each for standings in views for each in standings if each.kind is Kind.PYTHON]
    loose = {each.name for each in pythons if not each.is_sure}
    supported = {each.name for each in pythons if each.cell.status is Status.SUPPORTED}
    return frozenset(each.name for each in pythons if each.name not in loose or each.name in supported)


def series_of(
    ground: RuntimeContext, project: Project, standings: tuple[SeriesStatus, ...], pythons: frozenset[str]
) -> Series:
    """Return a series with its counts, `pythons` being those that count; `project` is as it would be with it."""
    pack, series, release = ground.pack, ground.series, release_index(ground.pack).find(ground.release)
    level, until = _level(pack, series, project.as_of)
    counted = [each for each in standings if each.kind is not Kind.PYTHON or each.name in pythons]
    statuses = [each.cell.status for each in counted if each.kind is Kind.LIBRARY]
    return Series(
        series,
        ground.release,
        release.released if release is not None else "",
        level,
        until,
        _count(each.cell.status for each in counted if each.kind is Kind.PYTHON),
        _count(each.cell.status for each in counted if each.kind is Kind.PLATFORM),
        tuple((status, statuses.count(status)) for status in Status),
        tuple(dict.fromkeys((*_against(counted), *_bounds(project, pack, ground.release), *_conflicts(project, pack)))),
    )


def _bounds(project: Project, pack: Pack, release: str) -> Iterator[str]:
    """Yield the range of Pythons where Poetry or PDM lock no release for it."""
    if any(True for _ in installer_bounds(CheckContext(project, pack), release)):
        yield "range of Pythons"


def _level(pack: Pack, series: str, as_of: str) -> tuple[str, str]:
    found = level_status(pack, series, as_of)
    if found is None:
        return "", ""
    level = Level.END_OF_LIFE if found.has_ended else found.level.level
    return level.value, found.level.until


def _count(statuses: Iterable[Status]) -> Count:
    every = list(statuses)
    return Count(every.count(Status.SUPPORTED), len(every))


def _against(standings: Iterable[SeriesStatus]) -> Iterator[str]:
    for each in standings:
        name = f"Python {each.name}" if each.kind is Kind.PYTHON else each.name
        if each.cell.status in _WORDS and not each.cell.is_notice:
            yield f"{name} {_WORDS[each.cell.status]}"
        elif each.kind is not Kind.LIBRARY and each.is_sure and each.cell.status is Status.PARTLY:
            yield f"{name} without a wheel"


def _conflicts(project: Project, pack: Pack) -> Iterator[str]:
    for finding in findings(project, pack, _CONFLICTS):
        if finding.severity is Severity.ERROR and not moves_along(project, pack, finding):
            yield f"{finding.subject} in conflict"
