"""The findings of a run: those of one cause as one, as the config rates them, divided into shown, hidden and known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache

from ddlint.config.settings import Config, is_enabled, least_severity, severity_of
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Place, Project, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, name_of, parent
from ddlint.core.report import Finding, Suppressed
from ddlint.core.source import Span
from ddlint.project.installs import is_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import Suppression
    from ddlint.linter.baseline import Baseline, Key
    from ddlint.pack.pack import Pack

    _Every = tuple[tuple[Project, tuple[Finding, ...]], ...]


_Key = tuple[str, str, "Span", str, str, Severity]


class RatedFinding(NamedTuple):
    """A finding, and the config of the project it was found in."""

    finding: Finding
    config: Config


class Judged(NamedTuple):
    """What came of the environments of one project."""

    projects: tuple[tuple[Project, Pack], ...]
    findings: tuple[tuple[Finding, ...], ...] = ()
    """Of each of `projects`; of none where no tracer is asked for."""


def without_requirements(project: Project) -> Project:
    """Leave out of a project the requirements that its tracers and Pythons come from."""
    tracers = (
        tracer._replace(
            declared=(), resolutions=tuple(each._replace(by=()) if each.by else each for each in tracer.resolutions)
        )
        for tracer in project.tracers
    )
    return project._replace(tracers=tuple(tracers), pythons=())


class Silenced(NamedTuple):
    """The findings of one project, kept and suppressed."""

    kept: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...] = ()
    complaints: tuple[Finding, ...] = ()
    """DD009 about comments."""
    used: frozenset[Suppression] = frozenset()
    """The entries of the config that silenced something."""


class FilteredFindings(NamedTuple):
    """The findings of a run, sorted by place and code."""

    shown: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    hidden: Mapping[str, int]
    """How many of each severity are below the level that is shown."""
    is_failed: bool
    unsuppressed: tuple[Finding, ...]
    """Those that no comment and no config suppressed: what a baseline is written from."""
    stale: Mapping[str, int]
    """Baseline entries that no longer match a finding."""


def apply_config(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """Return the findings whose codes are on, at the level the config gives them."""
    for finding in findings:
        if is_enabled(config, finding.code, finding.at.path):
            severity = severity_of(config, finding.code, finding.severity)
            yield finding if severity is finding.severity else finding._replace(severity=severity)


def changed_by_config(findings: Iterable[Finding], config: Config) -> tuple[int, int]:
    """Return how many findings a config turns off, and how many it gives a lower level."""
    if not (config.selections or config.per_file_ignores or config.severity):
        return 0, 0
    every = [(each, is_enabled(config, each.code, each.at.path)) for each in findings]
    lowered = (
        severity_of(config, each.code, each.severity).rank > each.severity.rank for each, is_on in every if is_on
    )
    return sum(not is_on for _, is_on in every), sum(lowered)


def is_asked_for(finding: Finding, named: frozenset[str] | None) -> bool:
    """Whether one of the places of a finding is in a file or folder that was named; all are where none was."""
    if named is None:
        return True
    places = (finding.at, *finding.related)
    return any(is_inside(place.path, name) for place in places for name in named)


def filter_findings(
    rated: Iterable[RatedFinding],
    suppressed: Iterable[Suppressed],
    baselines: Mapping[str, Baseline],
    real: Callable[[str], str],
    is_covered: Callable[[str, Key], bool],
) -> FilteredFindings:
    """Sort findings; one that several projects share is kept once.

    `is_covered` says whether this run would have found an entry of a baseline again.
    """
    real = cache(real)
    silenced = {_key(each.finding, real): each for each in sorted(suppressed, key=lambda each: _order(each.finding))}
    inline = {key for key, each in silenced.items() if each.by == "inline"}
    unsuppressed = [each for each in _once(rated, real) if _key(each.finding, real) not in inline]
    new, known, missed = _against(unsuppressed, baselines)
    stale = {path: sum(n for key, n in left.items() if n and is_covered(path, key)) for path, left in missed.items()}
    shown = [each for each in new if each.finding.severity.rank <= least_severity(each.config).rank]
    hidden = {severity.value: 0 for severity in Severity}
    for each in new:
        hidden[each.finding.severity.value] += each.finding.severity.rank > least_severity(each.config).rank
    return FilteredFindings(
        tuple(each.finding for each in shown),
        tuple(sorted((*silenced.values(), *known), key=lambda each: _order(each.finding))),
        hidden,
        any(_fails(each) for each in shown),
        tuple(each.finding for each in unsuppressed),
        stale,
    )


def _once(rated: Iterable[RatedFinding], real: Callable[[str], str]) -> list[RatedFinding]:
    """Keep one of the findings with the same cause at the same place: the one that names most related places."""
    best: dict[_Key, RatedFinding] = {}
    for each in sorted(rated, key=lambda each: (-len(each.finding.related), _order(each.finding))):
        best.setdefault(_key(each.finding, real), each)
    return sorted(best.values(), key=lambda each: _order(each.finding))


def _key(finding: Finding, real: Callable[[str], str]) -> _Key:
    return finding.code, real(finding.at.path), finding.at.at, finding.subject, finding.key, finding.severity


def _order(finding: Finding) -> tuple[str, Span, str, str, str]:
    return finding.at.path, finding.at.at, finding.code, finding.subject, finding.message


def _fails(rated: RatedFinding) -> bool:
    return rated.finding.severity.rank <= (rated.config.fail_on or Severity.WARNING).rank


def _against(
    rated: list[RatedFinding], baselines: Mapping[str, Baseline]
) -> tuple[list[RatedFinding], list[Suppressed], dict[str, dict[Key, int]]]:
    """Take out what the baseline of each config knows, and give what of it did not come back."""
    if not baselines:
        return sorted(rated, key=lambda each: _order(each.finding)), [], {}
    from ddlint.linter.baseline import apply_baseline

    new = [each for each in rated if each.config.baseline.text not in baselines]
    known: list[Suppressed] = []
    missed = {}
    for path, baseline in baselines.items():
        config_of = {each.finding: each.config for each in rated if each.config.baseline.text == path}
        left, found, missed[path] = apply_baseline(baseline, config_of)
        new += [RatedFinding(finding, config_of[finding]) for finding in left]
        known += found
    return sorted(new, key=lambda each: _order(each.finding)), known, missed


_BY_CAUSE = ("DD1", "DD3", "DD5")
"""The codes whose cause is a requirement: another file with the same requirement has the same cause.

