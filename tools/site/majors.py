"""Write what a new major version of the subject drops, for the page on upgrades: from the rules, as tables."""

from __future__ import annotations

from packaging.version import Version

from ddlint.pack import describe
from ddlint.pack.interface_rows import Interface
from ddlint.pack.pack import series_of
from ddlint.pack.protection_rows import RemovedSetting
from ddlint.versions.specifiers import clauses
from tools.site import facts
from tools.site.facts import PACK, SUBJECT
from tools.site.markdown import table

KINDS = {
    "integration": "integrations",
    "runtime": "Pythons",
    "platform": "platforms",
    "extra": "extras",
    "api": "functions",
    "plugin": "plugins",
}

MOST = 6
"""Names of a row that are written out; its page has all."""


def _major(series: str) -> str:
    return series.partition(".")[0]


def last_series(major: str) -> str:
    """Return the last series of a major."""
    return [each for each in PACK.all_series if _major(each) == major][-1]


def pythons(majors: tuple[str, ...] = ("2", "3", "4")) -> str:
    """Return the Pythons of the last series of majors."""
    rows = [
        (f"{major}.x", facts.newest_release(last_series(major)), ", ".join(facts.pythons(last_series(major))))
        for major in majors
    ]
    return table(("major", "newest release", "Pythons"), rows)


def changes(major: str) -> str:
    """Return what a major drops and changes against the last series of the one before."""
    before, after = last_series(str(int(major) - 1)), last_series(major)
    parts = []
    for kind, title in KINDS.items():
        rows = [row for row in PACK.removals() if row.kind == kind and _major(series_of(row.version)) == major]
        if rows:
            lines = "".join(dict.fromkeys(f"- {describe.removal(row)}\n" for row in rows))
            parts.append(f"Dropped {title}:\n\n{lines}")
    gone = [row for row in PACK.rows(Interface) if _major(series_of(row.version)) == major]
    if gone:
        parts.append("Modules, functions and parameters that are gone:\n\n" + "".join(map(_interface, gone)))
    if raised := _raised(before, after):
        heads = ("library", f"ddtrace {before}", f"ddtrace {after}")
        parts.append(f"Other versions of libraries than {SUBJECT} {before} supports:\n\n{table(heads, raised)}")
    ignored = [row for row in PACK.rows(RemovedSetting) if _major(series_of(row.version)) == major]
    if ignored:
        lines = "".join(f"- {describe.removed_setting(row)}\n" for row in ignored)
        parts.append(f"Settings:\n\n{lines}")
    return "\n".join(part.rstrip() + "\n" for part in parts)


def _interface(row: Interface) -> str:
    more = f" and {len(row.names) - MOST} more" if len(row.names) > MOST else ""
    names = ", ".join(f"`{name}`" for name in row.names[:MOST]) + more
    use = f"; use {row.successor}" if row.successor else ""
    return f"- {names}, from {row.version} on{use}\n"


def _raised(before: str, after: str) -> list[tuple[str, ...]]:
    found = []
    for name in PACK.distributions:
        (old, old_basis), (new, new_basis) = facts.supported(name, before), facts.supported(name, after)
        if old_basis and new_basis and old and new and _parsed(old) != _parsed(new):
            found.append((f"`{name}`", *(each if each == "every version" else f"`{each}`" for each in (old, new))))
    return found


def _parsed(specifier: str) -> object:
    """Return what a specifier means, so that `>=3.24` and `>=3.24.0` are the same."""
    found = clauses(specifier)
    return specifier if found is None else {(each.operator, Version(each.version)) for each in found}
