"""Judge every library of a project: its verdict and where that is reported, and whether its integration was removed.

A declaration, its constraint and its lock with the same verdict are reported once. A lock entry that is worse than what
is declared is reported at the lock, with the declaration as a related location.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks.common.context import CheckContext, context_of, on_every_tracer
from ddlint.core.model import Located, Origin, Project, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.pack.pack import Pack
from ddlint.pack.support import (
    REPORTABLE,
    RequirementVerdict,
    SupportStatus,
    applicable_rows,
    default_of,
    is_integration_off,
    specifiers,
    verdict_on_release,
)
from ddlint.pack.support_rows import Removal
from ddlint.versions.specifiers import Verdict, is_at_least, verdict


def reported_verdicts(project: Project, pack: Pack) -> tuple[RequirementVerdict, ...]:
    """Judge every library of a project, each cause once, in the order of the files."""
    context = context_of(project, pack)
    if context.verdicts is None:
        every = {located: verdict_in_project(context, located) for located in context.known()}
        context.verdicts = tuple(told for located in every if (told := _reported(context, every, located)) is not None)
    return context.verdicts


def verdict_in_project(context: CheckContext, located: Located) -> RequirementVerdict:
    """Judge a requirement: the worst verdict on any Python counts, and of several tracers the best one."""
    mildest = RequirementVerdict(located, SupportStatus.SUPPORTED, ())
    for number, tracer in enumerate(context.tracers(located)):
        outcomes = [verdict_on_release(context.pack, located, each) for each in context.resolutions(tracer, located)]
        worst = min((each.status for each in outcomes), default=SupportStatus.SUPPORTED)
        if number == 0 or worst > mildest.status:
            mildest = RequirementVerdict(located, worst, tuple(each for each in outcomes if each.status is worst))
    return mildest


def _reported(
    context: CheckContext, every: dict[Located, RequirementVerdict], located: Located
) -> RequirementVerdict | None:
    """Return the verdict to report at an entry; nothing where another entry reports it, or nothing requires it."""
    if context.is_foreign(located):
        return None
    found = every[located]
    beside = tuple(every[each] for each in context.siblings(located) if each in every)
    if context.is_resolved(located):
        return _reported_lock(context, found, beside)
    if context.role(located) is Origin.CONSTRAINT:
        return _reported_constraint(context, found, beside)
    return _reported_requirement(context, found, beside)


def _reported_lock(
    context: CheckContext, found: RequirementVerdict, beside: tuple[RequirementVerdict, ...]
) -> RequirementVerdict | None:
    """Report a lock entry, unless the declaration is reported for the same reason."""
    written = tuple(each for each in beside if not context.is_resolved(each.located))
    if found.status in REPORTABLE and any(each.status is found.status for each in written):
        return None
    return found._replace(siblings=tuple(each.located for each in written if not _narrows(context, each)))


def _reported_constraint(
    context: CheckContext, found: RequirementVerdict, beside: tuple[RequirementVerdict, ...]
) -> RequirementVerdict | None:
    """Report a constraint on what is required, unless the requirement is reported for the same reason."""
    asked = tuple(each for each in beside if not _narrows(context, each))
    if not asked or any(each.status is found.status for each in asked):
        return None
    return found._replace(siblings=tuple(each.located for each in asked))


def _reported_requirement(
    context: CheckContext, found: RequirementVerdict, beside: tuple[RequirementVerdict, ...]
) -> RequirementVerdict | None:
    """Report a declaration, unless an override replaces it, or what narrows it is worse and reported instead."""
    is_declared = context.role(found.located) is Origin.DECLARED
    if is_declared and any(context.role(each.located) is Origin.OVERRIDE for each in beside):
        return None
    narrower = tuple(each for each in beside if _narrows(context, each))
    if any(each.status < found.status and each.status in REPORTABLE for each in narrower):
        return None
    same = tuple(each for each in narrower if each.status is found.status)
    shown = tuple(each.located for each in (same or narrower))
    return found._replace(siblings=shown, is_satisfied_by_lock=_is_satisfied(found, narrower))


def _narrows(context: CheckContext, verdict: RequirementVerdict) -> bool:
    return context.is_resolved(verdict.located) or context.role(verdict.located) is Origin.CONSTRAINT


def _is_satisfied(found: RequirementVerdict, narrower: tuple[RequirementVerdict, ...]) -> bool:
    """Return whether what narrows a requirement leaves only supported versions."""
    if not narrower or any(
        each.status in {SupportStatus.UNSUPPORTED, SupportStatus.PARTLY, SupportStatus.UNKNOWN} for each in narrower
    ):
        return False
    return all(each.status is not SupportStatus.UNBOUNDED or _is_supported_together(found, each) for each in narrower)


def _is_supported_together(found: RequirementVerdict, narrower: RequirementVerdict) -> bool:
    both = f"{found.located.dependency.specifier},{narrower.located.dependency.specifier}".strip(",")
    met = {verdict(both, specifiers(each.rows)) for each in found.verdicts}
    return met <= {Verdict.SUPPORTED, Verdict.UNBOUNDED}


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
