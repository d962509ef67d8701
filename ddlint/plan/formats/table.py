"""A plan for the terminal (the default): the verdict, the steps as diffs, what is worth knowing, and the series."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from ddlint.core.model import Severity
from ddlint.core.text import counted, cropped, escape
from ddlint.outputs.common.locations import shown
from ddlint.plan import phrases as words
from ddlint.plan.columns import Column, columns, within
from ddlint.plan.model import Change, Document, Hunk, Kind, Plan, Removed, Row, Status

_WIDTH = 100
_ROOM = 24
_MOST_REMOVED = 8
_FEW_REMOVED = 3
"""The same where there are no hops: the steps matter more, and a plan fits a screen."""
_BOLD, _RED, _GREEN = "1", "31", "32"
_SHORT = {"general-availability": "GA"}
_LEVELS = {None: "1;34", Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}
_ENDINGS = {words.Verdict.DONE: "1;32", words.Verdict.CHANGES: "1;33", words.Verdict.BLOCKED: "1;31"}
_COUNTED = (
    (Status.UNTESTED, "untested"),
    (Status.NOT_INSTRUMENTED, "off"),
    (Status.PARTLY, "partly"),
    (Status.UNSUPPORTED, "unsup."),
    (Status.REMOVED, "removed"),
    (Status.UNKNOWN, "unknown"),
    (Status.NO_ROW, "not listed"),
)


def render(document: Document) -> str:
    """Return a table of the verdicts where there are several plans, and the plans that the call names."""
    if len(document.plans) > 1:
        shown_plans = [plan for plan in document.plans if plan.is_named]
        blocks = ["\n".join(_overview(document, is_whole=not shown_plans))]
    else:
        shown_plans, blocks = list(document.plans), []
    blocks += ["\n".join(_plan(document, plan)) for plan in shown_plans]
    if document.untraced:
        paths = ", ".join(f"`{shown(path, document.cwd)}`" for path in document.untraced[:3])
        more = f" and {len(document.untraced) - 3} more" if len(document.untraced) > 3 else ""
        blocks.append(f"No plan where no tracer is required: {paths}{more}; `--tracer` gives one.")
    return "\n\n".join(blocks) + "\n" if blocks else "No plan: no project was found.\n"


def _overview(document: Document, *, is_whole: bool) -> Iterator[str]:
    rows = [words.overview(document, plan) for plan in document.plans]
    table = [words.OVERVIEW, *(tuple(escape(cell) for cell in row) for row in rows)]
    widths = [max(len(row[number]) for row in table) for number in range(len(words.OVERVIEW) - 1)]
    head, *body = table
    yield _painted(document, _BOLD, _in_columns(head, widths))
    for plan, row in zip(document.plans, body, strict=True):
        start = _in_columns((*row[:-1], ""), widths)
        lines = list(_wrapped(f"{start:<{sum(widths) + 2 * len(widths)}}", row[-1], most=max(_WIDTH, sum(widths) + 60)))
        style = _ENDINGS[words.ending(plan)]
        yield from (_painted(document, style, line) if document.is_coloured else line for line in lines)
    yield ""
    yield escape(words.sums(document))
    if is_whole:
        yield f"`ddlint plan {escape(shown(_address(document), document.cwd))}` shows one of them with its steps."


def _address(document: Document) -> str:
    """Return a path that names one plan: its directory, or its requirement where other plans are below it."""
    plan = next((each for each in document.plans if each.required), document.plans[0])
    below = [each for each in document.plans if f"{each.project}/".startswith(f"{plan.project}/")]
    places = [each.at.path for one in plan.current for each in one.by if each.at is not None]
    return plan.project if len(below) == 1 or not places else places[0]


def _in_columns(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (f"{cell:<{width}}" for cell, width in zip(row, [*widths, 0], strict=True))
    return "  ".join(cells).rstrip()


def _plan(document: Document, plan: Plan) -> Iterator[str]:
    where = escape(words.name_of(document, plan))
    start = f"{escape(plan.subject)} in {where}: "
    for line in textwrap.wrap(f"{start}{escape(words.headline(plan))}", _WIDTH, break_long_words=False):
        yield _painted(document, _ENDINGS[words.ending(plan)], line)
    yield ""
    yield from _summary(plan)
    if plan.hops:
        for hop in plan.hops:
            yield ""
            required = [change for change in hop.changes if not change.is_notice]
            title = f"Step to {hop.target}: {counted(len(required), 'change')}"
            yield _painted(document, _BOLD, escape(title))
            yield from _steps(document, plan, required)
            yield from _removed(document, f"Removed between {hop.start or 'today'} and {hop.target}", hop.removed)
    elif plan.required:
        yield ""
        yield _painted(document, _BOLD, "In the way, and what else would change" if plan.blockers else "Steps")
        yield from _steps(document, plan, plan.required)
    if plan.commands:
        yield ""
        yield _painted(document, _BOLD, "Then run")
        for command in plan.commands:
            place = words.folder(document, command)
            yield f"  {escape(command.text)}{f'    (in {escape(place)})' if place else ''}"
    yield from _worth(document, plan)
    yield ""
    yield from _series(document, plan)
    yield ""
    yield f"Rules: {escape(plan.pack)} {escape(plan.pack_version)}, judged as on {escape(document.as_of)}."


def _summary(plan: Plan) -> Iterator[str]:
    for name, group in groupby(words.summary(plan), key=itemgetter(0)):
        for number, (_, text) in enumerate(group):
            yield from _wrapped(f"  {'' if number else name:<12}", escape(text))


def _steps(document: Document, plan: Plan, changes: Sequence[Change]) -> Iterator[str]:
    for number, change in enumerate(changes, 1):
        yield ""
        yield from _change(document, plan, change, f"{number:>3}. ")


def _change(document: Document, plan: Plan, change: Change, bullet: str) -> Iterator[str]:
    flags = ", ".join(words.flags(change))
    head = f"{escape(words.title(change))}{f' [{escape(flags)}]' if flags else ''}"
    yield f"{bullet}{_painted(document, _LEVELS[change.severity], head)}"
    yield from _wrapped("     ", escape(change.message))
    for path, hunks in groupby(change.hunks, key=lambda hunk: hunk.path):
        yield f"       {escape(shown(path, document.cwd))}"
        for hunk in hunks:
            yield from _diff(document, hunk)
    if words.by_hand(change):
        is_locked = words.by_command(plan, change)
        yield from _by_hand(document, change._replace(help="the command below") if is_locked else change)
    for note in change.notes:
        yield from _wrapped("     note: ", escape(note))
    for evidence in change.evidence:
        yield from _wrapped("     see: ", escape(words.cited(evidence)))


def _diff(document: Document, hunk: Hunk) -> Iterator[str]:
    for number, line in enumerate(hunk.removed):
        yield _painted(document, _RED, f"       {hunk.line + number:>5} - {cropped(escape(line), _WIDTH - 15)}")
    for line in hunk.added:
        yield _painted(document, _GREEN, f"             + {cropped(escape(line), _WIDTH - 15)}")


def _by_hand(document: Document, change: Change) -> Iterator[str]:
    if change.help:
        yield from _wrapped("     to do: ", escape(change.help))
    for edit in change.edits:
        place = words.where(document, edit.at)
        if place:
            text = f"write `{edit.write}` for `{edit.was}`" if edit.write and edit.was else f"`{edit.was}`"
            yield from _wrapped("     at: ", escape(f"{place}{f': {text}' if edit.was else ''}"))


def _worth(document: Document, plan: Plan) -> Iterator[str]:
    if plan.notices:
        yield ""
        yield _painted(document, _BOLD, "Worth knowing")
        for change in plan.notices:
            code = f"{change.code} " if change.code else ""
            yield from _wrapped("  - ", escape(f"{code}{change.message}"))
    if plan.solved:
        yield ""
        yield _painted(document, _BOLD, "Solved by the move")
        for change in plan.solved:
            yield from _wrapped("  - ", f"{change.code} {escape(change.message)}".strip())
    if not plan.hops:
        yield from _removed(document, words.removed_title(plan), words.removed_interfaces(plan), _FEW_REMOVED)
    yield from _removed(document, f"Deprecated in {plan.target}", words.announced(plan), _FEW_REMOVED)


def _removed(document: Document, title: str, every: Sequence[Removed], most: int = _MOST_REMOVED) -> Iterator[str]:
    """List what the project uses, then interfaces that code may use; the rest is a count."""
    if not every:
        return
    listed, hidden = words.shown_removals(every, most)
    yield ""
    yield _painted(document, _BOLD, escape(title))
    for one in listed:
        aside = ", which is used here" if one.is_used else ""
        yield from _wrapped("  - ", escape(f"{words.removed_text(one)}{aside}"))
    if hidden:
        what = f"{hidden} more" if listed else counted(hidden, "removal")
        yield from _wrapped("  - ", f"{what} of which nothing is seen here; `--format json` lists all")


def _series(document: Document, plan: Plan) -> Iterator[str]:
    """Show the series from today's on, the newest first; those that answer alike are one line."""
    recent = words.recent(plan)
    names = {series.name for series in recent}
    shown_columns = [each for column in columns(plan) if (each := _cut(column, names)) is not None]
    counted_ = [(status, name) for status, name in _COUNTED if _occurs(shown_columns, status)]
    head = ["", "series", "level", "Pythons", "platforms", "libraries", *(name for _, name in counted_)]
    groups = [list(group) for _, group in groupby(shown_columns, key=lambda column: _is_past(plan, column))]
    kept = [each for group in groups for each in ([_folded(group)] if _is_past(plan, group[0]) else group)]
    body = [_series_row(plan, column, [status for status, _ in counted_]) for column in kept]
    empty = {number for number in (3, 4, 5) if all(row[number] in {"-", ""} for row in body)}
    table = [[cell for number, cell in enumerate(row) if number not in empty] for row in [head, *body]]
    reasons = [() if _is_past(plan, column) else column.all_series[-1].against for column in kept]
    printed = _with_reasons(list(_aligned(table, right=3)), reasons)
    yield _painted(document, _BOLD, printed[0])
    yield from printed[1:]
    older = len(plan.all_series) - len(recent)
    if older:
        yield f"    {older} older series not shown"
    yield "  * fits as is: only the requirement changes; > used today; -> the goal"
    yield from _rows(document, plan, recent[0].name, recent[-1].name)


