"""A share of the projects of a run: read, and judged. One process does it all, or several a share each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib import import_module

from ddlint.checks import CHECKS, CODES, Needs
from ddlint.config.settings import Config, is_excluded
from ddlint.core.model import Judging, Manifest, NormalizedName, Place, Project, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import parent
from ddlint.core.report import Finding, SupportTableRow, Suppressed
from ddlint.core.source import no_progress
from ddlint.inputs import DESCRIPTIONS
from ddlint.linter.findings import (
    Judged,
    RatedFinding,
    Silenced,
    apply_config,
    by_location,
    capped,
    changed_by_config,
    is_asked_for,
    on_older_pythons,
    without_requirements,
)
from ddlint.project.installs import is_lock
from ddlint.project.resolve import bare_project
from ddlint.project.walk import size_of
from ddlint.project.workspace import Gathered, Layout, Reader, exists_inside, in_groups, with_workspace_locks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import Suppression
    from ddlint.core.source import FileSystem, ProcessPool
    from ddlint.linter.memory import Memory
    from ddlint.pack.pack import Pack
    from ddlint.project.discover import Found
    from ddlint.project.environments import EnvironmentFiles


_imported = cache(import_module)
_INJECTED = frozenset({"injected", "layer"})
"""The origins of a release that no installer brings."""
_WORTH_A_POOL = 600
"""Work of so many small files takes longer than processes take to start, and to learn what one alone would know."""
_LIKE_A_FILE = 20_000
"""So many bytes of a large file take as long as a small file does."""


class Batch(NamedTuple):
    """What is to be read and judged."""

    request: Request
    found: tuple[tuple[Found, Config], ...]
    """The projects, each with its config; those that are context only give their locks."""
    directories: tuple[str, ...] = ()
    """Of the packs that the configs of all projects name."""
    homes: frozenset[str] = frozenset()
    """The directories of all projects of the run."""


class ProjectResult(NamedTuple):
    """What came of one project."""

    projects: tuple[tuple[Project, Pack], ...]
    rated: tuple[RatedFinding, ...]
    suppressed: tuple[Suppressed, ...]
    used: frozenset[Suppression]
    support_table: tuple[SupportTableRow, ...] = ()
    reasons: tuple[tuple[Place, ...], ...] = ()
    """For each of `projects`, what was decided where."""
    changed: tuple[int, int] = (0, 0)
    """How many findings the config turned off, and how many it gave a lower level."""

    @property
    def is_judged(self) -> bool:
        """Whether a release of the tracer is known in it."""
        return any(project.is_judged for project, _ in self.projects)

    @property
    def is_traced(self) -> bool:
        """Whether a tracer is asked for in it."""
        return any(project.tracers for project, _ in self.projects)


def gather(batch: Batch, *, is_skimming: bool = False) -> tuple[tuple[Gathered, ...], tuple[Pack, ...]]:
    """Read the projects of a share, and the packs they are judged by.

    Where it `is_skimming`, files of projects without a sign of a tracer need not be read for what they require.
    """
    reader, total = Reader(batch.request.files), len(batch.found)
    sought = _sought(batch) if is_skimming else frozenset()
    gathered = []
    for number, (found, config) in enumerate(batch.found):
        batch.request.progress("read", number, total)
        skimmed = _skimmed(config, found, reader, batch.homes, sought) if sought else None
        gathered.append(skimmed or _gathered(config, found, reader, batch.homes))
    reader.forget()
    projects = tuple(each for each in gathered if each.is_project)
    hints = tuple(each for each in gathered if not each.is_project and _may_bring(each))
    packs = batch.request.packs(batch.directories) if projects or hints else ()
    if hints and (more := {each.directory for each in hints if any(_is_brought(each, pack) for pack in packs)}):
        projects = tuple(each for each in gathered if each.is_project or each.directory in more)
    locks = frozenset(each.path for project in projects for each in project.manifests if is_lock(each.path))
    return tuple(with_workspace_locks(projects, locks, tuple(pack.subject for pack in packs))), packs


def _sought(batch: Batch) -> frozenset[NormalizedName]:
    """Return the names that a project is judged for; none where all that is installed may be shown."""
    request = batch.request
    if is_whole_shown(request) or all(found.is_tentative for found, _ in batch.found):
        return frozenset()
    packs = request.packs(batch.directories)
    return frozenset(name for pack in packs for name in (pack.subject, *pack.dependents))


def _skimmed(
    config: Config, found: Found, reader: Reader, homes: frozenset[str], sought: frozenset[NormalizedName]
) -> Gathered | None:
    """Return a project that nothing can bring a tracer to, or that was read as a whole; `None` of any other.

    The root of a workspace, whose lock others use, is to be read as a whole too.
    """
    if found.is_tentative or config.tracer or config.tracer_option:
        return None
    gathered = _gathered(config, found, reader, homes, sought)
    is_bare = not any(
        each.settings or each.images or each.workloads or each.environments or each.members
        for each in gathered.manifests
    )
    is_passed_over = is_bare and not gathered.mentions(sought)
    return gathered if is_passed_over or reader.has_read(gathered.manifests) else None


def _may_bring(gathered: Gathered) -> bool:
    """Return whether files without a requirement may bring a tracer in all the same."""
    return any(each.workloads or each.images or each.settings for each in gathered.manifests)


def _is_brought(gathered: Gathered, pack: Pack) -> bool:
    if not _may_bring(gathered):
        return False
    from ddlint.project.injected import brought_in

    return bool(brought_in(gathered.manifests, pack))


def _gathered(
    config: Config,
    found: Found,
    reader: Reader,
    homes: frozenset[str],
    sought: frozenset[NormalizedName] = frozenset(),
) -> Gathered:
    named = found.named or frozenset()
    files = [file for file in found.files if file.path in named or not is_excluded(config, file.path)]
    manifests = reader.project(files, found.root, sought)
    layout = Layout(
        found.directory,
        found.root,
        homes if found.directory in homes else homes | {found.directory},  # a set for each project would be quadratic
        exists_inside(found.root, reader),
        found.lent,
    )
    if any(manifest.environments for manifest in manifests):
        from ddlint.project.environments import installed_paths

        known = {manifest.path for manifest in manifests}
        if more := [file for file in installed_paths(manifests, layout) if file.path not in known]:
            files = [*files, *more]
            manifests = reader.project(files, found.root, sought)
    if any(dependency.local for manifest in manifests for dependency in manifest.written):
        from ddlint.project.local_projects import local_projects

        known = {manifest.path for manifest in manifests}
        named_by_path = local_projects(manifests, layout, reader, lambda path: is_excluded(config, path))
        if more := [file for file in named_by_path if file.path not in known]:
            manifests = reader.project((*files, *more), found.root, sought)
    gathered = project_of(found, config, tuple(in_groups(manifest, config.groups) for manifest in manifests))
    return gathered._replace(layout=layout)


def project_of(found: Found, config: Config, manifests: tuple[Manifest, ...]) -> Gathered:
    """Return a project with what was read of it."""
    return Gathered(found.directory, found.root, config, manifests, found.named, found.is_context, found.is_tentative)


def split_batches(batch: Batch) -> list[Batch]:
    """Divide the projects among processes, each with the projects above whose lock may apply to it."""
    pool, own = batch.request.pool, [pair for pair in batch.found if not pair[0].is_context]
    if pool is None or not (pool.is_asked_for or len(own) > 1):
        return [batch]
    costs = [sum(1 + size_of(file.path) / _LIKE_A_FILE for file in found.files) for found, _ in own]
    if not (pool.is_asked_for or sum(costs) >= _WORTH_A_POOL):
        return [batch]
    plain = batch._replace(request=batch.request._replace(pool=None, progress=no_progress))
    shares = divided(costs, min(pool.size, len(own)))
    return [plain._replace(found=_with_lenders([own[number] for number in share], batch)) for share in shares]


def divided(costs: list[float], number: int) -> list[list[int]]:
    """Divide work of such costs into shares that cost about the same: the dearest first, each to the cheapest share."""
    shares: list[list[int]] = [[] for _ in range(number)]
    sums = [0.0] * number
    for each in sorted(range(len(costs)), key=lambda each: -costs[each]):
        least = sums.index(min(sums))
        shares[least].append(each)
        sums[least] += costs[each]
    return [sorted(share) for share in shares if share]


def _with_lenders(own: list[tuple[Found, Config]], batch: Batch) -> tuple[tuple[Found, Config], ...]:
    directories = frozenset(found.directory for found, _ in own)
    above = _above(directories) - directories
    lenders = [
        (found._replace(is_context=True), config)
        for found, config in batch.found
        if found.directory in above and any(is_lock(file.path) for file in found.files)
    ]
    return (*lenders, *own)


def _above(directories: Iterable[str]) -> frozenset[str]:
    """Return every directory that holds one of `directories`."""
    found: set[str] = set()
    for directory in directories:
        above = parent(directory)
        while above not in found:
            found.add(above)
            above = parent(above)
    return frozenset(found)


_LAST: list[tuple[Gathered, Layout, tuple[EnvironmentFiles, ...]]] = []


def _environments_of(gathered: Gathered) -> tuple[Layout, tuple[EnvironmentFiles, ...]]:
    """Return the layout of a project and its environments; those of the last one are kept, as two steps need them."""
    if not (_LAST and _LAST[0][0] is gathered):
        from ddlint.project.environments import environments

        layout = gathered.layout or Layout(gathered.directory, gathered.root, frozenset({gathered.directory}))
        _LAST[:] = [(gathered, layout, environments(gathered.manifests, layout))]
    return _LAST[0][1:]


def resolved(gathered: Gathered, packs: tuple[Pack, ...], as_of: str) -> tuple[tuple[Project, Pack], ...]:
    """Return the environments of a project that each pack judges; else the project as the first pack sees it."""
    settings = judging(gathered.config, as_of)
    bringing = [pack for pack in packs if _is_brought(gathered, pack)]
    each: tuple[tuple[Project, Pack], ...] = ()
    if bringing or _is_asked(gathered, packs, settings):
        each = _resolved(gathered, _environments_of(gathered)[1], packs, settings, bringing)
    return each or _bare(gathered, packs, settings)


def _is_asked(gathered: Gathered, packs: tuple[Pack, ...], settings: Judging) -> bool:
    return bool(settings.tracer or settings.default_tracer) or gathered.mentions(
        name for pack in packs for name in (pack.subject, *pack.dependents)
    )


def _resolved(
    gathered: Gathered,
    environments: tuple[EnvironmentFiles, ...],
    packs: tuple[Pack, ...],
    settings: Judging,
    bringing: Collection[Pack] = (),
) -> tuple[tuple[Project, Pack], ...]:
    """Return the environments that each pack judges; `bringing` are those whose subject something brings in."""
    from ddlint.project.resolve import resolve_environments

    each: list[tuple[Project, Pack]] = []
    for pack in packs:
        own = environments
        if pack in bringing:
            from ddlint.project.injected import with_injected

            own = with_injected(own, gathered.manifests, _environments_of(gathered)[0], pack)
        each += ((one, pack) for one in resolve_environments(own, gathered.directory, pack, settings))
    return tuple(each)


def _bare(gathered: Gathered, packs: tuple[Pack, ...], settings: Judging) -> tuple[tuple[Project, Pack], ...]:
    return tuple((bare_project(gathered.directory, gathered.manifests, settings), pack) for pack in packs[:1])


def _judged(
    gathered: Gathered, packs: tuple[Pack, ...], as_of: str, memory: Memory | None, *, is_whole: bool
) -> Judged:
    """Return the environments of a project with what is found in each; `memory` has those that were judged before.

    Unless each `is_whole`, those of memory lack the requirements that their tracers and Pythons come from.
    """
    settings = judging(gathered.config, as_of)
    if memory is None or any(_is_brought(gathered, pack) for pack in packs) or not _is_asked(gathered, packs, settings):
        return _judge(resolved(gathered, packs, as_of))
    judged = memory.judged(
        gathered.directory,
        _environments_of(gathered)[1],
        settings,
        lambda environments: _judge(_resolved(gathered, environments, packs, settings)),
        is_whole=is_whole,
    )
    return judged if judged.projects else Judged(_bare(gathered, packs, settings))


def memory_of(projects: tuple[Gathered, ...]) -> Memory | None:
    """Return a memory of what is judged; nothing for a project alone."""
    if len(projects) < 2:
        return None
    from ddlint.linter.memory import Memory

    return Memory()


def _judge(each: tuple[tuple[Project, Pack], ...]) -> Judged:
    if not any(project.tracers for project, _ in each):
        return Judged(each)
    found = ((project, tuple(capped(one, project) for one in _findings(project, pack))) for project, pack in each)
    return Judged(each, tuple(on_older_pythons(found)))


def is_whole_shown(request: Request) -> bool:
    """Return whether all that was read is asked for, and not only what findings name."""
    return request.is_explained or request.is_fixing


def as_shown(gathered: Gathered, result: ProjectResult) -> tuple[Gathered, ProjectResult]:
    """Return a project that was judged without what its files declare, so that many of them take little memory."""
    manifests = tuple(Manifest(each.source, each.input) for each in gathered.manifests)
    projects = []
    for project, pack in result.projects:
        paths = {manifest.path for manifest in project.manifests}
        own = tuple(each for each in manifests if each.path in paths)
        projects.append((without_requirements(project)._replace(manifests=own), pack))
    return gathered._replace(manifests=manifests, layout=None), result._replace(projects=tuple(projects))


def lint_project(
    gathered: Gathered, packs: tuple[Pack, ...], request: Request, memory: Memory | None = None
) -> ProjectResult:
    """Judge the environments of a project, and set aside what is silenced in it."""
    config, as_of = gathered.config, request.as_of
    is_whole = request.has_table or is_whole_shown(request) or any(manifest.comments for manifest in gathered.manifests)
    each, judged = _judged(gathered, packs, as_of, memory, is_whole=is_whole)
    is_traced = any(project.tracers for project, _ in each)
    apart = (*_problems(gathered, each, packs, as_of), *_unjudged(gathered, each, packs, as_of))
    every = tuple(by_location((apart, *judged)))
    found = tuple(apply_config(every, config))
    silenced = Silenced(found) if request.is_unsuppressed else _suppressed(found, gathered.manifests, config, as_of)
    complaints = silenced.complaints if is_traced else ()
    if complaints and not config.pedantic:
        pedantic = tuple(apply_config(_pedantic(each), config))
        complaints = _suppressed(pedantic, gathered.manifests, config, as_of).complaints
    complaints = tuple(apply_config(complaints, config))
    named = None if request.is_whole else gathered.named
    rated = (RatedFinding(finding, config) for finding in (*silenced.kept, *complaints))
    return ProjectResult(
        each,
        tuple(one for one in rated if is_asked_for(one.finding, named)),
        tuple(one for one in silenced.suppressed if is_asked_for(one.finding, named)),
        silenced.used,
        tuple(_support_table(each, silenced.kept)) if request.has_table else (),
        tuple(_reasons(each)) if request.is_explained else (),
        (0, 0) if request.options.selections else changed_by_config(every, config),
    )


def _pedantic(each: tuple[tuple[Project, Pack], ...]) -> tuple[Finding, ...]:
    """Return all that any run finds: a suppression of what only `--pedantic` reports is not unused without it."""
    projects = ((project._replace(is_pedantic=True), pack) for project, pack in each)
    return by_location(tuple(_findings(project, pack)) for project, pack in projects)


def _problems(
    gathered: Gathered, each: tuple[tuple[Project, Pack], ...], packs: tuple[Pack, ...], as_of: str
) -> Iterator[Finding]:
    """Report what could not be read, once for each file: as a notice where no judged environment uses the file.

    What describes the distribution is used by all that is installed beside it. A file that names the subject, or that
    the call names, is taken for used: nothing can tell what it would say.
    """
    found = {problem.code for manifest in gathered.manifests for problem in manifest.problems}
    if not found:
        return
    traced = [(project, pack) for project, pack in each if project.tracers]
    used = {manifest.path for project, _ in traced for manifest in project.manifests}
    if traced:
        used |= {f"{gathered.directory.rstrip('/')}/{name}" for name in DESCRIPTIONS}
    used |= {
        manifest.path
        for manifest in gathered.manifests
        if manifest.path in (gathered.named or ())
        or any(pack.subject in manifest.source.text.lower() for pack in packs)
    }
    whole = bare_project(gathered.directory, gathered.manifests, judging(gathered.config, as_of))
    whole = whole._replace(tracers=tuple(tracer for project, _ in traced for tracer in project.tracers))
    for pack in dict.fromkeys(pack for _, pack in traced) or packs[:1]:
        for check in CHECKS:
            if check.needs == Needs.PROBLEM and check.code in found:
                for finding in _imported(f"ddlint.checks.{check.module}").run(whole, pack):
                    yield finding if finding.at.path in used else finding._replace(severity=Severity.NOTICE)


def _unjudged(
    gathered: Gathered, each: tuple[tuple[Project, Pack], ...], packs: tuple[Pack, ...], as_of: str
) -> Iterator[Finding]:
    """Run the checks of what is not judged: of a project without a known release, of environments without a tracer."""
    traced = [(project, pack) for project, pack in each if project.tracers]
    settings = judging(gathered.config, as_of)
    is_judged = any(project.is_judged for project, _ in traced)
    lent = gathered.layout.lent if gathered.layout else frozenset()
    own = gathered._replace(manifests=tuple(each for each in gathered.manifests if each.path not in lent))
    whole = bare_project(gathered.directory, own.manifests, settings)
    if not is_judged and _has_signs(own, packs):
        for pack in dict.fromkeys(pack for _, pack in traced) or packs[:1]:
            for finding in _run(Needs.UNJUDGED, whole, pack):
                yield finding._replace(severity=Severity.ERROR) if gathered.config.require_tracer else finding
    if any(spec.commands for manifest in gathered.manifests for spec in manifest.environments):
        from ddlint.project.resolve import untraced_environments

        for pack in packs:
            for project in untraced_environments(_environments_of(gathered)[1], gathered.directory, pack, settings):
                yield from _run(Needs.UNTRACED, project, pack)


def _has_signs(gathered: Gathered, packs: tuple[Pack, ...]) -> bool:
    """Return whether a tracer may be used: something requires it or what brings it in, or there is a setting."""
    is_set = any(manifest.settings for manifest in gathered.manifests)
    return is_set or gathered.mentions(name for pack in packs for name in (pack.subject, *pack.dependents))


def _run(needs: str, project: Project, pack: Pack) -> Iterator[Finding]:
    for check in CHECKS:
        if check.needs == needs:
            yield from _imported(f"ddlint.checks.{check.module}").run(project, pack)


def _suppressed(findings: tuple[Finding, ...], manifests: tuple[Manifest, ...], config: Config, as_of: str) -> Silenced:
    """Set suppressed findings aside; most projects have no suppression."""
    if not config.suppressions and not any(manifest.comments for manifest in manifests):
        return Silenced(findings)
    from ddlint.linter.suppress import suppress

    return suppress(findings, manifests, config, CODES, as_of)


def lint_unlisted_folder(path: str, reason: str, config: Config, as_of: str) -> ProjectResult:
    """Report a folder that cannot be listed, as a finding."""
    from ddlint.checks.unreadable_file import of_folder

    finding = of_folder(path, reason)._replace(severity=Severity.NOTICE)  # no environment is known to use it
    found = tuple(apply_config((finding,), config))
    silenced = _suppressed(found, (), config, as_of)
    rated = tuple(RatedFinding(finding, config) for finding in silenced.kept)
    return ProjectResult((), rated, silenced.suppressed, silenced.used)


def _support_table(each: tuple[tuple[Project, Pack], ...], findings: tuple[Finding, ...]) -> Iterator[SupportTableRow]:
    from ddlint.checks.common.support_table import support_table_rows

    for project, pack in each:
        if project.tracers:
            yield from support_table_rows(project, pack, findings)


def _reasons(each: tuple[tuple[Project, Pack], ...]) -> Iterator[tuple[Place, ...]]:
    from ddlint.checks.common.explain import explanations

    for project, pack in each:
        yield tuple(explanations(project, pack))


def judging(config: Config, as_of: str) -> Judging:
    """Return what a config says of judging."""
    return Judging(
        as_of,
        is_pedantic=bool(config.pedantic),
        tracer=config.tracer_option,
        default_tracer=config.tracer,
        python_version=config.python_version,
        platforms=config.platforms or (),
        capabilities=frozenset(each.text for each in config.capabilities or ()),
    )


def _findings(project: Project, pack: Pack) -> Iterator[Finding]:
    """Run the checks. Those that have nothing to look at are left alone: importing them takes time."""
    is_set = bool(project.capabilities) or any(manifest.settings for manifest in project.manifests)
    resolutions = [each for tracer in project.tracers for each in tracer.resolutions]
    is_unknown = project.is_pedantic and not all(tracer.is_known for tracer in project.tracers)
    has = {
        Needs.TRACER: True,
        Needs.SETTINGS: is_set,
        Needs.IMAGES: any(manifest.images for manifest in project.manifests),
        Needs.LOCK: any(is_lock(manifest.path) for manifest in project.manifests),
        Needs.EXTRA: any(
            dependency.extras for manifest in project.manifests for dependency in manifest.named({pack.subject})
        ),
        Needs.INJECTION: bool(project.injected),
        Needs.NO_RELEASE: is_unknown
        or any(not each.release or each.alone or "rc" in each.release for each in resolutions),
        Needs.PLATFORM: bool(project.platforms),
        Needs.RUNTIME: bool(project.platforms) or any(each.python for each in resolutions),
        Needs.NEWER: any(each.is_newer for each in resolutions),
    }
    is_injected = any(each.origin in _INJECTED for each in resolutions)
    for check in CHECKS:
        if project.tracers and has.get(check.needs) and not (is_injected and check.is_of_installers):
            yield from _imported(f"ddlint.checks.{check.module}").run(project, pack)


class Request(NamedTuple):
    """What a call asks for."""

    paths: tuple[str, ...]
    """Absolute, with `/`."""
    cwd: str
    as_of: str
    files: FileSystem
    packs: Callable[[tuple[str, ...]], tuple[Pack, ...]]
    """Return the built-in pack, and those in directories."""
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
    has_table: bool = False
    """Whether the support table is asked for."""
    is_explained: bool = False
    """Whether decisions and their reasons are asked for."""
    is_fixing: bool = False
    """Whether files may be changed, so that the texts of all of them are asked for."""
    is_unsuppressed: bool = False
    """Whether comments, and `suppress` and baselines in configs of the checkout, silence nothing."""
    is_skimming: bool = True
    """Whether a file that says nothing without a tracer is passed over. Nothing that is printed depends on it; only
    tests turn it off."""
    pool: ProcessPool | None = None
    """Processes that may divide the work; without them it is done in this one."""
    progress: Callable[[str, int, int], None] = no_progress
    """Called with what is being done, the number of projects that are done, and of all."""
