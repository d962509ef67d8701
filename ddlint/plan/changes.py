"""What it takes to reach a release: the findings that the project would have with it, in the order they are mended."""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.checks import CHECKS, Needs, Step
from ddlint.core.model import Project, Severity
from ddlint.core.report import Finding
from ddlint.core.source import Span
from ddlint.pack.pack import Pack
from ddlint.pack.support import applicable_rows
from ddlint.plan.locations import related_place
from ddlint.plan.model import Change
from ddlint.plan.pythons import evidence_of, kept, without_lost
from ddlint.plan.release_lines import findings, moves_along
from ddlint.plan.rewrites import rewrite
from ddlint.plan.tracer_requirement import tracer_changes

_STEPS = {check.code: check.step for check in CHECKS if check.step is not None}
"""The checks whose findings are changes; the others are about reading, or about the release that is left."""
_APART = frozenset({Step.PYTHON, Step.SUBJECT})
"""What says different things of one subject at different places."""
_LOST = next(check.code for check in CHECKS if check.step is Step.INTEGRATION)
_Key = tuple[str, str, str, "Span"]


def changes(project: Project, there: Project, pack: Pack, target: str) -> tuple[Change, ...]:
    """Return what is to be done to reach `target`; `there` is the project as it would be with it.

    A notice that is true today as well says nothing of the way, and is left out.
    """
    known = {_key(finding) for finding in findings(project, pack, _STEPS)}
    made = [_change(there, pack, target, each, known) for each in findings(there, pack, _STEPS)]
    made += tracer_changes(project, pack, target, made)
    told = (each for each in made if each.is_new or each.severity is not Severity.NOTICE)
    return tuple(sorted(_grouped(told), key=_order))


def solved(project: Project, there: Project, pack: Pack) -> tuple[Change, ...]:
    """Return what is wrong today and no longer is with the target; notices are left out."""
    codes = {check.code for check in CHECKS if check.needs not in {Needs.PROBLEM, Needs.SUPPRESSIONS}}
    left = {_key(finding) for finding in findings(there, pack, codes)}
    gone = (each for each in findings(project, pack, codes) if _key(each) not in left)
    made = [_plain(there, pack, "", each) for each in gone if each.severity is not Severity.NOTICE]
    return tuple(sorted(_grouped(made), key=_order))


def _key(finding: Finding) -> _Key:
    return finding.code, finding.subject, finding.at.path, finding.at.at


def _order(change: Change) -> tuple[bool, int, str, str]:
    return change.severity is Severity.NOTICE, list(Step).index(change.step), change.subject, change.code


def _grouped(changes: Iterable[Change]) -> list[Change]:
    """Make one change of those that say the same of one thing at several places."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for each in changes:
        says = each.message if each.step in _APART else ""
        groups.setdefault((each.step, each.code, each.subject, says, each.severity is Severity.NOTICE), []).append(each)
    return [_merged(group) for group in groups.values()]


def _merged(group: list[Change]) -> Change:
    first = group[0]
    return first._replace(
        edits=tuple(dict.fromkeys(edit for each in group for edit in each.edits)),
        also=tuple(dict.fromkeys(found for each in group for found in each.also)),
        notes=tuple(dict.fromkeys(note for each in group for note in each.notes)),
        evidence=tuple(dict.fromkeys(evidence for each in group for evidence in each.evidence)),
        is_new=any(each.is_new for each in group),
    )


def _plain(project: Project, pack: Pack, target: str, finding: Finding) -> Change:
    edit = rewrite(project, pack, target, without_lost(project, pack, finding))
    return Change(
        _STEPS.get(finding.code, Step.SUBJECT),
        finding.code,
        finding.severity,
        finding.subject,
        finding.message,
        finding.help,
        (edit if target else edit._replace(was="", write=""),),
        tuple(related_place(project, place) for place in finding.related),
        finding.notes,
        finding.row,
        finding.evidence,
    )


def _change(project: Project, pack: Pack, target: str, finding: Finding, known: set[_Key]) -> Change:
    made = _plain(project, pack, target, finding)._replace(is_new=_key(finding) not in known)
    if made.is_new and moves_along(project, pack, finding):
        return made._replace(severity=Severity.NOTICE, help="locking again moves it along")
    if made.code == _LOST:
        return _with_successor(made, pack, target)
    if made.step is not Step.PYTHON or made.severity is Severity.NOTICE:
        return made
    notes = (*finding.notes, *kept(project, pack, finding))
    return made._replace(notes=notes, evidence=evidence_of(project, pack, target, finding) or finding.evidence)


def _with_successor(change: Change, pack: Pack, target: str) -> Change:
    """Say what follows an integration that is gone; to stay below its end is no way to the target."""
    removal = applicable_rows(pack, change.subject, target, pack.line(target)).removal
    if removal is None:
        return change
    follows = f"`{removal.successor}`" if " " not in removal.successor else removal.successor
    todo = f"move to what follows it: {follows}" if removal.successor else "nothing follows it: do without its spans"
    return change._replace(help=todo, successor=removal.successor)
