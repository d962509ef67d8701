"""Report a setting that no release reads and that is nearly the name of one.

## What it does

Looks for a variable that a Dockerfile, a compose file, a workflow or another runtime hint sets, that no release of
ddtrace reads, and whose name differs by a slip from one that the resolved release reads: a letter, another form of a
word (`PROFILE` for `PROFILING`), words in another order, a missing `ENABLED`. Names of the Agent, of tracers for other
languages and of other Datadog programs are left alone, and so is a name that resembles nothing.

## Why it matters

Nothing complains of a variable that is never read. The service runs without the profiler, the sampling rules or the
protection that somebody believes to be on.

## Example

    ddtrace==4.16.0
    DD_PROFILE_ENABLED=true    # DD_PROFILING_ENABLED

## What to do

Correct the name. If the variable is your own, silence this with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.messages import subject, tracer_places
from ddlint.checks.common.settings import affected_releases, settings
from ddlint.checks.common.variables import variables_of
from ddlint.core.model import Project, Resolution
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each name that is nearly one that is read."""
    context = context_of(project, pack)
    known = variables_of(pack)
    for made in settings(context):
        if made.name in known.rows or known.is_of_others(made.name) or not (meant := known.near(made.name)):
            continue

        def reads(resolution: Resolution, meant: str = meant) -> bool:
            return known.reads(meant, resolution.series)

        if group := affected_releases(context, made.path, reads):
            row = known.rows[meant]
            releases = dict.fromkeys(each.release for each in group.resolutions)
            yield Finding(
                CHECK.code,
                CHECK.level,
                made.name,
                shortest_that_fits(f"no release of {pack.subject} reads `{made.name}`"),
                made.place(f"{subject(context, releases)} {'reads' if len(releases) == 1 else 'read'} `{meant}`"),
                row.row,
                tracer_places(context, group.resolutions),
                (row.evidence,),
                help=f"rename it to `{meant}`",
                key=made.name,
            )
