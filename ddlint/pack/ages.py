"""The day on which each kind of fact of a pack was last read from its documents, or last run."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.pack.support_rows import Basis
from ddlint.pack.version import age

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack

_FACTS = {
    "releases and wheels": ("Metadata", "Wheel"),
    "requirements": ("Requirement",),
    "pages of Pythons and systems": ("Runtime",),
    "single-step injection": ("Injection",),
    "who requires it": ("Dependent", "LayerRelease"),
    "versions known to break": ("BadPair",),
    "variables in the code": ("Variable",),
    "settings that ended": ("RemovedSetting", "DeprecatedSetting"),
    "pages of protection": ("Capability", "Protection", "Framework", "Sink", "Site"),
}
"""The types of rows of each kind of fact."""
_BASES = {
    Basis.DECLARED: "versions declared in the code",
    Basis.DOCUMENTED: "versions in the documentation",
    Basis.TESTED: "versions tested",
}


def ages(pack: Pack, today: str) -> str:
    """Return a line for each kind: what it is, the day, and how many days ago that was; `today` is ISO 8601."""
    found = sorted(_days(pack), key=lambda each: (each[1], each[0]), reverse=True)
    width = max((len(kind) for kind, _ in found), default=0)
    return "".join(f"  {kind:<{width}}  {day}, {_ago(age(day.replace('-', '.'), today))}\n" for kind, day in found)


def _ago(days: int) -> str:
    return "today" if days <= 0 else "1 day ago" if days == 1 else f"{days} days ago"


def _days(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield each kind that the pack has, with the latest day."""
    runs = [each.evidence.as_of for name in pack.distributions for each in pack.sightings(name)]
    read: dict[str, set[str]] = {"versions that were run": set(runs)}
    for name in pack.distributions:
        for row, day in zip(pack.support(name), pack.days_read("support", name), strict=True):
            if row.basis in _BASES:
                read.setdefault(_BASES[row.basis], set()).add(day)
    for kind, types in _FACTS.items():
        read[kind] = {day for each in types for day in pack.days_read("facts", each)}
    read["on by default"] = {day for name in pack.switched for day in pack.days_read("defaults", name)}
    read["support levels"] = set(pack.days_read("levels", ""))
    yield from ((kind, max(days)) for kind, days in read.items() if days)
