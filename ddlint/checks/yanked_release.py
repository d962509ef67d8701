"""Report a pinned or locked release of the tracer that was yanked.

## What it does

Looks up whether the release that a pin or a lock entry names was withdrawn by its publisher.

## Why it matters

A release is yanked because it is broken. Installers take it only because it is pinned.

## Example

    tracelib==1.1.1    # yanked

## What to do

Take the next release that was not yanked. `--fix --unsafe-fixes` pins it.
"""

from __future__ import annotations

from packaging.version import Version

from ddlint.checks.common.context import scene
from ddlint.checks.common.fixes import as_fix, as_notes, repinned
from ddlint.checks.common.tracer import anchor, grouped, place, related, says
from ddlint.core.model import Finding, Severity
from ddlint.pack.releases import metadata, release_index

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.tracer import Decided
    from ddlint.core.model import Project, Resolution
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import Removal

CODE = "DD104"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each release that was yanked."""

    def yanked(resolution: Resolution) -> str | None:
        release = release_index(pack).find(resolution.release)
        return resolution.release if release is not None and release.is_yanked else None

    here = scene(project, pack)
    for tracer in project.tracers:
        for decided in grouped(tracer, tracer.resolutions, yanked):
            yield _finding(here, decided)


def _finding(scene: Scene, decided: Decided) -> Finding:
    better = _next(scene.pack, decided.first.release)
    removal = _told(scene.pack, decided.first.release)
    pinned = anchor(scene, decided)
    row, documents = (removal.row, (removal.evidence,)) if removal else metadata(scene.pack)
    fix = repinned(scene, pinned, better) if pinned is not None and better else None
    return Finding(
        CODE,
        Severity.WARNING,
        scene.pack.subject,
        f"{says(scene, decided)} was yanked by its publisher" + (f"; take {better}" if better else ""),
        place(scene, decided, "yanked"),
        row,
        related(scene, decided),
        documents,
        notes=as_notes(fix),
        help=f"change it to `{scene.pack.subject}=={better}`" if better else "take another release",
        fix=as_fix(fix),
        key=decided.key,
    )


def _next(pack: Pack, release: str) -> str:
    """Give the next release above that was not yanked, of the same major."""
    wanted = Version(release)
    for each in reversed(release_index(pack).descending):
        if each > wanted and each.major == wanted.major and not release_index(pack).by_version[each].is_yanked:
            return str(each)
    return ""


def _told(pack: Pack, release: str) -> Removal | None:
    """Give the row that tells of it: the latest one that is not later than the release."""
    past = [each for each in pack.removals() if each.kind == "yanked" and Version(each.version) <= Version(release)]
    return max(past, key=lambda each: Version(each.version), default=None)
