"""A plan in GitHub's markdown, for the ticket or the pull request of the move: steps to tick, each with its diff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ddlint.core.report import Evidence
from ddlint.core.text import counted, cropped, escape
from ddlint.outputs.common import markdown_table as cells
from ddlint.outputs.common.locations import shown
from ddlint.outputs.common.markdown_table import table
from ddlint.plan import phrases as words
from ddlint.plan.columns import Column, columns
from ddlint.plan.model import Change, Document, Hunk, Kind, Plan, Removed
from ddlint.plan.phrases import MARKS

_BUDGET = 30_000
"""Bytes for each table: an issue of GitHub holds 65,536 characters."""
_MOST_CHANGES = 60
_MOST_REMOVED = 30
_LONGEST_LINE = 200
_SIGNS = {words.Verdict.DONE: "✅", words.Verdict.CHANGES: "🔧", words.Verdict.BLOCKED: "⛔"}


def code(text: str) -> str:
    """Return text as code outside a table, where a `|` needs no escape."""
    return cells.code(text).replace("\\|", "|")


def prose(text: str) -> str:
    """Return a sentence outside a table."""
    return cells.prose(text).replace("\\|", "|")


def render(document: Document) -> str:
    """Return a table of the verdicts where there are several plans, and a part for each that the call names."""
    named = [plan for plan in document.plans if plan.is_named]
    parts = ["\n".join(_plan(document, plan)) for plan in named]
    if len(document.plans) > 1:
        parts.insert(0, "\n".join(_overview(document)))
    if document.untraced:
        paths = ", ".join(code(shown(path, document.cwd)) for path in document.untraced[:20])
        parts.append(f"No plan where no tracer is required: {paths}.")
    return "\n\n".join(parts or ["No plan: no project was found."]) + "\n"


def _overview(document: Document) -> Iterator[str]:
    yield f"{prose(words.sums(document))}."
    yield ""
    rows = (
        (_SIGNS[words.ending(plan)], *(cells.prose(cell) for cell in words.overview(document, plan)))
        for plan in document.plans
    )
    yield from table(("", *words.OVERVIEW), rows, len(document.plans), _BUDGET)


def _plan(document: Document, plan: Plan) -> Iterator[str]:
    yield f"# {prose(plan.subject)} {prose(words.headline(plan))}"
    yield ""
    yield f"In {code(words.name_of(document, plan))}."
    yield ""
    yield from (f"- **{name}:** {prose(text)}" for name, text in words.summary(plan))
    if plan.hops:
        for hop in plan.hops:
            required = [change for change in hop.changes if not change.is_notice]
            yield ""
            yield f"## Step to {prose(hop.target)}: {counted(len(required), 'change')}"
            yield from _steps(document, plan, required)
            yield from _removed(f"Removed between {hop.start or 'today'} and {hop.target}", hop.removed)
    elif plan.required:
        yield ""
        yield "## In the way, and what else would change" if plan.blockers else "## Steps"
        yield from _steps(document, plan, plan.required)
    if plan.commands:
        yield ""
        yield "Then run:"
        yield ""
        for command in plan.commands:
            place = words.folder(document, command)
            yield f"- [ ] {code(command.text)}{f' in {code(place)}' if place else ''}"
    yield from _worth(plan)
    yield ""
    yield from _series(plan)
    yield ""
    yield f"Rules: {prose(plan.pack)} {prose(plan.pack_version)}, judged as on {prose(document.as_of)}."


def _steps(document: Document, plan: Plan, changes: Sequence[Change]) -> Iterator[str]:
    for number, change in enumerate(changes[:_MOST_CHANGES], 1):
        yield ""
        yield from _change(document, plan, change, number)
    if len(changes) > _MOST_CHANGES:
        yield ""
        yield f"{len(changes) - _MOST_CHANGES} more would not fit."


def _change(document: Document, plan: Plan, change: Change, number: int) -> Iterator[str]:
    flags = f" ({', '.join(prose(flag) for flag in words.flags(change))})" if words.flags(change) else ""
    yield f"- [ ] **{number}. {prose(words.title(change))}**{flags}: {prose(change.message)}"
    for path, hunks in groupby(change.hunks, key=lambda hunk: hunk.path):
        yield ""
        yield f"  {code(shown(path, document.cwd))}"
        yield ""
        yield from _diff(list(hunks))
    if words.by_hand(change):
        todo = "the command below" if words.by_command(plan, change) else change.help
        if todo:
            yield f"  - **To do:** {prose(todo)}"
        for edit in change.edits:
            place = words.where(document, edit.at)
            text = f"write {code(edit.write)} for {code(edit.was)}" if edit.write and edit.was else code(edit.was)
            if place:
                yield f"  - {code(place)}{f': {text}' if text else ''}"
    for note in change.notes:
        yield f"  - {prose(note)}"
    for evidence in change.evidence:
        yield f"  - See {_cited(evidence)}"


def _diff(hunks: Sequence[Hunk]) -> Iterator[str]:
    lines = [
        line
        for hunk in hunks
        for line in (
            f"@@ line {hunk.line} @@",
            *(f"-{cropped(escape(each), _LONGEST_LINE)}" for each in hunk.removed),
            *(f"+{cropped(escape(each), _LONGEST_LINE)}" for each in hunk.added),
        )
    ]
    longest = max((len(run) for line in lines for run in _runs_of_backticks(line)), default=0)
    fence = "`" * max(3, longest + 1)
    yield f"  {fence}diff"
    yield from (f"  {line}" for line in lines)
    yield f"  {fence}"


def _runs_of_backticks(line: str) -> list[str]:
    return ["".join(group) for mark, group in groupby(line) if mark == "`"]


def _worth(plan: Plan) -> Iterator[str]:
    for title, changes in (("Worth knowing", plan.notices), ("Solved by the move", plan.solved)):
        if changes:
            yield ""
            yield f"### {title}"
            yield ""
        for change in changes[:_MOST_CHANGES]:
            yield f"- {prose(f'{change.code} ' if change.code else '')}{prose(change.message)}"
    if not plan.hops:
        yield from _removed(words.removed_title(plan), words.removed_interfaces(plan))
    yield from _removed(f"Deprecated in {plan.target}", words.announced(plan))


def _removed(title: str, every: Sequence[Removed]) -> Iterator[str]:
    listed, hidden = words.shown_removals(every, _MOST_REMOVED)
    if not listed:
        return
    yield ""
    yield f"### {prose(title)}"
    yield ""
    yield from (f"- {prose(words.removed_text(one))}" for one in listed)
    if hidden:
        yield f"- {hidden} more of which nothing is seen here"


def _cited(evidence: Evidence) -> str:
    """Link a document, unless its address is no web address or would end the link."""
    text, url = prose(words.cited(evidence)), evidence.url
    is_plain = url.startswith(("https://", "http://")) and not any(mark in url for mark in "<>()[]\\ \t\r\n")
    return f"[{text}]({url})" if is_plain else text


def _series(plan: Plan) -> Iterator[str]:
    """Return the series from today's on and the matrix, folded: a ticket is about the steps."""
    recent = {series.name for series in words.recent(plan)}
    shown_columns = [column for column in columns(plan)[::-1] if any(column.holds(name) for name in recent)]
    yield "<details><summary>Support by series</summary>"
    yield ""
    head = ("series", "level", "Pythons", "platforms", "libraries", "has to change")
    rows = (_series_row(plan, column) for column in shown_columns)
    yield from table(head, rows, len(shown_columns), _BUDGET)
    if plan.rows:
        yield ""
        yield from _matrix(plan, shown_columns)
    yield ""
    yield "</details>"


