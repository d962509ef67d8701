"""Why each library of a project has its verdict: by which row, for which release, on which Pythons."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.judgement import group_by_cause, verdict_in_project
from ddlint.checks.common.messages import joined, on_pythons, quoted, subject
from ddlint.core.model import Located, Place, Project
from ddlint.pack.pack import Pack
from ddlint.pack.support import SupportStatus, applicable_rows
from ddlint.versions.specifiers import list_minors

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.support import ReleaseVerdict, RequirementVerdict

_PHRASES = {
    SupportStatus.UNSUPPORTED: "is outside {}",
    SupportStatus.PARTLY: "is partly outside {}",
    SupportStatus.UNTESTED: "is outside {}",
    SupportStatus.UNBOUNDED: "is outside {} only where it has no bound",
    SupportStatus.UNKNOWN: "is of an unknown version, so it is not compared with {}",
    SupportStatus.SUPPORTED: "is within {}",
}


def explanations(project: Project, pack: Pack) -> Iterator[Place]:
    """Return the place of every requirement and lock entry that the pack knows, with what was decided there."""
    context = context_of(project, pack)
    for located in context.entries:
        name = located.dependency.name
        if project.tracers and name != pack.subject and (pack.support(name) or pack.removals(name)):
            yield Place(
                located.path, located.dependency.at, f"{quoted(context, located)} {_explanation(context, located)}"
            )


def _explanation(context: CheckContext, located: Located) -> str:
    live, marker = context.active_pythons(located), located.dependency.marker
    if not live:
        return f"is left out: its marker `{marker}` holds on no Python of the project"
    known = tuple(python.minor for python in context.project.pythons) or context.pack.pythons
    where = f"; its marker leaves Python {list_minors(live, known)}" if marker and live != known else ""
    verdict = verdict_in_project(context, located)
    if verdict.verdicts and any(each.rows for each in verdict.verdicts):
        return "; ".join(_with_rows(context, verdict, group) for group in group_by_cause(verdict)) + where
    return f"{_without_rows(context, located)}{where}"


def _with_rows(context: CheckContext, verdict: RequirementVerdict, group: list[ReleaseVerdict]) -> str:
    rows = dict.fromkeys((row.row, row.basis.value, row.specifier) for each in group for row in each.rows)
    ranges = (f"{f'`{text}`' if text else 'every version'} (row `{name}`, {basis})" for name, basis, text in rows)
    told = _PHRASES[verdict.status].format(joined(ranges, "or"))
    where = on_pythons(context, (each.resolution.python for each in group))
    return f"{told} for {subject(context, (each.resolution.release for each in group))}{where}"


def _without_rows(context: CheckContext, located: Located) -> str:
    met = [each for tracer in context.tracers(located) for each in context.resolutions(tracer, located)]
    gone = {
        applicable_rows(context.pack, located.dependency.name, each.release, each.series).removal for each in met
    } - {None}
    row = next((removal.row for removal in gone if removal), "")
    releases = subject(context, dict.fromkeys(each.release for each in met))
    return f"{f'lost its integration by row `{row}`' if row else 'is not listed'}, for {releases}"
