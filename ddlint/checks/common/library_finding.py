"""A judgement on a library as a finding: the message, its places, its evidence, and what to do."""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.checks.common.context import CheckContext
from ddlint.checks.common.cross_requirements import path_from_declared
from ddlint.checks.common.fixes import FixRefusal, as_fix, as_notes, lower_bound, raise_fix
from ddlint.checks.common.messages import joined, key, on_pythons, subject, supported, tracer_places
from ddlint.core.model import Located, Origin, Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence, Finding, Fix
from ddlint.pack.support import default_of, is_integration_off
from ddlint.pack.support_rows import Basis, Support
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import Verdict, pin
from ddlint.versions.specifiers import verdict as verdict_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.support import ReleaseVerdict, RequirementVerdict

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
    return verdict_on(specifier, (f">={floor}",)) in {Verdict.UNSUPPORTED, Verdict.PARTLY}


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
