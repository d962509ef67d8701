"""Report a file that is not valid TOML, JSON, YAML, INI or Python.

## What it does

Reports where the syntax of a file breaks. What comes before the break is judged where it could be read.

## Why it matters

The tool that the file is for refuses it too, or reads something else than its author sees.

## Example

    [project]
    dependencies = ["flask>=2"   # the bracket is never closed

## What to do

Correct the syntax at the location that is named; it is often one line above.
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
    """Yield a finding for each break in the syntax of a file."""
    yield from problem_findings(project, CHECK.code)
