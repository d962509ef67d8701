"""From manifests to a project: which Pythons it runs on, and which release of the subject it gets on each."""

from __future__ import annotations

from ddlint.core.model import Certainty, Platform, Project, Python
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from ddlint.core.model import Judging, Manifest, Tracer
    from ddlint.pack.pack import Pack
    from ddlint.project.python_versions import Declared
    from ddlint.project.tracer import Grid


def resolve(directory: str, manifests: tuple[Manifest, ...], pack: Pack, settings: Judging) -> Project:
    """Give the project that `manifests` describe; without a tracer it has neither tracers nor Pythons."""
    project = _bare(directory, manifests, settings)
    asks = any(dependency.name == pack.subject for manifest in manifests for dependency in manifest.dependencies)
    if not manifests or not (asks or settings.tracer or settings.default_tracer):
        return project
    return _resolved(project, pack, settings)


def _bare(directory: str, manifests: tuple[Manifest, ...], settings: Judging) -> Project:
    return Project(
        directory,
        manifests,
        platforms=_platforms(manifests, settings),
        capabilities=settings.capabilities,
        as_of=settings.as_of,
        is_pedantic=settings.is_pedantic,
    )


def _platforms(manifests: tuple[Manifest, ...], settings: Judging) -> tuple[tuple[str, Platform], ...]:
    if settings.platforms:
        return tuple(("", Platform(token, Span(0, 0))) for token in settings.platforms)
    return tuple((manifest.path, platform) for manifest in manifests for platform in manifest.platforms)


def variants(
    directory: str, manifests: tuple[Manifest, ...], pack: Pack, settings: Judging
) -> Callable[[str], Project]:
    """Give the project as it would be with releases of the subject in place of its own, one release for each call.

    What does not depend on the release is found once.
    """
    project = _bare(directory, manifests, settings)
    asked = _asked(project, pack, settings)
    return lambda release: _with(project, pack, settings._replace(tracer=f"=={release}"), asked)


class _Asked(NamedTuple):
    """What a project asks for, whatever the option and the config say of the subject."""

    declared: Declared
    grid: Grid
    tracers: tuple[Tracer, ...]


def _resolved(project: Project, pack: Pack, settings: Judging) -> Project:
    return _with(project, pack, settings, _asked(project, pack, settings))


def _asked(project: Project, pack: Pack, settings: Judging) -> _Asked:
    from ddlint.project import tracer as subject
    from ddlint.project.installs import installs
    from ddlint.project.python_versions import Declared, declared_extras, declared_pythons
    from ddlint.versions.markers import systems_of

    declared = declared_pythons(project.manifests, pack.pythons, project.path)
    if settings.python_version:
        declared = Declared((Python(settings.python_version, Certainty.EXACT),), ())
    minors = tuple(python.minor for python in declared.pythons)
    systems = systems_of(tuple(platform.token for _, platform in project.platforms))
    grid = subject.Grid(minors or pack.pythons, systems, bool(minors), lambda: declared_extras(project.manifests))
    return _Asked(declared, grid, subject.tracers(installs(project.manifests), project.manifests, pack, grid))


def _with(project: Project, pack: Pack, settings: Judging, asked: _Asked) -> Project:
    from ddlint.project import tracer as subject
    from ddlint.project.python_versions import with_certainty

    tracers = asked.tracers
    if settings.tracer or not tracers:
        wanted, origin = (settings.tracer, "option") if settings.tracer else (settings.default_tracer, "config")
        files = frozenset(manifest.path for manifest in project.manifests)
        mentions = tuple(dict.fromkeys(located for tracer in tracers for located in tracer.declared))
        given = subject.given(wanted, origin, files, pack, asked.grid) if wanted else None
        tracers = (given._replace(declared=mentions),) if given else ()
    pythons = with_certainty(asked.declared, pack.pythons, lambda: subject.supported(tracers, pack))
    certainty = {python.minor: python.certainty for python in pythons}
    return project._replace(
        pythons=pythons if tracers else (), tracers=tuple(_certain(tracer, certainty) for tracer in tracers)
    )


def _certain(tracer: Tracer, certainty: dict[str, Certainty]) -> Tracer:
    resolutions = tuple(
        each._replace(certainty=certainty.get(each.python, each.certainty)) for each in tracer.resolutions
    )
    return tracer._replace(resolutions=resolutions)
