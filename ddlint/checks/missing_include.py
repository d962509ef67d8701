"""Report an included file that is missing, is outside the project, or includes itself.

## What it does

Follows `-r`, `-c` and `include-group`, and says where that leads nowhere. A target on the network or outside the
scanned root is not opened; that is a notice only.

## Why it matters

The requirements of the missing file are not installed, and not judged.

## Example

    -r requirements/base.txt   # the folder was renamed

## What to do

Correct the path; it counts from the file that includes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.problems import problem_findings
from ddlint.core.model import Project
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:  # noqa: ARG001 - every check has this shape
    """Yield a finding for each include that leads nowhere."""
    if project.tracers:
        yield from problem_findings(project, CHECK.code)
