"""The support matrix as an HTML table: what a project asks for by series, with what each statement rests on.

Neighbouring series that answer alike are one column, neighbouring columns of one status one bar. A bar opens what is
behind it by the `popover` of HTML, without a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby

from ddlint.plan import phrases as words
from ddlint.plan.columns import Column, columns, within
from ddlint.plan.html_text import cited, code, plain, prose
from ddlint.plan.model import Count, Declaration, Document, Kind, Plan, Row, Run, Series, Status
from ddlint.plan.phrases import MARKS

CLASSES = {
    Status.SUPPORTED: "supported",
    Status.PARTLY: "partly",
    Status.UNSUPPORTED: "unsupported",
    Status.REMOVED: "removed",
    Status.UNTESTED: "untested",
    Status.NOT_INSTRUMENTED: "off",
    Status.UNKNOWN: "unknown",
    Status.NO_ROW: "none",
}


_FEW = 8


class Tips:
    """Makes the buttons of a page with what they open; each pair needs a name of its own."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def button(self, kind: str, shown: str, tip: str) -> str:
        """Return a button of a class that shows `shown` and opens `tip`, both HTML."""
        name = f"t{next(self._numbers)}"
        return (
            f'<button type="button" class="{kind}" popovertarget="{name}">{shown}</button>'
            f'<div class="tip" id="{name}" popover>{tip}</div>'
        )


def matrix(document: Document, plan: Plan, tips: Tips, level: int) -> Iterator[str]:
    """Return the heading, the legend and the table of a plan; many columns are printed on a page across."""
    recent = {series.name for series in words.recent(plan)}
    shown = [column for each in columns(plan)[::-1] if (column := _within(each, recent)) is not None]
    older = len(plan.all_series) - len(recent)
    yield f'<div class="support{" many" if len(shown) > _FEW else ""}"><h{level}>Support by series</h{level}>'
    yield from _legend(plan, shown)
    title = plain(f"What each series of {plan.subject} supports, the newest first")
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table class="matrix">'
    yield f'<caption class="unseen">{title}</caption>'
    cols = "".join(f'<col class="{"wide" if _is_wide(column, shown) else "slim"}">' for column in shown)
    yield f'<colgroup><col class="names">{cols}</colgroup>'
    yield from _head(plan, shown)
    yield from _whole(shown, tips)
    for kind in Kind:
        rows = [(number, row) for number, row in enumerate(plan.rows) if row.kind is kind and row.runs]
        if rows:
            yield _group(words.KINDS[kind], len(shown))
            yield from (_row(document, plan, shown, number, tips) for number, _ in rows)
            yield "</tbody>"
    yield "</table></div>"
    if older:
        yield f'<p class="quiet">{older} series older than today\'s are not shown.</p>'
    yield "</div>"


def _is_wide(column: Column, shown: Sequence[Column]) -> bool:
    """Return whether a column gets more room: those of the newest major do, and all where they are few."""
    return column.major == shown[0].major or len(shown) <= _FEW


def _within(column: Column, names: set[str]) -> Column | None:
    """Return a column cut to some series; nothing where none of them is in it."""
    all_series = tuple(series for series in column.all_series if series.name in names)
    return column._replace(all_series=all_series) if all_series else None


def _legend(plan: Plan, shown: Sequence[Column]) -> Iterator[str]:
    used = {status for column in shown for status in column.statuses}
    yield '<ul class="legend">'
    for status, meaning in words.MEANINGS.items():
        if status in used:
            mark = f'<b class="{CLASSES[status]}" aria-hidden="true">{MARKS[status]}</b>'
            yield f"<li>{mark} {status.value}: {plain(meaning)}</li>"
    yield "</ul>"
    told = "Point at a bar, tap it, or press Enter on it: it opens its ranges and the documents they rest on."
    yield f'<p class="quiet help">{told} A column holds the series of {plain(plan.subject)} that answer alike.</p>'


def _head(plan: Plan, shown: Sequence[Column]) -> Iterator[str]:
    yield '<thead><tr><th class="name" scope="col" rowspan="2">series</th>'
    for (major, level), group in groupby(shown, key=lambda column: (column.major, column.all_series[-1].level)):
        width = len(list(group))
        words_ = f"{major}.x {level.replace('-', ' ')}" if width > 1 else f"{major}.x"
        yield f'<th class="major" scope="colgroup" colspan="{width}"><span class="label">{plain(words_)}</span></th>'
    yield "</tr><tr>"
    goal = words.goal(plan)
    for column in shown:
        flags = [
            "goal" if goal is not None and column.holds(goal.name) else "",
            "today" if any(column.holds(one.series) for one in plan.current) else "",
        ]
        told = "".join(f"<b>{flag}</b>" for flag in flags if flag)
        mine = ' class="mine"' if told else ""
        yield f'<th scope="col"{mine}>{told}{_series_name(column)}</th>'
    yield "</tr></thead>"


def _series_name(column: Column) -> str:
    if column.first == column.last:
        return plain(column.last)
    return f'{plain(column.last)}<br><span class="unseen">down </span>to {plain(column.first)}'


def _group(title: str, width: int) -> str:
    return f'<tbody><tr class="group"><th class="name" scope="rowgroup">{title}</th><td colspan="{width}"></td></tr>'


