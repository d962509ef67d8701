"""Requirements across packages: what releases and dependents require, what conflicts, and why a lock has an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.checks.common.context import CheckContext, bounded_resolutions, on_every_tracer
from ddlint.checks.common.tracer import is_contradictory, specifiers_of
from ddlint.core.model import Located, Resolution, Tracer
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence
from ddlint.pack.install_rows import Dependent, Requirement
from ddlint.pack.releases import closest_release, installs_on, release_index, supported_pythons
from ddlint.versions.specifiers import Verdict, allowed_minors, allows, pin, verdict

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


class Conflict(NamedTuple):
    """A requirement, and the demands that it cannot be met together with."""

    located: Located
    demands: tuple[CrossRequirement, ...]
    resolutions: tuple[Resolution, ...]
    """Those of one tracer where it is so, for the same reason."""
    fallback: str = ""
    """The newest release with which it is not so, where an installer is free to take it."""

    @property
    def pythons(self) -> tuple[str, ...]:
        """The Pythons where it is so; none where the project declares none."""
        return tuple(each.python for each in self.resolutions)


def conflict_of(context: CheckContext, located: Located) -> Conflict | None:
    """Return the conflict of a library with what the subject requires of it, or another library."""
    name = located.dependency.name
    is_demanded = name in context.pack.required_by_dependents
    if not (is_demanded or context.pack.about(Requirement, name)) or not _has_versions(located):
        return None
    demanding = _dependents_beside(context, located) if is_demanded else ()

    def demands(tracer: Tracer, resolution: Resolution, minor: str) -> tuple[CrossRequirement, ...]:
        own = required_by_subject(context, requirer_of(tracer, resolution, minor), name)
        return (*own, *_required_of(context, demanding, name, minor))

    def judge(tracer: Tracer, resolution: Resolution) -> Conflict | None:
        found = [
            _unmet_on(context, located, demands(tracer, resolution, minor), minor)
            for minor in pythons_met(context, resolution, located)
        ]
        if not found or not all(found):
            return None
        fallback = "" if found[0][0].located else _fallback(context, located, tracer, resolution)
        return Conflict(located, found[0], (resolution,), fallback)

    return _with_same_reason(on_every_release(context, located, judge))


def exclusion_of(context: CheckContext, located: Located) -> Conflict | None:
    """Return the conflict of a library with what is asked of the subject, which it demands something else of."""
    if not context.pack.about(Dependent, located.dependency.name) or not _has_versions(located):
        return None

    def judge(_: Tracer, resolution: Resolution) -> Conflict | None:
        found = [
            tuple(
                each
                for each in _required_of(context, (located,), context.pack.subject, minor)
                if _is_excluded(each, resolution)
            )
            for minor in pythons_met(context, resolution, located)
        ]
        return Conflict(located, found[0], (resolution,)) if found and all(found) else None

    return _with_same_reason(on_every_release(context, located, judge))


def _with_same_reason(found: list[tuple[Resolution, Conflict]]) -> Conflict | None:
    """Return the first conflict, with every resolution that has it for the same reason."""
    same = [each for _, each in found if _reason(each) == _reason(found[0][1])]
    return same[0]._replace(resolutions=tuple(one for each in same for one in each.resolutions)) if same else None


def _reason(conflict: Conflict) -> tuple[tuple[str, str], ...]:
    return tuple((each.by.partition(" ")[0], each.specifier) for each in conflict.demands)


def _has_versions(located: Located) -> bool:
    """Return whether the versions that a requirement allows are known, and there are any."""
    dependency = located.dependency
    is_plain = dependency.is_known and bool(dependency.specifier)
    return is_plain and verdict(dependency.specifier, ("",)) not in {Verdict.UNKNOWN, Verdict.CONTRADICTION}


def _dependents_beside(context: CheckContext, located: Located) -> tuple[Located, ...]:
    """Return the libraries with known demands that are installed with this one."""
    paths = context.installed_with(located.path)
    return tuple(
        each
        for each in context.known()
        if each.path in paths and each != located and context.pack.about(Dependent, each.dependency.name)
    )


def _required_of(
    context: CheckContext, demanding: tuple[Located, ...], name: str, minor: str
) -> tuple[CrossRequirement, ...]:
    """Return what libraries demand of a distribution on one Python."""
    every = (each for located in demanding for each in required_by_dependent(context, located, minor))
    return tuple(each for each in every if each.name == name)


def _unmet_on(
    context: CheckContext, located: Located, demands: tuple[CrossRequirement, ...], minor: str
) -> tuple[CrossRequirement, ...]:
    """Return the demands that a requirement cannot be met with on one Python.

    A lock may have another version that is free of the conflict: a fork whose marker is not known.
    """
    found = _unmet(located, demands)
    if not found or not context.is_resolved(located):
        return found
    same = (each for each in context.by_name[located.dependency.name] if each.path == located.path and each != located)
    is_fork = any(minor in context.active_pythons(each) and not _unmet(each, found) for each in same)
    return () if is_fork else found


def _unmet(located: Located, demands: tuple[CrossRequirement, ...]) -> tuple[CrossRequirement, ...]:
    """Return the demand that a requirement cannot be met with, or all of them where it is only so together."""
    specifier = located.dependency.specifier
    bounded = tuple(each for each in demands if each.specifier)
    for each in bounded:
        if is_contradictory((specifier, each.specifier)):
            return (each,)
    wanted = [each.specifier for each in bounded]
    is_so = len(wanted) > 1 and not is_contradictory(tuple(wanted)) and is_contradictory((specifier, *wanted))
    return bounded if is_so else ()


def _fallback(context: CheckContext, located: Located, tracer: Tracer, resolution: Resolution) -> str:
    """Return the newest older release that the requirements allow and that has no such conflict."""
    asked = specifiers_of(resolution)
    if not asked or any(pin(text) for text in asked) or resolution.is_newer:
        return ""
    known = release_index(context.pack)
    for _, release in known.newest_first():
        is_free = not release.is_yanked and all(allows(text, release.version) for text in asked)
        if is_free and installs_on(release, resolution.python):
            older = resolution._replace(release=release.version)
            each = (requirer_of(tracer, older, minor) for minor in pythons_met(context, older, located))
            if not any(_unmet(located, (*required_by_subject(context, one, located.dependency.name),)) for one in each):
                return release.version
    return ""


def _is_excluded(demand: CrossRequirement, resolution: Resolution) -> bool:
    """Return whether the requirements of the subject, or its release from outside, exclude what is required of it."""
    asked = specifiers_of(resolution)
    return is_contradictory((demand.specifier, *asked)) if asked else not allows(demand.specifier, resolution.release)
