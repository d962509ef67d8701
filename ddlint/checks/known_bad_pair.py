"""Report versions of a library that are known to break with the resolved release of the tracer.

## What it does

Looks for pairs of versions that an issue, a release note or a run has shown to break: a pinned or locked version, and a
range without a lock whose newest version is one of them, also where the tracer itself requires the library. A range
that only allows such versions below newer ones is a notice. Where the tracer imports a library that it forgot to
require, a lock without that library is reported.

## Why it matters

These pairs satisfy every requirement, so no installer stops at them, and the service fails when it starts or later.

## Example

    ddtrace==2.20.0    # requires wrapt>=1
    wrapt==2.0.1       # and was seen to stop with wrapt 2

## What to do

Change one of the two as the help says; the issue that is named has the details.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, bounded_resolutions, context_of
from ddlint.checks.common.cross_requirements import (
    on_every_release,
    pythons_met,
    required_by_subject,
    requirer_of,
)
from ddlint.checks.common.messages import key, on_pythons, quoted, subject, tracer_places
from ddlint.checks.common.tracer import path_if_undeclared, tracer_place
from ddlint.core.model import Located, Origin, Place, Project, Resolution, Severity, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.core.text import LONGEST_MESSAGE, fitted
from ddlint.pack.install_rows import BadPair, Requirement
from ddlint.pack.pack import Pack
from ddlint.pack.releases import closest_release, supported_pythons
from ddlint.pack.support import default_of, is_integration_off
from ddlint.versions.specifiers import Verdict, allowed_minors, allows, clauses, pin, verdict

CHECK = check_of(__name__)


_REPORTED = " (reported"
"""What follows the problem of a row that nobody has reproduced."""


class _Pair(NamedTuple):
    """A row, and the resolutions that it applies to."""

    row: BadPair
    resolutions: tuple[Resolution, ...]
    reach: Reach


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each pair of versions that breaks."""
    context = context_of(project, pack)
    required = frozenset(pack.values(Requirement))
    for row in pack.about(BadPair, True, "is_absence"):
        yield from _absent(context, row)
    for name in pack.values(BadPair):
        is_asked = name in context.by_name
        for row in pack.about(BadPair, name) if is_asked or name in required else ():
            if is_asked and not row.is_absence:
                yield from _required(context, row)
            elif not row.is_absence and _is_open_above(row):
                yield from _brought_by_subject(context, row)


def _required(context: CheckContext, row: BadPair) -> Iterator[Finding]:
    """Judge every entry of the library; a declaration is reported with its lock, and a lock decides an open range."""
    pairs = {located: pair for located in context.by_name[row.distribution] if (pair := _pair(context, row, located))}
    for located, pair in pairs.items():
        beside = context.siblings(located)
        whole = tuple(each for each in beside if each in pairs and pairs[each].reach is Reach.ALL)
        if context.is_foreign(located) or _is_reported_elsewhere(context, located, whole):
            continue
        if pair.reach is not Reach.ALL and _is_decided(context, row, located, beside):
            continue
        shown = (
            whole
            if not context.is_resolved(located)
            else tuple(each for each in beside if not context.is_resolved(each))
        )
        yield _finding(context, located, pair, shown)


def _pair(context: CheckContext, row: BadPair, located: Located) -> _Pair | None:
    dependency = located.dependency
    if not dependency.is_known:
        return None
    found = _reach(dependency.specifier, row)

    def judge(_: Tracer, resolution: Resolution) -> Reach | None:
        return found if _applies_to(context, row, resolution, pythons_met(context, resolution, located)) else None

    told = on_every_release(context, located, judge) if found is not None else []
    return _Pair(row, tuple(resolution for resolution, _ in told), told[0][1]) if told else None


def _is_reported_elsewhere(context: CheckContext, located: Located, whole: tuple[Located, ...]) -> bool:
    """Return whether another entry reports the same: a declaration before a constraint, that before a lock."""

    def weight(each: Located) -> int:
        if context.is_resolved(each):
            return 2
        return 1 if context.role(each) is Origin.CONSTRAINT else 0

    return any(weight(each) < weight(located) for each in whole)


def _is_decided(context: CheckContext, row: BadPair, located: Located, beside: tuple[Located, ...]) -> bool:
    """Return whether a lock, a constraint or another requirement decides it."""
    if any(context.is_resolved(each) for each in beside):
        return True
    texts = [each.dependency.specifier for each in (located, *beside) if each.dependency.specifier]
    return _reach(",".join(texts), row) is None


