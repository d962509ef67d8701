"""Lines that answer alike for every row of a plan, as one column: over a hundred lines become some twenty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ddlint.core.namedtuple import NamedTuple
from ddlint.plan.model import Cell, Line, Plan, Row, Run, Status


class Column(NamedTuple):
    """Consecutive lines of one major and one level with the same statuses."""

    lines: tuple[Line, ...]
    statuses: tuple[Status, ...]
    """One for each row of the plan."""

    @property
    def first(self) -> str:
        """The oldest line of it."""
        return self.lines[0].line

    @property
    def last(self) -> str:
        """The newest line of it."""
        return self.lines[-1].line

    @property
    def major(self) -> str:
        """The major line it belongs to."""
        return self.first.partition(".")[0]

    def holds(self, line: str) -> bool:
        """Whether a line is among those of it."""
        return any(each.line == line for each in self.lines)


def columns(plan: Plan) -> tuple[Column, ...]:
    """Return the columns of a plan, ascending."""
    by_row = [dict(cells(plan, row)) for row in plan.rows]

    def alike(line: Line) -> tuple[object, ...]:
        statuses = tuple(row[line.line].status for row in by_row)
        return statuses, line.level, line.line.partition(".")[0], line.fits

    return tuple(_column(tuple(group), by_row) for _, group in groupby(plan.lines, key=alike))


def _column(lines: tuple[Line, ...], by_row: list[dict[str, Cell]]) -> Column:
    return Column(lines, tuple(row[lines[0].line].status for row in by_row))


def cells(plan: Plan, row: Row) -> Iterable[tuple[str, Cell]]:
    """Return the cell of each series of a row."""
    return cells_of(plan.lines, row)


def cells_of(lines: Sequence[Line], row: Row) -> Iterable[tuple[str, Cell]]:
    """Return the cell of each of some series of a row."""
    names = [line.line for line in lines]
    for run in row.runs:
        for name in names[names.index(run.first) : names.index(run.last) + 1]:
            yield name, run.cell


def within(plan: Plan, row: Row, first: str, last: str) -> tuple[Run, ...]:
    """Return the runs of a row between two lines, cut to them."""
    names = [line.line for line in plan.lines]
    start, end = names.index(first), names.index(last)
    cut = []
    for run in row.runs:
        low, high = max(start, names.index(run.first)), min(end, names.index(run.last))
        if low <= high:
            cut.append(run._replace(first=names[low], last=names[high]))
    return tuple(cut)


def by_status(row: Row) -> tuple[tuple[str, str, Status], ...]:
    """Return the runs of a row by their status alone, as (first, last, status)."""
    groups = (list(group) for _, group in groupby(row.runs, key=lambda run: run.cell.status))
    return tuple((group[0].first, group[-1].last, group[0].cell.status) for group in groups)
