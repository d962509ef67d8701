"""Report a requirement that is not PEP 508, or a version specifier that is not PEP 440.

## What it does

Says which requirement or Python specifier cannot be understood, and what was probably meant where that is known. All
other requirements of the file are judged.

## Why it matters

An installer stops at such a line, or worse, an older one reads it as something else.

## Example

    flask=2.0        # one `=` only
    django^4.2       # an operator of Poetry in a requirements file

## What to do

Write it as a requirement: `flask==2.0`, `django>=4.2,<5`. `--fix` replaces characters that only look
right, and operators such as `=>`.
"""

from __future__ import annotations

from ddlint.checks._problem import told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.model import Finding, Project
    from ddlint.pack.pack import Pack

CODE = "DD003"


def run(project: Project, pack: Pack) -> Iterator[Finding]:  # noqa: ARG001 - every check has this shape
    """Yield a finding for each requirement that cannot be understood."""
    if project.tracers:
        yield from told(project, CODE)
