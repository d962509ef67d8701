"""The algebra of Python requirements: always over the finite list of known minors, never over intervals."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from packaging.version import Version

from ddlint.versions.specifiers import clauses, range_of, version

_version = lru_cache(maxsize=256)(Version)
"""There are few minors, and they are compared often."""
_FAR = "999"
_OLDEST = "0"


@lru_cache(maxsize=2048)
def allowed_minors(specifier: str, minors: tuple[str, ...]) -> tuple[str, ...]:
    """Return the minors of which a specifier allows at least one final release: `>3.8` allows 3.8, for there is 3.8.1.

    Text that is no specifier tells nothing, so it allows none.
    """
    wanted = range_of(specifier, is_final=True)
    return () if wanted is None else tuple(minor for minor in minors if _meets(specifier, minor))


@lru_cache(maxsize=8192)
def _meets(specifier: str, minor: str) -> bool:
    wanted, series = range_of(specifier, is_final=True), range_of(f"=={minor}.*", is_final=True)
    return wanted is not None and series is not None and not (wanted & series).is_empty


def has_top(specifier: str, newest: str) -> bool:
    """Return whether a specifier has an upper bound among the minors of a major; `<4` is none for Python 3."""
    return not _meets(specifier, f"{newest.partition('.')[0]}.{_FAR}")


def has_bottom(specifier: str) -> bool:
    """Return whether a specifier has a lower bound: whether it leaves out what is older than any Python."""
    return not _meets(specifier, _OLDEST)


@lru_cache(maxsize=256)
def uncapped(specifier: str) -> str:
    """Return the lower bounds of a specifier alone: `>=3.9` of `>=3.9,<3.15`."""
    lower = {">=": ">=", ">": ">", "~=": ">=", "==": ">="}
    found = (each for each in clauses(specifier) or () if each.operator in lower)
    return ",".join(f"{lower[each.operator]}{each.version.removesuffix('.*')}" for each in found)


def exact_minor(specifier: str) -> str:
    """Return the minor that an exact statement names (`==3.12.*`, `==3.12.4`), or an empty text."""
    text = specifier.strip()
    named = version(text.removeprefix("==").removesuffix(".*").strip()) if text.startswith("==") else None
    return f"{named.major}.{named.minor}" if named is not None and len(named.release) > 1 else ""


def is_older(minor: str, other: str) -> bool:
    """Return whether one minor comes before another."""
    return _version(minor) < _version(other)


def ascending(minors: Iterable[str]) -> tuple[str, ...]:
    """Sort minors as versions, each once."""
    return tuple(sorted(set(minors), key=_version))


def list_minors(minors: tuple[str, ...], known: tuple[str, ...] = ()) -> str:
    """Write minors for a message: `3.8`, `3.8 and 3.9`, or `3.9 to 3.14` for a run of four and more in `known`."""
    if len(minors) > 3 and _is_run(minors, known):
        return f"{minors[0]} to {minors[-1]}"
    return f"{', '.join(minors[:-1])} and {minors[-1]}" if len(minors) > 1 else "".join(minors)


def _is_run(minors: tuple[str, ...], known: tuple[str, ...]) -> bool:
    first = known.index(minors[0]) if minors[0] in known else -1
    return first >= 0 and known[first : first + len(minors)] == minors
