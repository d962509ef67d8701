"""Judge every library of a project: its verdict, where that is reported, and the finding on it.

A declaration, its constraint and its lock with the same verdict are reported once. A lock entry that is worse than what
is declared is reported at the lock, with the declaration as a related location.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.checks.common.context import CheckContext, context_of, on_every_tracer
from ddlint.checks.common.fixes import FixRefusal, as_fix, as_notes, lower_bound, raise_fix
from ddlint.checks.common.messages import joined, key, on_pythons, subject, supported, tracer_places
from ddlint.checks.common.tracer import path_from_declared
from ddlint.core.model import Located, Origin, Place, Project, Resolution, Severity, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence, Finding, Fix
from ddlint.pack.pack import Pack
from ddlint.pack.support import (
    REPORTABLE,
    RequirementVerdict,
    SupportStatus,
    applicable_rows,
    default_of,
    is_integration_off,
    specifiers,
    verdict_on_release,
)
from ddlint.pack.support_rows import Basis, Removal, Support
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import Verdict, is_at_least, pin, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.support import ReleaseVerdict


def reported_verdicts(project: Project, pack: Pack) -> tuple[RequirementVerdict, ...]:
    """Judge every library of a project, each cause once, in the order of the files."""
    context = context_of(project, pack)
    if context.verdicts is None:
        every = {located: verdict_in_project(context, located) for located in context.known()}
        context.verdicts = tuple(told for located in every if (told := _reported(context, every, located)) is not None)
    return context.verdicts


def verdict_in_project(context: CheckContext, located: Located) -> RequirementVerdict:
    """Judge a requirement: the worst verdict on any Python counts, and of several tracers the best one."""
    mildest = RequirementVerdict(located, SupportStatus.SUPPORTED, ())
    for number, tracer in enumerate(context.tracers(located)):
        outcomes = [verdict_on_release(context.pack, located, each) for each in context.resolutions(tracer, located)]
        worst = min((each.status for each in outcomes), default=SupportStatus.SUPPORTED)
        if number == 0 or worst > mildest.status:
            mildest = RequirementVerdict(located, worst, tuple(each for each in outcomes if each.status is worst))
    return mildest


def _reported(
    context: CheckContext, every: dict[Located, RequirementVerdict], located: Located
) -> RequirementVerdict | None:
    """Return the verdict to report at an entry; nothing where another entry reports it, or nothing requires it."""
    if context.is_foreign(located):
        return None
    found = every[located]
    beside = tuple(every[each] for each in context.siblings(located) if each in every)
    if context.is_resolved(located):
        return _reported_lock(context, found, beside)
    if context.role(located) is Origin.CONSTRAINT:
        return _reported_constraint(context, found, beside)
    return _reported_requirement(context, found, beside)


def _reported_lock(
    context: CheckContext, found: RequirementVerdict, beside: tuple[RequirementVerdict, ...]
) -> RequirementVerdict | None:
    """Report a lock entry, unless the declaration is reported for the same reason."""
    written = tuple(each for each in beside if not context.is_resolved(each.located))
    if found.status in REPORTABLE and any(each.status is found.status for each in written):
        return None
    return found._replace(siblings=tuple(each.located for each in written if not _narrows(context, each)))


def _reported_constraint(
    context: CheckContext, found: RequirementVerdict, beside: tuple[RequirementVerdict, ...]
) -> RequirementVerdict | None:
    """Report a constraint on what is required, unless the requirement is reported for the same reason."""
    asked = tuple(each for each in beside if not _narrows(context, each))
    if not asked or any(each.status is found.status for each in asked):
        return None
    return found._replace(siblings=tuple(each.located for each in asked))


def _reported_requirement(
    context: CheckContext, found: RequirementVerdict, beside: tuple[RequirementVerdict, ...]
) -> RequirementVerdict | None:
    """Report a declaration, unless an override replaces it, or what narrows it is worse and reported instead."""
    is_declared = context.role(found.located) is Origin.DECLARED
    if is_declared and any(context.role(each.located) is Origin.OVERRIDE for each in beside):
        return None
    narrower = tuple(each for each in beside if _narrows(context, each))
    if any(each.status < found.status and each.status in REPORTABLE for each in narrower):
        return None
    same = tuple(each for each in narrower if each.status is found.status)
    shown = tuple(each.located for each in (same or narrower))
    return found._replace(siblings=shown, is_satisfied_by_lock=_is_satisfied(found, narrower))


def _narrows(context: CheckContext, verdict: RequirementVerdict) -> bool:
    return context.is_resolved(verdict.located) or context.role(verdict.located) is Origin.CONSTRAINT


def _is_satisfied(found: RequirementVerdict, narrower: tuple[RequirementVerdict, ...]) -> bool:
    """Return whether what narrows a requirement leaves only supported versions."""
    if not narrower or any(
        each.status in {SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNKNOWN} for each in narrower
    ):
        return False
    return all(each.status is not SupportStatus.UNBOUNDED or _is_supported_together(found, each) for each in narrower)


def _is_supported_together(found: RequirementVerdict, narrower: RequirementVerdict) -> bool:
    both = f"{found.located.dependency.specifier},{narrower.located.dependency.specifier}".strip(",")
    met = {verdict(both, specifiers(each.rows)) for each in found.verdicts}
    return met <= {Verdict.SUPPORTED, Verdict.UNBOUNDED}


class RemovedIntegration(NamedTuple):
    """A library without its integration, the removal, and the releases that lack it."""

    located: Located
    removal: Removal
    resolutions: tuple[Resolution, ...]
    siblings: tuple[Located, ...]
    """Lock entries of the same library."""


def is_still_used(context: CheckContext, removal: Removal) -> bool:
    """Return whether an integration is missed: not one that its row calls so, nor one off in its last series."""
    gone = context.pack.position(context.pack.series(removal.version))
    last = context.pack.all_series[gone - 1] if gone > 0 else ""
    was_off = is_integration_off(default_of(context.pack, removal.integration, last), context.settings)
    return removal.severity == "warning" and not was_off


def removed_integrations(context: CheckContext) -> Iterator[RemovedIntegration]:
    """Return each library once, at its declaration; a lock entry counts where nothing declares it."""
    for located in context.known():
        beside = context.siblings(located)
        is_repeated = context.is_resolved(located) and any(not context.is_resolved(each) for each in beside)
        if is_repeated or context.is_foreign(located) or context.role(located) is Origin.CONSTRAINT:
            continue
        found = _releases_without(context, located)
        if found:
            removal = found[0][1]
            resolutions = tuple(resolution for resolution, _ in found)
            yield RemovedIntegration(
                located, removal, resolutions, tuple(each for each in beside if context.is_resolved(each))
            )


def _removal_of(context: CheckContext, located: Located, resolution: Resolution) -> Removal | None:
    """Return what ended for a requirement: its integration, or before a rename its versions.

    A rename carries on what its successor has: versions that were dropped earlier ended for good, though no rows are
    left that exclude them.
    """
    dependency = located.dependency
    applicable = applicable_rows(context.pack, dependency.name, resolution.release, resolution.series)
    if applicable.removal is not None or applicable.rows or not dependency.is_known:
        return applicable.removal
    ended = [
        each
        for each in context.pack.removals(dependency.name)
        if each.version and is_at_least(resolution.release, each.version)
    ]
    if not any(each.kind == "rename" for each in ended):
        return None
    return next(
        (
            each
            for each in ended
            if each.kind == "version"
            and each.successor.startswith(dependency.name)
            and verdict(dependency.specifier, (each.successor.removeprefix(dependency.name),)) is Verdict.UNSUPPORTED
        ),
        None,
    )


def _releases_without(context: CheckContext, located: Located) -> list[tuple[Resolution, Removal]]:
    """Return the releases that lack the integration; none unless every tracer of the file lacks it."""

    def find(tracer: Tracer) -> list[tuple[Resolution, Removal]]:
        resolutions = context.resolutions(tracer, located)
        found = ((each, _removal_of(context, located, each)) for each in resolutions)
        return [(each, removal) for each, removal in found if removal is not None]

    found = on_every_tracer(context.tracers(located), find)
    return found[1] if found else []


_LOWER = {Severity.ERROR: Severity.WARNING, Severity.WARNING: Severity.NOTICE, Severity.NOTICE: Severity.NOTICE}


class FindingText(NamedTuple):
    """What a check says of a judgement."""

    code: str
    severity: Severity
    message: str
    help: str = ""
    notes: tuple[str, ...] = ()
    is_fixable: bool = False
    evidence: tuple[Evidence, ...] = ()
    """Of what was seen, before that of the rows."""
    label: str = ""
    """What is written below the requirement where the message names the whole range that is supported."""
    outcome: str = ""
    """What the releases do nevertheless: the end of what is written there."""


def group_by_cause(verdict: RequirementVerdict) -> list[list[ReleaseVerdict]]:
    """Group verdicts by what is supported: the same cause on several Pythons and releases is one."""
    groups: dict[tuple[str, ...], list[ReleaseVerdict]] = {}
    for each in verdict.verdicts:
        groups.setdefault(tuple(row.specifier for row in each.rows), []).append(each)
    return list(groups.values())


def support_phrase(context: CheckContext, group: Iterable[ReleaseVerdict]) -> str:
    """Return by which releases something is supported, and where: `supported by ddtrace 4.16.0 on Python 3.9`."""
    resolutions = [each.resolution for each in group]
    releases = subject(context, (each.release for each in resolutions))
    return f"supported by {releases}{on_pythons(context, (each.python for each in resolutions))}"


def range_phrase(context: CheckContext, verdict: RequirementVerdict, group: list[ReleaseVerdict]) -> str:
    """Return the range that a requirement misses: "below the minimum 1.1.4 supported by ddtrace 4.16.0"."""
    rows = [row for each in group for row in each.rows]
    by = f"supported by {subject(context, (each.resolution.release for each in group))}"
    floor = minimum_of(rows)
    if floor and reaches_below(verdict.located.dependency.specifier, floor):
        return f"below the minimum {floor} {by}"
    return f"outside {supported(rows)}, the range {by}"


def pythons_phrase(context: CheckContext, group: Iterable[ReleaseVerdict]) -> str:
    """Return on which Pythons verdicts are: ` on Python 3.9`; nothing where none is declared."""
    return on_pythons(context, (each.resolution.python for each in group))


def telling_notes(context: CheckContext, group: Iterable[ReleaseVerdict], notes: Iterable[str]) -> tuple[str, ...]:
    """Return notes without that on Pythons where it names all that the project has: it says nothing then."""
    found = {each.resolution.python for each in group}
    every = {each.python for tracer in context.project.tracers for each in tracer.resolutions}
    plain = pythons_phrase(context, group).strip() if found == every else ""
    return tuple(note for note in notes if note != plain)


def minimum_of(rows: Iterable[Support]) -> str:
    """Return the lowest version that rows support; empty where one of them has no lower bound."""
    floors = [lower_bound(row.specifier).removeprefix(">=") for row in rows]
    return min(floors, key=Version) if all(floors) else ""


def reaches_below(specifier: str, floor: str) -> bool:
    """Return whether a requirement allows nothing at or above a version, or older ones beside newer ones."""
    return verdict(specifier, (f">={floor}",)) in {Verdict.UNSUPPORTED, Verdict.PARTLY}


def by_integration(context: CheckContext, verdict: RequirementVerdict) -> str:
    """Name the integrations of rows, with a blank before, where the library has several and fails only some."""
    names = dict.fromkeys(row.integration for each in verdict.verdicts for row in each.rows)
    every = set(context.pack.integrations(verdict.located.dependency.name))
    return f" for its integration {joined(f'`{name}`' for name in names)}" if len(names) < len(every) else ""


def are_integrations_off(context: CheckContext, verdict: RequirementVerdict) -> bool:
    """Return whether every integration that a finding is about is off."""
    pairs = {(row.integration, each.resolution.series) for each in verdict.verdicts for row in each.rows}
    defaults = [default_of(context.pack, integration, series) for integration, series in pairs]
    return bool(defaults) and all(is_integration_off(each, context.settings) for each in defaults)


def library_finding(context: CheckContext, verdict: RequirementVerdict, telling: FindingText) -> Finding:
    """Return the finding, one level lower where the integration is off."""
    located = verdict.located
    rows = tuple(dict.fromkeys(row for each in verdict.verdicts for row in each.rows))
    off = are_integrations_off(context, verdict)
    specifiers = tuple(dict.fromkeys(row.specifier for row in rows))
    fix = _raise_fix(context, verdict, specifiers) if telling.is_fixable else None
    notes = (*telling.notes, *_other_causes(context, verdict), *_switch_note(context, verdict, off=off))
    return Finding(
        telling.code,
        _LOWER[telling.severity] if off else telling.severity,
        located.dependency.name,
        telling.message,
        Place(located.path, located.dependency.at, _range_label(verdict, telling)),
        rows[0].row if rows else "",
        (*_sibling_places(context, verdict), *tracer_places(context, (each.resolution for each in verdict.verdicts))),
        tuple(dict.fromkeys((*telling.evidence, *evidence(rows)))),
        (*notes, *as_notes(fix)),
        telling.help,
        as_fix(fix),
        key(located.dependency.specifier),
    )


def _raise_fix(
    context: CheckContext, verdict: RequirementVerdict, supported: tuple[str, ...]
) -> Fix | FixRefusal | None:
    """Return the fix for a requirement, and with it for the constraints that say the same."""
    fix = raise_fix(context, verdict.located, supported, is_met=verdict.is_satisfied_by_lock)
    narrower = (each for each in verdict.siblings if context.role(each) is Origin.CONSTRAINT)
    for each in narrower if isinstance(fix, Fix) else ():
        other = raise_fix(context, each, supported, is_met=verdict.is_satisfied_by_lock)
        if isinstance(other, Fix) and isinstance(fix, Fix):
            fix = fix._replace(edits=(*fix.edits, *other.edits))
    return fix


def _range_label(verdict: RequirementVerdict, telling: FindingText) -> str:
    """Return what is supported by the releases that the message names, unless the message has all of it."""
    ranges = supported(row for each in group_by_cause(verdict)[0] for row in each.rows).replace("`", "")
    if not ranges:
        return ""
    is_range_named = f" {ranges.removeprefix('>=')} " in telling.message or f"`{ranges}`" in telling.message
    label = telling.label if is_range_named else f"supported: {ranges}"
    return "; ".join(part for part in (label, telling.outcome) if part)


_BASES = {
    Basis.DECLARED: "declared for",
    Basis.OBSERVED: "observed on",
    Basis.PUBLISHED: "published for",
    Basis.DOCUMENTED: "documented for",
    Basis.TESTED: "tested with",
}


def evidence(rows: Iterable[Support]) -> tuple[Evidence, ...]:
    """Return the documents that rows rest on, each once, with the series that they are about."""
    return tuple(
        dict.fromkeys(
            row.evidence._replace(says=f"{_BASES[row.basis]} {series(row.first, row.last)}")
            for row in rows
            if row.evidence is not None
        )
    )


def series(first: str, last: str) -> str:
    """Return a run of series: `2.2\N{EN DASH}3.9`."""
    return first if first == last else f"{first}\N{EN DASH}{last}"


def _sibling_places(context: CheckContext, verdict: RequirementVerdict) -> tuple[Place, ...]:
    """Return the places that say the same, or that brought a lock entry in."""
    if verdict.siblings:
        return tuple(Place(each.path, each.dependency.at, _label(context, each)) for each in verdict.siblings)
    return path_from_declared(context, verdict.located) if context.is_resolved(verdict.located) else ()


def _label(context: CheckContext, located: Located) -> str:
    if context.role(located) is Origin.CONSTRAINT:
        return "constrained here"
    if not context.is_resolved(located):
        return "declared here"
    version = pin(located.dependency.specifier)
    return f"locked to {version} here" if version else "resolved here"


def _other_causes(context: CheckContext, verdict: RequirementVerdict) -> tuple[str, ...]:
    return tuple(
        f"{supported(row for each in group for row in each.rows)} is {support_phrase(context, group)}"
        for group in group_by_cause(verdict)[1:]
    )


def _switch_note(context: CheckContext, verdict: RequirementVerdict, *, off: bool) -> tuple[str, ...]:
    first = verdict.verdicts[0]
    default = (
        default_of(context.pack, first.rows[0].integration, first.resolution.series) if off and first.rows else None
    )
    if default is None:
        return ()
    switch = f"; `{default.switch}` switches it on" if default.switch else ""
    return (f"its integration is off here{switch}",)
