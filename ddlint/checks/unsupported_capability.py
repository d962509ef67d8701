"""Report a protection capability that no release of the tracer has.

## What it does

Looks up every capability that the configuration names, or that a setting switches on, among those that the newest page
lists as not supported.

## Why it matters

The requests that it should watch are not watched.

## Example

    [tool.ddlint]
    capabilities = ["grpc-monitoring"]    # no release of ddtrace has it

## What to do

Take the capability out of `capabilities`, and protect what it was meant for by other means.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.protection import EnabledCapability, enabled_capabilities, place, related_places
from ddlint.core.model import Project
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each capability that has no support."""
    context = context_of(project, pack)
    for found in enabled_capabilities(context):
        if not found.capability.is_supported:
            yield _finding(context, found)


def _finding(context: CheckContext, found: EnabledCapability) -> Finding:
    capability, tracer = found.capability, context.project.tracers[0]
    out = f"unset `{found.made[0].name}`" if found.made else f"take `{capability.name}` out of `capabilities`"
    return Finding(
        CHECK.code,
        CHECK.level,
        found.made[0].name if found.made else context.pack.subject,
        found.says(f"is supported by no release of {context.pack.subject}"),
        place(context, found, tracer, "not supported"),
        capability.row,
        related_places(found.made[1:]),
        (capability.evidence,),
        help=out,
        key=capability.name,
    )
