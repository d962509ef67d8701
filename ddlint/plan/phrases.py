"""The phrases and marks that all formats of a plan share. They are plain text: each format escapes them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from ddlint.checks import Step
from ddlint.core.report import Evidence
from ddlint.core.text import counted
from ddlint.plan.model import (
    Change,
    Command,
    Count,
    CurrentRelease,
    Declaration,
    Document,
    Kind,
    Location,
    Plan,
    Removed,
    Row,
    Series,
    Status,
)
from ddlint.versions.ranges import Version as VersionNumber
from ddlint.versions.specifiers import list_minors

MARKS = {
    Status.SUPPORTED: "✓",
    Status.PARTLY: "◐",
    Status.UNSUPPORTED: "✕",
    Status.UNTESTED: "?",
    Status.NOT_INSTRUMENTED: "○",
    Status.REMOVED: "⊘",
    Status.UNKNOWN: "…",
    Status.NO_ROW: "·",
}
"""Plain signs, not emoji: they have no colour of their own."""


TITLES = {
    Step.PYTHON: "Python",
    Step.PLATFORM: "platform",
    Step.LIBRARY: "library",
    Step.INTEGRATION: "integration lost",
    Step.SWITCH: "integration off",
    Step.REQUIREMENT: "conflict",
    Step.PAIR: "known bad pair",
    Step.SETTING: "setting",
    Step.AGENT: "Agent",
    Step.PROTECTION: "protection",
    Step.EXTRA: "extra",
    Step.SUBJECT: "",
}
KINDS = {Kind.PYTHON: "Pythons", Kind.PLATFORM: "Platforms", Kind.LIBRARY: "Libraries"}
MEANINGS = {
    Status.SUPPORTED: "what is asked for is supported; a Python or platform has a wheel",
    Status.PARTLY: "some versions asked for are outside; a Python or platform is built from source",
    Status.UNSUPPORTED: "every version asked for is outside; nothing can be installed on the Python",
    Status.UNTESTED: "supported as far as is known, but the series was tested with other versions",
    Status.NOT_INSTRUMENTED: "supported, but the integration is off until a switch is set",
    Status.REMOVED: "the series no longer instruments the library",
    Status.UNKNOWN: "what is written names no version",
    Status.NO_ROW: "not listed for the series",
}
"""What the statuses mean, in the order of a legend."""


OVERDUE = "overdue"
OVERVIEW = ("project", "today", "goal", "verdict")


class Verdict(Enum):
    """How a plan ends, as its colour and its first word say it."""

    DONE = "done"
    CHANGES = "changes"
    BLOCKED = "blocked"


def ending(plan: Plan) -> Verdict:
    """Return how a plan ends."""
    if plan.blockers:
        return Verdict.BLOCKED
    return Verdict.CHANGES if plan.required else Verdict.DONE


def in_use(plan: Plan) -> str:
    """Name the releases of today: `2.21.12`, `2.21.12 and 4.0.4`."""
    if any(one.origin == "unknown" for one in plan.current):
        return "an unknown version"
    releases = sorted({one.release for one in plan.current if one.release}, key=VersionNumber)
    return " and ".join(releases) or "no release"


def headline(plan: Plan) -> str:
    """Return the verdict in one sentence: what is to be done, or why the target cannot be reached."""
    if plan.blockers and in_use(plan) == plan.target:
        return f"{plan.target} is in use, and cannot stay: {obstacles(plan)}"
    if plan.blockers:
        return f"{in_use(plan)} → {plan.target} cannot be reached: {obstacles(plan)}"
    if in_use(plan) == plan.target:
        return f"{plan.target} is in use{f': {tally(plan)}' if plan.required else ', and nothing has to change'}"
    return f"{in_use(plan)} → {plan.target}: {tally(plan)}"


def obstacles(plan: Plan) -> str:
    """Return what is in the way: `openai 0.27.9 is refused by 4.x; last series that takes it: 3.19`."""
    first, *others = plan.blockers
    last = f"; last series that takes it: {first.last}" if first.last else "; no series takes it"
    more = f" (and {counted(len(others), 'more obstacle')})" if others else ""
    return f"{first.reason}{last}{more}"


def short_verdict(plan: Plan) -> str:
    """Return the verdict without the releases, for a table that names them beside it."""
    return f"cannot be reached: {obstacles(plan)}" if plan.blockers else tally(plan)


def tally(plan: Plan) -> str:
    """Return how much is to be done: `3 changes, 1 of them already overdue`."""
    old = sum(not change.is_new for change in plan.required)
    if not plan.required:
        return "nothing has to change"
    number = counted(len(plan.required), "change")
    if not old:
        return number
    if old == len(plan.required):
        return f"{number}, {'all ' if old > 1 else ''}already overdue"
    return f"{number}, {old} of them already overdue"


def sums(document: Document) -> str:
    """Return what the plans come to: `4 plans: 3 with changes (12 changes, 4 overdue), 1 with nothing to change`."""
    by_kind = {kind: sum(ending(plan) is kind for plan in document.plans) for kind in Verdict}
    required = [change for plan in document.plans for change in plan.required]
    overdue = sum(not change.is_new for change in required)
    aside = f" ({counted(len(required), 'change')}, {overdue} overdue)" if required else ""
    parts = {
        Verdict.CHANGES: f"with changes{aside}",
        Verdict.BLOCKED: "that cannot reach the goal",
        Verdict.DONE: "with nothing to change",
    }
    counts = ", ".join(f"{by_kind[kind]} {part}" for kind, part in parts.items() if by_kind[kind])
    return f"{counted(len(document.plans), 'plan')}: {counts}"


def flags(change: Change) -> tuple[str, ...]:
    """Return the flags of a change: its code, its level, and whether it is overdue or in the way."""
    level_ = () if change.severity is None else (change.severity.value,)
    late = (OVERDUE,) if not change.is_new and not change.is_notice else ()
    return tuple(filter(None, (change.code, *level_, *late, *(("in the way",) if change.is_blocker else ()))))


def by_hand(change: Change) -> bool:
    """Return whether no text is known that makes a change, so that it has to be made by hand."""
    return not change.text_edits and not change.is_notice


def by_command(plan: Plan, change: Change) -> bool:
    """Return whether a command makes the change: it is about what a lock holds alone."""
    made = {command.path for command in plan.commands}
    return by_hand(change) and bool(change.edits) and all(each.at and each.at.path in made for each in change.edits)


def span_of(first: str, last: str) -> str:
    """Name series: `4.0`, or `4.0 to 4.16`."""
    return first if first == last else f"{first} to {last}"


def level(series: Series) -> str:
    """Return the level of a series: `maintenance until 2030-01-31`, `end of life since 2030-01-31`."""
    words = series.level.replace("-", " ")
    if not series.until:
        return words
    return f"{words} since {series.until}" if series.level == "end-of-life" else f"{words} until {series.until}"


def status(kind: Kind, one: Status) -> str:
    """Name a status of a row: of a Python and a platform it has other names than of a library."""
    return _NAMES.get((kind, one), one.value)


_NAMES = {
    (Kind.PYTHON, Status.PARTLY): "from source",
    (Kind.PYTHON, Status.NO_ROW): "left out",
    (Kind.PLATFORM, Status.PARTLY): "from source",
    (Kind.PLATFORM, Status.NO_ROW): "not listed",
    (Kind.LIBRARY, Status.NO_ROW): "not listed",
    (Kind.LIBRARY, Status.NOT_INSTRUMENTED): "off",
}


def count(number: Count) -> str:
    """Write `3/4`, or `-` where there is nothing to count."""
    return f"{number.supported}/{number.total}" if number.total else "-"


def series_at(plan: Plan, name: str) -> Series | None:
    """Return a series of a plan by its name."""
    return next((series for series in plan.all_series if series.name == name), None)


def goal(plan: Plan) -> Series | None:
    """Return the series that the target of a plan belongs to."""
    parts = plan.target.split(".")
    return series_at(plan, ".".join(parts[:2]))


def taken(plan: Plan, one: CurrentRelease) -> str:
    """Return what an installer takes today: `2.17.3, locked, on Python 3.10 (2.17 series, end of life)`."""
    if one.origin == "unknown":
        return "a version that is not known"
    every = tuple(row.name for row in plan.rows if row.kind is Kind.PYTHON)
    where = f", on Python {list_minors(one.pythons, every)}" if one.pythons else ""
    if not one.release:
        return f"no release{where}"
    series = series_at(plan, one.series)
    about = (
        f" ({one.series} series{f', {level(series)}' if series is not None and series.level else ''})"
        if one.series
        else ""
    )
    return f"{one.release}, {one.origin}{where}{about}"


def fit(plan: Plan) -> str:
    """Return which supported series needs no change but of the requirement itself; none older than today's."""
    series = series_at(plan, plan.newest_fit)
    if series is None:
        return "none that is still supported"
    return f"{series.name} ({f'{series.release}, {level(series)}' if series.level else series.release})"


