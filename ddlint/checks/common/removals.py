"""Which libraries of a project have lost their integration in the resolved release."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks.common.context import CheckContext, on_every_tracer
from ddlint.core.model import Located, Origin, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.support import applicable_rows, default_of, is_integration_off
from ddlint.pack.support_rows import Removal
from ddlint.versions.specifiers import Verdict, is_at_least, verdict


class RemovedIntegration(NamedTuple):
    """A library without its integration, the removal, and the releases that lack it."""

    located: Located
    removal: Removal
    resolutions: tuple[Resolution, ...]
    siblings: tuple[Located, ...]
    """Lock entries of the same library."""


def is_still_used(context: CheckContext, removal: Removal) -> bool:
    """Return whether an integration is missed: not one that its row calls so, nor one off in its last series."""
    gone = context.pack.position(context.pack.series(removal.version))
    last = context.pack.all_series[gone - 1] if gone > 0 else ""
    was_off = is_integration_off(default_of(context.pack, removal.integration, last), context.settings)
    return removal.severity == "warning" and not was_off


def removed_integrations(context: CheckContext) -> Iterator[RemovedIntegration]:
    """Return each library once, at its declaration; a lock entry counts where nothing declares it."""
    for located in context.known():
        beside = context.siblings(located)
        is_repeated = context.is_resolved(located) and any(not context.is_resolved(each) for each in beside)
        if is_repeated or context.is_foreign(located) or context.role(located) is Origin.CONSTRAINT:
            continue
        found = _releases_without(context, located)
        if found:
            removal = found[0][1]
            resolutions = tuple(resolution for resolution, _ in found)
            yield RemovedIntegration(
                located, removal, resolutions, tuple(each for each in beside if context.is_resolved(each))
            )


def _removal_of(context: CheckContext, located: Located, resolution: Resolution) -> Removal | None:
    """Return what ended for a requirement: its integration, or before a rename its versions.

    A rename carries on what its successor has: versions that were dropped earlier ended for good, though no rows are
    left that exclude them.
    """
    dependency = located.dependency
    applicable = applicable_rows(context.pack, dependency.name, resolution.release, resolution.series)
    if applicable.removal is not None or applicable.rows or not dependency.is_known:
        return applicable.removal
    ended = [
        each
        for each in context.pack.removals(dependency.name)
        if each.version and is_at_least(resolution.release, each.version)
    ]
    if not any(each.kind == "rename" for each in ended):
        return None
    return next(
        (
            each
            for each in ended
            if each.kind == "version"
            and each.successor.startswith(dependency.name)
            and verdict(dependency.specifier, (each.successor.removeprefix(dependency.name),)) is Verdict.UNSUPPORTED
        ),
        None,
    )


def _releases_without(context: CheckContext, located: Located) -> list[tuple[Resolution, Removal]]:
    """Return the releases that lack the integration; none unless every tracer of the file lacks it."""

    def find(tracer: Tracer) -> list[tuple[Resolution, Removal]]:
        resolutions = context.resolutions(tracer, located)
        found = ((each, _removal_of(context, located, each)) for each in resolutions)
        return [(each, removal) for each, removal in found if removal is not None]

    found = on_every_tracer(context.tracers(located), find)
    return found[1] if found else []
