"""The variables that releases read, and the types of their values."""

from __future__ import annotations

from functools import cached_property, lru_cache

from ddlint.checks.common.near_names import NearNames
from ddlint.core.lazy_regex import regex
from ddlint.pack.pack import Pack
from ddlint.pack.setting_rows import FatalValues, OtherVariables, Variable

_RUN = regex(r"(?P<first>[0-9.]+)(?:-(?P<last>[0-9.]+)|(?P<open>\+))?(?: (?P<type>[a-z]+))?")
_PREFIXES = ("DD_", "_DD_", "DATADOG_")
"""Variables that start otherwise are of other programs, whatever they are called."""


class Variables:
    """The variables of a pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.rows = {row.variable: row for row in pack.rows(Variable)}
        others = pack.rows(OtherVariables)
        self.others = frozenset(name for row in others for name in row.names)
        self._prefixes = tuple(prefix for row in others for prefix in row.prefixes)

    def is_of_others(self, name: str) -> bool:
        """Return whether another program reads a variable, or may."""
        return not name.startswith(_PREFIXES) or name in self.others or name.startswith(self._prefixes)

    def near(self, name: str) -> str:
        """Return the variable that a series reads and whose name is nearly `name`, one of the newest series first."""
        return self._newest.nearest(name) or self._all.nearest(name)

    @cached_property
    def _newest(self) -> NearNames:
        return NearNames(
            name for name, row in self.rows.items() if row.reads.rpartition(", ")[2].partition(" ")[0].endswith("+")
        )

    @cached_property
    def _all(self) -> NearNames:
        return NearNames(self.rows)

    def reads(self, name: str, series: str) -> bool:
        """Return whether a series reads a variable."""
        return self._run(name, series) is not None

    def type_of(self, name: str, series: str) -> str:
        """Return the type of a variable's value in a series; empty where it is not known."""
        return (self._run(name, series) or ("", "", ""))[2]

    def fatal(self, name: str, series: str) -> FatalValues | None:
        """Return the row that says that a value of the wrong type ends the application."""
        rows = self.pack.rows(FatalValues)
        return next((row for row in rows if name in row.names and self.pack.holds(series, row.first, row.last)), None)

    def last_before(self, name: str, series: str) -> str:
        """Return the last series before `series` that read a variable that `series` does not read; empty for none."""
        before = [last for _, last, _ in self._runs(name) if self.pack.position(last) < self.pack.position(series)]
        return before[-1] if before and not self.reads(name, series) else ""

    def _run(self, name: str, series: str) -> tuple[str, str, str] | None:
        return next((run for run in self._runs(name) if self.pack.holds(series, run[0], run[1])), None)

    def _runs(self, name: str) -> list[tuple[str, str, str]]:
        """Return (first series, last series, type), ascending."""
        row = self.rows.get(name)
        found = []
        for each in row.reads.split(", ") if row else ():
            if match := _RUN.fullmatch(each):
                last = self.pack.all_series[-1] if match["open"] else match["last"] or match["first"]
                found.append((match["first"], last, match["type"] or ""))
        return found


@lru_cache(maxsize=8)
def variables_of(pack: Pack) -> Variables:
    """Return the variables of a pack, read once."""
    return Variables(pack)
