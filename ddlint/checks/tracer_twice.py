"""Report a tracer that a deployment brings in although a requirement installs one too.

## What it does

Looks for what brings the tracer into a workload without a requirement, such as an annotation that injects it or a layer
of a function, and reports it where the requirements that the workload runs install the tracer as well, by themselves
or through another distribution.

## Why it matters

Only one of the two is used. Injection stops where it finds an installed tracer, so that the release it names, and what
depends on that, is never there. A function has its own packages before those of its layers, so that a layer runs with a
release that it was not built with, and may fail at its first import.

## Example

    # requirements.txt
    tracelib==3.2.0

    # deployment.yaml
    tracelib.example/python-lib.version: v3.4    # not injected: 3.2.0 is installed

## What to do

Remove one of the two: the requirement where the deployment decides the release, else the annotation or the layer.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import quoted, subject
from ddlint.core.model import Located, Place, Project, Resolution
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.install_rows import Injector
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each injection and layer beside an installed tracer."""
    if not project.injected:
        return
    context = context_of(project, pack)
    installed = [each for tracer in project.tracers for each in tracer.resolutions if each.release and each.by]
    for located in project.injected if installed else ():
        yield _finding(context, located, installed)


def _finding(context: CheckContext, located: Located, installed: list[Resolution]) -> Finding:
    pack, dependency = context.pack, located.dependency
    row = next(each for each in pack.rows(Injector) if each.row == dependency.brought_by)
    first = installed[0].by[0]
    gives = subject(context, (each.release for each in installed))
    both = f"`{dependency.written}` and {quoted(context, first)} both bring {pack.subject}"
    return Finding(
        CHECK.code,
        CHECK.level,
        pack.subject,
        shortest_that_fits(f"{both}: {row.installed}", both, f"{pack.subject} is installed here and injected"),
        Place(located.path, dependency.at, f"{pack.subject} is installed there already"),
        row.row,
        tuple(
            Place(each.path, each.dependency.at, f"{gives} is installed here")
            for each in dict.fromkeys(one.by[0] for one in installed)
        ),
        (row.evidence,),
        (row.note,) if row.note else (),
        help=f"remove `{quoted(context, first).strip('`')}` from what is deployed, or `{dependency.written}`",
        key=dependency.written,
    )
