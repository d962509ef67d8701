"""What `ddlint plan` shows: a plan for every project, and for every pack whose subject it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module

from ddlint import HOME, __version__
from ddlint.core.errors import DdlintError
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Project
from ddlint.core.paths import is_inside
from ddlint.linter.lint_project import judging
from ddlint.linter.run import read, resolved
from ddlint.pack.releases import release_index
from ddlint.plan.build import build_plan, oldest
from ddlint.plan.model import Document
from ddlint.plan.release_series import releases
from ddlint.project.resolve import merge_environments, variants
from ddlint.versions.ranges import Version

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.linter.lint_project import Request
    from ddlint.linter.run import Run
    from ddlint.pack.pack import Pack
    from ddlint.plan.model import Plan
    from ddlint.project.workspace import Gathered

_PART = regex(r"v?\d+(\.\d+)?(\.[*x])?")
MAJORS = "majors"
"""The word of `--via` for the newest release of each major on the way."""


def plans(request: Request, to: str, via: str = "") -> tuple[Run, Document]:
    """Read what a request names and plan it, each project to the release that `to` names, past those of `via`."""
    run = read(request)
    projects = [(gathered, resolved(run, gathered)) for gathered in run.projects]
    packs = {pack.name: pack for _, each in projects for project, pack in each if project.tracers}
    goals = _goals(packs, to)
    made = tuple(plan for gathered, each in projects for plan in _plans(run, gathered, each, goals, via))
    untraced = tuple(gathered.directory for gathered, each in projects if not any(one.tracers for one, _ in each))
    named = tuple(_named(made, request.paths))
    changed = dict.fromkeys(edit.path for plan in named for each in plan.changes for edit in each.text_edits)
    read_files = {each.path: each.source for gathered in run.projects for each in gathered.manifests}
    sources = tuple(read_files[path] for path in changed)
    return run, Document(__version__, request.as_of, request.cwd, named, untraced, sources=sources, home=HOME)


def plans_of(run: Run, gathered: Gathered, each: tuple[tuple[Project, Pack], ...]) -> Iterator[Plan]:
    """Yield the plans of a project to the newest release."""
    goals = _goals({pack.name: pack for project, pack in each if project.tracers}, "")
    yield from _plans(run, gathered, each, goals, "")


def _named(made: Sequence[Plan], paths: Sequence[str]) -> Iterator[Plan]:
    """Yield plans with whether the call names them: a path does that leads to one project alone."""
    reached = [{plan.project for plan in made if is_inside(plan.project, path)} for path in paths]
    own = {path: {plan.project for plan in made if is_inside(path, plan.project)} for path in paths}
    for plan in made:
        by_folder = any(found == {plan.project} for found in reached)
        by_file = any(
            not found and plan.project == max(own[path], key=len, default="")
            for path, found in zip(paths, reached, strict=True)
        )
        yield plan._replace(is_named=by_folder or by_file or len(made) == 1)


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
    run: Run, gathered: Gathered, each: tuple[tuple[Project, Pack], ...], goals: Mapping[str, str], via: str
) -> Iterator[Plan]:
    settings = judging(gathered.config, run.request.as_of)
    for pack in dict.fromkeys(pack for _, pack in each):
        traced = tuple(project for project, other in each if other is pack and project.tracers)
        for project in merge_environments(traced, pack, settings):
            as_if, goal = variants(project, pack, settings), goals[pack.name]
            start = oldest(one.release for tracer in project.tracers for one in tracer.resolutions)
            yield build_plan(project, pack, goal, as_if, waypoints(pack, via, start, goal))


def waypoints(pack: Pack, via: str, start: str, target: str) -> tuple[str, ...]:
    """Return the releases to pass between two, ascending, as `via` names them: releases, series, or `majors`."""
    if not via:
        return ()
    if via == MAJORS:
        named = [target_of(pack, major) for major in dict.fromkeys(line.partition(".")[0] for line in pack.all_series)]
    else:
        named = [target_of(pack, each, "--via") for each in via.split(",")]
    low, high = Version(start or "0"), Version(target)
    return tuple(sorted({each for each in named if low < Version(each) < high}, key=Version))


def target_of(pack: Pack, text: str, option: str = "--to") -> str:
    """Return the release that `text` names, the newest one of a series; without a text, the newest there is.

    A `DdlintError` where the pack knows no such release.
    """
    newest = [release.version for release in releases(pack)]
    wanted = text.strip()
    if not wanted:
        return newest[-1]
    if _PART.fullmatch(wanted):
        line = wanted.removeprefix("v").removesuffix(".*").removesuffix(".x")
        found = [each for each in newest if f"{pack.series(each)}.".startswith(f"{line}.")]
        if found:
            return found[-1]
    release = release_index(pack).find(wanted)
    if release is None:
        raise DdlintError(
            f"`{option} {wanted}`: the rules of {pack.version} know no such release of {pack.subject}",
            hint=f"the newest one is {newest[-1]}, the oldest series {pack.all_series[0]}",
        )
    return release.version
