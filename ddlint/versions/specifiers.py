"""How a requirement relates to a supported set of versions: decided by the sets of `ranges`."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.versions.ranges import Clause, Range, Version, clauses_of, range_of_clauses

_LOWER = frozenset({">=", ">", "~=", "==", "==="})
_UPPER = frozenset({"<=", "<", "~=", "==", "==="})
_EPSILON = ".".join("0001")
_HUGE = "999999"
_LONG = 300
_ABSURD = regex(rf"[0-9]{{{_LONG}}}")
"""A number that Python may refuse to convert: no version."""


class Verdict(Enum):
    """The relation of a requirement to what is supported.

    An installer takes the newest version that a requirement allows, so its upper end counts before its lower one.
    """

    CONTRADICTION = "contradiction"
    """No version can ever meet the requirement."""
    UNSUPPORTED = "unsupported"
    """Every version it allows is outside."""
    ABOVE = "above"
    """An upper bound that is written reaches outside: the newest version it allows is not supported, older ones are."""
    PARTLY = "partly"
    """A lower bound that is written reaches outside, or there is a gap: older versions it allows are not supported."""
    UNBOUNDED = "unbounded"
    """It leaks outside only where no bound is written."""
    SUPPORTED = "supported"
    """Every final release it allows is inside."""
    UNKNOWN = "unknown"
    """It gives no version."""


def alternatives(specifier: str) -> tuple[str, ...]:
    """Split PEP 440 text at ` || `; each part must be met alone."""
    return tuple(part.strip() for part in specifier.split("||"))


def _is_absurd(text: str) -> bool:
    return len(text) >= _LONG and _ABSURD.search(text) is not None


@lru_cache(maxsize=8192)
def version(text: str) -> Version | None:
    """Parse a version, or give `None` for text that is none."""
    try:
        return None if _is_absurd(text) else Version(text)
    except ValueError:
        return None


def is_at_least(release: str, first: str) -> bool:
    """Return whether a release is `first` or a later one; a pre-release counts as the release it leads to."""
    found, wanted = version(release), version(first)
    return found is not None and wanted is not None and Version(found.base_version) >= wanted


@lru_cache(maxsize=4096)
def clauses(specifier: str) -> tuple[Clause, ...] | None:
    """Parse the clauses of one alternative, or give `None` for text that is no specifier."""
    try:
        return None if _is_absurd(specifier) else clauses_of(specifier)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def range_of(specifier: str, *, is_final: bool = False) -> Range | None:
    """Return the set of versions that a specifier allows, or `None` for text that is none.

    With `is_final`, a range that holds only pre-releases counts as empty. Only ranges of the same kind can be combined.
    """
    result: Range | None = None
    for part in alternatives(specifier):
        written = clauses(part)
        if written is None:
            return None
        one = range_of_clauses(part, written, is_final=is_final)
        result = one if result is None else result | one
    return result


def allows(specifier: str, candidate: str) -> bool:
    """Return whether a specifier allows a version, which may be a pre-release or carry a local label."""
    found, wanted = version(candidate), range_of(specifier)
    return found is not None and wanted is not None and wanted.contains(found)


@lru_cache(maxsize=4096)
def pin(specifier: str) -> str:
    """Return the one version that a specifier names (`==1.2`, `===1.2`), or an empty text."""
    named = [clause.version for clause in clauses(specifier) or () if _is_pin(clause)]
    return named[0] if named and version(named[0]) is not None else ""


def _is_pin(clause: Clause) -> bool:
    return clause.operator == "===" or (clause.operator == "==" and not clause.version.endswith(".*"))


@lru_cache(maxsize=4096)
def newest_allowed(specifier: str) -> Version | None:
    """Return a version in place of the newest one that a specifier allows, which an installer takes without a lock.

    That is a pin itself, `4.999999.999999` for `<5`, and a version above all others where no bound is written; `None`
    for text that is no specifier, or that allows nothing. It need not exist: ask only which range it lies in.
    """
    newest: Version | None = None
    for part in alternatives(specifier):
        found = _newest_of(part)
        newest = found if newest is None or (found is not None and found > newest) else newest
    return newest


def _newest_of(specifier: str) -> Version | None:
    written, wanted = clauses(specifier), range_of(specifier)
    if written is None or wanted is None:
        return None
    bound = min((top for each in written if (top := _top_edge(each)) is not None), default=Version(f"{_HUGE}.{_HUGE}"))
    cuts = (_just_below(Version(each.version.removesuffix(".*"))) for each in written if each.operator == "!=")
    return max((each for each in (bound, *cuts) if wanted.contains(each)), default=None)


def _top_edge(clause: Clause) -> Version | None:
    """Return the version at the upper end of a clause; `None` where it has none."""
    bound = version(clause.version.removesuffix(".*"))
    if bound is None or clause.operator in {">", ">=", "!="}:
        return None
    if clause.operator == "<":
        return _just_below(bound)
    if clause.operator != "~=" and not clause.version.endswith(".*"):
        return bound
    release = bound.release[:-1] if clause.operator == "~=" else bound.release
    return _late(bound.epoch, release)


@lru_cache(maxsize=16384)
def verdict(requirement: str, supported: tuple[str, ...]) -> Verdict:
    """Compare a requirement with the union of `supported`; of several alternatives the newest counts first."""
    every: list[tuple[str, Verdict]] = [(part, _judge(part, supported)) for part in alternatives(requirement)]
    found = [pair for pair in every if pair[1] is not Verdict.CONTRADICTION]
    alone = {each for _, each in found}
    if not alone:
        return Verdict.CONTRADICTION
    if Verdict.UNKNOWN in alone:
        return Verdict.UNKNOWN
    if len(alone) == 1:
        return alone.pop()
    if _newest(found) in {Verdict.UNSUPPORTED, Verdict.ABOVE}:
        return Verdict.ABOVE
    return Verdict.PARTLY if alone & {Verdict.PARTLY, Verdict.UNSUPPORTED, Verdict.ABOVE} else Verdict.UNBOUNDED


def _newest(found: list[tuple[str, Verdict]]) -> Verdict | None:
    """Return the verdict on the alternative that allows the newest versions."""
    tops = [(top, each) for part, each in found if (top := _newest_of(part)) is not None]
    return max(tops, key=lambda pair: pair[0])[1] if tops else None


def is_contradiction(requirement: str) -> bool:
    """Return whether no version can ever meet any of the alternatives."""
    return all(_excludes_itself(part) for part in alternatives(requirement))


def _excludes_itself(specifier: str) -> bool:
    """Return whether several clauses that name versions can never be met together."""
    written, whole = _told(specifier), range_of(specifier)
    return written is not None and len(written) > 1 and whole is not None and whole.is_empty


def _told(specifier: str) -> tuple[Clause, ...] | None:
    """Return the clauses of one alternative where they name versions."""
    written = clauses(specifier) or ()
    is_odd = any(each.operator == "===" and version(each.version) is None for each in written)
    return None if is_odd else clauses(specifier)


def _judge(requirement: str, supported: tuple[str, ...]) -> Verdict:
    written = _told(requirement)
    if written is None:
        return Verdict.UNKNOWN
    if _excludes_itself(requirement):
        return Verdict.CONTRADICTION
    if pinned := pin(requirement):
        return Verdict.SUPPORTED if any(allows(each, pinned) for each in supported) else Verdict.UNSUPPORTED
    return _relation(requirement, written, supported)


def _relation(requirement: str, written: tuple[Clause, ...], supported: tuple[str, ...]) -> Verdict:
    is_final = True
    wanted = range_of(requirement, is_final=True)
    if wanted is None or wanted.is_empty:
        is_final, wanted = False, range_of(requirement)
    covered = _union(supported, is_final=is_final)
    if wanted is None or covered is None:
        return Verdict.UNKNOWN
    if (wanted & covered).is_empty:
        return Verdict.UNSUPPORTED
    leak = wanted - covered
    if leak.is_empty:
        return Verdict.SUPPORTED
    top = _newest_of(requirement) if any(clause.operator in _UPPER for clause in written) else None
    if top is not None and not covered.contains(top):
        return Verdict.ABOVE
    return Verdict.PARTLY if _is_explicit(written, wanted, leak) else Verdict.UNBOUNDED


@lru_cache(maxsize=2048)
def _union(supported: tuple[str, ...], *, is_final: bool) -> Range | None:
    result: Range | None = None
    for text in supported:
        one = range_of(text, is_final=is_final)
        if one is None:
            return None
        result = one if result is None else result | one
    return result


def _is_explicit(written: tuple[Clause, ...], wanted: Range, leak: Range) -> bool:
    """Return whether a leak is there by what is written: between two bounds, or at a lower bound.

    A lower bound that another clause excludes (`>=1.0,!=1.0`) is a bound too: the next version above it counts.
    """
    lower = [clause for clause in written if clause.operator in _LOWER and not _is_zero(clause)]
    if lower and any(clause.operator in _UPPER for clause in written):
        return True
    edges = [_edge(clause) for clause in lower]
    kept = [each if wanted.contains(each) else _just_above(each) for each in edges]
    return any(leak.contains(each) for each in kept)


def _is_zero(clause: Clause) -> bool:
    """Return whether a lower bound is no bound: `>=0`."""
    bound = version(clause.version)
    return clause.operator == ">=" and bound is not None and bound.epoch == 0 and not any(bound.release)


def _edge(clause: Clause) -> Version:
    """Return the version at the lower bound of a clause, or the nearest one above for `>`."""
    bound = Version(clause.version.removesuffix(".*"))
    if clause.operator == ">":
        return _just_above(bound)
    return Version(bound.base_version) if bound.is_prerelease else bound


def _just_above(bound: Version) -> Version:
    return Version(f"{bound.base_version}.{_EPSILON}")


def _just_below(bound: Version) -> Version:
    """Return a very high version below a bound: `4.999999.999999` for `5`, the same for `5.0`."""
    release = list(bound.release)
    while len(release) > 1 and release[-1] == 0:
        release.pop()
    if release[-1] == 0:
        return Version("0.dev0")
    release[-1] -= 1
    return _late(bound.epoch, release)


def _late(epoch: int, release: Iterable[int]) -> Version:
    """Return a very high version that begins with some numbers."""
    head = ".".join(map(str, release))
    return Version(f"{f'{epoch}!' if epoch else ''}{head}.{_HUGE}.{_HUGE}")


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
