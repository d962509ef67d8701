"""Report a library that the resolved release no longer instruments.

## What it does

Reports every library whose integration was removed in the resolved release or before it. A library that only moved to
another name is judged under that name, and not reported. It is a notice where the integration was off by default before
it went, and where its row says that nobody misses it: another integration traces the library, or it made no spans.

## Why it matters

An upgrade of the tracer makes the spans of such a library disappear without an error.

## Example

    ddtrace>=4      # removed the integration of aioredis in 4.0.0
    aioredis==2.0.1

## What to do

Move to the successor that is named, or stay on the last series before the removal.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.judgement import RemovedIntegration, is_still_used, removed_integrations
from ddlint.checks.common.messages import joined, key, on_pythons, quoted, subject, tracer_places
from ddlint.checks.common.tracer import level_status, path_if_undeclared
from ddlint.core.model import Place, Project, Severity
from ddlint.core.report import Finding
from ddlint.core.text import fitted
from ddlint.pack.pack import Pack
from ddlint.pack.releases import select_release

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each library whose integration is gone."""
    context = context_of(project, pack)
    for gone in removed_integrations(context):
        yield _finding(context, gone)


def _finding(context: CheckContext, gone: RemovedIntegration) -> Finding:
    removal, dependency = gone.removal, gone.located.dependency
    releases = dict.fromkeys(each.release for each in gone.resolutions)
    where = on_pythons(context, (each.python for each in gone.resolutions))
    use = _successor(removal.successor) if removal.successor else ""
    head = f"{quoted(context, gone.located)} is not instrumented by {subject(context, releases)}"
    message, notes = fitted(head, where, f": removed in {removal.version}")
    label = f"deprecated since {removal.deprecated_in}" if removal.deprecated_in else ""
    return Finding(
        CHECK.code,
        CHECK.level if is_still_used(context, removal) else Severity.NOTICE,
        dependency.name,
        message,
        Place(gone.located.path, dependency.at, label),
        removal.row,
        (
            *(Place(each.path, each.dependency.at, "also here") for each in gone.siblings),
            *path_if_undeclared(context, gone.located),
            *tracer_places(context, gone.resolutions),
        ),
        tuple(dict.fromkeys((removal.evidence, *removal.others))),
        notes,
        _help(context, gone, use),
        key=key(dependency.specifier),
    )


def _help(context: CheckContext, gone: RemovedIntegration, use: str) -> str:
    """Return what else can be done: to stay is advice only as long as the last series before has support."""
    pack, removal = context.pack, gone.removal
    before = select_release(pack, (f"<{removal.version}",)).release
    found = level_status(pack, pack.series(before), context.project.as_of) if before else None
    stay = f"stay below {pack.subject} {removal.version}" if found is not None and not found.has_ended else ""
    is_locked = context.is_resolved(gone.located)
    form = "an entry in `[[tool.ddlint.suppress]]`" if is_locked else f"`# ddlint: ignore[{CHECK.code}] reason`"
    return joined((way for way in (use, stay, f"ignore it with {form}") if way), "or")


def _successor(text: str) -> str:
    """Return the advice to use a successor that is a requirement; one in words stays as it is."""
    return f"use `{text}`" if " " not in text else text