What is said of a Python, a platform or a setting is changed where that is written.
"""
_ENDED = "DD101"
_UNUSED = "DD009"
_TESTED = frozenset({"tox", "nox", "hatch", "job", "project", "locked project"})
"""The kinds of environments that say where something can run, and not where it does."""
_RUN_BY_TESTS = frozenset({"tox", "nox", "hatch", "job"})
"""The kinds that run tests, whatever is installed where the project runs."""
_CHOSEN = frozenset({"DD301", "DD502"})
"""The codes of what comes of the version that an installer chooses."""
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
    if environment.is_secondary or (finding.at.path in environment.loose and not _is_own(finding, environment)):
        return finding._replace(severity=Severity.NOTICE)
    return finding


def _is_own(finding: Finding, environment: Project) -> bool:
    """Return whether a finding is at what its file says of this environment: a setting of its service, an image beside.

    A service that builds nothing describes no environment: its settings may concern all.
    """
    here = [manifest for manifest in environment.manifests if manifest.path == finding.at.path]
    own = [
        (manifest, described)
        for manifest in here
        for described in manifest.environments
        if described.context or described.dockerfile or described.kind != "service"
    ]
    is_setting = any(each.at == finding.at.at for _, described in own for each in described.settings)
    return is_setting or any(each.at == finding.at.at for manifest, _ in own for each in manifest.images)


def on_older_pythons(environments: Iterable[tuple[Project, tuple[Finding, ...]]]) -> Iterator[tuple[Finding, ...]]:
    """Yield the findings of each environment; an ended series of a requirement that gets another elsewhere is a notice.

    A library that is tested on old Pythons too gets an old series there and a supported one on the newer ones that its
    range allows. What ships is not spared: an image has no newer Python, unless by its name it is for development.
    Likewise a notice is what tests find that install a project without its lock, where the lock has none of it.
    """
    every = _held_by_locks(tuple(environments))
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


def _held_by_locks(every: _Every) -> _Every:
    """Return the environments, where what a lock of the same requirement keeps from being installed is a notice."""
    locked = [(project, found) for project, found in every if _is_locked(project)]
    if not locked or len(locked) == len(every):
        return every

    def is_held(project: Project, finding: Finding) -> bool:
        if finding.code not in _CHOSEN or project.kind not in _RUN_BY_TESTS or _is_locked(project):
            return False
        return any(
            any(manifest.path == finding.at.path for manifest in other.manifests)
            and not any(_place_key(each) == _place_key(finding) for each in found)
            for other, found in locked
        )

    return tuple(
        (
            project,
            tuple(each._replace(severity=Severity.NOTICE) if is_held(project, each) else each for each in found),
        )
        for project, found in every
    )


def _is_locked(environment: Project) -> bool:
    return any(is_lock(manifest.path) for manifest in environment.manifests)


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
    directories = frozenset(projects)
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for number, finding in enumerate(findings):
        key: tuple[object, ...] = (number,)
        if finding.code.startswith(_BY_CAUSE):
            key = (_home(finding.at.path, directories), finding.code, finding.subject, finding.row, finding.key)
        groups.setdefault(key, []).append(finding)
    merged = (each for group in groups.values() for each in (_merged(group) if len(group) > 1 else group))
    return tuple(sorted(merged, key=lambda each: (each.at.path, each.at.at, each.code, each.subject, each.message)))


def _home(path: str, directories: frozenset[str]) -> str:
    """Return the nearest of some directories that a path is in; empty where it is in none."""
    while path not in directories:
        above = parent(path)
        if above == path:
            return ""
        path = above
    return path


def _merged(group: list[Finding]) -> list[Finding]:
    """Merge what other files say into the first finding of the file that comes first."""
    ordered = sorted(group, key=_by_file)
    own = [each for each in ordered if each.at.path == ordered[0].at.path]
    others = [each.at._replace(message="the same here") for each in ordered if each.at.path != ordered[0].at.path]
    first, hidden = own[0], len(others) - _MOST_RELATED
    notes = first.notes
    if hidden > 0:
        notes = (*notes, f"the same at {hidden} more location{'s' if hidden > 1 else ''}")
    return [first._replace(related=_related(first, tuple(others[:_MOST_RELATED])), notes=notes), *own[1:]]


def _by_file(finding: Finding) -> tuple[object, ...]:
    path = finding.at.path
    is_for_tests = _DEVELOPMENT.search(name_of(path)) is not None
    return finding.severity.rank, is_lock(path), path.count("/"), is_for_tests, name_of(path), finding.at.at


def _related(finding: Finding, more: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the related locations of a finding with some more, each location once."""
    known = {(place.path, place.at) for place in (finding.at, *finding.related)}
    return (*finding.related, *(place for place in more if (place.path, place.at) not in known))
