"""Report a suppression that is unused, unknown, expired or malformed.

## What it does

Looks at every `# ddlint: ignore[...]` comment and every `[[tool.ddlint.suppress]]` entry, and tells of those that
silence nothing, name a code that does not exist, name none at all, or whose last day is over.

## Why it matters

A suppression that nobody needs any more will one day hide a new finding that nobody has seen. One that is misspelt
hides nothing, and its author believes it does.

## Example

    flask==2.3.3  # ddlint: ignore[DD301] was 0.12 when this was written

## What to do

Remove the suppression; or correct the code; or resolve what it silenced; or give it a later day. A comment is on the
line of the finding, or alone on the line above, and names codes: `# ddlint: ignore[DD301, DD302] reason`. `--fix` takes
comments out that silence nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.core.model import Project
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:  # noqa: ARG001 - every check has this shape
    """Yield nothing: what is unused is known after every other check, so `linter/suppress.py` reports it."""
    yield from ()
