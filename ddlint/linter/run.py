"""String the corridor together: discover, read, resolve, check, suppress, report. `cli.py` calls it and nobody else."""

from __future__ import annotations

from ddlint import __version__
from ddlint.checks import CHECKS
from ddlint.config.settings import is_enabled
from ddlint.config.validators import did_you_mean, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.model import Project, Report, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import common, is_inside, joined, parent, relative
from ddlint.linter.filter import Said, Triage, triage, wanted
from ddlint.linter.lint_project import Judged, Share, divided, gather, judge, judge_folder
from ddlint.linter.lint_project import resolved as resolved_by
from ddlint.linter.scope import scope_of
from ddlint.linter.suppress import complain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.config.loader import Configs
    from ddlint.config.settings import Suppression
    from ddlint.core.model import Place, Standing
    from ddlint.core.source import Source
    from ddlint.linter.baseline import Baseline, Key
    from ddlint.linter.request import Request
    from ddlint.linter.scope import Scope
    from ddlint.pack.pack import Pack
    from ddlint.project.discover import Search
    from ddlint.project.workspace import Gathered


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
    """What several processes have read is here without dependencies, and without texts that nothing is told of."""
    standings: tuple[Standing, ...] = ()
    reasons: tuple[tuple[Place, ...], ...] = ()
    """For each of `projects`, what was decided where."""


def read(request: Request) -> Run:
    """Find the projects of a request and read them."""
    scope = scope_of(request)
    return Run(request, scope.configs, scope.search, *gather(scope.share))


def check(request: Request) -> Outcome:
    """Judge what a request asks for."""
    scope = scope_of(request)
    shares = divided(scope.share)
    run, judged = _by_crew(scope, shares) if len(shares) > 1 else _alone(scope)
    judged += tuple(judge_folder(*each, request.as_of) for each in scope.unlisted)
    _refuse_unknown_capabilities(run)
    said = [each for every in judged for each in every.said]
    said += _config_complaints(run, judged)
    suppressed = (each for every in judged for each in every.suppressed)
    sorted_out = triage(said, suppressed, _baselines(run), request.world.real, _covering(run))
    projects = tuple(project for every in judged for project in every.projects)
    standings = tuple(each for every in judged for each in every.standings)
    return Outcome(sorted_out, projects, run, standings, tuple(each for every in judged for each in every.reasons))


def _refuse_unknown_capabilities(run: Run) -> None:
    """Refuse a capability that no pack knows: nothing would ever be said of it."""
    named = dict.fromkeys(each for gathered in run.projects for each in gathered.config.capabilities or ())
    if not named:
        return
    from ddlint.pack.protection_rows import Capability  # noqa: PLC0415 - import time: few configs name any

    known = {row.name for pack in run.packs for row in pack.rows(Capability) if row.is_ruling}
    for each in named:
        if each.text not in known:
            raise DdlintError(
                f"{quoted(each.text)} is no capability", place=each.at, hint=did_you_mean(each.text, known)
            )


def _alone(scope: Scope) -> tuple[Run, tuple[Judged, ...]]:
    request = scope.share.request
    projects, packs = gather(scope.share)
    judged = []
    for number, gathered in enumerate(projects):
        request.progress("judged", number, len(projects))
        judged.append(judge(gathered, packs, request))
    return Run(request, scope.configs, scope.search, projects, packs), tuple(judged)


def _by_crew(scope: Scope, shares: list[Share]) -> tuple[Run, tuple[Judged, ...]]:
    from ddlint.linter.parallel import handed_over, work  # noqa: PLC0415 - import time: most runs are small

    request = scope.share.request
    packs = request.packs(scope.share.directories)
    done: dict[str, tuple[Gathered, Judged]] = {}
    own = {found.directory: (found, config) for found, config in scope.share.found}
    for some in request.crew.run(work, shares) if request.crew else ():
        done.update((each.directory, handed_over(each, *own[each.directory], packs)) for each in some)
        request.progress("judged", len(done), len(scope.share.found))
    ordered = [done[directory] for directory in sorted(done)]
    projects = tuple(gathered for gathered, _ in ordered)
    run = Run(request, scope.configs, scope.search, projects, packs if projects else ())
    return run, tuple(judged for _, judged in ordered)


def resolved(run: Run, gathered: Gathered) -> tuple[tuple[Project, Pack], ...]:
    """Give a project as each pack sees it whose subject it has; else as the first pack sees that it has none."""
    return resolved_by(gathered, run.packs, run.request.as_of)


def _config_complaints(run: Run, judged: tuple[Judged, ...]) -> Iterator[Said]:
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
    named = {each.text: each.at for project in run.projects if (each := project.config.baseline).text}
    if not named:
        return {}
    from ddlint.linter.baseline import load_baseline  # noqa: PLC0415 - import time

    cwd, world = run.request.cwd, run.request.world
    return {path: load_baseline(path, relative(path, cwd), world, place) for path, place in named.items()}


def _covering(run: Run) -> Callable[[str, Key], bool]:
    """Give the function that tells whether a run would find again what a baseline knows of a key."""
    configs = {gathered.config.baseline.text: gathered.config for gathered in run.projects}

    def is_covered(path: str, key: Key) -> bool:
        directory = parent(path)
        is_read = any(is_inside(directory, asked) for asked in run.request.paths)
        return is_read and is_enabled(configs[path], key.code, joined(directory, key.path))

    return is_covered


def report(outcome: Outcome) -> Report:
    """Give all that a run has to say."""
    run, found = outcome.run, outcome.triage
    sources: dict[str, Source] = {}
    for each in (each for project in run.projects for each in project.manifests):
        if each.source.text or each.path not in sources:  # one project may tell of a file that another only has
            sources[each.path] = each.source
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
        sources={**sources, **run.configs.sources},
        names={check.code: check.name for check in CHECKS},
        cwd=run.request.cwd,
        root=common(roots) if roots else run.request.cwd,
        files=len(sources),
        untraced=sum(not project.tracers for project, _ in outcome.projects),
        fail_on=max(levels, key=lambda level: level.rank, default=Severity.WARNING),
    )
