"""Why each library of a project stands as it does: which row rules, for which release, and what a marker leaves."""

from __future__ import annotations

from ddlint.checks.common.context import scene
from ddlint.checks.common.deduplicate import judged
from ddlint.checks.common.judgement import Kind
from ddlint.checks.common.library_finding import causes
from ddlint.checks.common.messages import joined, on_pythons, quoted, subject
from ddlint.core.model import Place
from ddlint.pack.support import applicable_rows
from ddlint.versions.pythons import list_minors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.judgement import Judgement, Outcome
    from ddlint.core.model import Located, Project
    from ddlint.pack.pack import Pack

_SAYS = {
    Kind.UNSUPPORTED: "is outside {}",
    Kind.PARTLY: "is partly outside {}",
    Kind.UNTESTED: "is outside {}",
    Kind.UNBOUNDED: "is outside {} only where it has no bound",
    Kind.UNKNOWN: "is of a version that cannot be told, so it is not held against {}",
    Kind.FINE: "is within {}",
}


def reasons(project: Project, pack: Pack) -> Iterator[Place]:
    """Give the place of every requirement and lock entry that the pack knows, with what was decided there."""
    here = scene(project, pack)
    for located in here.entries:
        name = located.dependency.name
        if project.tracers and name != pack.subject and (pack.support(name) or pack.removals(name)):
            yield Place(located.path, located.dependency.at, f"{quoted(here, located)} {_reason(here, located)}")


def _reason(scene: Scene, located: Located) -> str:
    live, marker = scene.minors(located), located.dependency.marker
    if not live:
        return f"is left out: its marker `{marker}` holds on no Python of the project"
    known = tuple(python.minor for python in scene.project.pythons) or scene.pack.pythons
    where = f"; its marker leaves Python {list_minors(live, known)}" if marker and live != known else ""
    judgement = judged(scene, located)
    if judgement.outcomes and any(each.rows for each in judgement.outcomes):
        return "; ".join(_ruled(scene, judgement, group) for group in causes(judgement)) + where
    return f"{_unruled(scene, located)}{where}"


def _ruled(scene: Scene, judgement: Judgement, group: list[Outcome]) -> str:
    rows = dict.fromkeys((row.row, row.basis.value, row.specifier) for each in group for row in each.rows)
    ranges = (f"{f'`{text}`' if text else 'every version'} (row `{name}`, {basis})" for name, basis, text in rows)
    told = _SAYS[judgement.kind].format(joined(ranges, "or"))
    where = on_pythons(scene, (each.resolution.python for each in group))
    return f"{told} for {subject(scene, (each.resolution.release for each in group))}{where}"


def _unruled(scene: Scene, located: Located) -> str:
    met = [each for tracer in scene.tracers(located) for each in scene.resolutions(tracer, located)]
    gone = {applicable_rows(scene.pack, located.dependency.name, each.release, each.line).removal for each in met} - {
        None
    }
    row = next((removal.row for removal in gone if removal), "")
    releases = subject(scene, dict.fromkeys(each.release for each in met))
    return f"{f'lost its integration by row `{row}`' if row else 'has no row that speaks of it'}, for {releases}"
