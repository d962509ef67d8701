"""What it takes to reach a release: the findings that the project would have with it, in the order they are fixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.checks import CHECKS, Needs, Step
from ddlint.checks.common.context import CheckContext
from ddlint.core.model import NormalizedName, Place, Project, Severity
from ddlint.core.report import Edit, Finding, is_at_odds
from ddlint.core.source import Source, Span
from ddlint.pack.pack import Pack
from ddlint.pack.support import applicable_rows
from ddlint.plan.locations import related_place, source_of
from ddlint.plan.model import Change, Rewrite
from ddlint.plan.pythons import evidence_of, installer_bounds, kept, lacking, without_lost
from ddlint.plan.release_series import findings, moves_along
from ddlint.plan.rewrites import rewrite
from ddlint.plan.tracer_requirement import left_alone, subject_change
from ddlint.versions.specifiers import range_of

ORDER = (
    Step.SUBJECT,
    Step.EXTRA,
    Step.PYTHON,
    Step.REQUIREMENT,
    Step.PAIR,
    Step.LIBRARY,
    Step.INTEGRATION,
    Step.SETTING,
    Step.SWITCH,
    Step.PLATFORM,
    Step.AGENT,
    Step.PROTECTION,
)
"""The order in which changes are made: first what decides what can be installed, the requirement of the subject."""
_STEPS = {check.code: check.step for check in CHECKS if check.step is not None}
"""The checks whose findings are changes; the others are about reading, or about the release that is left."""
_LEFT = ("DD101", "DD103", "DD104", "DD102")
"""What makes the release of today overdue, the most urgent first."""
_OF_LIBRARIES = "DD3"
_LOST = next(check.code for check in CHECKS if check.step == Step.INTEGRATION)


_Key = tuple[str, str, str, "Span"]


def changes(project: Project, there: Project, pack: Pack, target: str) -> tuple[Change, ...]:
    """Return what is to be done to reach `target`; `there` is the project as it would be with it.

    A notice that is true today as well says nothing of the way, and is left out.
    """
    context = CheckContext(project, pack)
    known = {_key(finding) for finding in findings(project, pack, _STEPS)}
    made = [_change(context, there, target, each, known) for each in _relevant(context, there, target)]
    told = [each for each in made if each.is_new or not each.is_notice]
    today = sorted(findings(project, pack, _LEFT[:-1]), key=lambda each: _LEFT.index(each.code))
    overdue = tuple(each for each in today if each.severity is not Severity.NOTICE)
    subject = [*subject_change(context, target, overdue)]
    bounds = [*installer_bounds(context, target)]
    told = [each for each in told if not (bounds and each.step == Step.PYTHON and each.is_notice)]
    grouped = _grouped([*subject, *bounds, *told, *_dropped(context, target)])
    whole = tuple(sorted((_in_one_piece(context, each) for each in grouped), key=_order))
    return tuple(_without_conflicts(_together(context, whole)))


def _relevant(context: CheckContext, there: Project, target: str) -> Iterator[Finding]:
    """Yield the findings with the target, but on Pythons that a requirement of their own gives another release."""
    spared = left_alone(context, target)
    for finding in findings(there, context.pack, _STEPS):
        lost = frozenset(lacking(there, finding)) if _STEPS[finding.code] is Step.PYTHON else frozenset()
        if not lost or not lost <= spared:
            yield finding


def solved(project: Project, there: Project, pack: Pack, target: str) -> tuple[Change, ...]:
    """Return what is wrong today and no longer is with the target; notices are left out.

    A library that the target does not list is not solved: nothing is known of it.
    """
    context = CheckContext(project, pack)
    codes = {check.code for check in CHECKS if check.needs not in {Needs.PROBLEM, Needs.SUPPRESSIONS}} - {*_LEFT}
    left = {_key(finding) for finding in findings(there, pack, codes)}
    gone = (each for each in findings(project, pack, codes) if _key(each) not in left)
    made = [
        _plain(context, "", each)
        for each in gone
        if each.severity is not Severity.NOTICE and _is_listed(pack, each, target)
    ]
    return tuple(sorted(_grouped(made), key=_order))


def _is_listed(pack: Pack, finding: Finding, target: str) -> bool:
    if not finding.code.startswith(_OF_LIBRARIES):
        return True
    rules = applicable_rows(pack, finding.subject, target, pack.series(target))
    return bool(rules.rows or rules.tested)


def _dropped(context: CheckContext, target: str) -> Iterator[Change]:
    """Yield the libraries that today's release lists and the target does not: lost where a document says so."""
    pack = context.pack
    releases = dict.fromkeys(
        (each.release, each.series) for tracer in context.project.tracers for each in tracer.resolutions if each.release
    )
    for name in dict.fromkeys(located.dependency.name for located in context.known()):
        then = applicable_rows(pack, name, target, pack.series(target))
        before = [
            series for release, series in releases if series and applicable_rows(pack, name, release, series).rows
        ]
        if not before or then.rows or then.tested or then.removal is not None:
            continue
        yield _not_listed(context, name, before[-1], target)


