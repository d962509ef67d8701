"""Which libraries of a project have lost their integration in the resolved release."""

from __future__ import annotations

from ddlint.core.model import Origin
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.support import applicable_rows, default_of, is_integration_off

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located, Resolution
    from ddlint.pack.support_rows import Removal


class Gone(NamedTuple):
    """A library without its integration, the removal, and the releases that lack it."""

    located: Located
    removal: Removal
    resolutions: tuple[Resolution, ...]
    beside: tuple[Located, ...]
    """Lock entries of the same library."""


def is_missed(scene: Scene, removal: Removal) -> bool:
    """Tell whether an integration is missed: not one that its row calls so, nor one that was off in its last line."""
    gone = scene.pack.position(scene.pack.line(removal.version))
    last = scene.pack.lines[gone - 1] if gone > 0 else ""
    was_off = is_integration_off(default_of(scene.pack, removal.integration, last), scene.settings)
    return removal.severity == "warning" and not was_off


def removed(scene: Scene) -> Iterator[Gone]:
    """Give each library once, at its declaration; a lock entry stands alone where nothing declares it."""
    for located in scene.known():
        beside = scene.beside(located)
        is_repeated = scene.is_resolved(located) and any(not scene.is_resolved(each) for each in beside)
        if is_repeated or scene.is_foreign(located) or scene.role(located) is Origin.CONSTRAINT:
            continue
        found = _lacking(scene, located)
        if found:
            removal = found[0][1]
            resolutions = tuple(resolution for resolution, _ in found)
            yield Gone(located, removal, resolutions, tuple(each for each in beside if scene.is_resolved(each)))


def _lacking(scene: Scene, located: Located) -> list[tuple[Resolution, Removal]]:
    """Give the releases that lack the integration; none unless every tracer of the file lacks it."""
    first: list[tuple[Resolution, Removal]] = []
    for tracer in scene.tracers(located):
        found = [
            (each, removal)
            for each in scene.resolutions(tracer, located)
            if (removal := applicable_rows(scene.pack, located.dependency.name, each.release, each.line).removal)
            is not None
        ]
        if not found:
            return []
        first = first or found
    return first
