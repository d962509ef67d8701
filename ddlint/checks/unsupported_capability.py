"""Tell of a protection capability that no release of the tracer has.

## What it does

Looks up every capability that the configuration names, or that a setting switches on, among those that the newest page
lists as not supported.

## Why it matters

Whoever counts on it believes that requests are watched which nobody watches.

## Example

    [tool.ddlint]
    capabilities = ["radio-monitoring"]    # no tracelib monitors radio

## What to do

Take the capability out of `capabilities`, and protect what it was meant for by other means.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.protection import active, elsewhere, place
from ddlint.core.model import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.protection import Active
    from ddlint.core.model import Project
    from ddlint.pack.pack import Pack

CODE = "DD402"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each capability that has no support."""
    here = scene(project, pack)
    for found in active(here):
        if not found.capability.is_supported:
            yield _finding(here, found)


def _finding(scene: Scene, found: Active) -> Finding:
    capability, tracer = found.capability, scene.project.tracers[0]
    out = f"unset `{found.made[0].name}`" if found.made else f"take `{capability.name}` out of `capabilities`"
    return Finding(
        CODE,
        Severity.NOTICE,
        found.made[0].name if found.made else scene.pack.subject,
        f"{found.says} is supported by no release of {scene.pack.subject}; {out}",
        place(scene, found, tracer, f"no {capability.title}"),
        capability.row,
        elsewhere(found.made[1:]),
        (capability.evidence,),
        help=out,
        key=capability.name,
    )