def _not_listed(context: CheckContext, name: NormalizedName, series: str, target: str) -> Change:
    pack = context.pack
    ends = [
        each
        for each in pack.removals(name)
        if each.version
        and pack.position(series) < pack.position(pack.series(each.version)) <= pack.position(pack.series(target))
    ]
    located = next(each for each in context.known() if each.dependency.name == name)
    place = related_place(context.project, Place(located.path, located.dependency.at, "required here"))
    if ends:
        end = ends[-1]
        message = f"{pack.subject} {end.version} dropped {end.name}, and {target} does not list `{name}`"
        follow = f"move to `{end.successor}`" if end.successor else "do without its spans"
        documents = tuple(dict.fromkeys((end.evidence, *end.others)))
    else:
        end = None
        message = (
            f"`{name}` is listed for {pack.subject} {series} and not for {target}: whether it is traced is not known"
        )
        follow, documents = "try it before you rely on its spans", ()
    return Change(
        Step.INTEGRATION,
        "",
        Severity.WARNING if end is not None else Severity.NOTICE,
        name,
        message,
        follow,
        (Rewrite(place.at, located.dependency.written),),
        row=end.row if end is not None else "",
        evidence=documents,
        successor=end.successor if end is not None else "",
    )


def _key(finding: Finding) -> _Key:
    return finding.code, finding.subject, finding.at.path, finding.at.at


def _order(change: Change) -> tuple[bool, int, str, str]:
    return change.is_notice, ORDER.index(change.step), change.subject, change.code


def _grouped(changes: Iterable[Change]) -> list[Change]:
    """Make one change of those that say the same of one thing at several places."""
    groups: dict[tuple[object, ...], list[Change]] = {}
    for each in changes:
        groups.setdefault((each.step, each.code, each.subject, each.is_notice), []).append(each)
    return [_merged(group) for group in groups.values()]


def _in_one_piece(context: CheckContext, change: Change) -> Change:
    """Return a change whose deletions touch one another, several extras of one requirement, as one deletion."""
    edits = [edit for each in change.edits for edit in each.edits]
    if change.step != Step.EXTRA or not any(is_at_odds(one, other) for one in edits for other in edits):
        return change
    spans: dict[str, Span] = {}
    for edit in edits:
        known = spans.get(edit.path, edit.at)
        spans[edit.path] = Span(min(known.start, edit.at.start), max(known.end, edit.at.end))
    whole = tuple(Edit(path, _with_brackets(source_of(context.project, path), at), "") for path, at in spans.items())
    first, *others = change.edits
    return change._replace(edits=(first._replace(edits=whole), *(each._replace(edits=()) for each in others)))


def _with_brackets(source: Source | None, at: Span) -> Span:
    """Return a span with the brackets around it, where it is all that they hold and they follow a name."""
    text = source.text if source is not None else ""
    is_all = text[at.start - 1 : at.start] == "[" and text[at.end : at.end + 1] == "]"
    return Span(at.start - 1, at.end + 1) if is_all and text[at.start - 2 : at.start - 1].isalnum() else at


