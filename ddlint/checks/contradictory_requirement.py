"""Report requirements that can never be met, alone or together.

## What it does

Reports a specifier that no version satisfies, of a package or of Python, and two requirements of one name that are
installed together and exclude each other: in one file, or in a file and what it includes, where their markers overlap.

## Why it matters

The installation fails on the first, and some installers take the last of the second without a word.

## Example

    ddtrace>=4,<3
    flask>=3
    flask<2.3

## What to do

Keep one of them. Requirements for different Pythons or platforms need markers that exclude each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import key, quoted
from ddlint.checks.common.tracer import is_contradictory
from ddlint.core.model import Located, Origin, Place, Project, PythonRequirement
from ddlint.core.report import Finding
from ddlint.core.text import cropped, shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.project.installs import is_sibling
from ddlint.versions.markers import both
from ddlint.versions.specifiers import alternatives

CHECK = check_of(__name__)
_MOST = 50
"""Of one name in one environment: more are not written by hand."""


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each contradiction in a project that is traced."""
    if not project.tracers:
        return
    yield from map(_of_python, _pythons(project))
    context = context_of(project, pack)
    alone = tuple(_alone(context))
    for located in alone:
        yield _finding(located, f"{quoted(context, located)} can never be met: its clauses exclude one another")
    seen: set[tuple[Located, Located]] = set()
    for first, second in _pairs(context):
        if first in alone or second in alone or (first, second) in seen:
            continue
        seen.add((first, second))
        message = shortest_that_fits(
            f"{quoted(context, second)} and {quoted(context, first)} are installed together and exclude one another",
            f"{quoted(context, second)} excludes {quoted(context, first)}, which is installed with it",
            f"{quoted(context, second)} excludes another requirement that is installed with it",
        )
        yield _finding(second, message, first)
    for first, second in _locked_together(context):
        if (first, second) not in seen and (second, first) not in seen:
            why = "exclude one another, and PDM locks one release for all Pythons and systems"
            both_of = f"{quoted(context, second)} and {quoted(context, first)}"
            yield _finding(second, shortest_that_fits(f"{both_of} {why}", f"these requirements {why}"), first)


def _finding(located: Located, message: str, other: Located | None = None) -> Finding:
    dependency = located.dependency
    return Finding(
        CHECK.code,
        CHECK.level,
        dependency.name,
        message,
        Place(located.path, dependency.at, "excludes itself" if other is None else "excludes the other"),
        related=(Place(other.path, other.dependency.at, "excluded by it"),) if other else (),
        help="keep one of them, or give them markers that exclude each other" if other else "correct the bounds",
        key=key(dependency.specifier),
    )


def _pythons(project: Project) -> Iterator[tuple[str, PythonRequirement]]:
    """Return the ranges that allow no Python, each with the path of its file."""
    for manifest in project.manifests:
        for python in manifest.pythons:
            if "," in python.specifier and _is_empty(python.specifier):
                yield manifest.path, python


def _of_python(found: tuple[str, PythonRequirement]) -> Finding:
    path, python = found
    return Finding(
        CHECK.code,
        CHECK.level,
        "python",
        f"`{cropped(python.written, 40)}` allows no Python: its clauses exclude one another",
        Place(path, python.at, "excludes itself"),
        help="correct the bounds",
        key=key(python.specifier),
    )


def _alone(context: CheckContext) -> Iterator[Located]:
    for located in context.written:
        dependency = located.dependency
        has_several = "," in dependency.specifier and dependency.is_known
        if has_several and _is_empty(dependency.specifier) and context.active_pythons(located):
            yield located


def _is_empty(specifier: str) -> bool:
    return all(is_contradictory((part,)) for part in alternatives(specifier))


def _pairs(context: CheckContext) -> Iterator[tuple[Located, Located]]:
    """Return the pairs that exclude each other, each in the order of the files of its install."""
    for order in _orders(context):
        for entries in (each for each in context.by_name.written.values() if len(each) > 1):
            asked = [each for each in entries if each.path in order and _is_demand(context, each)]
            if any(each.dependency.origin is Origin.OVERRIDE for each in asked):
                continue
            asked.sort(key=lambda each: order[each.path])
            yield from ((one, two) for one, two in combinations(asked[:_MOST], 2) if _excludes(context, one, two))


def _locked_together(context: CheckContext) -> Iterator[tuple[Located, Located]]:
    """Yield the pairs of requirements of the subject that PDM cannot lock together, whatever their markers."""
    for tracer in context.project.tracers:
        if tracer.installer == "pdm":
            deciding = tuple(dict.fromkeys(located for each in tracer.resolutions for located in each.by))
            for one, two in combinations(deciding[:_MOST], 2):
                if is_contradictory((one.dependency.specifier, two.dependency.specifier)):
                    yield one, two


def _orders(context: CheckContext) -> Iterator[dict[str, int]]:
    """Yield the files that one command installs, each with its place in the order: a later command may replace them."""
    for install in context.installs:
        for batch in context.project.batches or (frozenset(install.files),):
            yield {path: number for number, path in enumerate(install.files) if path in batch}


def _is_demand(context: CheckContext, located: Located) -> bool:
    dependency = located.dependency
    is_told = bool(dependency.specifier) and dependency.is_known and not context.is_resolved(located)
    return is_told and bool(context.active_pythons(located))


def _excludes(context: CheckContext, one: Located, two: Located) -> bool:
    first, second = one.dependency, two.dependency
    scopes_meet = first.scope == second.scope or not first.scope or not second.scope
    if not scopes_meet or first.specifier == second.specifier or is_sibling(one.path, two.path):
        return False
    return is_contradictory((first.specifier, second.specifier)) and bool(
        context.holds_on(both(first.marker, second.marker))
    )