def reach(plan: Plan) -> str:
    """Return the target, and how much of the project it supports."""
    series = goal(plan)
    if series is None:
        return plan.target
    counts = [f"{_of(number, name)}{aside}" for name, number, aside in _counts(series) if number.total]
    about = f" ({level(series)})" if series.level else ""
    return f"{plan.target}{about}{' supports ' if counts else ''}{', '.join(counts)}"


def recent(plan: Plan) -> tuple[Series, ...]:
    """Return the series from today's on: older ones are no way; without a release, those that are supported."""
    names = [series.name for series in plan.all_series]
    used = [names.index(one.series) for one in plan.current if one.series in names]
    if used:
        return plan.all_series[min(used) :]
    known = [number for number, series in enumerate(plan.all_series) if not series.has_ended]
    return plan.all_series[known[0] if known else 0 :]


_ONE = {"Pythons": "Python", "platforms": "platform", "libraries": "library"}


def _of(number: Count, name: str) -> str:
    return f"{number.supported} of {number.total} {name if number.total > 1 else _ONE[name]}"


def _counts(series: Series) -> tuple[tuple[str, Count, str], ...]:
    numbers = dict(series.libraries)
    mild = ((numbers[Status.UNTESTED], "untested"), (numbers[Status.NOT_INSTRUMENTED], "off"))
    told = ", ".join(f"{number} {name}" for number, name in mild if number)
    aside = f" ({told})" if told else ""
    return (
        ("Pythons", series.pythons, ""),
        ("platforms", series.platforms, ""),
        ("libraries", series.supported, aside),
    )


