"""From manifests to a project: which Pythons it runs on, and which release of the subject it gets on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.core.model import (
    Certainty,
    Dependency,
    EnvironmentSpec,
    Judging,
    Located,
    Manifest,
    Origin,
    Platform,
    Project,
    Python,
    Tracer,
)
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import name_of
from ddlint.core.source import Span
from ddlint.project.environments import EnvironmentFiles, in_scopes, is_secondary_name, join_manifests

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.pack import Pack
    from ddlint.project.tracer import Declared, Grid

_INJECTED = frozenset({"injected", "layer"})
"""The kinds of `project/injected.py`, which few runs import."""


_MOST_CONTAINERS = 30
"""With settings of their own; beyond it they count as one."""


def resolve(directory: str, manifests: tuple[Manifest, ...], pack: Pack, settings: Judging) -> Project:
    """Return the environment of all `manifests`; without a tracer it has neither tracers nor Pythons."""
    return resolve_environment(EnvironmentFiles("", "", manifests), directory, pack, settings)


def resolve_environments(
    environments: tuple[EnvironmentFiles, ...], directory: str, pack: Pack, settings: Judging
) -> tuple[Project, ...]:
    """Return the environments that install the subject; those of its extras and groups each by itself.

    Where none does, all that ship are judged with the release that the option or the config names.
    """
    found = [each for files in environments for each in _by_scope(files, pack) if _asks(each.manifests, pack)]
    if not found and (settings.tracer or settings.default_tracer):
        found = [each for each in environments if not each.is_secondary]
    every = (each for files in found for each in _by_container(files, pack))
    resolved = (resolve_environment(each, directory, pack, settings) for each in every)
    return tuple(each for each in resolved if each.tracers)


def untraced_environments(
    environments: tuple[EnvironmentFiles, ...], directory: str, pack: Pack, settings: Judging
) -> tuple[Project, ...]:
    """Return the environments that do not install the subject, so that nothing of them is resolved."""
    return tuple(_bare(directory, each, settings) for each in environments if not _asks(each.manifests, pack))


def resolve_environment(files: EnvironmentFiles, directory: str, pack: Pack, settings: Judging) -> Project:
    """Return one environment with its Pythons and the release of the subject on each."""
    project = _bare(directory, files, settings)
    if not files.manifests or not (_asks(files.manifests, pack) or settings.tracer or settings.default_tracer):
        return project
    return _resolved(project, pack, settings)


def merge_environments(projects: tuple[Project, ...], pack: Pack, settings: Judging) -> tuple[Project, ...]:
    """Return one environment for all that get the subject by the same requirements: a plan changes them together."""
    groups: dict[frozenset[Located], list[Project]] = {}
    for project in projects:
        declared = frozenset(each for tracer in project.tracers for each in tracer.declared)
        groups.setdefault(declared, []).append(project)
    return tuple(group[0] if len(group) == 1 else _merged(group, pack, settings) for group in groups.values())


def _merged(group: list[Project], pack: Pack, settings: Judging) -> Project:
    manifests: dict[str, Manifest] = {}
    for manifest in (each for project in group for each in project.manifests):
        known = manifests.get(manifest.path)
        manifests[manifest.path] = join_manifests(known, manifest) if known else manifest
    constraints = frozenset.intersection(*(project.constraints for project in group))
    files = EnvironmentFiles(group[0].kind, group[0].name, tuple(manifests.values()), constraints)
    return resolve_environment(files, group[0].path, pack, settings)


def bare_project(directory: str, manifests: tuple[Manifest, ...], settings: Judging) -> Project:
    """Return a project as a whole, which no environment of it installs the subject."""
    return _bare(directory, EnvironmentFiles("", "", manifests), settings)


def _asks(manifests: tuple[Manifest, ...], pack: Pack) -> bool:
    names = {pack.subject, *pack.dependents}
    return any(manifest.named(names) for manifest in manifests)


def _by_scope(files: EnvironmentFiles, pack: Pack) -> Iterator[EnvironmentFiles]:
    """Yield an environment as it is, and once for each extra or group that has a requirement of the subject."""
    scopes = dict.fromkeys(
        dependency.scope
        for manifest in files.manifests
        for dependency in manifest.named({pack.subject})
        if _is_request(dependency, pack) and manifest.path not in files.constraints
    )
    if scopes.keys() <= {""}:
        yield files
        return
    for scope in scopes:
        if not scope:
            yield files._replace(manifests=tuple(_without_scoped(manifest, pack) for manifest in files.manifests))
            continue
        manifests = tuple(in_scopes(manifest, (scope,)) for manifest in files.manifests)
        name = f"{files.name} ({scope.replace(':', ' ')})".strip()
        is_secondary = files.is_secondary or is_secondary_name(scope)
        yield files._replace(manifests=manifests, name=name, is_secondary=is_secondary)


def _by_container(files: EnvironmentFiles, pack: Pack) -> Iterator[EnvironmentFiles]:
    """Yield an environment once for each container that may run it and has settings of its own, else as it is."""
    containers = [
        (manifest.path, spec)
        for manifest in files.manifests
        for spec in manifest.environments
        if spec.kind == "service" and not (spec.context or spec.dockerfile) and spec.settings
    ]
    if len(containers) < 2:
        yield files
        return
    from ddlint.pack.setting_rows import Variable

    known = {row.variable for row in pack.rows(Variable)}
    groups: dict[frozenset[tuple[str, str | None]], list[tuple[str, EnvironmentSpec]]] = {}
    for path, spec in containers:
        made = frozenset((each.name, each.value) for each in spec.settings if each.name in known)
        groups.setdefault(made, []).append((path, spec))
    groups.pop(frozenset(), None)
    if not 1 < len(groups) <= _MOST_CONTAINERS:
        yield files
        return
    of_containers = {(path, each) for path, spec in containers for each in spec.settings}
    for group in groups.values():
        own = {(path, each) for path, spec in group for each in spec.settings}
        manifests = tuple(
            manifest._replace(
                settings=tuple(
                    each
                    for each in manifest.settings
                    if (manifest.path, each) in own or (manifest.path, each) not in of_containers
                )
            )
            for manifest in files.manifests
        )
        path, spec = group[0]
        name = f"{files.name} in {name_of(path)} ({spec.name})".strip()
        yield files._replace(manifests=manifests, name=name)


def _is_request(dependency: Dependency, pack: Pack) -> bool:
    if dependency.name != pack.subject or dependency.scope == "build":
        return False
    return dependency.origin in {Origin.DECLARED, Origin.OVERRIDE}


def _without_scoped(manifest: Manifest, pack: Pack) -> Manifest:
    """Return a manifest without what its extras and groups ask of the subject."""
    kept = tuple(each for each in manifest.dependencies if not (each.scope and _is_request(each, pack)))
    return manifest._replace(dependencies=kept)


def _bare(directory: str, files: EnvironmentFiles, settings: Judging) -> Project:
    return Project(
        directory,
        files.manifests,
        platforms=_platforms(files.manifests, settings),
        capabilities=settings.capabilities,
        as_of=settings.as_of,
        is_pedantic=settings.is_pedantic,
        kind=files.kind,
        name=files.name,
        constraints=files.constraints,
        reasons=files.reasons,
        is_secondary=files.is_secondary,
        loose=files.loose,
        batches=files.batches,
        injected=files.injected,
    )


def _platforms(manifests: tuple[Manifest, ...], settings: Judging) -> tuple[tuple[str, Platform], ...]:
    if settings.platforms:
        return tuple(("", Platform(token, Span(0, 0))) for token in settings.platforms)
    return tuple((manifest.path, platform) for manifest in manifests for platform in manifest.platforms)


def variants(project: Project, pack: Pack, settings: Judging) -> Callable[[str], Project]:
    """Return a function that gives an environment with a release of the subject in place of its own.

    What does not depend on the release is found once.
    """
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
    from ddlint.project.installs import installer_of
    from ddlint.project.tracer import Declared, declared_extras, declared_pythons
    from ddlint.versions.markers import systems_of

    declared = declared_pythons(project.manifests, pack.pythons, project.path)
    if settings.python_version:
        declared = Declared((Python(settings.python_version, Certainty.EXACT),), ())
    minors = tuple(python.minor for python in declared.pythons)
    systems = systems_of(tuple(platform.token for _, platform in project.platforms))
    installer = installer_of(project.kind, project.manifests)
    grid = subject.Grid(
        minors or pack.pythons, systems, bool(minors), lambda: declared_extras(project.manifests), installer
    )
    if project.kind in _INJECTED:
        from ddlint.project.injected import injected_tracer

        brought = injected_tracer(project.manifests, pack, grid)
        return _Asked(declared, grid, (brought,) if brought else ())
    found = subject.tracer_of(project.manifests, project.constraints, pack, grid)
    return _Asked(declared, grid, (found,) if found else ())


def _with(project: Project, pack: Pack, settings: Judging, asked: _Asked) -> Project:
    from ddlint.project import tracer as subject
    from ddlint.project.tracer import with_certainty

    tracers = asked.tracers
    if settings.tracer or not tracers:
        wanted, origin = (settings.tracer, "option") if settings.tracer else (settings.default_tracer, "config")
        files = frozenset(manifest.path for manifest in project.manifests)
        mentions = tuple(dict.fromkeys(located for tracer in tracers for located in tracer.declared))
        given = subject.given(wanted, origin, files, pack, asked.grid) if wanted else None
        tracers = (given._replace(declared=mentions),) if given else ()
    pythons = with_certainty(asked.declared, pack.pythons, lambda: subject.supported(tracers, pack))
    certainty = {python.minor: python.certainty for python in pythons}
    installer = asked.grid.installer
    if tracers and installer.because and not installer.has_lock:
        project = project._replace(reasons=(*project.reasons, installer.reason))
    return project._replace(
        pythons=pythons if tracers else (), tracers=tuple(_certain(tracer, certainty) for tracer in tracers)
    )


def _certain(tracer: Tracer, certainty: dict[str, Certainty]) -> Tracer:
    """Return a tracer with the certainty of each Python; one for which nothing can be locked keeps all from it."""
    from ddlint.project.installs import LOCKING

    has_all = tracer.installer in LOCKING
    resolutions = tuple(
        each if has_all and not each.release else each._replace(certainty=certainty.get(each.python, each.certainty))
        for each in tracer.resolutions
    )
    return tracer._replace(resolutions=resolutions)
