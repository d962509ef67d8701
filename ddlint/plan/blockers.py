"""Why a release cannot be reached: what no text in a file of the project changes, or only a move to a new major."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.checks import Step
from ddlint.checks.common.context import CheckContext
from ddlint.core.model import Certainty, Project, Severity
from ddlint.pack.support_rows import Effect
from ddlint.plan.columns import cells_of
from ddlint.plan.model import Blocker, Cell, Change, Kind, Row, Series, Status
from ddlint.plan.rewrites import floor_of
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import Verdict, list_minors, pin, verdict

_HARD = frozenset({Effect.REFUSED.value, Effect.BREAKS.value})
_SAYS = {Effect.REFUSED.value: "is refused by", Effect.BREAKS.value: "breaks with"}


class Matrix:
    """The rows of a plan by series, for the question which is the last one that takes something."""

    def __init__(self, all_series: tuple[Series, ...], rows: tuple[Row, ...]) -> None:
        self.all_series = all_series
        self._rows = {(row.kind, row.name): dict(cells_of(all_series, row)) for row in rows}

    def cell(self, kind: Kind, name: str, series: str) -> Cell | None:
        """Return what a series says of a row."""
        return self._rows.get((kind, name), {}).get(series)

    def last(self, is_fine: Callable[[Series], bool], before: str) -> str:
        """Return the newest series before another one of which something is true."""
        names = [each.name for each in self.all_series]
        older = self.all_series[: names.index(before)] if before in names else self.all_series
        return next((each.name for each in reversed(older) if is_fine(each)), "")

    def pythons(self, series: str) -> list[Cell]:
        """Return what a series says of each Python."""
        return [
            by_series[series]
            for (kind, _), by_series in self._rows.items()
            if kind is Kind.PYTHON and series in by_series
        ]


def blocked(
    context: CheckContext, there: Project, target: str, changes: tuple[Change, ...], matrix: Matrix
) -> Iterator[tuple[Change, Blocker]]:
    """Yield each change that keeps the target from being reached, and why."""
    series = context.pack.series(target)
    for change in changes:
        if change.is_notice:
            continue
        match change.step:
            case Step.PYTHON:
                found = _no_python(context, there, series, matrix)
            case Step.LIBRARY:
                found = _refused(context, target, change, matrix)
            case Step.REQUIREMENT:
                found = _conflict(change, series, matrix)
            case _:
                found = None
        if found is not None:
            yield change, found


def _no_python(context: CheckContext, there: Project, series: str, matrix: Matrix) -> Blocker | None:
    """Return why no Python of the project can have the target; nothing where one can."""
    sure = [
        each
        for tracer in there.tracers
        for each in tracer.resolutions
        if each.certainty is not Certainty.OPEN and each.python
    ]
    if not sure or any(each.release for each in sure):
        return None
    minors = tuple(dict.fromkeys(each.python for each in sure))
    last = matrix.last(
        lambda each: any(cell.status in {Status.SUPPORTED, Status.PARTLY} for cell in matrix.pythons(each.name)), series
    )
    named = f"Python {list_minors(minors, context.pack.pythons)}"
    return Blocker(named, f"{named} is not supported by {_series(series)}", last)


def _refused(context: CheckContext, target: str, change: Change, matrix: Matrix) -> Blocker | None:
    """Return why a library that does not run with the target stays: its next supported version is a new major."""
    series = context.pack.series(target)
    cell = matrix.cell(Kind.LIBRARY, change.subject, series)
    if change.severity is not Severity.ERROR or cell is None or cell.effect not in _HARD:
        return None
    asked = [
        each.dependency
        for each in context.known()
        if each.dependency.name == change.subject and each.dependency.is_known
    ]
    floor = floor_of(context.pack, target, change.subject)
    if floor and any(_reaches_major(each.specifier, floor) for each in asked):
        return None
    if floor and not change.text_edits and not asked:
        return None
    shown = next((pin(each.specifier) or each.specifier for each in asked), "")
    last = matrix.last(lambda each: _takes(matrix.cell(Kind.LIBRARY, change.subject, each.name)), series)
    return Blocker(change.subject, f"{change.subject} {shown} {_SAYS[cell.effect]} {_series(series)}", last)


def _reaches_major(specifier: str, floor: str) -> bool:
    """Return whether a requirement allows versions of the major that begins with the lowest supported one."""
    major = Version(floor).major
    return verdict(specifier, (f">={major},<{major + 1}",)) is not Verdict.UNSUPPORTED


def _takes(cell: Cell | None) -> bool:
    return cell is not None and (cell.status.is_inside or cell.status is Status.PARTLY)


def _conflict(change: Change, series: str, matrix: Matrix) -> Blocker | None:
    """Return why a conflict stays: no text is known that resolves it."""
    if change.severity is not Severity.ERROR or change.text_edits or any(each.write for each in change.edits):
        return None
    words = f"{change.subject} in conflict"
    last = matrix.last(lambda each: words not in each.against, series)
    return Blocker(change.subject, change.message, last)


def _series(series: str) -> str:
    return f"{series.partition('.')[0]}.x"
