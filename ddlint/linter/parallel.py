"""What one process hands over to another of the projects it has read and judged."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.config.settings import least_severity
from ddlint.core.model import Manifest, Project
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.core.source import Source
from ddlint.linter.findings import RatedFinding, without_requirements
from ddlint.linter.lint_project import ProjectResult, gather, is_whole_shown, lint_project, memory_of, project_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import Config
    from ddlint.linter.lint_project import Batch, Request
    from ddlint.pack.pack import Pack
    from ddlint.project.discover import Found
    from ddlint.project.workspace import Gathered

_TOGETHER = 16
"""So many projects are handed over at a time: every time takes a while, and progress is shown."""


class WorkerResult(NamedTuple):
    """What a process hands over of one project: what the others have not, and nothing that is not asked for."""

    directory: str
    manifests: tuple[Manifest, ...]
    """Without what was found in them, and without a text where nothing that is shown is about the file."""
    findings: tuple[Finding, ...]
    result: ProjectResult
    """Without projects and rated findings."""
    projects: tuple[tuple[Project, int, frozenset[str]], ...]
    """Without manifests, each with the number of its pack and the paths of its manifests."""


def work(batch: Batch) -> Iterator[tuple[WorkerResult, ...]]:
    """Read and judge a share in a process of its own, and hand it over a few projects at a time."""
    projects, packs = gather(batch, is_skimming=batch.request.is_skimming)
    memory, request = memory_of(projects), batch.request
    for start in range(0, len(projects), _TOGETHER):
        some = projects[start : start + _TOGETHER]
        yield tuple(_to_send(each, lint_project(each, packs, request, memory), packs, request) for each in some)


def _to_send(gathered: Gathered, result: ProjectResult, packs: tuple[Pack, ...], request: Request) -> WorkerResult:
    findings = tuple(rated.finding for rated in result.rated)
    is_whole = is_whole_shown(request)
    mildest = least_severity(gathered.config).rank
    shown = [each for each in findings if each.severity.rank <= mildest]
    reported = {path for each in (*shown, *(one.finding for one in result.suppressed)) for path in _named_by(each)}
    sources = ((each, each.path in reported or is_whole) for each in gathered.manifests)
    manifests = tuple(
        Manifest(each.source if is_told else Source(each.path, ""), each.input) for each, is_told in sources
    )
    projects = tuple(
        (
            (project if is_whole else without_requirements(project))._replace(manifests=()),
            packs.index(pack),
            frozenset(manifest.path for manifest in project.manifests),
        )
        for project, pack in result.projects
    )
    return WorkerResult(gathered.directory, manifests, findings, result._replace(projects=(), rated=()), projects)


def _named_by(finding: Finding) -> Iterator[str]:
    """Return the paths of the files that a finding names."""
    yield finding.at.path
    yield from (place.path for place in finding.related)
    yield from (edit.path for edit in (finding.fix.edits if finding.fix else ()))


def from_worker(
    received: WorkerResult, found: Found, config: Config, packs: tuple[Pack, ...]
) -> tuple[Gathered, ProjectResult]:
    """Take over what another process has made of a project."""
    gathered = project_of(found, config, received.manifests)
    projects = tuple(
        (
            project._replace(manifests=tuple(each for each in received.manifests if each.path in paths)),
            packs[number],
        )
        for project, number, paths in received.projects
    )
    rated = tuple(RatedFinding(finding, config) for finding in received.findings)
    return gathered, received.result._replace(projects=projects, rated=rated)