def _series_row(plan: Plan, column: Column) -> tuple[str, ...]:
    last = column.all_series[-1]
    goal = words.goal(plan)
    marks = [
        "**goal**" if goal is not None and column.holds(goal.name) else "",
        "**today**" if any(column.holds(one.series) for one in plan.current) else "",
    ]
    name = " ".join([words.span_of(column.first, column.last), *filter(None, marks)])
    against = cells.prose(", ".join(last.against)) or "fits as is"
    counts = (words.count(last.pythons), words.count(last.platforms), words.count(last.supported))
    return name, cells.prose(words.level(last)), *counts, against


def _matrix(plan: Plan, shown_columns: Sequence[Column]) -> Iterator[str]:
    numbers = [number for number, row in enumerate(plan.rows) if row.runs]
    head = ("", "required", *(_short(column) for column in shown_columns))
    rows = (
        (
            cells.prose(_name(plan, number)),
            cells.code(words.found(plan.rows[number])) if plan.rows[number].kind is Kind.LIBRARY else "",
            *(MARKS[column.statuses[number]] for column in shown_columns),
        )
        for number in numbers
    )
    yield from table(head, rows, len(numbers), _BUDGET)
    yield ""
    used = {status for column in shown_columns for status in column.statuses}
    legend = [
        f"{MARKS[status]} {status.value}: {words.MEANINGS[status]}" for status in words.MEANINGS if status in used
    ]
    yield "<br>".join(legend)


def _short(column: Column) -> str:
    return column.first if column.first == column.last else f"{column.first} – {column.last}"  # noqa: RUF001 - a range


def _name(plan: Plan, number: int) -> str:
    row = plan.rows[number]
    return f"Python {row.name}" if row.kind is Kind.PYTHON else row.name