def _whole(shown: Sequence[Column], tips: Tips) -> Iterator[str]:
    """Return the rows on the series as a whole: whether they fit, and what they count."""
    yield _group("The series as a whole", len(shown))
    yield '<tr><th class="name" scope="row">fits as is<small>, or what has to change</small></th>'
    yield from (f"<td>{_fit(column, tips)}</td>" for column in shown)
    yield "</tr>"
    counted = (
        ("libraries supported", [column.all_series[-1].supported for column in shown]),
        ("Pythons", [column.all_series[-1].pythons for column in shown]),
        ("platforms", [column.all_series[-1].platforms for column in shown]),
    )
    for name, numbers in counted:
        if any(number.total for number in numbers):
            cells = "".join(f'<td class="lone">{_counted(number)}</td>' for number in numbers)
            yield f'<tr><th class="name" scope="row">{name}</th>{cells}</tr>'
    yield "</tbody>"


def _counted(number: Count) -> str:
    return f"{number.supported}&#8202;/&#8202;{number.total}" if number.total else "–"  # noqa: RUF001 - nothing to count


def _fit(column: Column, tips: Tips) -> str:
    last = column.all_series[-1]
    kind, mark = ("supported", "✓") if last.fits else ("none", "✕")
    told = "yes" if last.fits else f"no: {len(last.against)}"
    shown = f'<span aria-hidden="true">{mark}{"" if last.fits else len(last.against)}</span>'
    groups = groupby(reversed(column.all_series), key=lambda series: (series.against, words.level(series)))
    every = "".join(_series_of(list(group)) for _, group in groups)
    return tips.button(f"bar lone {kind}", f'{shown}<span class="unseen">{told}</span>', f"<ul>{every}</ul>")


def _series_of(all_series: Sequence[Series]) -> str:
    """Return what series are, the newest first, and what blocks them."""
    newest = all_series[0]
    day = f" of {newest.released}" if newest.released else ""
    about = f", {words.level(newest)}" if newest.level else ""
    against = f"has to change: {', '.join(newest.against)}" if newest.against else "fits as is"
    name = words.span_of(all_series[-1].name, newest.name)
    return f"<li><b>{plain(name)}</b> ({plain(newest.release)}{plain(day)}{plain(about)}): {prose(against)}</li>"


def _row(document: Document, plan: Plan, shown: Sequence[Column], number: int, tips: Tips) -> str:
    row = plan.rows[number]
    name = f"Python {row.name}" if row.kind is Kind.PYTHON else row.name
    asked = f"<small>{plain(words.found(row))}</small>" if row.kind is Kind.LIBRARY else ""
    who = tips.button("who", f"<b>{plain(name)}</b>{asked}", _found(document, name, row.found))
    groups = groupby(shown, key=lambda column: column.statuses[number])
    bars = "".join(_bar(plan, row, name, list(group), tips) for _, group in groups)
    return f'<tr><th class="name" scope="row">{who}</th>{bars}</tr>'


def _found(document: Document, name: str, found: Iterable[Declaration]) -> str:
    """List where a project says something of a row."""
    places = "".join(
        f"<li>{code(one.text)} {plain(one.origin)}{f' at {code(place)}' if place else ''}</li>"
        for one in found
        if (place := words.where(document, one.at)) or one.text
    )
    told = f"<ul>{places}</ul>" if places else "no file of the project names it"
    return f"<p><b>{plain(name)}</b> in the project</p>{told}"


def _bar(plan: Plan, row: Row, name: str, group: Sequence[Column], tips: Tips) -> str:
    """Return the cells of consecutive columns, the newest first, with one status."""
    first, last = group[-1].first, group[0].last
    runs = within(plan, row, first, last)
    status = runs[0].cell.status
    word = words.status(row.kind, status)
    all_series = words.span_of(first, last)
    mark = f'<span aria-hidden="true">{MARKS[status]}</span>'
    seen = f"{mark} {plain(word)}" if len(group) > 1 else f'{mark}<span class="unseen">{plain(word)}</span>'
    shown = f'<span class="label">{seen}<span class="unseen">, {plain(all_series)}</span></span>'
    head = f"<p><b>{plain(name)}</b>, {plain(plan.subject)} {plain(all_series)}: {plain(word)}</p>"
    every = "".join(_run(row.kind, run) for run in reversed(runs))
    lone = "" if len(group) > 1 else " lone"
    made = tips.button(f"bar {CLASSES[status]}{lone}", shown, head + (f"<ul>{every}</ul>" if every else _NOTHING))
    return f'<td colspan="{len(group)}">{made}</td>'


_NOTHING = "<p>The rules state nothing of it.</p>"


def _run(kind: Kind, run: Run) -> str:
    """Return what series support, and the documents that say so; nothing where nothing is stated."""
    cell = run.cell
    if not (cell.supported or cell.note or cell.evidence):
        return ""
    basis = f" ({plain(cell.basis)})" if cell.basis else ""
    verb = "asks for Python" if kind is Kind.PYTHON else "supports"
    parts = [f"{verb} {code(cell.supported)}{basis}" if cell.supported else "", prose(cell.note)]
    told = "; ".join(part for part in parts if part)
    documents = "".join(f"<br>{cited(evidence)}" for evidence in cell.evidence)
    return f"<li><b>{plain(words.span_of(run.first, run.last))}</b> {told}{documents}</li>"
