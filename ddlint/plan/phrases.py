"""The phrases and marks that all formats of a plan share. They are plain text: each format escapes them."""

from __future__ import annotations

from ddlint.checks import Step
from ddlint.core.model import Severity
from ddlint.core.report import Evidence
from ddlint.plan.model import (
    Change,
    Count,
    CurrentRelease,
    Declaration,
    Document,
    Kind,
    Line,
    Location,
    Plan,
    Row,
    Status,
)
from ddlint.versions.pythons import list_minors

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
    Step.SWITCH: "integration that is off",
    Step.REQUIREMENT: "conflict with what the tracer requires",
    Step.PAIR: "known bad pair",
    Step.SETTING: "setting",
    Step.AGENT: "Agent",
    Step.PROTECTION: "protection",
    Step.EXTRA: "extra",
    Step.SUBJECT: "the tracer",
}
KINDS = {Kind.PYTHON: "Pythons", Kind.PLATFORM: "Platforms", Kind.LIBRARY: "Libraries"}
MEANINGS = {
    Status.SUPPORTED: "what is asked for is supported; a Python or platform has a wheel",
    Status.PARTLY: "some versions asked for are outside; a Python or platform is built from source",
    Status.UNSUPPORTED: "every version asked for is outside; nothing can be installed on the Python",
    Status.UNTESTED: "supported as far as is told, but the line was tested with other versions",
    Status.NOT_INSTRUMENTED: "supported, but the integration is off until a switch is set",
    Status.REMOVED: "the line no longer instruments the library",
    Status.UNKNOWN: "no version can be told from what is written",
    Status.NO_ROW: "nothing is stated for the line",
}
"""What the statuses mean, in the order of a legend."""


ALREADY = "so today already"
OVERVIEW = ("project", "today", "newest that fits as is", "goal", "to do")


def lines_of(first: str, last: str) -> str:
    """Name lines: `4.0`, or `4.0 to 4.16`."""
    return first if first == last else f"{first} to {last}"


def level(line: Line) -> str:
    """Return the level of a series: `maintenance until 2030-01-31`, `end of life since 2030-01-31`."""
    words = line.level.replace("-", " ")
    if not line.until:
        return words
    return f"{words} since {line.until}" if line.level == "end-of-life" else f"{words} until {line.until}"


def status(kind: Kind, one: Status) -> str:
    """Name a status of a row: of a Python and a platform it has other names than of a library."""
    return _NAMES.get((kind, one), one.value)


_NAMES = {
    (Kind.PYTHON, Status.PARTLY): "from source",
    (Kind.PYTHON, Status.NO_ROW): "left out",
    (Kind.PLATFORM, Status.PARTLY): "from source",
    (Kind.PLATFORM, Status.NO_ROW): "not told",
    (Kind.LIBRARY, Status.NOT_INSTRUMENTED): "off",
}


def count(number: Count) -> str:
    """Write `3/4`, or `-` where there is nothing to count."""
    return f"{number.supported}/{number.total}" if number.total else "-"


def line_at(plan: Plan, name: str) -> Line | None:
    """Return a line of a plan by its name."""
    return next((line for line in plan.lines if line.line == name), None)


def goal(plan: Plan) -> Line | None:
    """Return the line that the target of a plan belongs to."""
    parts = plan.target.split(".")
    return line_at(plan, ".".join(parts[:2]))


def taken(plan: Plan, one: CurrentRelease) -> str:
    """Return what an installer takes today: `2.17.3, locked, on Python 3.10 (line 2.17, end of life)`."""
    if one.origin == "unknown":
        return "a version that cannot be told"
    every = tuple(row.name for row in plan.rows if row.kind is Kind.PYTHON)
    where = f", on Python {list_minors(one.pythons, every)}" if one.pythons else ""
    if not one.release:
        return f"no release{where}"
    line = line_at(plan, one.line)
    about = f" (line {one.line}{f', {level(line)}' if line is not None and line.level else ''})" if one.line else ""
    return f"{one.release}, {one.origin}{where}{about}"


