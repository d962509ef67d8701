"""Tell of a SQL driver or an HTTP client that a capability which is switched on does not watch.

## What it does

Looks up every SQL driver and HTTP client that the project declares for what it deploys in the newest tables, once a
capability that works on queries and calls is switched on. Under `--pedantic` it also names the modules of the standard
library for which a table has no coverage.

## Why it matters

An attack that ends in such a driver is judged from the request alone, and not where it takes effect.

## Example

    tracelib==3.2.0
    TRACELIB_GUARD=true
    drumsql==0.9       # tracelib watches the queries of harpsql only

## What to do

Prefer a driver or a client that is covered where the input of users reaches it.
"""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.lock_path import brought_in
from ddlint.checks.common.messages import key, quoted
from ddlint.checks.common.protection import Active, concerning, covering, elsewhere, met, place, places, served
from ddlint.checks.common.settings import reaches
from ddlint.core.model import Finding, Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.protection_rows import Protection, Sink

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located, Project, Resolution
    from ddlint.pack.pack import Pack

CODE = "DD404"
_ATTACKS = {"SQLi": "SQL injection", "SSRF": "server-side request forgery"}
_STANDARD = "stdlib:"


class _Use(NamedTuple):
    """A driver or a client that the project uses, under a capability."""

    row: Sink
    uses: tuple[Located, ...]
    found: Active


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each driver and client that is not covered."""
    here = scene(project, pack)
    found = next(iter(concerning(here, "sink")), None)
    if found is None:
        return
    for row in pack.rows(Sink):
        uses = () if row.is_covered else served(here, row.distribution)
        if uses and _is_running(here, found, uses[0]):
            yield _finding(here, _Use(row, uses, found))
    if project.is_pedantic:
        yield from _standard(here, found)


def _is_running(scene: Scene, found: Active, located: Located) -> bool:
    """Tell whether the release has the capability at all: one that it lacks covers nothing, and DD401 says so."""

    def has_it(resolution: Resolution) -> bool:
        return reaches(resolution.release, found.capability.minimum)

    return met(scene, located, has_it) is not None


def _finding(scene: Scene, use: _Use) -> Finding:
    row, found, first = use.row, use.found, use.uses[0]
    covered = covering(
        each.distribution for each in scene.pack.rows(Sink) if each.is_covered and each.attack == row.attack
    )
    return Finding(
        CODE,
        Severity.NOTICE,
        row.distribution,
        f"{found.says} does not cover {quoted(scene, first)} against {_ATTACKS.get(row.attack, row.attack)}{covered}",
        Place(first.path, first.dependency.at, f"not covered against {row.attack}"),
        row.row,
        (*places(use.uses[1:], "also here"), *brought_in(scene, first), *elsewhere(found.made, "switched on here")),
        (row.evidence,),
        help="take a covered one where the input of users reaches it",
        key=key(first.dependency.specifier),
    )


def _standard(scene: Scene, found: Active) -> Iterator[Finding]:
    """Tell of modules of the standard library where the capability is switched on: no requirement names them."""
    for row in scene.pack.rows(Protection):
        for name in row.distributions:
            if not row.is_covered and name.startswith(_STANDARD):
                module = name.removeprefix(_STANDARD)
                yield Finding(
                    CODE,
                    Severity.NOTICE,
                    module,
                    f"{found.says} has no coverage of `{module}` against {_ATTACKS.get(row.capability, row.capability)}"
                    " in the newest table",
                    place(scene, found, scene.project.tracers[0], f"`{module}` is not covered"),
                    row.row,
                    elsewhere(found.made[1:]),
                    (row.evidence,),
                    help=f"keep the input of users away from `{module}`",
                    key=f"{module} {row.capability}",
                )
