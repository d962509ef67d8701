"""The fix of an ended series: the changes of the plan to the newest release, where it can be reached."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.cli.plan import plans_of
from ddlint.core.report import Finding, Fix
from ddlint.core.source import Source
from ddlint.core.text import counted
from ddlint.linter.run import read, resolved
from ddlint.plan.model import Location
from ddlint.plan.text_edits import edits_by_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.linter.lint_project import Request
    from ddlint.linter.run import Outcome
    from ddlint.plan.model import Plan

_ENDED = "DD101"


def offer(request: Request, outcome: Outcome) -> Outcome:
    """Return what is found with a fix for each ended series whose plan leads to the newest release."""
    if not any(finding.code == _ENDED for finding in outcome.filtered.shown):
        return outcome
    run = read(request._replace(pool=None))
    sources = {each.path: each.source for gathered in run.projects for each in gathered.manifests}
    moves = {
        place: fix
        for gathered in run.projects
        for plan in plans_of(run, gathered, resolved(run, gathered))
        for place, fix in _moves(plan)
    }
    shown = tuple(_with_fix(finding, moves, sources) for finding in outcome.filtered.shown)
    return outcome._replace(filtered=outcome.filtered._replace(shown=shown))


def _moves(plan: Plan) -> Iterator[tuple[Location, Fix]]:
    """Yield the fix that makes a whole plan, for each place of the requirement that it moves."""
    edits = tuple(edit for each in edits_by_file(plan.changes).values() for edit in each)
    if plan.blockers or not edits:
        return
    fix = Fix(f"move to {plan.subject} {plan.target} ({counted(len(plan.required), 'change')})", False, edits, True)
    for change in plan.changes:
        if change.code == _ENDED:
            yield from ((each.at, fix) for each in change.edits if each.at is not None)


def _with_fix(finding: Finding, moves: dict[Location, Fix], sources: dict[str, Source]) -> Finding:
    source = sources.get(finding.at.path)
    if finding.code != _ENDED or finding.fix is not None or source is None:
        return finding
    position = source.position(finding.at.at.start)
    return finding._replace(fix=moves.get(Location(source.path, position.line, position.column)))
