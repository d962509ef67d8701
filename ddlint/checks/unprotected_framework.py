"""Report a web framework whose requests a capability that is switched on neither monitors nor blocks.

## What it does

Looks up every web framework that the project declares for what it deploys in the newest table, once a capability that
works on requests is switched on. A framework that a covered one is built on is not reported beside that one, nor is an
HTTP client that can serve as well beside any covered framework. A framework that is covered only from a later release
than the resolved one is a notice.

## Why it matters

The capability runs, and attacks on the service pass it unseen.

## Example

    tracelib==3.2.0
    TRACELIB_GUARD=true
    teapot==1.1        # tracelib guards kettle and samovar only

## What to do

Serve with a covered framework, or do not count on the protection here.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.messages import key, on_pythons, quoted, subject
from ddlint.checks.common.protection import concerning, covering, elsewhere, met, place, places, served
from ddlint.checks.common.settings import reaches
from ddlint.checks.common.support_levels import move
from ddlint.core.model import Finding, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.protection_rows import Framework, Sink

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.protection import Active
    from ddlint.checks.common.tracer import Decided
    from ddlint.core.model import Located, Project, Resolution
    from ddlint.pack.pack import Pack

CODE = "DD403"


class _Use(NamedTuple):
    """A web framework that the project serves with, under a capability."""

    row: Framework
    uses: tuple[Located, ...]
    found: Active


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each web framework that nothing protects."""
    here = scene(project, pack)
    found = next(iter(concerning(here, "framework")), None)
    for row in pack.rows(Framework) if found else ():
        uses = served(here, row.distribution)
        if found and uses:
            yield from _judged(here, _Use(row, uses, found))


def _judged(scene: Scene, use: _Use) -> Iterator[Finding]:
    def is_too_early(resolution: Resolution) -> bool:
        minimum = use.found.capability.minimum
        return reaches(resolution.release, minimum) and not reaches(resolution.release, use.row.since)

    if not use.row.is_covered and not _is_answered(scene, use.row):
        yield _finding(scene, use)
    elif use.row.is_covered and use.row.since and (decided := met(scene, use.uses[0], is_too_early)):
        yield _notice(scene, use, decided)


def _is_answered(scene: Scene, row: Framework) -> bool:
    """Tell whether a covered framework beside this one does the serving."""
    covered = {each.distribution for each in scene.pack.rows(Framework) if each.is_covered}
    answering = covered if scene.pack.about(Sink, row.distribution) else row.built_on_by
    return any(scene.minors(each) for name in answering for each in scene.by_name.get(name, ()))


def _finding(scene: Scene, use: _Use) -> Finding:
    row, found = use.row, use.found
    listed = (each for each in scene.pack.rows(Framework) if each.is_covered and not each.built_on_by)
    covered = covering(each.distribution for each in listed)
    return Finding(
        CODE,
        Severity.WARNING,
        row.distribution,
        f"{found.says} does not cover the web framework {quoted(scene, use.uses[0])}{covered}",
        place(scene, found, scene.project.tracers[0], f"{row.distribution} is not covered"),
        row.row,
        (*places(use.uses, "not covered"), *elsewhere(found.made[1:])),
        tuple(dict.fromkeys((row.evidence, *row.others))),
        help=f"serve with a covered one, or do not count on {found.capability.title} here",
        key=key(use.uses[0].dependency.specifier),
    )


def _notice(scene: Scene, use: _Use, decided: Decided) -> Finding:
    row, found = use.row, use.found
    advice = move(scene, decided, f">={row.since}")
    releases = subject(scene, (each.release for each in decided.resolutions))
    where = on_pythons(scene, (each.python for each in decided.resolutions))
    return Finding(
        CODE,
        Severity.NOTICE,
        row.distribution,
        f"{found.says} covers {quoted(scene, use.uses[0])} from {scene.pack.subject} {row.since} on, and this is "
        f"{releases}{where}; {advice}",
        place(scene, found, decided.tracer, f"{row.distribution} is covered from {row.since} on"),
        row.row,
        (*places(use.uses, f"covered from {row.since} on"), *elsewhere(found.made[1:])),
        tuple(dict.fromkeys((row.evidence, *row.others))),
        help=advice,
        key=key(use.uses[0].dependency.specifier),
    )
