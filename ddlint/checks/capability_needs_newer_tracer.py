"""Report a protection capability that is switched on, and that the resolved release does not have yet.

## What it does

Compares the first release that has a capability with the resolved one. A capability is switched on by a setting in a
Dockerfile, a compose file, a manifest or another runtime hint, or named under `capabilities` in the configuration.

## Why it matters

An older tracer ignores the setting without a word: the service counts as protected, and is not.

## Example

    ddtrace==4.5.10
    DD_API_SECURITY_ENABLED=true    # API Security came with ddtrace 4.6.0

## What to do

Move to a release that has the capability, or switch it off until then.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import joined, tracer_places
from ddlint.checks.common.protection import EnabledCapability, enabled_capabilities, related_places
from ddlint.checks.common.settings import affected_releases
from ddlint.checks.common.tracer import ResolutionGroup, place, related, upgrade_help
from ddlint.core.model import Place, Project, Resolution
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack
from ddlint.pack.protection_rows import Capability
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import is_at_least

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each capability that the resolved release is too old for."""
    context = context_of(project, pack)
    for found in enabled_capabilities(context):
        if found.is_asked and found.capability.is_supported and found.capability.minimum:
            yield from _judged(context, found)


def _judged(context: CheckContext, found: EnabledCapability) -> Iterator[Finding]:
    def is_older(resolution: Resolution) -> bool:
        return not is_at_least(resolution.release, found.capability.minimum)

    if not found.made:
        group = affected_releases(context, "", is_older)
        if group is not None:
            yield _finding(context, found, group, related(context, group))
        return
    lacking = [(made, group) for made in found.made if (group := affected_releases(context, made.path, is_older))]
    if lacking:
        group = lacking[0][1]
        own = found._replace(made=tuple(made for made, _ in lacking))
        places = (*related_places(own.made[1:]), *tracer_places(context, group.resolutions))
        yield _finding(context, own, group, places)


def _finding(
    context: CheckContext, found: EnabledCapability, group: ResolutionGroup, places: tuple[Place, ...]
) -> Finding:
    capability, pack = found.capability, context.pack
    advice = upgrade_help(context, group, f">={capability.minimum}")
    needs = f"{pack.subject} {capability.minimum}"
    releases = joined(dict.fromkeys(each.release for each in group.resolutions if each.release))
    message = found.says(f"needs {needs} or later, and this is {releases}")
    return Finding(
        CHECK.code,
        CHECK.level,
        found.made[0].name if found.made else pack.subject,
        message,
        found.made[0].place("switched on here") if found.made else place(context, group, "too old"),
        capability.row,
        places,
        (capability.evidence,),
        _history(context, capability),
        help=advice,
        key=capability.name,
    )


def _history(context: CheckContext, capability: Capability) -> tuple[str, ...]:
    """Return a note on other first releases that older documents state; the newest page counts."""
    others = {
        row.minimum
        for row in context.pack.rows(Capability)
        if row.name == capability.name and not row.is_ruling and row.minimum not in {"", capability.minimum}
    }
    return (f"older documents say {joined(sorted(others, key=Version))}",) if others else ()