def summary(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return what is to be known first, as (name, words)."""
    now = [("today", taken(plan, one)) for one in plan.current] or [("today", "nothing is resolved")]
    by_steps = [("in steps", steps(plan))] if plan.stops else []
    return (*now, ("goal", reach(plan)), ("fits as is", fit(plan)), ("libraries", known(plan)), *by_steps)


def steps(plan: Plan) -> str:
    """Return where to stop on the way to test, and why."""
    releases = [each.release for each in plan.stops]
    number = len({name for each in plan.stops for name in each.warns_of})
    versions = sorted({version for each in plan.stops for version in each.removed_in}, key=VersionNumber)
    verb = "warns" if len(releases) == 1 else "warn"
    says = f"{_listed(releases)} {verb} of {counted(number, 'name')} that {_listed(versions)} remove"
    says += "s" if len(versions) == 1 else ""
    ended = [each.release for each in plan.stops if each.has_ended]
    aside = f"; only to test, {'its' if len(releases) == 1 else 'their'} support has ended" if ended == releases else ""
    return f"`--via {','.join(releases)}`: {says}{aside}"


def _listed(texts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(texts[:-1]), texts[-1]))) if texts else ""


def name_of(document: Document, plan: Plan) -> str:
    """Name a plan: its directory, and what tells it from the others there."""
    from ddlint.outputs.common.locations import shown

    twins = [each for each in document.plans if each.project == plan.project]
    where_ = shown(plan.project, document.cwd)
    subjects = {each.subject for each in document.plans}
    of_subject = f" [{plan.subject}]" if len(subjects) > 1 else ""
    return f"{where_} ({plan.name}){of_subject}" if len(twins) > 1 and plan.name else f"{where_}{of_subject}"


def overview(document: Document, plan: Plan) -> tuple[str, ...]:
    """Return a plan on a line, below the words of `OVERVIEW`."""
    return name_of(document, plan), in_use(plan), plan.target, short_verdict(plan)


def folder(document: Document, command: Command) -> str:
    """Return where to run a command, as seen from the current directory; empty for that one."""
    from ddlint.outputs.common.locations import shown

    where_ = shown(command.folder, document.cwd)
    return "" if where_ == "." else where_


def removed_title(plan: Plan) -> str:
    """Name the way on which something is removed, from the oldest release in use."""
    start = min((one.release for one in plan.current if one.release), key=VersionNumber, default="today")
    return f"Removed between {start} and {plan.target}"


def announced(plan: Plan) -> tuple[Removed, ...]:
    """Return what the target deprecates and the project may use: what it is seen to use, and interfaces."""
    return tuple(one for one in plan.announced if one.is_used or one.kind == "API")


def removed_interfaces(plan: Plan) -> tuple[Removed, ...]:
    """Return the interfaces that are removed on the way; the steps have what the files of the project show."""
    return tuple(one for one in plan.removed if one.kind == "API")


def removed_text(one: Removed) -> str:
    """Return what is removed on one line: `4.0.0 integration aioredis; move to redis>=4.2.0`."""
    follows = f"; use {one.successor}" if one.successor else ""
    note = f" ({one.note})" if one.note else ""
    return f"{one.version or 'later'} {one.kind} {removed_names(one)}{follows}{note}"


def removed_names(one: Removed) -> str:
    """Name what is removed, the first few where there are many, by what holds them where that is one."""
    if not one.names:
        return one.name
    parents = {_parted(name)[0] for name in one.names}
    if len(one.names) == 1 or len(parents) > 1:
        return _first_few(one.names)
    kind = "parameters of" if one.names[0].endswith(")") else "of"
    return f"{_first_few([_parted(name)[1] for name in one.names])} {kind} `{parents.pop()}`"


def _parted(name: str) -> tuple[str, str]:
    """Return what holds a name, and the name in it: a parameter is held by its function."""
    path, _, parameter = name.removesuffix(")").partition("(")
    head, _, last = path.rpartition(".")
    return (path, parameter) if parameter else (head, last)


def _first_few(names: Sequence[str]) -> str:
    quoted = [f"`{name}`" for name in names]
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES + 1 else ""
    return f"{', '.join(quoted[:MOST_NAMES])}{more}" if more else _listed(quoted)


MOST_NAMES = 3
"""How many names of one removal are written out; one more rather than `and 1 more`."""


def shown_removals(every: Sequence[Removed], most: int) -> tuple[tuple[Removed, ...], int]:
    """Return what is shown of removals, and how many are not.

    What a project uses comes first, then interfaces, of which nothing in its files tells: some of each release.
    """
    used = [one for one in every if one.is_used]
    by_release: dict[str, list[Removed]] = {}
    for one in every:
        if one.kind == "API" and not one.is_used:
            by_release.setdefault(one.version, []).append(one)
    each = max((most - len(used)) // max(len(by_release), 1), 1)
    shown = (*used, *(one for group in by_release.values() for one in group[:each]))
    return shown, len(every) - len(shown)


def known(plan: Plan) -> str:
    """Return which libraries are counted."""
    rows = [row for row in plan.rows if row.kind is Kind.LIBRARY]
    locked = sum(not row.is_declared for row in rows)
    aside = f", {locked} of them only in a lock" if locked else ""
    return f"{len(rows)} that the rules know{aside}"


def found(row: Row) -> str:
    """Return what a project requires: `>=2.0, locked 3.0.3`; a pin that only repeats what is locked is left out."""
    texts = dict.fromkeys(_found(row, one) for one in row.found)
    repeated = {f"=={one.text}" for one in row.found if one.origin == "locked"}
    return ", ".join(text for text in texts if text and text not in repeated)


def _found(row: Row, one: Declaration) -> str:
    return f"{one.origin} {one.text}" if one.origin in {"locked", "constraint", "override"} else _asked(row, one.text)


def _asked(row: Row, text: str) -> str:
    """Return a requirement without the name, which is shown beside it."""
    bare = text.strip()
    if row.kind is Kind.LIBRARY and bare.lower().replace("_", "-").startswith(row.name):
        bare = bare[len(row.name) :].strip()
        value = bare.removeprefix("=").strip()  # `flask = "^2"` of TOML
        if value[:1] == value[-1:] == '"' and value.count('"') == 2:
            bare = value.strip('"')
    return bare or "any version"


def title(change: Change) -> str:
    """Name what a change is about: `library: webby`, `Python`."""
    name = TITLES[change.step]
    return name if change.step == Step.PYTHON else f"{name}: {change.subject}" if name else change.subject


def cited(evidence: Evidence) -> str:
    """Name a document: its title, section and day."""
    return ", ".join(part for part in (evidence.title, evidence.section, evidence.as_of) if part)


def where(document: Document, spot: Location | None) -> str:
    """Return `path:line:column` as seen from the current directory."""
    from ddlint.outputs.common.locations import shown

    return f"{shown(spot.path, document.cwd)}:{spot.line}:{spot.column}" if spot is not None else ""
