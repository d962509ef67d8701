"""The requirement of the subject itself: what is written today, and what to write for a release."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.installs import compiled, is_lock
from ddlint.model import Origin
from ddlint.plan._spots import source_of, spot
from ddlint.plan._texts import asked, respecified
from ddlint.plan.model import Change, Rewrite, Step
from ddlint.verdict import admits, pin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.model import Located, Project
    from ddlint.pack.pack import Pack


def moves(project: Project, pack: Pack, target: str) -> Iterator[Change]:
    """Give the change of the requirements that keep `target` out, and that of the locks that hold another release."""
    by_tool = compiled(project.manifests)
    kept_out, locks, untold = [], [], []
    for each in dict.fromkeys(located for tracer in project.tracers for located in tracer.declared):
        if admits(each.dependency.specifier, target) and each.dependency.is_known:
            continue
        if each.dependency.origin is Origin.LOCKED or each.path in by_tool or is_lock(each.path):
            locks.append(Rewrite(spot(project, each.path, each.dependency.at), pin(each.dependency.specifier)))
        elif each.dependency.is_known:
            kept_out.append(_written(project, each, target))
        else:
            untold.append(Rewrite(spot(project, each.path, each.dependency.at), each.dependency.written))
    goal = f"{pack.subject} {target}"
    yield from _change(pack, f"what is written keeps {goal} out", f"ask for {goal}", kept_out)
    yield from _change(pack, "no version can be told from what is written", f"ask for {goal} there", untold)
    yield from _change(pack, f"what is locked is not {goal}", f"lock again, so that it is {goal}", locks)


def _written(project: Project, located: Located, target: str) -> Rewrite:
    dependency = located.dependency
    source = source_of(project, located.path)
    here = source.slice(dependency.specifier_at) if source is not None else ""
    write = respecified(source, dependency, asked(here.strip(" ()"), dependency.specifier, target))
    return Rewrite(spot(project, located.path, dependency.at), dependency.written, write)


def _change(pack: Pack, message: str, todo: str, edits: list[Rewrite]) -> Iterator[Change]:
    if edits:
        yield Change(Step.SUBJECT, "", None, pack.subject, message, todo, tuple(edits))
