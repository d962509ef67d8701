"""Which releases of the subject are installed together with a requirement, on which Pythons."""

from __future__ import annotations

from ddlint.checks.common.context import closed
from ddlint.pack.releases import supported_pythons

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    from ddlint.checks.common.context import Scene
    from ddlint.core.model import Located, Resolution, Tracer

    _Judged = TypeVar("_Judged")

_APART = "env:"


def are_together(tracer: Tracer, located: Located) -> bool:
    """Tell whether a requirement is installed with the subject: in one scope, or where one of them always is.

    An environment of its own (of tox, of a hook) is apart from what the project installs.
    """
    scope, scopes = located.dependency.scope, {each.dependency.scope for each in tracer.declared}
    if scope.startswith(_APART):
        return scope in scopes
    return not scopes or not scope or "" in scopes or not scopes.isdisjoint(located.dependency.scopes)


def minors_of(scene: Scene, resolution: Resolution, located: Located) -> tuple[str, ...]:
    """Give the Pythons on which a requirement meets a release: the declared one, or all that the release supports."""
    live = scene.minors(located)
    if resolution.python:
        return (resolution.python,) if resolution.python in live else ()
    return tuple(minor for minor in supported_pythons(scene.pack, resolution.release) if minor in live)


def agreed(
    scene: Scene, located: Located, judge: Callable[[Tracer, Resolution], _Judged | None]
) -> list[tuple[Resolution, _Judged]]:
    """Judge a requirement with every release it meets; what is so with only one of several tracers is left out."""
    first: list[tuple[Resolution, _Judged]] = []
    for tracer in scene.tracers(located):
        if not are_together(tracer, located):
            continue
        told = (each for each in closed(tracer) if each.release)
        found = [(each, judged) for each in told if (judged := judge(tracer, each)) is not None]
        if not found:
            return []
        first = first or found
    return first