def _finding(context: CheckContext, located: Located, pair: _Pair, beside: tuple[Located, ...]) -> Finding:
    row, dependency = pair.row, located.dependency
    is_old = pair.reach is Reach.OLD
    text = quoted(context, located)
    what = {Reach.NEWEST: f"the newest version of {text}", Reach.OLD: f"{text} allows `{row.versions}`, which"}
    breaks = "may break" if _is_reported(row) else "breaks"
    head = f"{what.get(pair.reach, text)} {breaks} with {_releases(context, pair.resolutions)}"
    said = _said(context, head, pair.resolutions, row)
    return Finding(
        CHECK.code,
        Severity.NOTICE if is_old else _severity(context, pair.resolutions, row),
        dependency.name,
        said.message,
        Place(located.path, dependency.at, said.label),
        row.row,
        (
            *(Place(each.path, each.dependency.at, "the same" if each in beside else "") for each in beside),
            *path_if_undeclared(context, located),
            *tracer_places(context, pair.resolutions),
        ),
        tuple(dict.fromkeys((row.evidence, *row.others))),
        (*said.notes, *_unconfirmed(context, pair.resolutions, row)),
        row.help,
        key=key(dependency.specifier),
    )


def _is_reported(row: BadPair) -> bool:
    """Return whether it was only reported, and not reproduced."""
    return _REPORTED in row.problem


def _severity(context: CheckContext, resolutions: tuple[Resolution, ...], row: BadPair) -> Severity:
    """Return the level of a pair: that of a release which nobody has run is no error."""
    found = Severity(row.severity)
    return Severity.WARNING if found is Severity.ERROR and _unconfirmed(context, resolutions, row) else found


def _unconfirmed(context: CheckContext, resolutions: tuple[Resolution, ...], row: BadPair) -> tuple[str, ...]:
    """Return a note where all of the releases came after the pair was run."""
    if not row.unconfirmed or any(_is_of(context.pack, row.releases, each.release) for each in resolutions):
        return ()
    return (f"seen up to {row.releases[-1][1]}; later releases were not run yet",)


class _Said(NamedTuple):
    """The message on a pair, the label of its place, and notes."""

    message: str
    label: str
    notes: tuple[str, ...]


def _said(context: CheckContext, head: str, resolutions: tuple[Resolution, ...], row: BadPair) -> _Said:
    """Return a message that ends with what goes wrong; what does not fit is the label: the cause, or all of it."""
    where = on_pythons(context, (each.python for each in resolutions))
    problem, mark, aside = row.problem.partition(_REPORTED)
    reported = (f"reported{aside.removesuffix(')')}",) if mark else ()
    for end in (f"{where}: {problem}", f": {problem}"):
        if len(head) + len(end) <= LONGEST_MESSAGE:
            return _Said(f"{head}{end}", "", reported)
    cause, _, effect = problem.rpartition(", so ")
    effect = effect.removeprefix("it fails and ")
    if cause and not effect.startswith("it fails") and len(head) + len(effect) + 2 <= LONGEST_MESSAGE:
        return _Said(f"{head}: {effect}", cause, reported)
    message, notes = fitted(head, where)
    return _Said(message, problem, (*notes, *reported))


def _releases(context: CheckContext, resolutions: tuple[Resolution, ...]) -> str:
    return subject(context, (each.release for each in resolutions))


def _brought_by_subject(context: CheckContext, row: BadPair) -> Iterator[Finding]:
    """Report a library that the subject requires, without a lock, of which the newest version breaks."""
    for tracer in context.project.tracers:
        found = tuple(
            each for each in bounded_resolutions(tracer) if each.release and _brings(context, row, tracer, each)
        )
        is_installed = not any(located.dependency.injector for located in tracer.declared)
        if found and is_installed and not any(context.is_resolved(located) for located in tracer.declared):
            breaks = "may break" if _is_reported(row) else "breaks"
            head = f"{_releases(context, found)} brings in `{row.distribution}{row.versions}` and {breaks}"
            said = _said(context, head, found, row)
            yield Finding(
                CHECK.code,
                _severity(context, found, row),
                row.distribution,
                said.message,
                tracer_place(context, tracer, said.label),
                row.row,
                evidence=tuple(dict.fromkeys((row.evidence, *row.others))),
                notes=(*said.notes, *_unconfirmed(context, found, row)),
                help=row.help,
                key=row.distribution,
            )


