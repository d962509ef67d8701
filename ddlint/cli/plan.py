"""What `ddlint plan` shows: a plan for every project, and for every pack whose subject it asks for."""

from __future__ import annotations

from importlib import import_module

from ddlint import __version__
from ddlint.core.errors import DdlintError
from ddlint.core.lazy_regex import regex
from ddlint.linter.lint_project import judging
from ddlint.linter.run import read, resolved
from ddlint.pack.releases import release_index
from ddlint.plan.build import build_plan
from ddlint.plan.model import Document
from ddlint.plan.release_lines import releases
from ddlint.project.resolve import merge_environments, variants

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ddlint.core.model import Project
    from ddlint.linter.request import Request
    from ddlint.linter.run import Run
    from ddlint.pack.pack import Pack
    from ddlint.plan.model import Plan
    from ddlint.project.workspace import Gathered

_PART = regex(r"v?\d+(\.\d+)?(\.[*x])?")


def plans(request: Request, to: str) -> tuple[Run, Document]:
    """Read what a request names and plan it, each project to the release that `to` names."""
    run = read(request)
    projects = [(gathered, resolved(run, gathered)) for gathered in run.projects]
    goals = _goals({pack.name: pack for _, each in projects for project, pack in each if project.tracers}, to)
    made = [plan for gathered, each in projects for plan in _plans(run, gathered, each, goals)]
    untraced = tuple(gathered.directory for gathered, each in projects if not any(one.tracers for one, _ in each))
    return run, Document(__version__, request.as_of, request.cwd, tuple(made), untraced)


def render(document: Document, name: str, *, is_coloured: bool) -> str:
    """Return a document in one of the formats."""
    made: str = import_module(f"ddlint.plan.formats.{name}").render(document._replace(is_coloured=is_coloured))
    return made


def _goals(packs: Mapping[str, Pack], to: str) -> dict[str, str]:
    """Return the release to reach by pack; of several packs one must know it, and the others go to their newest."""
    found: dict[str, str] = {}
    errors = []
    for name, pack in packs.items():
        try:
            found[name] = target_of(pack, to)
        except DdlintError as error:
            errors.append(error)
    if errors and not found:
        raise errors[0]
    return {name: found.get(name) or target_of(pack, "") for name, pack in packs.items()}


def _plans(
    run: Run, gathered: Gathered, each: tuple[tuple[Project, Pack], ...], goals: Mapping[str, str]
) -> Iterator[Plan]:
    settings = judging(gathered.config, run.request.as_of)
    for pack in dict.fromkeys(pack for _, pack in each):
        traced = tuple(project for project, other in each if other is pack and project.tracers)
        for project in merge_environments(traced, pack, settings):
            as_if = variants(project, pack, settings)
            yield build_plan(project, pack, goals[pack.name], as_if)


def target_of(pack: Pack, text: str) -> str:
    """Return the release that `text` names, the newest one of a line; without a text, the newest there is.

    A `DdlintError` where the pack knows no such release.
    """
    newest = [release.version for release in releases(pack)]
    wanted = text.strip()
    if not wanted:
        return newest[-1]
    if _PART.fullmatch(wanted):
        line = wanted.removeprefix("v").removesuffix(".*").removesuffix(".x")
        found = [each for each in newest if f"{pack.line(each)}.".startswith(f"{line}.")]
        if found:
            return found[-1]
    release = release_index(pack).find(wanted)
    if release is None:
        raise DdlintError(
            f"`--to {wanted}`: the rules of {pack.version} know no such release of {pack.subject}",
            hint=f"the newest one is {newest[-1]}, the oldest line {pack.lines[0]}",
        )
    return release.version
