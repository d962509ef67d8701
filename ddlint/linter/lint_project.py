"""A share of the projects of a run: read, and judged. One process does it all, or several a share each."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from ddlint.checks import CHECKS, Needs
from ddlint.config.settings import is_excluded
from ddlint.core.filesystem import no_progress
from ddlint.core.model import Judging, Manifest
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import parent
from ddlint.linter.filter import RatedFinding, apply_config, is_asked_for
from ddlint.linter.suppress import suppress
from ddlint.project.installs import is_lock
from ddlint.project.read import Reader
from ddlint.project.resolve import resolve
from ddlint.project.workspace import Gathered, in_groups, with_workspace_locks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ddlint.config.settings import Config, Suppression
    from ddlint.core.model import Place, Project
    from ddlint.core.report import Finding, SupportTableRow, Suppressed
    from ddlint.linter.request import Request
    from ddlint.pack.pack import Pack
    from ddlint.project.discover import Found

CODES = frozenset(check.code for check in CHECKS)
_imported = cache(import_module)
_WORTH_A_POOL = 300
"""So many files take longer to judge than processes take to start."""


class Batch(NamedTuple):
    """What is to be read and judged."""

    request: Request
    found: tuple[tuple[Found, Config], ...]
    """The projects, each with its config; those that are context only lend their locks."""
    directories: tuple[str, ...] = ()
    """Of the packs that the configs of all projects name."""


class ProjectResult(NamedTuple):
    """What came of one project."""

    projects: tuple[tuple[Project, Pack], ...]
    rated: tuple[RatedFinding, ...]
    suppressed: tuple[Suppressed, ...]
    used: frozenset[Suppression]
    support_table: tuple[SupportTableRow, ...] = ()
    reasons: tuple[tuple[Place, ...], ...] = ()
    """For each of `projects`, what was decided where."""

    @property
    def is_traced(self) -> bool:
        """Whether a tracer is asked for in it."""
        return any(project.tracers for project, _ in self.projects)


def gather(batch: Batch) -> tuple[tuple[Gathered, ...], tuple[Pack, ...]]:
    """Read the projects of a share, and the packs they are judged by."""
    reader, total = Reader(batch.request.files), len(batch.found)
    gathered = []
    for number, (found, config) in enumerate(batch.found):
        batch.request.progress("read", number, total)
        gathered.append(_gathered(config, found, reader))
    projects = tuple(each for each in gathered if each.is_project)
    packs = batch.request.packs(batch.directories) if projects else ()
    locks = frozenset(each.path for project in projects for each in project.manifests if is_lock(each.path))
    return tuple(with_workspace_locks(projects, locks, tuple(pack.subject for pack in packs))), packs


def _gathered(config: Config, found: Found, reader: Reader) -> Gathered:
    named = found.named or frozenset()
    files = [file for file in found.files if file.path in named or not is_excluded(config, file.path)]
    manifests = (in_groups(manifest, config.groups) for manifest in reader.project(files, found.root))
    return project_of(found, config, tuple(manifests))


def project_of(found: Found, config: Config, manifests: tuple[Manifest, ...]) -> Gathered:
    """Give a project with what was read of it."""
    return Gathered(found.directory, found.root, config, manifests, found.named, found.is_context, found.is_tentative)


def split_batches(batch: Batch) -> list[Batch]:
    """Divide the projects among the crew, each with the projects above that may lend it a lock."""
    pool, own = batch.request.pool, [pair for pair in batch.found if not pair[0].is_context]
    files = sum(len(found.files) for found, _ in own)
    if pool is None or not (pool.is_asked_for or files >= _WORTH_A_POOL):
        return [batch]
    plain = batch._replace(request=batch.request._replace(pool=None, progress=no_progress))
    number = min(pool.size, len(own))
    return [plain._replace(found=_with_lenders(own[start::number], batch)) for start in range(number)]


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
    """Give every directory that one of `directories` stands below."""
    found: set[str] = set()
    for directory in directories:
        above = parent(directory)
        while above not in found:
            found.add(above)
            above = parent(above)
    return frozenset(found)


def resolved(gathered: Gathered, packs: tuple[Pack, ...], as_of: str) -> tuple[tuple[Project, Pack], ...]:
    """Give a project as each pack sees it whose subject it has; else as the first pack sees that it has none."""
    settings = judging(gathered.config, as_of)
    each = [(resolve(gathered.directory, gathered.manifests, pack, settings), pack) for pack in packs]
    return tuple([(project, pack) for project, pack in each if project.tracers] or each[:1])


def lint_project(gathered: Gathered, packs: tuple[Pack, ...], request: Request) -> ProjectResult:
    """Judge a project, and set aside what is silenced in it."""
    config, as_of = gathered.config, request.as_of
    each = resolved(gathered, packs, as_of)
    found = apply_config((finding for project, pack in each for finding in _findings(project, pack)), config)
    silenced = suppress(found, gathered.manifests, config, CODES, as_of)
    complaints = apply_config(silenced.complaints, config) if any(project.tracers for project, _ in each) else ()
    named = None if request.is_whole else gathered.named
    rated = (RatedFinding(finding, config) for finding in (*silenced.kept, *complaints))
    return ProjectResult(
        each,
        tuple(one for one in rated if is_asked_for(one.finding, named)),
        tuple(one for one in silenced.suppressed if is_asked_for(one.finding, named)),
        silenced.used,
        tuple(_support_table(each, silenced.kept)) if request.has_table else (),
        tuple(_reasons(each)) if request.is_explained else (),
    )


def lint_unlisted_folder(path: str, reason: str, config: Config, as_of: str) -> ProjectResult:
    """Tell of a folder that cannot be listed, as of what stands in a project."""
    from ddlint.checks.unreadable_file import of_folder

    found = apply_config((of_folder(path, reason),), config)
    silenced = suppress(found, (), config, CODES, as_of)
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
    """Give what a config says of judging."""
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
    problems = {problem.code for manifest in project.manifests for problem in manifest.problems}
    is_traced = bool(project.tracers)
    is_set = bool(project.capabilities) or any(manifest.settings for manifest in project.manifests)
    has = {
        Needs.TRACER: is_traced,
        Needs.SETTINGS: is_traced and is_set,
        Needs.IMAGES: is_traced and any(manifest.images for manifest in project.manifests),
        Needs.SUPPRESSIONS: False,
    }
    for check in CHECKS:
        if check.code in problems if check.needs is Needs.PROBLEM else has[check.needs]:
            yield from _imported(f"ddlint.checks.{check.module}").run(project, pack)
