"""Rows about what code imports from the subject and calls: only a plan reads them. `Pack.rows` gives them."""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence


class Interface(NamedTuple):
    """Modules, classes, functions and parameters that a release removes, or warns of before it does."""

    row: str
    names: tuple[str, ...]
    """As code imports them: `a.b`, `a.b.Class.method`, `a.b.function(parameter)`, `a.b.Class.attribute.setter`."""
    distribution: str
    """The library without which no code uses them; empty for those that any code may use."""
    version: str
    """The first release without them; empty while they are only deprecated."""
    deprecated_in: str
    """The first release that warns of them; empty where none does."""
    removed_in: str
    """The release that is announced to remove them, which may not exist yet; empty where none is named."""
    successor: str
    note: str
    evidence: Evidence
    others: tuple[Evidence, ...] = ()
    """Other documents about it."""