def _brings(context: CheckContext, row: BadPair, tracer: Tracer, resolution: Resolution) -> bool:
    minors = (resolution.python,) if resolution.python else supported_pythons(context.pack, resolution.release)
    if not _applies_to(context, row, resolution, minors):
        return False
    demands = [
        [*required_by_subject(context, requirer_of(tracer, resolution, minor), row.distribution)] for minor in minors
    ]
    return all(each and all(_reach(demand.specifier, row) is not None for demand in each) for each in demands)


def _absent(context: CheckContext, row: BadPair) -> Iterator[Finding]:
    """Report locks that hold the subject and not a library that it imports without requiring it."""
    partial = {manifest.path for manifest in context.project.manifests if manifest.problems}
    for tracer in context.project.tracers:
        pairs = tuple(
            (each, entry) for each in bounded_resolutions(tracer) for entry in each.by if context.is_resolved(entry)
        )
        for entry in dict.fromkeys(entry for _, entry in pairs):
            same = tuple(each for each, other in pairs if other == entry and _lacks(context, row, each))
            others = (each.path for each in context.by_name.get(row.distribution, ()))
            if same and entry.path not in {*others, *partial} and not context.is_foreign(entry):
                said = _said(context, f"{row.distribution} is not locked beside {_releases(context, same)}", (), row)
                yield Finding(
                    CHECK.code,
                    Severity(row.severity),
                    row.distribution,
                    said.message,
                    Place(entry.path, entry.dependency.at, said.label),
                    row.row,
                    evidence=tuple(dict.fromkeys((row.evidence, *row.others))),
                    notes=said.notes,
                    help=row.help,
                    key=row.distribution,
                )


def _lacks(context: CheckContext, row: BadPair, resolution: Resolution) -> bool:
    return bool(resolution.release) and _applies_to(
        context, row, resolution, (resolution.python or context.pack.pythons[-1],)
    )


_INVERSE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_UPPER = frozenset({"<", "<=", "==", "~=", "==="})


class Reach(Enum):
    """Which of the versions that a requirement allows are among those that break."""

    ALL = "all"
    NEWEST = "newest"
    """Its upper end, so that an installer takes one of them."""
    OLD = "old"
    """Older ones, which an installer does not take by itself."""


_REACH = {Verdict.UNSUPPORTED: Reach.ALL, Verdict.ABOVE: Reach.NEWEST, Verdict.PARTLY: Reach.OLD}


def _reach(specifier: str, row: BadPair) -> Reach | None:
    """Return which versions of a requirement are in a row; `None` where none are, or that is not known."""
    if pinned := pin(specifier):
        return Reach.ALL if allows(row.versions, pinned) else None
    if not row.versions:
        return Reach.ALL
    written = clauses(row.versions) or ()
    good = tuple(f"{_INVERSE[each.operator]}{each.version}" for each in written if each.operator in _INVERSE)
    found = verdict(specifier, good) if len(good) == len(written) else Verdict.UNKNOWN
    if found is Verdict.UNBOUNDED:
        return Reach.NEWEST if _is_open_above(row) else None
    return _REACH.get(found)


def _is_open_above(row: BadPair) -> bool:
    """Return whether every version above some point breaks, so that the newest one does."""
    return row.is_open and not any(clause.operator in _UPPER for clause in clauses(row.versions) or ())


def _applies_to(context: CheckContext, row: BadPair, resolution: Resolution, minors: tuple[str, ...]) -> bool:
    """Return whether a row applies to a release on all of some Pythons, with the integration on."""
    is_there = bool(minors) and all(allowed_minors(row.python, (minor,)) for minor in minors)
    is_installable = bool(allowed_minors(row.requires_python, minors))
    is_of_it = concerns(context.pack, row, resolution.release)
    return is_of_it and is_there and is_installable and not _is_switched_off(context, row, resolution)


def concerns(pack: Pack, row: BadPair, release: str) -> bool:
    """Return whether a row is about a release of the subject: one that was run, or a later one."""
    later = ((row.unconfirmed, pack.releases[-1].version),) if row.unconfirmed else ()
    return _is_of(pack, row.releases + later, release)


@lru_cache(maxsize=4096)
def _is_of(pack: Pack, runs: tuple[tuple[str, str], ...], release: str) -> bool:
    known = closest_release(pack, release)
    return known is not None and any(pack.has(known.version, first, last) for first, last in runs)


def _is_switched_off(context: CheckContext, row: BadPair, resolution: Resolution) -> bool:
    """Return whether every integration of the library is off, by default or by a setting of the project."""
    integrations = context.pack.integrations(row.distribution)
    defaults = [default_of(context.pack, each, resolution.series) for each in integrations]
    known = [each for each in defaults if each is not None]
    return bool(known) and all(is_integration_off(each, context.settings) for each in known)
