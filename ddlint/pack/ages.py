"""The day on which each kind of fact of a pack was last read from its documents, or last run."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.pack.support_rows import Basis, Observation
from ddlint.pack.version import age

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack

_FACTS = {
    "releases and wheels": ("Metadata", "Wheel", "PreRelease", "SourceBuild"),
    "requirements": ("Requirement", "Extra"),
    "pages of Pythons and systems": ("Runtime",),
    "single-step injection": ("Injection", "Injector", "VersionCheck"),
    "who requires it": ("Dependent", "LayerRelease"),
    "versions known to break": ("BadPair",),
    "variables in the code": ("Variable", "OtherVariables", "OnlySwitch"),
    "interfaces in the code": ("Interface",),
    "settings that are documented": ("Setting", "FatalValues"),
    "settings that ended": ("RemovedSetting", "DeprecatedSetting"),
    "pages of protection": (
        "Capability", "Protection", "Framework", "FrameworkMinimum", "Sink", "Site", "RequiredSetting",
    ),
    "versions of the Agent": ("AgentImage", "AgentMinimum"),
    "commands": ("Command",),
}  # fmt: skip
"""The types of rows of each kind of fact. What was run and the bases of versions have kinds of their own."""
_BASES = {
    Basis.DECLARED: "versions declared in the code",
    Basis.DOCUMENTED: "versions in the documentation",
    Basis.TESTED: "versions tested",
}


def ages(pack: Pack, today: str) -> str:
    """Return a line for each kind: what it is, the day, and how many days ago that was; `today` is ISO 8601."""
    found = days_of(pack)
    width = max((len(kind) for kind, _ in found), default=0)
    return "".join(f"  {kind:<{width}}  {day}, {_ago(age(day.replace('-', '.'), today))}\n" for kind, day in found)


def days_of(pack: Pack) -> list[tuple[str, str]]:
    """Return each kind of fact that a pack has with its latest day, ISO 8601, the newest first."""
    return sorted(_days(pack), key=lambda each: (each[1], each[0]), reverse=True)


def _ago(days: int) -> str:
    return "today" if days <= 0 else "1 day ago" if days == 1 else f"{days} days ago"


def _days(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield each kind that the pack has, with the latest day."""
    runs = [each.evidence.as_of for name in pack.distributions for each in pack.sightings(name)]
    runs += [each.evidence.as_of for each in pack.rows(Observation)]
    read: dict[str, set[str]] = {"versions that were run": set(runs)}
    for name in pack.distributions:
        for row, day in zip(pack.support(name), pack.days_read("support", name), strict=True):
            if row.basis in _BASES:
                read.setdefault(_BASES[row.basis], set()).add(day)
    for kind, types in _FACTS.items():
        read[kind] = {day for each in types for day in pack.days_read("facts", each)}
    read["on by default"] = {day for name in pack.switched for day in pack.days_read("defaults", name)}
    read["removals"] = set(pack.days_read("removals", ""))
    read["support levels"] = set(pack.days_read("levels", ""))
    yield from ((kind, max(days)) for kind, days in read.items() if days)
