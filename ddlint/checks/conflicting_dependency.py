"""Report a requirement that conflicts with what the tracer itself requires, or a package that excludes the tracer.

## What it does

Compares every requirement and lock entry with the requirements of the resolved release, on the Pythons where both apply
and with the extras that are asked for; and what other packages are known to require of the tracer with what the
project asks for. Where an older release of the tracer would do, it is a warning: an installer falls back to that one.

## Why it matters

An installer stops, or quietly takes an older tracer. A lock that was edited by hand fails when the service starts.

## Example

    ddtrace==4.16.0    # requires envier~=0.6.1
    envier==0.5.2

## What to do

Move the requirement into the range that is named, or take a release of the tracer whose own requirements allow it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.cross_requirements import Conflict, conflict_of, exclusion_of
from ddlint.checks.common.fixes import as_fix, as_notes, raise_fix
from ddlint.checks.common.messages import key, on_pythons, quoted, subject, tracer_places
from ddlint.checks.common.tracer import path_if_undeclared
from ddlint.core.model import Located, Origin, Place, Project, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.core.text import fitted
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


class _Reported(NamedTuple):
    """A conflict, and the other entries of the same library that belong to it."""

    conflict: Conflict
    siblings: tuple[Located, ...]


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each requirement that cannot be met together with the tracer."""
    context = context_of(project, pack)
    conflicts = {located: found for located in context.known() if (found := conflict_of(context, located))}
    for told in _reported(context, conflicts):
        yield _conflicting(context, told)
    excluding = {located: found for located in context.known() if (found := exclusion_of(context, located))}
    for told in _reported(context, excluding):
        yield _excluding(context, told)


def _reported(context: CheckContext, conflicts: dict[Located, Conflict]) -> Iterator[_Reported]:
    """Report each library once: where it is declared, or else at the constraint or the lock."""
    for located, conflict in conflicts.items():
        beside = context.siblings(located)
        others = tuple(each for each in beside if each in conflicts)
        written = tuple(each for each in beside if not context.is_resolved(each))
        is_overridden = any(each.dependency.origin is Origin.OVERRIDE for each in written)
        is_told_elsewhere = any(_weight(context, each) < _weight(context, located) for each in others)
        if context.is_foreign(located) or is_told_elsewhere:
            continue
        if is_overridden and located.dependency.origin is Origin.DECLARED and not context.is_resolved(located):
            continue
        yield _Reported(conflict, others or (written if context.is_resolved(located) else ()))


def _weight(context: CheckContext, located: Located) -> int:
    if context.is_resolved(located):
        return 2
    return 1 if context.role(located) is Origin.CONSTRAINT else 0


def _conflicting(context: CheckContext, told: _Reported) -> Finding:
    conflict = told.conflict
    demand, located = conflict.demands[0], conflict.located
    wanted = f"`{demand.name}{_together(conflict)}`"
    where = on_pythons(context, conflict.pythons)
    back = f"; installers fall back to {conflict.fallback}" if conflict.fallback else ""
    advice = f"keep it within `{_together(conflict)}`"
    fix = raise_fix(context, located, (_together(conflict),), is_met=False, is_capped=False)
    is_lenient = bool(conflict.fallback) or located.dependency.origin is Origin.OVERRIDE
    head = f"{quoted(context, located)} conflicts with {wanted}, which {demand.by} requires"
    message, notes = fitted(head, where, back)
    return Finding(
        CHECK.code,
        Severity.WARNING if is_lenient else CHECK.level,
        located.dependency.name,
        message,
        Place(located.path, located.dependency.at, f"conflicts with {demand.by}"),
        demand.row,
        _related(context, told),
        tuple(dict.fromkeys(each.evidence for each in conflict.demands)),
        notes=(*notes, *as_notes(fix)),
        help=advice,
        fix=as_fix(fix),
        key=key(located.dependency.specifier),
    )


def _excluding(context: CheckContext, told: _Reported) -> Finding:
    conflict = told.conflict
    demand, located = conflict.demands[0], conflict.located
    first = conflict.resolutions[0]
    asked = " and ".join(quoted(context, each) for each in first.by) or subject(context, (first.release,))
    verb = "exclude" if len(first.by) > 1 else "excludes"
    where = on_pythons(context, conflict.pythons)
    advice = f"ask for `{demand.name}{demand.specifier}`, or take another version of {located.dependency.name}"
    head = f"{quoted(context, located)} requires `{demand.name}{demand.specifier}`, which {asked} {verb}"
    message, notes = fitted(head, where)
    return Finding(
        CHECK.code,
        CHECK.level,
        located.dependency.name,
        message,
        Place(located.path, located.dependency.at, f"excludes {demand.name} {first.release}".rstrip()),
        demand.row,
        _related(context, told),
        (demand.evidence,),
        notes,
        advice,
        key=key(located.dependency.specifier),
    )


def _together(conflict: Conflict) -> str:
    """Write what all demands come to: one specifier, or several joined."""
    return ",".join(dict.fromkeys(each.specifier for each in conflict.demands))


def _related(context: CheckContext, told: _Reported) -> tuple[Place, ...]:
    demanding = (each.located for each in told.conflict.demands if each.located not in {None, told.conflict.located})
    by = (Place(each.path, each.dependency.at, "required by this") for each in demanding if each is not None)
    same = (
        Place(each.path, each.dependency.at, "resolved here" if context.is_resolved(each) else "declared here")
        for each in told.siblings
    )
    chain = path_if_undeclared(context, told.conflict.located)
    return tuple(dict.fromkeys((*by, *same, *chain, *tracer_places(context, told.conflict.resolutions))))
