"""Report a requirement that conflicts with what the tracer itself requires, or a package that excludes the tracer.

## What it does

Holds every requirement and lock entry against the requirements of the resolved release, on the Pythons where both apply
and with the extras that are asked for; and what other packages are known to demand of the tracer against what the
project asks of it. Where an older release of the tracer would do, it is a warning: an installer falls back to that one.

## Why it matters

An installer stops, or quietly takes an older tracer. A lock that was edited by hand fails when the service starts.

## Example

    tracelib==3.2.0    # requires corelib<2
    corelib==2.0.1

## What to do

Move the requirement into the range that is named, or take a release of the tracer whose own requirements admit it.
"""

from __future__ import annotations

from ddlint.checks.common.conflicts import conflict_of, excluded_by
from ddlint.checks.common.context import scene
from ddlint.checks.common.fixes import as_fix, as_notes, raised
from ddlint.checks.common.lock_path import brought_in
from ddlint.checks.common.messages import key, on_pythons, quoted, subject, tracer_places
from ddlint.core.model import Finding, Origin, Place, Severity
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.conflicts import Conflict
    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located, Project
    from ddlint.pack.pack import Pack

CODE = "DD501"


class _Told(NamedTuple):
    """A conflict, and the other entries of the same library that belong to it."""

    conflict: Conflict
    beside: tuple[Located, ...]


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each requirement that cannot be met together with the tracer."""
    here = scene(project, pack)
    conflicts = {located: found for located in here.known() if (found := conflict_of(here, located))}
    for told in _told(here, conflicts):
        yield _conflicting(here, told)
    excluding = {located: found for located in here.known() if (found := excluded_by(here, located))}
    for told in _told(here, excluding):
        yield _excluding(here, told)


def _told(scene: Scene, conflicts: dict[Located, Conflict]) -> Iterator[_Told]:
    """Tell each library once: where a person wrote it, or else at the constraint or the lock."""
    for located, conflict in conflicts.items():
        beside = scene.beside(located)
        others = tuple(each for each in beside if each in conflicts)
        written = tuple(each for each in beside if not scene.is_resolved(each))
        is_overridden = any(each.dependency.origin is Origin.OVERRIDE for each in written)
        is_told_elsewhere = any(_weight(scene, each) < _weight(scene, located) for each in others)
        if scene.is_foreign(located) or is_told_elsewhere:
            continue
        if is_overridden and located.dependency.origin is Origin.DECLARED and not scene.is_resolved(located):
            continue
        yield _Told(conflict, others or (written if scene.is_resolved(located) else ()))


def _weight(scene: Scene, located: Located) -> int:
    if scene.is_resolved(located):
        return 2
    return 1 if scene.role(located) is Origin.CONSTRAINT else 0


def _conflicting(scene: Scene, told: _Told) -> Finding:
    conflict = told.conflict
    demand, located = conflict.demands[0], conflict.located
    wanted = f"`{demand.name}{_together(conflict)}`"
    where = on_pythons(scene, conflict.pythons)
    back = f", so an installer falls back to {subject(scene, (conflict.fallback,))}" if conflict.fallback else ""
    advice = f"keep `{demand.name}` within `{_together(conflict)}`"
    fix = raised(scene, located, (_together(conflict),), is_met=False, is_capped=False)
    is_lenient = bool(conflict.fallback) or located.dependency.origin is Origin.OVERRIDE
    return Finding(
        CODE,
        Severity.WARNING if is_lenient else Severity.ERROR,
        located.dependency.name,
        f"{quoted(scene, located)} conflicts with {wanted}, which {demand.by} requires{where}{back}; {advice}",
        Place(located.path, located.dependency.at, f"{demand.by} requires {_together(conflict)}"),
        demand.row,
        _related(scene, told),
        tuple(dict.fromkeys(each.evidence for each in conflict.demands)),
        notes=as_notes(fix),
        help=advice,
        fix=as_fix(fix),
        key=key(located.dependency.specifier),
    )


def _excluding(scene: Scene, told: _Told) -> Finding:
    conflict = told.conflict
    demand, located = conflict.demands[0], conflict.located
    first = conflict.resolutions[0]
    asked = " and ".join(quoted(scene, each) for each in first.by) or subject(scene, (first.release,))
    verb = "exclude" if len(first.by) > 1 else "excludes"
    where = on_pythons(scene, conflict.pythons)
    advice = f"ask for `{demand.name}{demand.specifier}`, or take another version of {located.dependency.name}"
    return Finding(
        CODE,
        Severity.ERROR,
        located.dependency.name,
        f"{quoted(scene, located)} requires `{demand.name}{demand.specifier}`, which {asked} {verb}{where}; {advice}",
        Place(located.path, located.dependency.at, f"requires {demand.name}{demand.specifier}"),
        demand.row,
        _related(scene, told),
        (demand.evidence,),
        help=advice,
        key=key(located.dependency.specifier),
    )


def _together(conflict: Conflict) -> str:
    """Write what all demands come to: one specifier, or several joined."""
    return ",".join(dict.fromkeys(each.specifier for each in conflict.demands))


def _related(scene: Scene, told: _Told) -> tuple[Place, ...]:
    demanding = (each.located for each in told.conflict.demands if each.located not in {None, told.conflict.located})
    by = (Place(each.path, each.dependency.at, "required by this") for each in demanding if each is not None)
    same = (
        Place(each.path, each.dependency.at, "resolved here" if scene.is_resolved(each) else "declared here")
        for each in told.beside
    )
    chain = brought_in(scene, told.conflict.located)
    return tuple(dict.fromkeys((*by, *same, *chain, *tracer_places(scene, told.conflict.resolutions))))
