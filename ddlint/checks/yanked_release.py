"""Report a pinned or locked release of the tracer that was yanked.

## What it does

Looks up whether the release that a pin or a lock entry names was withdrawn by its publisher.

## Why it matters

A release is yanked because it is broken. Installers take it only because it is pinned.

## Example

    ddtrace==3.12.3    # yanked: 3.12.5 replaces it

## What to do

Take the next release that was not yanked. `--fix --unsafe-fixes` pins it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.fixes import as_fix, as_notes, repin_fix
from ddlint.checks.common.tracer import ResolutionGroup, anchor, describe, group_by_requirement, place, related
from ddlint.core.model import Project, Resolution
from ddlint.core.report import Finding
from ddlint.core.text import placed
from ddlint.pack.pack import Pack
from ddlint.pack.releases import metadata, release_index
from ddlint.pack.support_rows import Removal
from ddlint.versions.ranges import Version

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each release that was yanked."""

    def yanked(resolution: Resolution) -> str | None:
        release = release_index(pack).find(resolution.release)
        return resolution.release if release is not None and release.is_yanked else None

    context = context_of(project, pack)
    for tracer in project.tracers:
        for group in group_by_requirement(tracer, tracer.resolutions, yanked):
            yield _finding(context, group)


def _finding(context: CheckContext, group: ResolutionGroup) -> Finding:
    better = _next(context.pack, group.first.release)
    removal = _removal_row(context.pack, group.first.release)
    pinned = anchor(context, group)
    row, documents = (removal.row, (removal.evidence,)) if removal else metadata(context.pack)
    fix = repin_fix(context, pinned, better) if pinned is not None and better else None
    described = describe(context, group)
    end = ", which was yanked by its publisher" if described.is_range else " was yanked by its publisher"
    message, notes = placed(described.text, described.where, end)
    return Finding(
        CHECK.code,
        CHECK.level,
        context.pack.subject,
        message,
        place(context, group, "yanked"),
        row,
        related(context, group),
        documents,
        notes=(*notes, *as_notes(fix)),
        help=f"pin `{context.pack.subject}=={better}`" if better else "take another release",
        fix=as_fix(fix),
        key=group.key,
    )


def _next(pack: Pack, release: str) -> str:
    """Return the next release above that was not yanked, of the same major."""
    wanted = Version(release)
    for each in reversed(release_index(pack).descending):
        if each > wanted and each.major == wanted.major and not release_index(pack).by_version[each].is_yanked:
            return str(each)
    return ""


def _removal_row(pack: Pack, release: str) -> Removal | None:
    """Return the row of the yanked release: the latest one that is not later than it."""
    past = [each for each in pack.removals() if each.kind == "yanked" and Version(each.version) <= Version(release)]
    return max(past, key=lambda each: Version(each.version), default=None)
