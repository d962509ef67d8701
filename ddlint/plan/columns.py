"""Series that answer alike for every row of a plan, as one column: over a hundred series become some twenty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from ddlint.core.namedtuple import NamedTuple
from ddlint.plan.model import Cell, Plan, Row, Run, Series, Status


class Column(NamedTuple):
    """Consecutive series of one major and one level with the same statuses."""

    all_series: tuple[Series, ...]
    statuses: tuple[Status, ...]
    """One for each row of the plan."""

    @property
    def first(self) -> str:
        """The oldest series of it."""
        return self.all_series[0].name

    @property
    def last(self) -> str:
        """The newest series of it."""
        return self.all_series[-1].name

    @property
    def major(self) -> str:
        """The major series it belongs to."""
        return self.first.partition(".")[0]

    def holds(self, series: str) -> bool:
        """Whether a series is among those of it."""
        return any(each.name == series for each in self.all_series)


def columns(plan: Plan) -> tuple[Column, ...]:
    """Return the columns of a plan, ascending."""
    by_row = [dict(cells(plan, row)) for row in plan.rows]

    def alike(series: Series) -> tuple[object, ...]:
        statuses = tuple(row[series.name].status for row in by_row)
        return statuses, series.level, series.name.partition(".")[0], series.fits

    return tuple(_column(tuple(group), by_row) for _, group in groupby(plan.all_series, key=alike))


def _column(all_series: tuple[Series, ...], by_row: list[dict[str, Cell]]) -> Column:
    return Column(all_series, tuple(row[all_series[0].name].status for row in by_row))


def cells(plan: Plan, row: Row) -> Iterable[tuple[str, Cell]]:
    """Return the cell of each series of a row."""
    return cells_of(plan.all_series, row)


def cells_of(all_series: Sequence[Series], row: Row) -> Iterable[tuple[str, Cell]]:
    """Return the cell of each of some series of a row."""
    names = [series.name for series in all_series]
    for run in row.runs:
        for name in names[names.index(run.first) : names.index(run.last) + 1]:
            yield name, run.cell


def within(plan: Plan, row: Row, first: str, last: str) -> tuple[Run, ...]:
    """Return the runs of a row between two series, cut to them."""
    names = [series.name for series in plan.all_series]
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
