"""Compare the findings after fixes with those before: which finding stays, and which one is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from ddlint.core.model import Place, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import relative
from ddlint.core.report import Edit, Finding, offset_mapper
from ddlint.core.source import Source
from ddlint.project.installs import compiled, is_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.linter.run import Outcome

Cause = tuple[str, str, int, str, Severity]
"""Code, path, offset, subject and severity of a finding."""


_UNREADABLE = "DD003"
_STALE = "DD006"


class Complaint(NamedTuple):
    """Why fixes do not hold."""

    reason: str
    path: str
    """The file of the finding that speaks against them."""


def cause(finding: Finding) -> Cause:
    """Return what a finding is known by while texts change."""
    return finding.code, finding.at.path, finding.at.at.start, finding.subject, finding.severity


def cause_after(finding: Finding, move: Callable[[str, int], int]) -> Cause:
    """Return what a finding is known by after edits."""
    return finding.code, finding.at.path, move(finding.at.path, finding.at.at.start), finding.subject, finding.severity


def edits_of(findings: Iterable[Finding]) -> dict[str, list[Edit]]:
    """Return the edits of fixes by path."""
    edits: dict[str, list[Edit]] = {}
    for finding in findings:
        for edit in finding.fix.edits if finding.fix else ():
            edits.setdefault(edit.path, []).append(edit)
    return edits


def mover(findings: Iterable[Finding]) -> Callable[[str, int], int]:
    """Return the function that maps an offset in a file to its place after the fixes of findings."""
    by_path = {path: offset_mapper(each) for path, each in edits_of(findings).items()}
    return lambda path, offset: by_path[path](offset) if path in by_path else offset


def sources(outcome: Outcome) -> dict[str, Source]:
    """Return the files that were read, by path."""
    return {each.path: each.source for project in outcome.run.projects for each in project.manifests}


def line_of(outcome: Outcome, place: Place) -> int:
    """Return the line of a place; the first where its file was not read."""
    source = outcome.run.configs.sources.get(place.path) or sources(outcome).get(place.path)
    return source.position(min(place.at.start, len(source.text))).line if source else 1


def _locks(outcome: Outcome) -> frozenset[str]:
    """Return the files that a tool makes from others."""
    projects = outcome.run.projects
    locks = (each.path for project in projects for each in project.manifests if is_lock(each.path))
    return frozenset(locks).union(*(compiled(project.manifests) for project in projects))


def complaint(before: Outcome, fixed: Iterable[Finding], after: Outcome) -> Complaint | None:
    """Return which finding is there although it was to be fixed, or is new or worse.

    A finding that moves into a lock which it named before is none: that lock is to be made again. Neither is a lower
    one on a requirement that was fixed, as it was behind the worse one, nor what is found on a line that could not be
    read before; of a move, neither are notices and what rests on a lock, which still has the old release.
    """
    group = tuple(fixed)
    move = mover(group)
    known = Counter(cause_after(finding, move) for finding in before.filtered.unsuppressed)
    fixed_causes = Counter(cause_after(finding, move) for finding in group)
    left = known - fixed_causes
    is_move = any(finding.fix is not None and finding.fix.is_move for finding in group)
    locks = _locks(after) if is_move else frozenset()
    moved_to, opened = _into_locks(before, move), _opened(before, group)
    for finding in after.filtered.unsuppressed:
        here = cause(finding)
        if left[here]:
            left[here] -= 1
        elif any(place.path in locks for place in (finding.at, *finding.related)):
            continue
        elif here in fixed_causes:
            return Complaint("the finding would stay", finding.at.path)
        elif not (
            _is_milder(finding, known)
            or (is_move and (finding.severity is Severity.NOTICE or finding.code == _STALE))
            or any(here[1:4] == each[1:4] and _is_below(finding, each[-1]) for each in fixed_causes)
            or (finding.at.path, finding.at.at.start, finding.subject) in moved_to
            or (finding.code != _UNREADABLE and (finding.at.path, line_of(after, finding.at)) in opened)
        ):
            where = f"{relative(finding.at.path, after.run.request.cwd)}:{line_of(after, finding.at)}"
            return Complaint(f"it would bring {finding.code} at {where}: {finding.message}", finding.at.path)
    return None


def _is_milder(finding: Finding, known: Counter[Cause]) -> bool:
    """Whether the same finding was there before, at a higher level."""
    here = cause(finding)
    return any((*here[:-1], level) in known for level in Severity if _is_below(finding, level))


def _is_below(finding: Finding, level: Severity) -> bool:
    return finding.severity.rank > level.rank


def _into_locks(before: Outcome, move: Callable[[str, int], int]) -> set[tuple[str, int, str]]:
    """Return the places in locks that findings name, with their subjects."""
    locks = _locks(before)
    return {
        (place.path, move(place.path, place.at.start), finding.subject)
        for finding in before.filtered.unsuppressed
        for place in finding.related
        if place.path in locks
    }


def _opened(before: Outcome, group: tuple[Finding, ...]) -> set[tuple[str, int]]:
    """Return the lines that can be read only now."""
    return {(each.at.path, line_of(before, each.at)) for each in group if each.code == _UNREADABLE}
