"""The libraries of a project, and how far a release series supports one of them."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks.common.context import CheckContext
from ddlint.core.model import Dependency, Located, NormalizedName, Origin, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.support import (
    ApplicableRows,
    Evaluation,
    SupportStatus,
    applicable_rows,
    checks_versions,
    consequence_of,
    default_of,
    evaluate,
    is_integration_off,
    unsupported_level,
)
from ddlint.pack.support_rows import Effect, Removal, Support
from ddlint.plan.model import Cell, Status
from ddlint.versions.specifiers import pin

_STATUS = {
    SupportStatus.UNSUPPORTED: Status.UNSUPPORTED,
    SupportStatus.PARTLY: Status.PARTLY,
    SupportStatus.UNTESTED: Status.UNTESTED,
    SupportStatus.UNBOUNDED: Status.SUPPORTED,
    SupportStatus.UNKNOWN: Status.UNKNOWN,
    SupportStatus.SUPPORTED: Status.SUPPORTED,
}


class Library(NamedTuple):
    """A distribution that the pack knows, with all that a project says of it."""

    name: NormalizedName
    asked: tuple[Located, ...]
    """What people wrote; empty where only a lock brings it in."""
    judged: tuple[Located, ...]
    """The locked versions where a lock answers, else what people wrote."""


class AtRelease(NamedTuple):
    """A release series to compare a library with."""

    series: str
    release: str
    minors: tuple[str, ...]
    """The Pythons of the project that the release installs on."""


def libraries(context: CheckContext) -> Iterator[Library]:
    """Return the libraries of a project that the pack says anything of, by name."""
    groups: dict[NormalizedName, list[Located]] = {}
    for located in context.known():
        if _has_rows(context, located):
            groups.setdefault(located.dependency.name, []).append(located)
    for name, group in sorted(groups.items()):
        asked = tuple(each for each in group if _is_asked(context, each))
        if judged := _judged(context, group, asked):
            yield Library(name, asked, judged)


def _has_rows(context: CheckContext, located: Located) -> bool:
    name = located.dependency.name
    return bool(context.pack.support(name)) or any(
        removal.kind == "integration" and removal.version for removal in context.pack.removals(name)
    )


def _is_asked(context: CheckContext, located: Located) -> bool:
    return not context.is_resolved(located) and context.role(located) in {Origin.DECLARED, Origin.OVERRIDE}


def _judged(context: CheckContext, group: list[Located], asked: tuple[Located, ...]) -> tuple[Located, ...]:
    found: dict[Located, None] = {}
    for each in asked:
        found |= dict.fromkeys(_answers(context, each) or (each,))
    own = (each for each in group if context.is_resolved(each) and not context.is_foreign(each))
    return tuple(found | dict.fromkeys(own))


def _answers(context: CheckContext, located: Located) -> tuple[Located, ...]:
    """Return what settles the version of a requirement: its lock entries, a constraint that pins, an override."""
    beside = context.siblings(located)
    overrides = tuple(each for each in beside if context.role(each) is Origin.OVERRIDE)
    resolved = tuple(each for each in beside if context.is_resolved(each))
    pins = (each for each in beside if context.role(each) is Origin.CONSTRAINT and pin(each.dependency.specifier))
    is_overridden = bool(overrides) and context.role(located) is not Origin.OVERRIDE
    return resolved or tuple(pins) or (overrides if is_overridden else ())


def cell(context: CheckContext, library: Library, at: AtRelease) -> Cell:
    """Return how far a series supports a library: the worst of its entries on a Python of the series counts."""
    rules = applicable_rows(context.pack, library.name, at.release, at.series)
    if rules.removal is not None:
        return _removed(context, rules.removal)
    if rules.is_silent:
        return Cell(Status.NO_ROW)
    met = [each for each in library.judged if set(context.active_pythons(each)) & set(at.minors)]
    cells = [_of_entry(context, each.dependency, rules, at) for each in met]
    if not cells:
        return Cell(Status.NO_ROW, note="its markers leave it out on every Python of the series")
    return min(cells, key=lambda each: each.status.rank)


def _removed(context: CheckContext, removal: Removal) -> Cell:
    successor = f"; successor: {removal.successor}" if removal.successor else ""
    note = f"{context.pack.subject} removed the integration in {removal.version}{successor}"
    documents = dict.fromkeys((removal.evidence, *removal.others))
    return Cell(Status.REMOVED, note=note, row=removal.row, evidence=tuple(documents))


def _of_entry(context: CheckContext, dependency: Dependency, rules: ApplicableRows, at: AtRelease) -> Cell:
    evaluation = evaluate(context.pack, dependency, at.release, at.series)
    status, rows, series = _STATUS[evaluation.status], evaluation.rows, at.series
    every = rules.rows or rules.tested
    off = tuple(
        row for row in every if is_integration_off(default_of(context.pack, row.integration, series), context.settings)
    )
    if len(off) == len(every) and status is not Status.UNSUPPORTED:
        return _made(Status.NOT_INSTRUMENTED, rows or every, _switch(context, off, series))
    if status is Status.PARTLY and set(rows) <= set(off):
        names = " and ".join(dict.fromkeys(f"`{row.integration}`" for row in rows))
        others = tuple(row for row in every if row not in rows)
        return _made(Status.SUPPORTED, others, f"but outside {supported_text(rows)} of {names}, which is off")
    made = _made(status, rows or every, _note(status, dependency, rules))
    if evaluation.status is not SupportStatus.UNSUPPORTED:
        return made
    is_off, is_ceiling = len(off) == len(every), evaluation.is_ceiling
    effect = _effect(context, dependency, evaluation, series)
    is_notice = unsupported_level(effect, is_ceiling=is_ceiling, is_off=is_off) is Severity.NOTICE
    return made._replace(is_notice=is_notice, effect=effect.value)


def _effect(context: CheckContext, dependency: Dependency, evaluation: Evaluation, series: str) -> Effect:
    """Return what happens with a library outside the range."""
    is_checked = checks_versions(context.pack, series, context.settings)
    return consequence_of(context.pack, evaluation.rows, series, dependency.specifier, is_checked=is_checked).effect


def _made(status: Status, rows: tuple[Support, ...], note: str) -> Cell:
    documents = dict.fromkeys(row.evidence for row in rows if row.evidence is not None)
    return Cell(status, supported_text(rows), note, rows[0].basis.value, rows[0].row, tuple(documents))


def supported_text(rows: tuple[Support, ...]) -> str:
    """Write what rows support: `>=1.1`, `>=1.1 or ==2.*`, `any version`."""
    return " or ".join(dict.fromkeys(row.specifier or "any version" for row in rows))


def _note(status: Status, dependency: Dependency, rules: ApplicableRows) -> str:
    written = dependency.specifier or "any version"
    match status:
        case Status.UNSUPPORTED:
            return f"`{written}` is outside"
        case Status.PARTLY:
            return f"`{written}` reaches outside"
        case Status.UNTESTED:
            return f"`{written}` is outside what the series was tested with"
        case Status.UNKNOWN:
            return "no version is known"
        case _:
            return "" if rules.rows else "only the test matrix names it"


def _switch(context: CheckContext, off: tuple[Support, ...], series: str) -> str:
    """Return why every integration of a library is off, and what switches it on."""
    defaults = (default_of(context.pack, row.integration, series) for row in off)
    switches = [each.switch for each in defaults if each is not None and each.switch]
    if any(each in context.settings for each in switches):
        return f"a setting of the project switches it off: `{switches[0]}`"
    return f"off by default; `{switches[0]}` switches it on" if switches else "off by default"
