"""A plan in GitHub's markdown, for the ticket or the pull request of the move."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.report import Evidence
from ddlint.outputs.common import markdown_table as cells
from ddlint.outputs.common.locations import shown
from ddlint.outputs.common.markdown_table import table
from ddlint.plan import phrases as words
from ddlint.plan.columns import Column, columns
from ddlint.plan.model import Change, Document, Kind, Plan
from ddlint.plan.phrases import MARKS

_BUDGET = 300_000
"""Bytes for each table."""
_MOST_CHANGES = 300


def code(text: str) -> str:
    """Return text as code outside a table, where a `|` needs no escape."""
    return cells.code(text).replace("\\|", "|")


def prose(text: str) -> str:
    """Return a sentence outside a table."""
    return cells.prose(text).replace("\\|", "|")


def render(document: Document) -> str:
    """Return one part for each plan, and an overview of several."""
    parts = ["\n".join(_plan(document, plan)) for plan in document.plans]
    if len(parts) > 1:
        parts.insert(0, "\n".join(_overview(document)))
    if document.untraced:
        paths = ", ".join(code(shown(path, document.cwd)) for path in document.untraced[:20])
        parts.append(f"No plan for what declares no tracer: {paths}.")
    return "\n\n".join(parts or ["No plan: no project was found."]) + "\n"


def _overview(document: Document) -> Iterator[str]:
    rows = (tuple(cells.prose(cell) for cell in words.overview(document, plan)) for plan in document.plans)
    yield from table(words.OVERVIEW, rows, len(document.plans), _BUDGET)


def _plan(document: Document, plan: Plan) -> Iterator[str]:
    where = shown(plan.project, document.cwd)
    yield f"# {prose(plan.subject)}: from today to {prose(plan.target)}, in {code(where)}"
    yield ""
    yield from _summary(plan)
    yield ""
    yield from _changes(document, plan)
    yield ""
    yield "## Support by line"
    yield ""
    yield from _lines(plan)
    if plan.rows:
        yield ""
        yield from _matrix(plan)
    yield ""
    yield f"Rules: {prose(plan.pack)} {prose(plan.pack_version)}, judged as on {prose(document.as_of)}."


def _summary(plan: Plan) -> Iterator[str]:
    yield from (f"- **{name}:** {prose(text)}" for name, text in words.summary(plan))


def _changes(document: Document, plan: Plan) -> Iterator[str]:
    yield f"## To reach {prose(plan.subject)} {prose(plan.target)}: {words.tally(plan)}"
    todo = words.required_changes(plan)
    for number, change in enumerate(todo[:_MOST_CHANGES], 1):
        yield ""
        yield from _change(document, change, f"{number}. ")
    if len(todo) > _MOST_CHANGES:
        yield ""
        yield f"{len(todo) - _MOST_CHANGES} more would not fit."
    for title, changes in (("Worth knowing", words.worth(plan)), ("Solved by the move", plan.solved)):
        if changes:
            yield ""
            yield f"### {title}"
            yield ""
        for change in changes[:_MOST_CHANGES]:
            yield f"- {_head(change)} {prose(change.message)}"


def _head(change: Change) -> str:
    name = f" {prose(change.code)}" if change.code else ""
    aside = "" if change.is_new else f" ({words.ALREADY})"
    return f"**{prose(words.title(change))}**{name}{aside}:"


def _change(document: Document, change: Change, bullet: str) -> Iterator[str]:
    indent = " " * len(bullet)
    yield f"{bullet}{_head(change)} {prose(change.message)}"
    if change.help:
        yield f"{indent}- **To do:** {prose(change.help)}"
    for edit in change.edits:
        place = code(words.where(document, edit.at)) or "outside the files of the project"
        now = f"now {code(edit.was)}" if edit.was else ""
        text = f"write {code(edit.write)} for {code(edit.was)}" if edit.write and edit.was else now
        yield f"{indent}- {place}{f': {text}' if text else ''}"
    for note in change.notes:
        yield f"{indent}- {prose(note)}"
    for evidence in change.evidence:
        yield f"{indent}- Evidence: {_cited(evidence)}"


def _cited(evidence: Evidence) -> str:
    """Link a document, unless its address is no web address or would end the link."""
    text, url = prose(words.cited(evidence)), evidence.url
    is_plain = url.startswith(("https://", "http://")) and not any(mark in url for mark in "<>()[]\\ \t\r\n")
    return f"[{text}]({url})" if is_plain else text


def _lines(plan: Plan) -> Iterator[str]:
    shown_columns = columns(plan)[::-1]
    head = ("line", "level", "Pythons", "platforms", "libraries", "against it")
    rows = (_line(plan, column) for column in shown_columns)
    yield from table(head, rows, len(shown_columns), _BUDGET)


def _line(plan: Plan, column: Column) -> tuple[str, ...]:
    last = column.lines[-1]
    goal = words.goal(plan)
    marks = [
        "**goal**" if goal is not None and column.holds(goal.line) else "",
        "**today**" if any(column.holds(one.line) for one in plan.current) else "",
    ]
    name = " ".join([words.lines_of(column.first, column.last), *filter(None, marks)])
    against = cells.prose(", ".join(last.blockers)) or "fits as is"
    counts = (words.count(last.pythons), words.count(last.platforms), words.count(last.supported))
    return name, cells.prose(words.level(last)), *counts, against


def _matrix(plan: Plan) -> Iterator[str]:
    shown_columns = columns(plan)[::-1]
    numbers = [number for number, row in enumerate(plan.rows) if row.runs]
    head = ("", "asked for", *(_short(column) for column in shown_columns))
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