def fit(plan: Plan) -> str:
    """Return which series is the newest that fits as is."""
    line = line_at(plan, plan.newest_fit)
    if line is not None:
        about = f"{line.release}, {level(line)}" if line.level else line.release
        older = [one for one in plan.current if one.line and _is_older(plan, line.line, one.line)]
        aside = ", older than what is used today" if older and len(older) == len(plan.current) else ""
        return f"{line.line} ({about}{aside})"
    closest = line_at(plan, plan.closest)
    return f"none; {closest.line} comes closest: {', '.join(closest.blockers)}" if closest is not None else "none"


def _is_older(plan: Plan, one: str, other: str) -> bool:
    names = [line.line for line in plan.lines]
    return other in names and names.index(one) < names.index(other)


def reach(plan: Plan) -> str:
    """Return the target, and how much of the project it supports."""
    line = goal(plan)
    if line is None:
        return plan.target
    counts = [f"{_of(number, name)}{aside}" for name, number, aside in _counts(line) if number.total]
    about = f" ({level(line)})" if line.level else ""
    return f"{plan.target}{about}{' supports ' if counts else ''}{', '.join(counts)}"


_ONE = {"Pythons": "Python", "platforms": "platform", "libraries": "library"}


def _of(number: Count, name: str) -> str:
    return f"{number.supported} of {number.total} {name if number.total > 1 else _ONE[name]}"


def _counts(line: Line) -> tuple[tuple[str, Count, str], ...]:
    numbers = dict(line.libraries)
    mild = ((numbers[Status.UNTESTED], "untested"), (numbers[Status.NOT_INSTRUMENTED], "off"))
    told = ", ".join(f"{number} {name}" for number, name in mild if number)
    aside = f" ({told})" if told else ""
    return (
        ("Pythons", line.pythons, ""),
        ("platforms", line.platforms, ""),
        ("libraries", line.supported, aside),
    )


def summary(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return what is to be known first, as (name, words)."""
    today = [("today", taken(plan, one)) for one in plan.current] or [("today", "nothing is resolved")]
    line = goal(plan)
    against = [("against it", ", ".join(line.blockers))] if line is not None and line.blockers else []
    fits = ("newest that fits as is", fit(plan))
    return *today, fits, ("goal", reach(plan)), *against, ("libraries", known(plan))


def overview(document: Document, plan: Plan) -> tuple[str, ...]:
    """Return a plan on a line, below the words of `OVERVIEW`."""
    from ddlint.outputs.common.locations import shown

    releases = dict.fromkeys(one.release for one in plan.current if one.release)
    today = ", ".join(releases) or "none"
    return shown(plan.project, document.cwd), today, plan.newest_fit or "none", plan.target, tally(plan)


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
    """Return a requirement without the name that stands beside it anyway."""
    bare = text.strip()
    if row.kind is Kind.LIBRARY and bare.lower().replace("_", "-").startswith(row.name):
        bare = bare[len(row.name) :].strip(" =\"'") if '"' in bare else bare[len(row.name) :].strip()
    return bare or "any version"


def title(change: Change) -> str:
    """Name what a change is about: `library: webby`, `Python`."""
    name = TITLES[change.step]
    return name if change.step is Step.PYTHON else f"{name}: {change.subject}"


def required_changes(plan: Plan) -> tuple[Change, ...]:
    """Return what is to be done."""
    return tuple(change for change in plan.changes if change.severity is not Severity.NOTICE)


def worth(plan: Plan) -> tuple[Change, ...]:
    """Return what only is to be known."""
    return tuple(change for change in plan.changes if change.severity is Severity.NOTICE)


def tally(plan: Plan) -> str:
    """Return how much is to be done: `3 changes, 1 of them needed today already`."""
    todo = required_changes(plan)
    old = sum(not change.is_new for change in todo)
    if not todo:
        return "nothing has to change"
    number = f"{len(todo)} change{'' if len(todo) == 1 else 's'}"
    if not old:
        return number
    share = "" if old == len(todo) == 1 else f"{'all' if old == len(todo) else old} of them "
    return f"{number}, {share}needed today already"


def cited(evidence: Evidence) -> str:
    """Name a document: its title, section and day."""
    return ", ".join(part for part in (evidence.title, evidence.section, evidence.as_of) if part)


def where(document: Document, spot: Location | None) -> str:
    """Return `path:line:column` as seen from the current directory."""
    from ddlint.outputs.common.locations import shown

    return f"{shown(spot.path, document.cwd)}:{spot.line}:{spot.column}" if spot is not None else ""
