"""What pages ask the engine: for each release series what is supported, read and built."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

from ddlint.checks.common.variables import variables_of
from ddlint.pack.ages import days_of
from ddlint.pack.describe import run
from ddlint.pack.explain import Statement, statements_by_row
from ddlint.pack.install_rows import Wheel
from ddlint.pack.loader import builtin
from ddlint.pack.releases import release_index, supported_pythons
from ddlint.pack.support import applicable_rows, default_of
from tools.site.markdown import table

if TYPE_CHECKING:
    from ddlint.core.report import Evidence
    from ddlint.pack.support_rows import Default, Support

_Fact = TypeVar("_Fact")

PACK = builtin()
AS_OF = PACK.version.replace(".", "-")
NEWEST = PACK.all_series[-1]
SUBJECT = str(PACK.subject)
NEWEST_RELEASE = release_index(PACK).newest_of[NEWEST].version


def newest_release(series: str) -> str:
    """Return the newest release of a series; empty for one of which the pack knows none."""
    found = release_index(PACK).newest_of.get(series)
    return found.version if found else ""


@cache
def integrations() -> dict[str, tuple[str, ...]]:
    """Return the distributions of every integration, by its name."""
    found: dict[str, dict[str, None]] = {}
    for name in PACK.distributions:
        for row in PACK.support(name):
            found.setdefault(row.integration, {})[name] = None
    return {integration: tuple(found[integration]) for integration in sorted(found)}


def supported(name: str, series: str) -> tuple[str, str]:
    """Return the versions of a distribution that a series supports and the basis, as `ddlint rule` words them.

    What is no longer instrumented and what is not listed has no basis.
    """
    found = applicable_rows(PACK, name, newest_release(series), series)
    if found.removal:
        return f"removed in {found.removal.version}", ""
    if not found.rows:
        return ("", "tested only") if found.tested else ("", "")
    specifiers = dict.fromkeys(row.specifier or "every version" for row in found.rows)
    return " or ".join(specifiers), found.rows[0].basis.value


def deciding(name: str, series: str) -> tuple[Evidence, ...]:
    """Return the documents of the statements that decide what a series supports."""
    found = applicable_rows(PACK, name, newest_release(series), series)
    rows = (found.removal,) if found.removal else found.rows or found.tested
    return tuple(dict.fromkeys(row.evidence for row in rows if row.evidence is not None))


def tested(name: str, series: str) -> str:
    """Return the versions of a distribution that a series was tested with."""
    found = applicable_rows(PACK, name, newest_release(series), series)
    return " or ".join(dict.fromkeys(row.specifier or "every version" for row in found.tested))


def is_listed(name: str, series: str) -> bool:
    """Return whether a series supports a distribution, or was tested with it."""
    found = applicable_rows(PACK, name, newest_release(series), series)
    return bool(found.rows or found.tested) and not found.removal


def integration_of(rows: Sequence[Support], series: str) -> str:
    """Return the integration of a distribution that a series has, the first of several."""
    live = [row for row in rows if PACK.holds(series, row.first, row.last)]
    return (live or rows)[0].integration


def default(integration: str, series: str) -> Default | None:
    """Return whether an integration is on by default, and what switches it."""
    return default_of(PACK, integration, series)


DEFAULTS = {"yes": "on", "no": "off", "conditional": "on under a condition"}


def default_words(integration: str, series: str) -> str:
    """Say whether an integration is on by default; empty where the pack does not know."""
    found = default(integration, series)
    return DEFAULTS.get(found.is_on, "") if found else ""


def runs(fact: Callable[[str], _Fact], series: Iterable[str] = PACK.all_series) -> list[tuple[str, str, _Fact]]:
    """Return (first series, last series, fact) for runs of series of which the same is true, the newest first."""
    found: list[tuple[str, str, _Fact]] = []
    for each in series:
        value = fact(each)
        if found and found[-1][2] == value:
            found[-1] = (found[-1][0], each, value)
        else:
            found.append((each, each, value))
    return found[::-1]


def span(first: str, last: str) -> str:
    """Return a run of series in words."""
    return run(first, last)


def wheel(release: str, python: str, platform: str) -> str:
    """Return the oldest system that the wheel of a release allows on a Python and a platform; empty without one."""
    found = (
        row
        for row in PACK.about(Wheel, python, "python")
        if row.platform == platform and PACK.has(release, row.first, row.last)
    )
    return next((row.floor or "any" for row in found), "")


@cache
def platforms() -> tuple[str, ...]:
    """Return the platforms of wheels."""
    return tuple(sorted({row.platform for row in PACK.rows(Wheel)}))


def pythons(series: str) -> tuple[str, ...]:
    """Return the Pythons that the newest release of a series supports."""
    return supported_pythons(PACK, newest_release(series))


@lru_cache(maxsize=256)
def read_by(series: str) -> frozenset[str]:
    """Return the environment variables that a series reads."""
    known = variables_of(PACK)
    return frozenset(name for name in known.rows if known.reads(name, series))


@cache
def stated() -> dict[str, tuple[Statement, ...]]:
    """Return what the pack states, by row."""
    return statements_by_row(PACK)


def read_on() -> str:
    """Return a section that says when each kind of fact was last read, or run."""
    return "## Read on { #read-on }\n\n" + table(("facts", "last read or run"), days_of(PACK))


def document(evidence: Evidence) -> str:
    """Return a document in words, as `ddlint rule` lists it, without its address."""
    section = "" if evidence.section in evidence.title else evidence.section
    return ", ".join(part for part in (evidence.title, section, evidence.as_of) if part)
