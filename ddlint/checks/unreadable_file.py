"""Report a file that cannot be decoded or read.

## What it does

Reports a file that could not be read as text, and its first wrong byte. A folder that cannot be listed is a
notice: it is not known whether it holds anything that would be read.

## Why it matters

Nothing in such a file is judged. An installer may read it in another encoding and see other requirements, or fail.

## Example

    # requirements.txt, saved as Latin-1 without a coding line
    café==1.0

## What to do

Save the file as UTF-8, or name its encoding in the first line where the format knows such a line. Leave a folder that
is none of yours out with `exclude`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.problems import problem_findings
from ddlint.core.model import Place, Project, Severity
from ddlint.core.report import Finding
from ddlint.core.source import Span
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:  # noqa: ARG001 - every check has this shape
    """Yield a finding for each file that could not be read."""
    yield from problem_findings(project, CHECK.code)


def of_folder(path: str, reason: str) -> Finding:
    """Return the finding for a folder that cannot be listed."""
    message = shortest_that_fits(f"the folder cannot be listed: {reason}, so nothing in it is read")
    at = Place(path, Span(0, 0))
    advice = "let it be listed, or leave it out with `exclude`"
    return Finding(CHECK.code, Severity.NOTICE, path.rpartition("/")[2], message, at, help=advice, key=reason)