def _is_past(plan: Plan, column: Column) -> bool:
    """Return whether the support of series has ended that are neither in use nor the goal: no one moves there."""
    goal = words.goal(plan)
    is_named = any(column.holds(one.series) for one in plan.current) or (goal is not None and column.holds(goal.name))
    return column.all_series[-1].has_ended and not is_named


def _folded(group: Sequence[Column]) -> Column:
    return group[0]._replace(all_series=tuple(series for column in group for series in column.all_series))


def _cut(column: Column, names: set[str]) -> Column | None:
    all_series = tuple(series for series in column.all_series if series.name in names)
    return column._replace(all_series=all_series) if all_series else None


def _with_reasons(printed: list[str], reasons: Sequence[tuple[str, ...]]) -> list[str]:
    """Append what has to change for each series, so much of it as there is room for."""
    width = max(map(len, printed))
    room = _WIDTH - width - 2
    if room < _ROOM or not any(reasons):
        return printed
    texts = ["has to change", *(_fitting(names, room) for names in reasons)]
    return [f"{line:<{width}}  {escape(text)}".rstrip() for line, text in zip(printed, texts, strict=True)]


def _fitting(names: tuple[str, ...], room: int) -> str:
    """Name as many as there is room for, and count the others; one at least."""
    for number in range(len(names), 0, -1):
        more = f", +{len(names) - number}" if number < len(names) else ""
        text = f"{', '.join(names[:number])}{more}"
        if len(text) <= room or number == 1:
            return text
    return ""


