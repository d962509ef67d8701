"""The requirement of the subject itself: what is written today, and what to write for a release."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ddlint.checks import Step
from ddlint.core.model import Located, Origin, Project
from ddlint.pack.pack import Pack
from ddlint.plan.locations import location_of, source_of
from ddlint.plan.model import Change, Location, Rewrite
from ddlint.plan.rewrites import asked, respecified
from ddlint.project.installs import compiled, is_lock
from ddlint.versions.specifiers import allows, pin


def tracer_changes(project: Project, pack: Pack, target: str, before: Iterable[Change]) -> Iterator[Change]:
    """Return the change of the requirements that keep `target` out, and that of the locks that hold another release.

    `before` are the changes that are made already: an extra that they take out stays out.
    """
    bare = {edit.at: edit.write for each in before if each.step is Step.EXTRA for edit in each.edits if edit.write}
    by_tool = compiled(project.manifests)
    kept_out, locks, untold = [], [], []
    for each in dict.fromkeys(located for tracer in project.tracers for located in tracer.declared):
        if allows(each.dependency.specifier, target) and each.dependency.is_known:
            continue
        if each.dependency.origin is Origin.LOCKED or each.path in by_tool or is_lock(each.path):
            locks.append(Rewrite(location_of(project, each.path, each.dependency.at), pin(each.dependency.specifier)))
        elif each.dependency.is_known:
            kept_out.append(_written(project, each, target, bare))
        else:
            untold.append(Rewrite(location_of(project, each.path, each.dependency.at), each.dependency.written))
    goal = f"{pack.subject} {target}"
    yield from _change(pack, f"what is written keeps {goal} out", f"ask for {goal}", kept_out)
    yield from _change(pack, "no version can be told from what is written", f"ask for {goal} there", untold)
    yield from _change(pack, f"what is locked is not {goal}", f"lock again, so that it is {goal}", locks)


def _written(project: Project, located: Located, target: str, bare: Mapping[Location | None, str]) -> Rewrite:
    dependency, at = located.dependency, location_of(project, located.path, located.dependency.at)
    source = source_of(project, located.path)
    here = source.slice(dependency.specifier_at) if source is not None else ""
    begun = dependency._replace(written=bare.get(at, dependency.written))
    write = respecified(source, begun, asked(here.strip(" ()"), dependency.specifier, target))
    return Rewrite(at, dependency.written, write)


def _change(pack: Pack, message: str, todo: str, edits: list[Rewrite]) -> Iterator[Change]:
    if edits:
        yield Change(Step.SUBJECT, "", None, pack.subject, message, todo, tuple(edits))
