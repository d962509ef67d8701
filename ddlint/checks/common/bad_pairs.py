"""How far a requirement admits versions that are known to break with a release of the subject."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from ddlint.pack.releases import closest_release
from ddlint.pack.support import default_of, is_integration_off
from ddlint.versions.pythons import allowed_minors
from ddlint.versions.specifiers import Verdict, allows, clauses, pin, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Resolution
    from ddlint.pack.install_rows import BadPair
    from ddlint.pack.pack import Pack

_INVERSE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}
_UPPER = frozenset({"<", "<=", "==", "~=", "==="})


class Reach(Enum):
    """How far a requirement reaches into the versions that break."""

    WHOLLY = "wholly"
    """It admits no other."""
    PARTLY = "partly"
    """A bound that is written out reaches into them."""
    OPENLY = "openly"
    """Nothing keeps the newest version out, and that is one of them."""


def reach(specifier: str, row: BadPair) -> Reach | None:
    """Tell how far a requirement reaches into the versions of a row; `None` where it does not, or cannot be told."""
    if pinned := pin(specifier):
        return Reach.WHOLLY if allows(row.versions, pinned) else None
    if not row.versions:
        return Reach.WHOLLY
    written = clauses(row.versions) or ()
    good = tuple(f"{_INVERSE[each.operator]}{each.version}" for each in written if each.operator in _INVERSE)
    found = verdict(specifier, good) if len(good) == len(written) else Verdict.UNKNOWN
    if found is Verdict.UNBOUNDED:
        return Reach.OPENLY if is_open_above(row) else None
    return {Verdict.UNSUPPORTED: Reach.WHOLLY, Verdict.PARTLY: Reach.PARTLY}.get(found)


def is_open_above(row: BadPair) -> bool:
    """Tell whether every version above some point breaks, so that the newest one does."""
    return row.is_open and not any(clause.operator in _UPPER for clause in clauses(row.versions) or ())


def concerns(scene: Scene, row: BadPair, resolution: Resolution, minors: tuple[str, ...]) -> bool:
    """Tell whether a row speaks of a release on all of some Pythons, with the integration on."""
    is_of_it = _is_of(scene.pack, row.releases, resolution.release)
    is_there = bool(minors) and all(allowed_minors(row.python, (minor,)) for minor in minors)
    return is_of_it and is_there and not _is_switched_off(scene, row, resolution)


@lru_cache(maxsize=4096)
def _is_of(pack: Pack, runs: tuple[tuple[str, str], ...], release: str) -> bool:
    known = closest_release(pack, release)
    return known is not None and any(pack.has(known.version, first, last) for first, last in runs)


def _is_switched_off(scene: Scene, row: BadPair, resolution: Resolution) -> bool:
    """Tell whether the project switches off every integration of the library by a setting."""
    integrations = dict.fromkeys(each.integration for each in scene.pack.support(row.distribution))
    defaults = [default_of(scene.pack, each, resolution.line) for each in integrations]
    switched = [each for each in defaults if each is not None and each.switch in scene.settings]
    return bool(switched) and all(is_integration_off(each, scene.settings) for each in switched)
