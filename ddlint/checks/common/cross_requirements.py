"""Requirements across packages: which releases meet a requirement, and what they and dependents require of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.checks.common.context import CheckContext, bounded_resolutions, on_every_tracer
from ddlint.core.model import Located, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence
from ddlint.pack.install_rows import Dependent, Requirement
from ddlint.pack.releases import closest_release, supported_pythons
from ddlint.versions.pythons import allowed_minors
from ddlint.versions.specifiers import Verdict, pin, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _Found = TypeVar("_Found")


class CrossRequirement(NamedTuple):
    """One demand: who makes it, and of what."""

    by: str
    """Who, in words: `tracelib 3.2.0`."""
    name: str
    specifier: str
    row: str
    evidence: Evidence
    located: Located | None = None
    """The requirement of the dependent; `None` where the subject itself demands."""


class Requirer(NamedTuple):
    """A release of the subject on one Python, with the extras that are required."""

    release: str
    minor: str
    extras: frozenset[str] = frozenset()


def requirer_of(tracer: Tracer, resolution: Resolution, minor: str) -> Requirer:
    """Return how a tracer asks for a release."""
    extras = frozenset(extra for each in tracer.declared for extra in each.dependency.extras)
    return Requirer(resolution.release, minor, extras)


def required_by_subject(context: CheckContext, asking: Requirer, name: str) -> Iterator[CrossRequirement]:
    """Return what a release requires of a distribution on one Python."""
    known = closest_release(context.pack, asking.release)
    release = known.version if known is not None else ""
    for row in context.pack.about(Requirement, name):
        is_asked = not row.extra or row.extra in asking.extras
        is_of_it = is_asked and context.pack.has(release, row.first, row.last)
        if is_of_it and asking.minor in context.holds_on(row.marker):
            yield CrossRequirement(
                f"{context.pack.subject} {asking.release}", name, row.specifier, row.row, row.evidence
            )


def required_by_dependent(context: CheckContext, located: Located, minor: str) -> Iterator[CrossRequirement]:
    """Return what a library demands of the subject, and of what that requires too; nothing for unknown versions."""
    name, version = located.dependency.name, pin(located.dependency.specifier)
    for row in context.pack.about(Dependent, name) if version else ():
        if (
            not allowed_minors(row.python, (minor,))
            or verdict(f"=={version}", (row.versions,)) is not Verdict.SUPPORTED
        ):
            continue
        for other, specifier in ((context.pack.subject, row.specifier), *row.requires):
            yield CrossRequirement(f"{name} {version}", other, specifier, row.row, row.evidence, located)


_APART = "env:"


def share_an_environment(tracer: Tracer, located: Located) -> bool:
    """Return whether a requirement is installed with the subject: in one scope, or where one of them always is.

    An environment of its own (of tox, of a hook) is apart from what the project installs.
    """
    scope, scopes = located.dependency.scope, {each.dependency.scope for each in tracer.declared}
    if scope.startswith(_APART):
        return scope in scopes
    return not scopes or not scope or "" in scopes or not scopes.isdisjoint(located.dependency.scopes)


def pythons_met(context: CheckContext, resolution: Resolution, located: Located) -> tuple[str, ...]:
    """Return the Pythons on which a requirement meets a release: the declared one, or all that the release supports."""
    live = context.active_pythons(located)
    if resolution.python:
        return (resolution.python,) if resolution.python in live else ()
    return tuple(minor for minor in supported_pythons(context.pack, resolution.release) if minor in live)


def on_every_release(
    context: CheckContext, located: Located, judge: Callable[[Tracer, Resolution], _Found | None]
) -> list[tuple[Resolution, _Found]]:
    """Return what is found for the releases that a requirement is installed with; every tracer has to have one."""

    def find(tracer: Tracer) -> list[tuple[Resolution, _Found]]:
        resolutions = (each for each in bounded_resolutions(tracer) if each.release)
        return [(each, found) for each in resolutions if (found := judge(tracer, each)) is not None]

    tracers = (each for each in context.tracers(located) if share_an_environment(each, located))
    found = on_every_tracer(tracers, find)
    return found[1] if found else []
