"""String the corridor together: discover, read, resolve, check, suppress, report. `cli.py` calls it and nobody else."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ddlint import __version__
from ddlint.baseline import load_baseline
from ddlint.checks import CHECKS, UNTRACED
from ddlint.config import Config, extended, is_excluded
from ddlint.config_file import Configs
from ddlint.discover.search import discover
from ddlint.discover.walk import is_folder, root_of
from ddlint.gather import Gathered, in_groups, with_workspace_locks
from ddlint.installs import is_lock
from ddlint.model import Judging, Project, Report, Severity
from ddlint.paths import common, is_inside, parent, relative
from ddlint.reading import Reader
from ddlint.record import NamedTuple
from ddlint.resolve import resolve
from ddlint.suppress import CODE as DD009
from ddlint.suppress import complain, suppress
from ddlint.triage import Said, Triage, is_asked_for, triage, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.baseline import Baseline
    from ddlint.config import Suppression
    from ddlint.discover.search import Found, Search
    from ddlint.model import Finding, Suppressed
    from ddlint.pack.pack import Pack
    from ddlint.world import World

CODES = frozenset(code for code, _, _ in CHECKS)
_OF_PROBLEMS = frozenset({"DD001", "DD002", "DD003", "DD004"})
"""The codes of what could not be read."""


class Request(NamedTuple):
    """What a call asks for."""

    paths: tuple[str, ...]
    """Absolute, with `/`."""
    cwd: str
    as_of: str
    world: World
    packs: Callable[[tuple[str, ...]], tuple[Pack, ...]]
    """Give the built-in pack, and those in directories."""
    options: Config = Config()
    """What the command line says; it goes over every config."""
    config: str = ""
    """The path of `--config`."""
    is_isolated: bool = False
    is_exclusion_forced: bool = False
    has_baseline: bool = True
    """False while a baseline is written."""
    is_whole: bool = False
    """Whether findings in files that were not named count too: while fixes are made."""


class Run(NamedTuple):
    """What was read for a request."""

    request: Request
    configs: Configs
    search: Search
    projects: tuple[Gathered, ...]
    packs: tuple[Pack, ...]


class Outcome(NamedTuple):
    """What came of a run."""

    triage: Triage
    projects: tuple[tuple[Project, Pack], ...]
    run: Run


def read(request: Request) -> Run:
    """Find the projects of a request and read them."""
    configs = Configs(request.world, request.cwd, CODES)
    starts = {path: _config_at(request, configs, path) for path in request.paths}
    paths = [path for path in request.paths if not (request.is_exclusion_forced and is_excluded(starts[path], path))]
    search = discover(paths, lambda path: is_excluded(_nearest(starts, path), path))
    reader = Reader(request.world)
    lenders = _lenders(search)
    gathered = (
        _gathered(request, configs, found, reader)
        for found in search.projects
        if not found.is_context or found.directory in lenders
    )
    projects = tuple(each for each in gathered if each.is_project)
    directories = dict.fromkeys(path for project in projects for path in project.config.rules or ())
    packs = request.packs(tuple(directories)) if projects else ()
    locks = frozenset(each.path for project in projects for each in project.manifests if is_lock(each.path))
    lent = with_workspace_locks(projects, locks, tuple(pack.subject for pack in packs))
    return Run(request, configs, search, tuple(lent), packs)


def _config_at(request: Request, configs: Configs, path: str) -> Config:
    directory = path if is_folder(path) else parent(path)
    return _config_of(request, configs, directory, root_of(directory))


def _config_of(request: Request, configs: Configs, directory: str, root: str) -> Config:
    """Give the config that holds for a directory, under what the command line says."""
    if request.is_isolated:
        return request.options
    found = configs.named(request.config) if request.config else configs.nearest(directory, root)
    return extended(found, request.options)


def _nearest(starts: dict[str, Config], path: str) -> Config:
    holding = [start for start in starts if is_inside(path, start)]
    return starts[max(holding, key=len)] if holding else Config()


def _lenders(search: Search) -> frozenset[str]:
    """Give the folders above the projects that have a lock to lend."""
    return frozenset(
        found.directory
        for found in search.projects
        if found.is_context and any(is_lock(file.path) for file in found.files)
    )


def _gathered(request: Request, configs: Configs, found: Found, reader: Reader) -> Gathered:
    config = _config_of(request, configs, found.directory, found.root)
    named = found.named or frozenset()
    files = [file for file in found.files if file.path in named or not is_excluded(config, file.path)]
    manifests = (in_groups(manifest, config.groups) for manifest in reader.project(files, found.root))
    gathered = Gathered(found.directory, found.root, config, tuple(manifests), found.named, found.is_context)
    return gathered._replace(is_tentative=found.is_tentative)


def check(request: Request) -> Outcome:
    """Judge what a request asks for."""
    run = read(request)
    judged = tuple(_judged(run, gathered) for gathered in run.projects)
    said = [each for every in judged for each in every.said]
    said += _config_complaints(run, judged)
    suppressed = (each for every in judged for each in every.suppressed)
    sorted_out = triage(said, suppressed, _baselines(run), request.world.real)
    return Outcome(sorted_out, tuple(project for every in judged for project in every.projects), run)


class _Judged(NamedTuple):
    projects: tuple[tuple[Project, Pack], ...]
    said: tuple[Said, ...]
    suppressed: tuple[Suppressed, ...]
    used: frozenset[Suppression]

    @property
    def is_traced(self) -> bool:
        return any(project.tracers for project, _ in self.projects)


def resolved(run: Run, gathered: Gathered) -> tuple[tuple[Project, Pack], ...]:
    """Give a project as each pack sees it whose subject it has; else as the first pack sees that it has none."""
    settings = judging(gathered.config, run.request.as_of)
    each = [(resolve(gathered.directory, gathered.manifests, pack, settings), pack) for pack in run.packs]
    return tuple([(project, pack) for project, pack in each if project.tracers] or each[:1])


def _judged(run: Run, gathered: Gathered) -> _Judged:
    config, as_of = gathered.config, run.request.as_of
    each = resolved(run, gathered)
    found = wanted((finding for project, pack in each for finding in _findings(project, pack)), config)
    silenced = suppress(found, gathered.manifests, config, CODES, as_of)
    complaints = wanted(silenced.complaints, config) if any(project.tracers for project, _ in each) else ()
    named = None if run.request.is_whole else gathered.named
    said = (Said(finding, config) for finding in (*silenced.kept, *complaints))
    return _Judged(
        each,
        tuple(one for one in said if is_asked_for(one.finding, named)),
        tuple(one for one in silenced.suppressed if is_asked_for(one.finding, named)),
        silenced.used,
    )


def judging(config: Config, as_of: str) -> Judging:
    """Give what a config says of judging."""
    return Judging(
        as_of,
        is_pedantic=bool(config.pedantic),
        tracer=config.tracer_option,
        default_tracer=config.tracer,
        python_version=config.python_version,
        platforms=config.platforms or (),
        capabilities=frozenset(config.capabilities or ()),
    )


def _findings(project: Project, pack: Pack) -> Iterator[Finding]:
    """Run the checks. Those of problems are left alone where there is none, as importing them takes time."""
    problems = {problem.code for manifest in project.manifests for problem in manifest.problems}
    for code, _, module in CHECKS:
        is_idle = code == DD009 or (code in _OF_PROBLEMS and code not in problems)
        if (project.tracers or code in UNTRACED) and not is_idle:
            yield from import_module(f"ddlint.checks.{module}").run(project, pack)


def _config_complaints(run: Run, judged: tuple[_Judged, ...]) -> Iterator[Said]:
    """Tell of suppressions in configs that do nothing, so far as all that they speak of was read."""
    if not any(each.is_traced for each in judged):
        return
    paths, as_of = run.request.paths, run.request.as_of
    used = frozenset(entry for each in judged for entry in each.used)
    told: set[Suppression] = set()
    for gathered in run.projects:
        config = gathered.config
        near = [each for each in config.suppressions if any(is_inside(each.at.path, path) for path in paths)]
        unread = [each for each in near if not any(is_inside(parent(each.at.path), path) for path in paths)]
        fresh = [each for each in near if each not in told]
        told.update(fresh)
        for finding in wanted(complain(fresh, used.union(unread), as_of), config):
            yield Said(finding, config)


def _baselines(run: Run) -> dict[str, Baseline]:
    if not run.request.has_baseline:
        return {}
    paths = dict.fromkeys(gathered.config.baseline for gathered in run.projects if gathered.config.baseline)
    return {path: load_baseline(path, relative(path, run.request.cwd), run.request.world) for path in paths}


def report(outcome: Outcome) -> Report:
    """Give all that a run has to say."""
    run, found = outcome.run, outcome.triage
    sources = {each.path: each.source for project in run.projects for each in project.manifests}
    roots = tuple(dict.fromkeys(project.root for project in run.projects))
    levels = [project.config.fail_on or Severity.WARNING for project in run.projects]
    return Report(
        version=__version__,
        packs=tuple((pack.name, pack.version) for pack in run.packs),
        as_of=run.request.as_of,
        projects=tuple(project for project, _ in outcome.projects),
        findings=found.shown,
        suppressed=found.suppressed,
        hidden=found.hidden,
        sources={**run.configs.sources, **sources},
        names={code: name for code, name, _ in CHECKS},
        cwd=run.request.cwd,
        root=common(roots) if roots else run.request.cwd,
        files=len(sources),
        untraced=sum(not project.tracers for project, _ in outcome.projects),
        fail_on=max(levels, key=lambda level: level.rank, default=Severity.WARNING),
    )
