"""A plan as a table for the terminal (the default): what fits, every line, every library, and what to change."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from ddlint.core.model import Severity
from ddlint.core.text import escape
from ddlint.outputs.common.locations import shown
from ddlint.plan import phrases as words
from ddlint.plan.columns import Column, by_status, columns
from ddlint.plan.model import Change, Document, Kind, Plan, Status

_WIDTH = 100
_ROOM = 24
_BOLD = "1"
_SHORT = {"general-availability": "GA"}
_MILD = {"untested", "off"}
_LEVELS = {None: "1;34", Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTICE: "1;36"}
_COUNTED = (
    (Status.UNTESTED, "untested"),
    (Status.NOT_INSTRUMENTED, "off"),
    (Status.PARTLY, "partly"),
    (Status.UNSUPPORTED, "unsup."),
    (Status.REMOVED, "removed"),
    (Status.UNKNOWN, "unknown"),
    (Status.NO_ROW, "no row"),
)


def render(document: Document) -> str:
    """Return one block for each plan, an overview of several, and a line on the projects that declare no subject."""
    blocks = ["\n".join(_plan(document, plan)) for plan in document.plans]
    if len(blocks) > 1:
        blocks.insert(0, "\n".join(_overview(document)))
    if document.untraced:
        paths = ", ".join(f"`{shown(path, document.cwd)}`" for path in document.untraced[:3])
        more = f" and {len(document.untraced) - 3} more" if len(document.untraced) > 3 else ""
        blocks.append(f"No plan for what declares no tracer: {paths}{more}; `--tracer` gives one.")
    return "\n\n".join(blocks) + "\n" if blocks else "No plan: no project was found.\n"


def _overview(document: Document) -> Iterator[str]:
    table = [words.OVERVIEW, *(words.overview(document, plan) for plan in document.plans)]
    head, *rows = _aligned([[escape(cell) for cell in row] for row in table], right=len(words.OVERVIEW))
    yield _painted(document, _BOLD, head)
    yield from rows


def _plan(document: Document, plan: Plan) -> Iterator[str]:
    title = f"{plan.subject}: from today to {plan.target}, in {shown(plan.project, document.cwd)}"
    yield _painted(document, _BOLD, escape(title))
    yield ""
    yield from _summary(plan)
    yield ""
    yield from _lines(document, plan)
    rows = [row for row in plan.rows if row.runs]
    if rows:
        yield ""
        yield from _rows(document, plan)
    yield ""
    yield from _changes(document, plan)
    yield ""
    yield f"Rules: {escape(plan.pack)} {escape(plan.pack_version)}, judged as on {escape(document.as_of)}."


def _summary(plan: Plan) -> Iterator[str]:
    for name, group in groupby(words.summary(plan), key=itemgetter(0)):
        for number, (_, text) in enumerate(group):
            yield from _wrapped(f"  {'' if number else name:<24}", escape(text))


def _lines(document: Document, plan: Plan) -> Iterator[str]:
    shown_columns = columns(plan)
    counted = [(status, name) for status, name in _COUNTED if _occurs(shown_columns, status)]
    head = ["", "lines", "level", "Pythons", "platforms", "libraries", *(name for _, name in counted)]
    body = [_line(plan, column, [status for status, _ in counted]) for column in shown_columns]
    empty = {number for number in (3, 4) if all(row[number] == "-" for row in body)}
    table = [[cell for number, cell in enumerate(row) if number not in empty] for row in [head, *body]]
    printed = _with_blockers(list(_aligned(table, right=3)), [column.lines[-1].blockers for column in shown_columns])
    yield _painted(document, _BOLD, printed[0])
    yield from printed[1:]
    aside = "; what is untested or off counts as supported" if any(name in _MILD for _, name in counted) else ""
    yield f"  * fits as is; > used today; -> the goal{aside}"


def _with_blockers(printed: list[str], blockers: Sequence[tuple[str, ...]]) -> list[str]:
    """Append what stands against each line, so much of it as there is room for."""
    width = max(map(len, printed))
    room = _WIDTH - width - 2
    if room < _ROOM or not any(blockers):
        return printed
    texts = ["against it", *(_cropped(names, room) for names in blockers)]
    return [f"{line:<{width}}  {escape(text)}".rstrip() for line, text in zip(printed, texts, strict=True)]


def _cropped(names: tuple[str, ...], room: int) -> str:
    """Name as many as there is room for, and count the others; one at least."""
    for number in range(len(names), 0, -1):
        more = f", +{len(names) - number}" if number < len(names) else ""
        text = f"{', '.join(names[:number])}{more}"
        if len(text) <= room or number == 1:
            return text
    return ""


def _occurs(shown_columns: Sequence[Column], status: Status) -> bool:
    return any(dict(line.libraries)[status] for column in shown_columns for line in column.lines)


def _line(plan: Plan, column: Column, counted: Sequence[Status]) -> list[str]:
    last = column.lines[-1]
    goal = words.goal(plan)
    is_used = any(column.holds(one.line) for one in plan.current)
    is_goal = goal is not None and column.holds(goal.line)
    marks = f"{'->' if is_goal else ''}{'>' if is_used and not is_goal else ''}{'*' if last.fits else ''}"
    numbers = dict(last.libraries)
    return [
        marks,
        words.lines_of(column.first, column.last),
        _SHORT.get(last.level, last.level.replace("-", " ")) or "-",
        words.count(last.pythons),
        words.count(last.platforms),
        words.count(last.supported),
        *(str(numbers[status] or "-") for status in counted),
    ]


def _aligned(table: Sequence[Sequence[str]], right: int) -> Iterator[str]:
    widths = [max(len(row[number]) for row in table) for number in range(len(table[0]))]
    for row in table:
        cells = (
            cell.rjust(width) if number >= right else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _rows(document: Document, plan: Plan) -> Iterator[str]:
    for kind in Kind:
        rows = [row for row in plan.rows if row.kind is kind]
        if rows:
            yield _painted(document, _BOLD, f"{words.KINDS[kind]}, the newest lines first")
        width = min(max((len(row.name) for row in rows), default=0), 28)
        for row in rows:
            runs = [
                f"{words.status(kind, status)} {words.lines_of(first, last)}"
                for first, last, status in reversed(by_status(row))
            ]
            asked = f"{escape(words.found(row))}: " if kind is Kind.LIBRARY else ""
            name = escape(row.name)
            if len(name) > width:
                yield f"  {name}"
            yield from _wrapped(f"  {name if len(name) <= width else '':<{width}}  ", f"{asked}{'; '.join(runs)}")


def _changes(document: Document, plan: Plan) -> Iterator[str]:
    todo, notes = words.required_changes(plan), words.worth(plan)
    yield _painted(document, _BOLD, f"To reach {escape(plan.subject)} {escape(plan.target)}: {words.tally(plan)}")
    for number, change in enumerate(todo, 1):
        yield ""
        yield from _change(document, change, f"{number:>3}. ")
    if notes:
        yield ""
        yield _painted(document, _BOLD, "Worth knowing")
        for change in notes:
            yield ""
            yield from _change(document, change, "   - ")
    if plan.solved:
        yield ""
        yield _painted(document, _BOLD, "Solved by the move")
        for change in plan.solved:
            yield from _wrapped("   - ", f"{change.code} {escape(change.message)}".strip())


def _change(document: Document, change: Change, bullet: str) -> Iterator[str]:
    code = f" [{escape(change.code)}]" if change.code else ""
    aside = "" if change.is_new else f" ({words.ALREADY})"
    head = f"{escape(words.title(change))}{code}{aside}"
    yield f"{bullet}{_painted(document, _LEVELS[change.severity], head)}"
    for name, text in _facts(document, change):
        yield from _wrapped(f"     {name:<9}", escape(text))


def _facts(document: Document, change: Change) -> Iterable[tuple[str, str]]:
    yield "why", change.message
    if change.help:
        yield "to do", change.help
    for edit in change.edits:
        place = words.where(document, edit.at) or "outside the project's files"
        was = f": now `{edit.was}`" if edit.was else ""
        yield "at", f"{place}{f': write `{edit.write}` for `{edit.was}`' if edit.write and edit.was else was}"
    for note in change.notes:
        yield "note", note
    for evidence in change.evidence:
        yield "evidence", words.cited(evidence)


def _wrapped(head: str, text: str) -> Iterator[str]:
    indent = " " * len(head)
    lines = textwrap.wrap(text, _WIDTH - len(head), break_long_words=False, break_on_hyphens=False) or [""]
    yield f"{head}{lines[0]}".rstrip()
    yield from (f"{indent}{line}" for line in lines[1:])


def _painted(document: Document, style: str, text: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m" if document.is_coloured and text else text
