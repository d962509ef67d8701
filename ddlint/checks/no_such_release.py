"""Report a requirement of the tracer that no release satisfies.

## What it does

Compares the requirement with every release that was ever published. A version above the newest known release of its
series may have been published since, and is DD107 instead. With `--pedantic`, a tracer of an unknown release (a
URL, a variable, a template) is a notice.

## Why it matters

The installation fails, or takes a release from another index than everybody thinks.

## Example

    ddtrace==2.14.3    # 2.14.2 and 2.14.4 were published

## What to do

Ask for a release that exists; the nearest ones are named.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import joined, key, quoted
from ddlint.checks.common.tracer import (
    ResolutionGroup,
    group_by_requirement,
    is_contradictory,
    place,
    related,
    requirements_text,
    specifiers_of,
)
from ddlint.core.model import Place, Project, Resolution, Severity, Tracer
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.pack.releases import metadata, release_index, select_release
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import pin

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each requirement of the subject that nothing meets."""
    context = context_of(project, pack)
    for tracer in project.tracers:
        missing = tuple(each for each in tracer.resolutions if _is_missing(tracer, each, pack))
        for group in group_by_requirement(tracer, missing, lambda _: True):
            yield _finding(context, group)
        if project.is_pedantic and not tracer.is_known:
            yield from _unknown(context, tracer)


def _is_missing(tracer: Tracer, resolution: Resolution, pack: Pack) -> bool:
    """Return whether nothing meets a requirement on any Python; DD005 reports what contradicts itself."""
    if resolution.release or is_contradictory(specifiers_of(resolution)):
        return False
    if resolution.by:
        return not select_release(pack, specifiers_of(resolution)).release
    return not tracer.stand_in and not any(each.release for each in tracer.resolutions)


def _finding(context: CheckContext, group: ResolutionGroup) -> Finding:
    wanted = requirements_text(context, group.first.by) or "what the option or the config asks"
    meets = "meets" if len(group.first.by) < 2 else "meets both"
    nearest = _nearest(context, group)
    row, documents = metadata(context.pack)
    return Finding(
        CHECK.code,
        CHECK.level,
        context.pack.subject,
        shortest_that_fits(f"no release of {context.pack.subject} {meets} {wanted}"),
        place(context, group, "no such release"),
        row,
        related(context, group),
        documents,
        notes=(f"{len(context.pack.releases)} releases are known, as of {context.pack.version}",),
        help=f"ask for one that exists, such as {joined(nearest, 'or')}" if nearest else "ask for one that exists",
        key=group.key,
    )


def _nearest(context: CheckContext, group: ResolutionGroup) -> tuple[str, ...]:
    """Return the releases just below and just above a pin."""
    pinned = next((found for text in specifiers_of(group.first) if (found := pin(text))), "")
    if not pinned:
        return ()
    ordered = release_index(context.pack).descending
    below = next((each for each in ordered if each < Version(pinned)), None)
    above = next((each for each in reversed(ordered) if each > Version(pinned)), None)
    return tuple(str(each) for each in (below, above) if each is not None)


def _unknown(context: CheckContext, tracer: Tracer) -> Iterator[Finding]:
    for located in tracer.declared[:1]:
        yield Finding(
            CHECK.code,
            Severity.NOTICE,
            context.pack.subject,
            f"{quoted(context, located)} names no release of {context.pack.subject}, so nothing is judged with it",
            Place(located.path, located.dependency.at, "of an unknown release"),
            help="name a version, or give one with `--tracer`",
            key=key(located.dependency.specifier),
        )
