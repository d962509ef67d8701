"""One run: discover, read, resolve, check, suppress, report. Only `cli` calls it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint import __version__
from ddlint.checks import CHECKS, CODES
from ddlint.config.loader import Configs
from ddlint.config.settings import Config, did_you_mean, extended, is_enabled, is_excluded, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.model import Place, Project, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import common, is_inside, joined, parent, relative
from ddlint.core.report import Report, SupportTableRow
from ddlint.core.source import Source, Unread
from ddlint.core.text import counted
from ddlint.linter.findings import (
    FilteredFindings,
    RatedFinding,
    across_projects,
    apply_config,
    by_cause,
    filter_findings,
)
from ddlint.linter.lint_project import (
    Batch,
    ProjectResult,
    as_shown,
    gather,
    is_whole_shown,
    lint_project,
    lint_unlisted_folder,
    memory_of,
    split_batches,
)
from ddlint.linter.lint_project import resolved as resolved_by
from ddlint.project.discover import discover
from ddlint.project.installs import is_lock
from ddlint.project.walk import is_folder, root_of
from ddlint.project.workspace import Reader

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import ConfigValue, Suppression
    from ddlint.linter.baseline import Baseline, Key
    from ddlint.linter.lint_project import Request
    from ddlint.pack.pack import Pack
    from ddlint.project.discover import Found, Search
    from ddlint.project.workspace import Gathered


class Run(NamedTuple):
    """What was read for a request."""

    request: Request
    targets: Targets
    projects: tuple[Gathered, ...]
    packs: tuple[Pack, ...]

    @property
    def configs(self) -> Configs:
        """The configs that were read."""
        return self.targets.configs

    @property
    def search(self) -> Search:
        """What was found."""
        return self.targets.search


class Outcome(NamedTuple):
    """What came of a run."""

    filtered: FilteredFindings
    projects: tuple[tuple[Project, Pack], ...]
    run: Run
    """What other processes have read lacks the dependencies, and the texts of files that no finding names."""
    support_table: tuple[SupportTableRow, ...] = ()
    reasons: tuple[tuple[Place, ...], ...] = ()
    """For each of `projects`, what was decided where."""
    left_out: tuple[tuple[str, int], ...] = ()
    """As in `Report`."""


def read(request: Request) -> Run:
    """Find the projects of a request and read them."""
    targets = targets_of(request)
    return Run(request, targets, *gather(targets.batch))


def check(request: Request) -> Outcome:
    """Judge what a request asks for."""
    targets = targets_of(request)
    batches = split_batches(targets.batch)
    run, results = _in_parallel(targets, batches) if len(batches) > 1 else _in_one_process(targets)
    results += tuple(lint_unlisted_folder(*each, request.as_of) for each in targets.unlisted)
    _refuse_unknown_capabilities(run)
    suppressed = tuple(each for every in results for each in every.suppressed)
    rated = across_projects([every.rated for every in results], suppressed, _shown_by(run))
    rated += _config_complaints(run, results)
    filtered = filter_findings(rated, suppressed, _baselines(run), request.files.real, _covering(run))
    if targets.is_tracer_required and not any(each.is_judged for each in results):
        filtered = filtered._replace(is_failed=True)
    projects = tuple(project for every in results for project in every.projects)
    support_table = tuple(each for every in results for each in every.support_table)
    reasons = tuple(each for every in results for each in every.reasons)
    ignored, lowered = (sum(every.changed[number] for every in results) for number in (0, 1))
    left_out = (
        *(("excluded", targets.excluded), ("ignored", ignored), ("lowered", lowered)),
        *(("environments", targets.search.environments), ("gitignored", targets.search.ignored)),
    )
    return Outcome(filtered, projects, run, support_table, reasons, left_out)


def _shown_by(run: Run) -> Callable[[Place], str]:
    """Return the function that writes a location as `path:line`."""
    sources = {
        manifest.path: manifest.source
        for gathered in run.projects
        for manifest in gathered.manifests
        if manifest.source.text
    }
    return lambda place: (
        f"{place.path}:{sources[place.path].position(place.at.start).line}" if place.path in sources else ""
    )


def _refuse_unknown_capabilities(run: Run) -> None:
    """Refuse a capability that no pack knows: nothing would ever be reported for it."""
    named = dict.fromkeys(each for gathered in run.projects for each in gathered.config.capabilities or ())
    if not named:
        return
    from ddlint.pack.protection_rows import Capability

    known = {row.name for pack in run.packs for row in pack.rows(Capability) if row.is_ruling}
    for each in named:
        if each.text not in known:
            raise DdlintError(
                f"{quoted(each.text)} is no capability", place=each.at, hint=did_you_mean(each.text, known)
            )


def _in_one_process(targets: Targets) -> tuple[Run, tuple[ProjectResult, ...]]:
    request = targets.batch.request
    projects, packs = gather(targets.batch, is_skimming=request.is_skimming)
    memory = memory_of(projects)
    results, judged = [], list(projects)
    del projects  # so that each takes no more memory than is needed once it is judged
    for number, gathered in enumerate(judged):
        request.progress("judged", number, len(judged))
        result = lint_project(gathered, packs, request, memory)
        if not is_whole_shown(request):
            judged[number], result = as_shown(gathered, result)
        results.append(result)
    return Run(request, targets, tuple(judged), packs if judged else ()), tuple(results)


def _in_parallel(targets: Targets, batches: list[Batch]) -> tuple[Run, tuple[ProjectResult, ...]]:
    from ddlint.linter.parallel import from_worker, work

    request = targets.batch.request
    packs = request.packs(targets.batch.directories)
    done: dict[str, tuple[Gathered, ProjectResult]] = {}
    own = {found.directory: (found, config) for found, config in targets.batch.found}
    for some in request.pool.run(work, batches) if request.pool else ():
        done.update((each.directory, from_worker(each, *own[each.directory], packs)) for each in some)
        request.progress("judged", len(done), len(targets.batch.found))
    ordered = [done[directory] for directory in sorted(done)]
    projects = tuple(gathered for gathered, _ in ordered)
    run = Run(request, targets, projects, packs if projects else ())
    return run, tuple(results for _, results in ordered)


def resolved(run: Run, gathered: Gathered) -> tuple[tuple[Project, Pack], ...]:
    """Return a project as each pack sees it whose subject it has; else as the first pack sees that it has none."""
    return resolved_by(gathered, run.packs, run.request.as_of)


def _config_complaints(run: Run, results: tuple[ProjectResult, ...]) -> Iterator[RatedFinding]:
    """Report suppressions in configs that match nothing, where all files they may match were read."""
    if run.request.is_unsuppressed or not any(each.is_traced for each in results):
        return
    paths, as_of = run.request.paths, run.request.as_of
    used = frozenset(entry for each in results for entry in each.used)
    told: set[Suppression] = set()
    for gathered in run.projects:
        config = gathered.config
        near = [each for each in config.suppressions if any(is_inside(each.at.path, path) for path in paths)]
        unread = [each for each in near if not any(is_inside(parent(each.at.path), path) for path in paths)]
        fresh = [each for each in near if each not in told]
        told.update(fresh)
        if not fresh:
            continue

        if not fresh:
            continue
        from ddlint.linter.suppress import complain

        for finding in apply_config(complain(fresh, used.union(unread), as_of), config):
            yield RatedFinding(finding, config)


def _baselines(run: Run) -> dict[str, Baseline]:
    request = run.request
    if not request.has_baseline:
        return {}
    named = {each: project.root for project in run.projects if (each := project.config.baseline).text}
    if request.is_unsuppressed and not request.config:  # that of the command line is no part of the checkout
        named = {each: root for each, root in named.items() if not each.at}
    if not named:
        return {}
    for value, root in named.items():
        refuse_outside(run.request, value, root)
    from ddlint.linter.baseline import load_baseline

    cwd, files = run.request.cwd, run.request.files
    return {each.text: load_baseline(each.text, relative(each.text, cwd), files, each.at) for each in named}


def _covering(run: Run) -> Callable[[str, Key], bool]:
    """Return the function that says whether a run would find the entry of a baseline again."""
    configs = {gathered.config.baseline.text: gathered.config for gathered in run.projects}

    def is_covered(path: str, key: Key) -> bool:
        directory = parent(path)
        is_read = any(is_inside(directory, asked) for asked in run.request.paths)
        return is_read and is_enabled(configs[path], key.code, joined(directory, key.path))

    return is_covered


def _whole_projects(outcome: Outcome) -> tuple[Project, ...]:
    """Return each project once, with the tracers of all its environments and all files that were read."""
    manifests = {gathered.directory: gathered.manifests for gathered in outcome.run.projects}
    found: dict[str, Project] = {}
    for project, _ in outcome.projects:
        whole = found.get(project.path, Project(project.path, manifests.get(project.path, ())))
        found[project.path] = whole._replace(tracers=(*whole.tracers, *project.tracers))
    return tuple(found.values())


def why_empty(run: Run) -> str:
    """Return why there is no project; empty where there are some."""
    if run.projects:
        return ""
    if run.search.is_left_out:
        return "what was named is left out by `exclude`"
    count, environments, ignored = run.targets.excluded, run.search.environments, run.search.ignored
    reasons = [f"`exclude` leaves out {counted(count, 'path')}"] if count else []
    if ignored:
        reasons.append(f"git ignores {counted(ignored, 'file')}")
    if environments:
        reasons.append(f"a `pyvenv.cfg` marks {counted(environments, 'folder')} as a virtual environment")
    return " and ".join(reasons) or "no dependency file was found"


def report(outcome: Outcome) -> Report:
    """Return all that a run has to say."""
    run, found = outcome.run, outcome.filtered
    sources: dict[str, Source] = {}
    for each in (each for project in run.projects for each in project.manifests):
        if each.source.text or each.path not in sources:  # one project may tell of a file that another only has
            sources[each.path] = each.source
    projects = _whole_projects(outcome)
    roots = tuple(dict.fromkeys(project.root for project in run.projects))
    levels = [project.config.fail_on or Severity.WARNING for project in run.projects]
    return Report(
        version=__version__,
        packs=tuple((pack.name, pack.version) for pack in run.packs),
        as_of=run.request.as_of,
        projects=projects,
        findings=by_cause(found.shown, tuple(project.path for project in projects)),
        suppressed=found.suppressed,
        hidden=found.hidden,
        sources={**sources, **run.configs.sources},
        names={check.code: check.name for check in CHECKS},
        cwd=run.request.cwd,
        root=common(roots) if roots else run.request.cwd,
        files=len(sources),
        untraced=sum(not project.tracers for project in projects),
        subjects=tuple(pack.subject for pack in run.packs),
        own_packs=tuple((pack.name, pack.version) for pack in run.packs if not pack.is_builtin),
        left_out=outcome.left_out,
        why_empty=why_empty(run),
        is_tracer_required=run.targets.is_tracer_required,
        is_failed=found.is_failed,
        fail_on=max(levels, key=lambda level: level.rank, default=Severity.WARNING),
    )


class Targets(NamedTuple):
    """The projects of a request, and the configs that hold for them."""

    configs: Configs
    search: Search
    batch: Batch
    unlisted: tuple[tuple[str, str, Config], ...] = ()
    """(directory, reason, its config) of each that was asked for and could not be listed."""
    excluded: int = 0
    """How many files and folders `exclude` left out."""
    is_tracer_required: bool = False
    """Whether a config asks for a tracer."""


def targets_of(request: Request) -> Targets:
    """Find the projects of a request, and the config of each."""
    configs = Configs(request.files, request.cwd, CODES)
    starts = {path: _config_at(request, configs, path) for path in request.paths}
    paths = [path for path in request.paths if not (request.is_exclusion_forced and is_excluded(starts[path], path))]
    excluded = {path for path in request.paths if path not in paths}
    search = discover(paths, _excluding(starts, excluded), _ignoring(request, starts))._replace(is_left_out=not paths)
    if len(search.projects) > 1:
        from ddlint.project.assign import assigned

        search = search._replace(projects=assigned(search.projects, Reader(request.files)))
    lenders = _lenders(search)
    found = tuple(
        (each, _config_of(request, configs, each.directory, each.root))
        for each in search.projects
        if not each.is_context or each.directory in lenders
    )
    unlisted = tuple(
        (path, reason, _config_of(request, configs, path, root_of(path)))
        for path, reason in search.unlisted
        if any(is_inside(path, asked) for asked in request.paths)
    )
    homes = frozenset(each.directory for each in search.projects if not each.is_tentative)
    for each, config in found:
        named = each.named or frozenset()
        if config.exclude:  # that of the project, where the one of the folder above leaves nothing out
            excluded.update(one.path for one in each.files if one.path not in named and is_excluded(config, one.path))
    is_required = any(config.require_tracer for config in (*starts.values(), *(config for _, config in found)))
    batch = Batch(request, found, _directories(request, found), homes)
    return Targets(configs, search, batch, unlisted, len(excluded), is_required)


def _directories(request: Request, found: tuple[tuple[Found, Config], ...]) -> tuple[str, ...]:
    """Return the folders of the packs that are named; one that does not exist is a `DdlintError` at its name."""
    roots = {each: found.root for found, config in found for each in config.rules or ()}
    for each, root in roots.items():
        shown = quoted(relative(each.text, request.cwd))
        if not is_folder(each.text):
            message = f"{shown} is no folder with a pack"
            raise DdlintError(message, place=each.at, hint="a pack is a folder with a pack.yaml")
        refuse_outside(request, each, root)
    return tuple(dict.fromkeys(each.text for each in roots))


def refuse_outside(request: Request, value: ConfigValue, root: str) -> None:
    """Refuse a path outside of the root, or of the current folder, that a config there names; a call may name any."""
    is_trusted = not value.at or bool(request.config)
    top = request.cwd if is_inside(root, request.cwd) else root
    if not is_trusted and not is_inside(request.files.real(value.text), request.files.real(top)):
        message = f"{quoted(relative(value.text, request.cwd))} lies outside of what is linted, so it is not opened"
        raise DdlintError(message, place=value.at, hint="name it on the command line, or in a config of `--config`")


def _config_at(request: Request, configs: Configs, path: str) -> Config:
    directory = path if is_folder(path) else parent(path)
    return _config_of(request, configs, directory, root_of(directory))


def _config_of(request: Request, configs: Configs, directory: str, root: str) -> Config:
    """Return the config that holds for a directory, under what the command line says."""
    if request.is_isolated:
        return request.options
    found = configs.named(request.config) if request.config else configs.nearest(directory, root)
    return extended(found, request.options)


def _excluding(starts: dict[str, Config], excluded: set[str]) -> Callable[[str], bool]:
    """Return the function that says what a walk leaves out, and adds it to `excluded`."""
    if not any(config.exclude for config in starts.values()):
        return lambda _: False

    def is_left_out(path: str) -> bool:
        if is_excluded(_nearest(starts, path), path):
            excluded.add(path)
            return True
        return False

    return is_left_out


def _ignoring(request: Request, starts: dict[str, Config]) -> Callable[[str], bytes | Unread] | None:
    """Return the function that reads what git ignores; nothing where no config wants that respected."""
    is_wanted = any(config.respect_gitignore is not False for config in starts.values())
    return request.files.read if is_wanted else None


def _nearest(starts: dict[str, Config], path: str) -> Config:
    holding = [start for start in starts if is_inside(path, start)]
    return starts[max(holding, key=len)] if holding else Config()


def _lenders(search: Search) -> frozenset[str]:
    """Return the folders above the projects that have a lock to give."""
    return frozenset(
        found.directory
        for found in search.projects
        if found.is_context and any(is_lock(file.path) for file in found.files)
    )
