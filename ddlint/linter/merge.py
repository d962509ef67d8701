"""Merge findings: those of several environments at one location, and those of one cause at several locations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Place, Project, Severity
from ddlint.core.paths import is_inside, name_of
from ddlint.core.report import Finding, Suppressed
from ddlint.project.installs import is_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.linter.filter import RatedFinding

_BY_CAUSE = ("DD1", "DD3", "DD5")
"""The codes whose cause is a requirement: another file with the same requirement has the same cause.

What is said of a Python, a platform or a setting is changed where that is written.
"""
_ENDED = "DD101"
_UNUSED = "DD009"
_TESTED = frozenset({"tox", "nox", "hatch", "job", "project", "locked project"})
"""The kinds of environments that say where something can run, and not where it does."""
_DEVELOPMENT = regex(
    r"(?i)(?:^|[/. _(-])(?:dev(?:el|elopment|container)?|ci|docs?|tests?|testing|tools?)(?:$|[/. _)-])"
)
"""In the name of an image or a service that no one deploys."""
_MOST_RELATED = 10
"""So many related locations of one cause are shown."""


def capped(finding: Finding, environment: Project) -> Finding:
    """Return a finding as a notice where its environment, or a hint that it rests on, is not certain to run."""
    if finding.severity is Severity.NOTICE:
        return finding
    if environment.is_secondary or finding.at.path in environment.loose:
        return finding._replace(severity=Severity.NOTICE)
    return finding


def on_older_pythons(environments: Iterable[tuple[Project, tuple[Finding, ...]]]) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings of each environment; an ended series of a requirement that gets another elsewhere is a notice.

    A library that is tested on old Pythons too gets an old series there and a supported one on the newer ones that its
    range allows. What ships is not spared: an image has no newer Python, unless by its name it is for development.
    """
    every = tuple(environments)
    asked = [
        {(each.path, each.dependency.at) for tracer in project.tracers for each in tracer.declared}
        for project, _ in every
    ]
    ended = [
        {
            (each.at.path, each.at.at)
            for each in found
            if each.code == _ENDED and (each.severity is not Severity.NOTICE or project.is_secondary)
        }
        for project, found in every
    ]
    for project, found in every:
        yield tuple(
            each._replace(severity=Severity.NOTICE)
            if each.code == _ENDED
            and any(
                (each.at.path, each.at.at) in own and (each.at.path, each.at.at) not in other
                for own, other in zip(asked, ended, strict=True)
            )
            and _is_for_tests(project)
            else each
            for each in found
        )


def _is_for_tests(environment: Project) -> bool:
    return environment.kind in _TESTED or bool(_DEVELOPMENT.search(environment.name))


def by_location(environments: Iterable[tuple[Finding, ...]]) -> tuple[Finding, ...]:
    """Return the findings of several environments, those of one code, location and subject as one.

    Where they differ in severity the worst is kept; but what one environment reports at two severities are two causes.
    """
    groups: dict[tuple[object, ...], dict[Severity, Finding]] = {}
    several: set[tuple[object, ...]] = set()
    for findings in environments:
        own: dict[tuple[object, ...], Severity] = {}
        for finding in findings:
            key = (finding.code, finding.at.path, finding.at.at, finding.subject, finding.key)
            if own.setdefault(key, finding.severity) is not finding.severity:
                several.add(key)
            known = groups.setdefault(key, {}).get(finding.severity)
            groups[key][finding.severity] = (
                known._replace(related=_related(known, finding.related)) if known else finding
            )
    return tuple(
        each for key, group in groups.items() for each in (group.values() if key in several else _worst(group))
    )


def _worst(group: dict[Severity, Finding]) -> tuple[Finding, ...]:
    first, *others = sorted(group.values(), key=lambda each: each.severity.rank)
    for other in others:
        first = first._replace(related=_related(first, other.related))
    return (first,)


def across_projects(
    results: list[tuple[RatedFinding, ...]], suppressed: tuple[Suppressed, ...], shown: Callable[[Place], str]
) -> list[RatedFinding]:
    """Return what several projects find in a file that both install at the worst level that one of them gives.

    A comment that silences a finding of one of them is not unused; `shown` writes a location as `Suppressed.place`.
    """
    if len(results) < 2:
        return [rated for found in results for rated in found]
    silencing = {each.place for each in suppressed if each.place}
    worst: dict[tuple[object, ...], tuple[int, int]] = {}
    for number, found in enumerate(results):
        for rated in found:
            own = (rated.finding.severity.rank, number)
            key = _place_key(rated.finding)
            worst[key] = min(own, worst.get(key, own))
    kept: list[RatedFinding] = []
    for number, found in enumerate(results):
        for rated in found:
            finding = rated.finding
            rank, owner = worst[_place_key(finding)]
            is_used = bool(silencing) and finding.code == _UNUSED and shown(finding.at) in silencing
            if not is_used and (owner == number or finding.severity.rank == rank):
                kept.append(rated)
    return kept


def _place_key(finding: Finding) -> tuple[object, ...]:
    return finding.code, finding.at.path, finding.at.at, finding.subject, finding.key


def by_cause(findings: Iterable[Finding], projects: tuple[str, ...]) -> tuple[Finding, ...]:
    """Return the findings of one cause in several files of a project as one, in the order of the first locations.

    `projects` are the directories of all projects. A file that is edited by hand comes before a lock, and the
    locations in other files are related ones.
    """
    deepest = sorted(projects, key=len, reverse=True)
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        key: tuple[object, ...] = (number,)
        if finding.code.startswith(_BY_CAUSE):
            home = next((each for each in deepest if is_inside(finding.at.path, each)), "")
            key = (home, finding.code, finding.subject, finding.row, finding.key)
        groups.setdefault(key, []).append(finding)
    merged = (each for group in groups.values() for each in (_merged(group) if len(group) > 1 else group))
    return tuple(sorted(merged, key=lambda each: (each.at.path, each.at.at, each.code, each.subject, each.message)))


def _merged(group: list[Finding]) -> list[Finding]:
    """Merge what other files say into the first finding of the file that comes first."""
    ordered = sorted(group, key=_order)
    own = [each for each in ordered if each.at.path == ordered[0].at.path]
    others = [each.at._replace(message="the same here") for each in ordered if each.at.path != ordered[0].at.path]
    first, hidden = own[0], len(others) - _MOST_RELATED
    notes = first.notes
    if hidden > 0:
        notes = (*notes, f"the same at {hidden} more location{'s' if hidden > 1 else ''}")
    return [first._replace(related=_related(first, tuple(others[:_MOST_RELATED])), notes=notes), *own[1:]]


def _order(finding: Finding) -> tuple[object, ...]:
    path = finding.at.path
    is_for_tests = _DEVELOPMENT.search(name_of(path)) is not None
    return finding.severity.rank, is_lock(path), path.count("/"), is_for_tests, name_of(path), finding.at.at


def _related(finding: Finding, more: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the related locations of a finding with some more, each location once."""
    known = {(place.path, place.at) for place in (finding.at, *finding.related)}
    return (*finding.related, *(place for place in more if (place.path, place.at) not in known))