def _occurs(shown_columns: Sequence[Column], status: Status) -> bool:
    return any(dict(series.libraries)[status] for column in shown_columns for series in column.all_series)


def _series_row(plan: Plan, column: Column, counted_: Sequence[Status]) -> list[str]:
    last = column.all_series[-1]
    if _is_past(plan, column):
        return ["", words.span_of(column.first, column.last), last.level.replace("-", " "), *[""] * (3 + len(counted_))]
    goal = words.goal(plan)
    is_used = any(column.holds(one.series) for one in plan.current)
    is_goal = goal is not None and column.holds(goal.name)
    marks = f"{'->' if is_goal else ''}{'>' if is_used and not is_goal else ''}{'*' if last.fits else ''}"
    numbers = dict(last.libraries)
    return [
        marks,
        words.span_of(column.first, column.last),
        _SHORT.get(last.level, last.level.replace("-", " ")) or "-",
        words.count(last.pythons),
        words.count(last.platforms),
        words.count(last.supported),
        *(str(numbers[status] or "-") for status in counted_),
    ]


def _aligned(table: Sequence[Sequence[str]], right: int) -> Iterator[str]:
    widths = [max(len(row[number]) for row in table) for number in range(len(table[0]))]
    for row in table:
        cells = (
            cell.rjust(width) if number >= right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _rows(document: Document, plan: Plan, first: str, last: str) -> Iterator[str]:
    """Show what the goal does not support; the rest is a count."""
    for kind in Kind:
        rows = [row for row in plan.rows if row.kind is kind and row.runs]
        told = [row for row in rows if not _is_plain(plan, row, first)]
        if told:
            yield ""
            yield _painted(document, _BOLD, words.KINDS[kind])
        width = min(max((len(row.name) for row in told), default=0), 28)
        for row in told:
            runs = _runs(plan, row, first, last)
            asked = f"{escape(words.found(row))}: " if kind is Kind.LIBRARY else ""
            name = escape(row.name)
            if len(name) > width:
                yield f"  {name}"
            yield from _wrapped(f"  {name if len(name) <= width else '':<{width}}  ", f"{asked}{'; '.join(runs)}")
        plain = len(rows) - len(told)
        if plain and told:
            goal = words.goal(plan)
            yield f"  {plain} more that {goal.name if goal is not None else first} supports"


def _is_plain(plan: Plan, row: Row, first: str) -> bool:
    """Return whether the goal supports a row."""
    goal = words.goal(plan)
    end = goal.name if goal is not None else first
    return within(plan, row, end, end)[0].cell.status.is_inside


def _runs(plan: Plan, row: Row, first: str, last: str) -> list[str]:
    groups = [list(group) for _, group in groupby(within(plan, row, first, last), key=lambda run: run.cell.status)]
    return [
        f"{words.status(row.kind, group[0].cell.status)} {words.span_of(group[0].first, group[-1].last)}"
        for group in reversed(groups)
    ]


def _wrapped(head: str, text: str, most: int = _WIDTH) -> Iterator[str]:
    indent = " " * len(head)
    lines = textwrap.wrap(text, most - len(head), break_long_words=False, break_on_hyphens=False) or [""]
    yield f"{head}{lines[0]}".rstrip()
    yield from (f"{indent}{line}" for line in lines[1:])


def _painted(document: Document, style: str, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if document.is_coloured and text else text
