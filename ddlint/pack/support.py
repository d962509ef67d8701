"""How far a release of the subject supports a library: the rows that rule, the verdict, and its consequence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from enum import IntEnum
from functools import lru_cache

from ddlint.core.model import Dependency, Located, Resolution, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.pack import series_of
from ddlint.pack.support_rows import Basis, Effect, Observation, OnlySwitch
from ddlint.versions.ranges import Clause, Version
from ddlint.versions.specifiers import Verdict, allows, clauses, is_at_least, newest_allowed, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.install_rows import Injection
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import Default, Removal, Sighting, Support

_CARRIED = frozenset({Basis.DECLARED.value, Basis.DOCUMENTED.value})
_RULING = (Basis.DECLARED, Basis.OBSERVED, Basis.PUBLISHED, Basis.DOCUMENTED)
_STATED_BY_PAGES = frozenset({Basis.PUBLISHED, Basis.DOCUMENTED})
_WORST_FIRST = (Effect.BREAKS, Effect.REFUSED, Effect.PATCHED, Effect.WORKS)
_UNHURT = frozenset({Effect.WORKS.value, Effect.PATCHED.value})
_ENDS_ALL = frozenset({"integration", "rename"})
_ENDS_CARRY = frozenset({"version"})
_ON = frozenset({"1", "true", "yes", "on"})


class ApplicableRows(NamedTuple):
    """What a pack says of a distribution under one release of the subject."""

    rows: tuple[Support, ...] = ()
    """The statements that rule, of the same basis: one for each integration and specifier."""
    tested: tuple[Support, ...] = ()
    """What the series was tested with."""
    removal: Removal | None = None
    """Why nothing rules: the integration is gone from this release on."""

    @property
    def is_silent(self) -> bool:
        """Whether nothing is known, so that nothing can be said."""
        return not (self.rows or self.tested or self.removal)


@lru_cache(maxsize=8192)
def applicable_rows(pack: Pack, name: str, release: str, series: str) -> ApplicableRows:
    """Return the rows that apply to a distribution under `release`, which is judged as `series`.

    The specifier that the subject checks rules before a page published for its era, and that before the documentation.
    """
    live = [row for row in _live(pack, name, series) if not _is_cut(pack, row, release, series)]
    tested = tuple(row for row in live if row.basis is Basis.TESTED)
    for basis in _RULING:
        rows = [row for row in live if row.basis is basis]
        if rows:
            stated = [row for row in rows if pack.holds(series, row.first, row.last)]
            return ApplicableRows(_distinct([_open_above(row, tested) for row in stated or rows]), tested)
    return ApplicableRows((), tested, None if tested else _removal(pack, name, release))


def _open_above(row: Support, tested: tuple[Support, ...]) -> Support:
    """Take the ceiling off what a page says, where it was tested with versions above it: the tests are later."""
    if row.basis not in _STATED_BY_PAGES or "<" not in row.specifier:
        return row
    floors = _floors(row.specifier)
    tops = (clause.version for each in tested if each.integration == row.integration for clause in _tops(each))
    is_outgrown = any(allows(floors, top) and not allows(row.specifier, top) for top in tops)
    return row._replace(specifier=floors) if is_outgrown else row


def _floors(specifier: str) -> str:
    """Return a specifier without its ceiling."""
    return ",".join(sorted(str(each) for each in clauses(specifier) or () if each.operator not in {"<", "<="}))


def _tops(row: Support) -> list[Clause]:
    return [clause for clause in clauses(row.specifier) or () if clause.operator in {"<=", "=="}]


def _live(pack: Pack, name: str, series: str) -> list[Support]:
    """Return the rows that are stated for a series, or carry on into it from an earlier series of its major."""
    here = pack.position(series)
    groups: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for number, (first, last, integration, basis) in enumerate(pack.support_runs(name)):
        if first <= here:
            groups.setdefault((integration, basis), []).append((last, number))
    live = []
    for (_, basis), runs in groups.items():
        chosen = [number for last, number in runs if 0 <= here <= last]
        latest, _ = max(runs)
        if not chosen and basis in _CARRIED and _major(pack.all_series[latest]) == _major(series):
            chosen = [number for last, number in runs if last == latest]
        live += [pack.support_row(name, number) for number in chosen]
    return live


def _major(series: str) -> str:
    return series.partition(".")[0]


def _is_cut(pack: Pack, row: Support, release: str, series: str) -> bool:
    """Return whether a removal or a rename has ended a row; what begins after it is another row."""
    for removal in pack.removals(row.distribution):
        is_carried = not pack.holds(series, row.first, row.last)
        ends = removal.kind in _ENDS_ALL or (removal.kind in _ENDS_CARRY and is_carried)
        if not ends or removal.integration not in {"", row.integration}:
            continue
        begins_before = pack.position(row.first) < pack.position(pack.series(removal.version))
        if begins_before and is_at_least(release, removal.version):
            return True
    return False


def _removal(pack: Pack, name: str, release: str) -> Removal | None:
    """Return the latest removal of an integration that explains why nothing rules; a rename is none."""
    past = [each for each in pack.removals(name) if each.kind in _ENDS_ALL and is_at_least(release, each.version)]
    latest = max(past, key=lambda each: Version(each.version), default=None)
    return latest if latest is not None and latest.kind == "integration" else None


def _distinct(rows: list[Support]) -> tuple[Support, ...]:
    """Keep one row for each integration and specifier: several documents may say the same."""
    kept: dict[tuple[str, str], Support] = {}
    for row in rows:
        kept.setdefault((row.integration, row.specifier), row)
    return tuple(kept.values())


@lru_cache(maxsize=4096)
def is_ever_supported(pack: Pack, name: str, specifier: str) -> bool:
    """Return whether some statement may support a requirement at some series: taken alone, and without its ceiling."""
    widest = {_floors(row.specifier) for row in pack.support(name) if row.basis is not Basis.TESTED}
    return any(verdict(specifier, (each,)) is Verdict.SUPPORTED for each in widest)


class SupportStatus(IntEnum):
    """How far a release supports a requirement, the worst first."""

    UNSUPPORTED = 0
    PARTLY = 1
    UNTESTED = 2
    UNBOUNDED = 3
    """Outside only where no bound is written."""
    UNKNOWN = 4
    """The requirement names no version."""
    SUPPORTED = 5


class Evaluation(NamedTuple):
    """How far a requirement is supported, with the rows that it rests on."""

    status: SupportStatus
    rows: tuple[Support, ...]
    """Those that it fails, or all that apply where it fails none."""
    is_ceiling: bool = False
    """True where only an upper bound of a document is exceeded: nothing says that newer versions fail."""


_STATUS_OF = {
    Verdict.UNSUPPORTED: SupportStatus.UNSUPPORTED,
    Verdict.ABOVE: SupportStatus.UNSUPPORTED,
    Verdict.PARTLY: SupportStatus.PARTLY,
    Verdict.UNBOUNDED: SupportStatus.UNBOUNDED,
    Verdict.SUPPORTED: SupportStatus.SUPPORTED,
    Verdict.UNKNOWN: SupportStatus.UNKNOWN,
    Verdict.CONTRADICTION: SupportStatus.UNKNOWN,
}
_DECIDED = frozenset({SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNKNOWN})


def evaluate(pack: Pack, dependency: Dependency, release: str, series: str) -> Evaluation:
    """Return how far a release, which is judged as `series`, supports a requirement.

    What was tested counts only where nothing else is against the requirement.
    """
    if not dependency.is_known:
        return Evaluation(SupportStatus.UNKNOWN, applicable_rows(pack, dependency.name, release, series).rows)
    return _evaluate(pack, dependency.name, dependency.specifier, release, series)


@lru_cache(maxsize=8192)
def _evaluate(pack: Pack, name: str, specifier: str, release: str, series: str) -> Evaluation:
    applicable = applicable_rows(pack, name, release, series)
    found = compare(specifier, applicable.rows) if applicable.rows else Evaluation(SupportStatus.SUPPORTED, ())
    if not applicable.tested or found.status in _DECIDED:
        return found
    is_tested = verdict(specifier, tuple(row.specifier for row in applicable.tested)) is not Verdict.UNSUPPORTED
    if is_tested or was_seen_to_work(pack, name, specifier, series):
        return found
    return Evaluation(SupportStatus.UNTESTED, applicable.tested)


def was_seen_to_work(pack: Pack, name: str, specifier: str, series: str) -> bool:
    """Return whether a version that a requirement allows was run, or the one it ends in lies between two that were.

    As with what was tested, some of its versions are enough.
    """
    sightings, newest = pack.sightings(name), newest_allowed(specifier)
    run = {Version(each) for one in sightings for each in one.traced if allows(specifier, each)}
    seen = (_what_was_seen(pack, sightings, series, each) for each in (*run, *((newest,) if newest else ())))
    return any(each is not None and each.effect == Effect.WORKS.value for each in seen)


def compare(specifier: str, rows: tuple[Support, ...]) -> Evaluation:
    """Compare a specifier with rows: unsupported where its newest version is outside all, partly outside some."""
    whole = _STATUS_OF[verdict(specifier, tuple(row.specifier for row in rows))]
    if whole in {SupportStatus.UNSUPPORTED, SupportStatus.UNKNOWN}:
        return Evaluation(whole, rows, whole is SupportStatus.UNSUPPORTED and _is_within_floors(specifier, rows))
    each = [(row, _STATUS_OF[verdict(specifier, (row.specifier,))]) for row in rows]
    for bad in (SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNBOUNDED):
        if failing := tuple(row for row, found in each if found is bad):
            return Evaluation(max(bad, SupportStatus.PARTLY), failing)
    return Evaluation(SupportStatus.SUPPORTED, rows)


def _is_within_floors(specifier: str, rows: tuple[Support, ...]) -> bool:
    """Return whether rows of documents would support the newest version of a requirement without their upper bounds."""
    newest = newest_allowed(specifier)
    return newest is not None and all(
        row.basis in _STATED_BY_PAGES and "<" in row.specifier and allows(_floors(row.specifier), str(newest))
        for row in rows
    )


class Consequence(NamedTuple):
    """What happens when a series meets the version that a requirement ends in."""

    effect: Effect
    observation: Observation | None = None
    """What was seen; `None` where nobody ran the pair, so that the effect follows from the rules alone."""
    is_confirmed: bool = True
    """False where a series came after the day on which its predecessors were run."""


@lru_cache(maxsize=8192)
def consequence_of(
    pack: Pack, rows: tuple[Support, ...], series: str, specifier: str, *, is_checked: bool = False
) -> Consequence:
    """Return what happens outside `rows`, the rows that rule for a distribution at `series`.

    An installer takes the newest version that `specifier` allows, so that one decides. With `is_checked` the release
    compares versions with what it declares before it patches (see `checks_versions`), and skips what is outside. Where
    nothing is known it is `PATCHED`: without that check every version is patched.
    """
    newest = newest_allowed(specifier)
    names = tuple(dict.fromkeys(row.distribution for row in rows))
    integrations = {row.integration for row in rows}
    seen = [
        row
        for name in names
        for row in pack.about(Observation, name)
        if newest is not None and allows(row.specifier, str(newest)) and _may_hold(pack, row, series)
    ]
    seen = [each for each in seen if each.integration in integrations]

    def sightings() -> list[Sighting]:
        return [each for name in names for each in pack.sightings(name) if each.integration in integrations]

    if is_checked and rows and rows[0].basis is Basis.DECLARED and not any(each.is_invisible for each in seen):
        return Consequence(Effect.REFUSED, _skip_seen(sightings(), series))
    worst = min(seen, key=lambda each: _WORST_FIRST.index(Effect(each.effect)), default=None)
    if worst is None and newest is not None:
        worst = _what_was_seen(pack, tuple(sightings()), series, newest)
    if worst is None:
        return Consequence(Effect.PATCHED)
    return Consequence(Effect(worst.effect), worst, pack.holds(series, worst.first, worst.last))


def _may_hold(pack: Pack, row: Observation, series: str) -> bool:
    """Return whether a row holds for a series, or did for all those before it on the day that they were run."""
    if pack.holds(series, row.first, row.last):
        return True
    last, here = pack.position(row.last), pack.position(series)
    if not 0 <= last < here:
        return False
    days = (each.released for each in pack.releases if last < pack.position(series_of(each.version)) <= here)
    return all(day > row.evidence.as_of for day in days)


def _what_was_seen(pack: Pack, sightings: tuple[Sighting, ...], series: str, version: Version) -> Observation | None:
    """Return what a series does with a version, as far as runs say; `None` where they say nothing, or differ by Python.

    A series does what its release did. Between the releases of two series that did the same, so did the others.
    """
    here = pack.position(series)
    found: dict[int, set[Effect]] = {}
    said: dict[tuple[int, Effect], Observation] = {}
    for sighting in sightings:
        at = pack.position(series_of(sighting.release))
        seen = _at(sighting, version)
        if seen is not None and at >= 0:
            effect = Effect(seen.effect)
            found.setdefault(at, set()).add(effect)
            said.setdefault((at, effect), seen)
    before = max((at for at in found if at <= here), default=-1)
    after = min((at for at in found if at >= here), default=-1)
    effects = found.get(before, set()) | found.get(after, set())
    if before < 0 or after < 0 or len(effects) != 1:
        return None
    return said[after, effects.pop()]


def _skip_seen(sightings: Iterable[Sighting], series: str) -> Observation | None:
    """Return that a release of the same major skipped a version when it checked versions; `None` if none was run."""
    major = series.partition(".")[0]
    for sighting in sightings:
        if sighting.skipped and sighting.release.partition(".")[0] == major:
            return _observation(sighting, sighting.skipped[-1], Effect.REFUSED, "it is skipped")
    return None


def _at(sighting: Sighting, version: Version) -> Observation | None:
    """Return what one release did with a version, or with the versions next to it on both sides if they agree."""
    points = _points(sighting)
    below, above = bisect_right(points, version, key=_number) - 1, bisect_left(points, version, key=_number)
    if below < 0 or above == len(points):
        return None
    (number, effect, problem), (_, other, _) = points[below], points[above]
    if effect != other and {effect, other} == _UNHURT:
        effect = Effect.PATCHED.value
    elif effect != other:
        return None
    return _observation(sighting, str(number), Effect(effect), problem)


@lru_cache(maxsize=4096)
def _points(sighting: Sighting) -> tuple[tuple[Version, str, str], ...]:
    """Return what was run, ascending: the version, the effect, and the problem."""
    return tuple(
        sorted(
            (
                *((Version(each), Effect.WORKS.value, "") for each in sighting.traced),
                *((Version(each), Effect.PATCHED.value, "") for each in sighting.patched),
                *((Version(each), effect, problem) for each, effect, problem in sighting.failed),
            )
        )
    )


def _number(point: tuple[Version, str, str]) -> Version:
    return point[0]


def _observation(sighting: Sighting, version: str, effect: Effect, problem: str) -> Observation:
    series = series_of(sighting.release)
    seen = ((sighting.release, sighting.python, version),)
    about = (sighting.row, sighting.distribution, sighting.integration)
    return Observation(*about, series, series, "", effect.value, problem, False, seen, sighting.evidence)


def injection_of(pack: Pack, series: str) -> Injection | None:
    """Return what single-step injection of a series accepts; the newest row holds for later series too."""
    from ddlint.pack.install_rows import Injection

    rows = (row for row in pack.rows(Injection) if pack.holds(series, row.first, pack.all_series[-1]))
    return max(rows, key=lambda row: pack.position(row.first), default=None)


def checks_versions(pack: Pack, series: str, settings: Mapping[str, str | None], *, is_injected: bool = False) -> bool:
    """Return whether a series compares versions with what it declares before it patches.

    Single-step injection of some series does, and a setting switches it on; one set from elsewhere counts as unset.
    """
    from ddlint.pack.install_rows import VersionCheck

    if is_injected and (found := injection_of(pack, series)) is not None and found.is_safe:
        return True
    return any(
        (settings.get(row.variable) or "").strip().lower() in row.values
        for row in (pack.rows(VersionCheck) if settings else ())
        if pack.holds(series, row.first, row.last)
    )


@lru_cache(maxsize=8192)
def default_of(pack: Pack, integration: str, series: str) -> Default | None:
    """Return whether an integration is on by default at a series, as the code of the subject says."""
    found = next((row for row in pack.defaults(integration) if pack.holds(series, row.first, row.last)), None)
    if found is None or not found.switch:
        return found
    only = next((row for row in pack.rows(OnlySwitch) if pack.holds(series, row.first, row.last)), None)
    return found._replace(switch=f"{only.variable}={integration}:true") if only else found


def is_integration_off(default: Default | None, settings: Mapping[str, str | None]) -> bool:
    """Return whether an integration is off: by a setting of the project, or by default without one.

    A switch that is set from elsewhere counts as on, and so does a default that depends on something.
    """
    if default is None:
        return False
    if default.switch in settings:
        value = settings[default.switch]
        return value is not None and value.strip().lower() not in _ON
    return default.is_on == "no"


REPORTABLE = frozenset({SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNTESTED})
"""What is a finding of its own."""


class ReleaseVerdict(NamedTuple):
    """How far the release that is resolved on one Python supports a requirement."""

    status: SupportStatus
    resolution: Resolution
    rows: tuple[Support, ...]
    """Those that it fails, or all that apply where it fails none."""
    is_ceiling: bool = False
    """True where only an upper bound of a document is exceeded."""


class RequirementVerdict(NamedTuple):
    """How far a requirement is supported in its project."""

    located: Located
    status: SupportStatus
    verdicts: tuple[ReleaseVerdict, ...]
    """Those of that status, one for each Python."""
    siblings: tuple[Located, ...] = ()
    """Lock entries, constraints and declarations of the same library that belong to it."""
    is_satisfied_by_lock: bool = False
    """Whether a lock or a constraint of the project keeps it to what is supported."""


def verdict_on_release(pack: Pack, located: Located, resolution: Resolution) -> ReleaseVerdict:
    """Return how far one release supports a requirement."""
    found = evaluate(pack, located.dependency, resolution.release, resolution.series)
    return ReleaseVerdict(found.status, resolution, found.rows, found.is_ceiling)


def unsupported_level(effect: Effect, *, is_ceiling: bool, is_off: bool, is_seen: bool = True) -> Severity:
    """Return the level of a library outside the supported range, by what happens then.

    Where only an upper bound of a document is exceeded, or the integration is off, less depends on it. What nobody has
    seen is no error.
    """
    if effect in {Effect.BREAKS, Effect.REFUSED}:
        return Severity.WARNING if is_off or not is_seen else Severity.ERROR
    is_mild = is_ceiling or is_off or effect is Effect.WORKS
    return Severity.NOTICE if is_mild else Severity.WARNING


def specifiers(rows: tuple[Support, ...]) -> tuple[str, ...]:
    """Return what rows support, as specifiers of which one must be met."""
    return tuple(row.specifier for row in rows)