def _merged(group: list[Change]) -> Change:
    first, *others = group
    more = (each.message for each in others if each.message != first.message)
    return first._replace(
        edits=tuple(dict.fromkeys(edit for each in group for edit in each.edits)),
        also=tuple(dict.fromkeys(found for each in group for found in each.also)),
        notes=tuple(dict.fromkeys((*more, *(note for each in group for note in each.notes)))),
        evidence=tuple(dict.fromkeys(evidence for each in group for evidence in each.evidence)),
        is_new=any(each.is_new for each in group),
    )


def _together(context: CheckContext, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Write one specifier for what several changes ask of one requirement, where both can be met."""
    texts: dict[tuple[str, Span], str] = {}
    for edit in (edit for change in changes if not change.is_notice for each in change.edits for edit in each.edits):
        place = edit.path, edit.at
        source = source_of(context.project, edit.path)
        known, here = texts.get(place), source.slice(edit.at) if source is not None else ""
        texts[place] = edit.text if known is None else _joined(known, edit.text, here)
    return tuple(
        change._replace(
            edits=tuple(
                each._replace(edits=tuple(edit._replace(text=texts[edit.path, edit.at]) for edit in each.edits))
                for each in change.edits
            )
        )
        if not change.is_notice
        else change
        for change in changes
    )


def _joined(one: str, other: str, here: str) -> str:
    """Return a specifier that both meet, without the clauses of the old one; the first where there is none."""
    old = {part.strip() for part in here.split(",")}
    known = {part.strip() for part in one.split(",")}
    more = [part.strip() for part in other.split(",") if part.strip() not in old | known]
    text = ",".join((one, *more))
    together = range_of(text)
    return one if together is None or together.is_empty else text


def _without_conflicts(changes: Iterable[Change]) -> Iterator[Change]:
    """Leave out edits that an earlier change contradicts: what it writes has to be seen first."""
    made: list[Edit] = []
    for change in changes:
        if change.is_notice:
            yield change
            continue
        kept_edits: list[Rewrite] = []
        for each in change.edits:
            others = [*made, *(edit for one in kept_edits for edit in one.edits)]
            is_clear = not any(is_at_odds(edit, other) for edit in each.edits for other in others)
            kept_edits.append(each if is_clear else each._replace(edits=()))
        made += [edit for one in kept_edits for edit in one.edits]
        yield change._replace(edits=tuple(kept_edits))


def _plain(context: CheckContext, target: str, finding: Finding) -> Change:
    project = context.project
    edit = rewrite(context, target, without_lost(project, context.pack, finding)) if target else None
    here = related_place(project, finding.at).at
    return Change(
        _STEPS.get(finding.code, Step.SUBJECT),
        finding.code,
        finding.severity,
        finding.subject,
        finding.message,
        finding.help,
        (edit if edit is not None else Rewrite(here),),
        tuple(related_place(project, place) for place in finding.related),
        finding.notes,
        finding.row,
        finding.evidence,
    )


def _change(context: CheckContext, there: Project, target: str, finding: Finding, known: set[_Key]) -> Change:
    at_target = CheckContext(there, context.pack)
    made = _plain(at_target, target, finding)._replace(is_new=_key(finding) not in known)
    if made.is_new and moves_along(there, context.pack, finding):
        return made._replace(severity=Severity.NOTICE, help="locking again moves it along")
    if made.code == _LOST:
        return _with_successor(made, context.pack, target)
    if made.step != Step.PYTHON or made.is_notice:
        return made
    left = kept(there, context.pack, finding)
    return made._replace(
        help=made.help if left else "leave that Python out",  # what is left is of a series that has ended
        notes=(*finding.notes, *left),
        evidence=evidence_of(there, context.pack, target, finding) or finding.evidence,
    )


def _with_successor(change: Change, pack: Pack, target: str) -> Change:
    """Return a change with what follows an integration that is gone: its end cannot be avoided on the way."""
    removal = applicable_rows(pack, change.subject, target, pack.series(target)).removal
    if removal is None:
        return change
    follows = f"`{removal.successor}`" if " " not in removal.successor else removal.successor
    todo = f"move to what follows it: {follows}" if removal.successor else "nothing follows it: do without its spans"
    return change._replace(help=todo, successor=removal.successor)
