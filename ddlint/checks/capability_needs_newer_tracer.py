"""Report a protection capability that is switched on, and that the resolved release does not have yet.

## What it does

Compares the first release that has a capability with the resolved one. A capability is switched on by a setting in a
Dockerfile, a compose file, a manifest or another runtime hint, or named under `capabilities` in the configuration.

## Why it matters

An older tracer ignores the setting without a word: the service counts as protected, and is not.

## Example

    tracelib==3.2.0
    TRACELIB_GUARD=true    # guarding came with tracelib 3.4.0

## What to do

Move to a release that has the capability, or switch it off until then.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.messages import on_pythons, subject, tracer_places
from ddlint.checks.common.protection import Active, active, elsewhere
from ddlint.checks.common.settings import concerned, reaches
from ddlint.checks.common.support_levels import move
from ddlint.checks.common.tracer import place, related, says, verb
from ddlint.core.model import Finding, Severity
from ddlint.pack.protection_rows import Capability

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.tracer import Decided
    from ddlint.core.model import Place, Project, Resolution
    from ddlint.pack.pack import Pack

CODE = "DD401"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each capability that the resolved release is too old for."""
    here = scene(project, pack)
    for found in active(here):
        if found.is_asked and found.capability.is_supported and found.capability.minimum:
            yield from _judged(here, found)


def _judged(scene: Scene, found: Active) -> Iterator[Finding]:
    def is_older(resolution: Resolution) -> bool:
        return not reaches(resolution.release, found.capability.minimum)

    if not found.made:
        decided = concerned(scene, "", is_older)
        if decided is not None:
            yield _finding(scene, found, decided, related(scene, decided))
        return
    lacking = [(made, decided) for made in found.made if (decided := concerned(scene, made.path, is_older))]
    if lacking:
        decided = lacking[0][1]
        own = found._replace(made=tuple(made for made, _ in lacking))
        places = (*elsewhere(own.made[1:]), *tracer_places(scene, decided.resolutions))
        yield _finding(scene, own, decided, places)


def _finding(scene: Scene, found: Active, decided: Decided, places: tuple[Place, ...]) -> Finding:
    capability, pack = found.capability, scene.pack
    advice = move(scene, decided, f">={capability.minimum}")
    needs = f"{pack.subject} {capability.minimum}"
    if found.made:
        where = on_pythons(scene, (each.python for each in decided.resolutions))
        releases = subject(scene, (each.release for each in decided.resolutions))
        message = f"{found.says} needs {needs} or later, and this is {releases}{where}; {advice}"
    else:
        has = verb(decided, "has", "have")
        message = f"{says(scene, decided)} {has} no {capability.title}, which the configuration names: it needs {needs}"
        message += f" or later; {advice}"
    return Finding(
        CODE,
        Severity.WARNING,
        found.made[0].name if found.made else pack.subject,
        message,
        found.made[0].place(f"needs {needs}") if found.made else place(scene, decided, f"needs {needs}"),
        capability.row,
        places,
        (capability.evidence,),
        _history(scene, capability),
        help=advice,
        key=capability.name,
    )


def _history(scene: Scene, capability: Capability) -> tuple[str, ...]:
    """Tell of another first release that an older document states; the newest page rules."""
    others = {
        row.minimum: row.evidence
        for row in scene.pack.rows(Capability)
        if row.name == capability.name and not row.is_ruling and row.minimum not in {"", capability.minimum}
    }
    return tuple(
        f"{release} in an older document: {evidence.title}, {evidence.section}" for release, evidence in others.items()
    )
