"""Report a resolved release of the tracer whose support has ended.

## What it does

Looks up the support level of the line that the resolved release belongs to, on the day of the run (`--as-of`). The last
day of support still counts as supported. A requirement that gives releases of several such lines, on several Pythons,
is one finding.

## Why it matters

A line without support gets no fixes, also none for security, and new versions of libraries are never added to it. A
release that appears on such a line later does not change that.

## Example

    tracelib==1.2.0    # support of tracelib 1 has ended

## What to do

Move to a line that is supported. `ddlint plan` lists what that takes.
"""

from __future__ import annotations

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.support_levels import LevelText, line_finding, on_support_level

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Project
    from ddlint.core.report import Finding
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import SupportLevel

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each release whose line is past its support."""
    context = context_of(project, pack)
    for aged in on_support_level(project, pack, lambda found: found.has_ended):
        yield line_finding(context, aged, LevelText(CHECK.code, CHECK.level, _ended))


def _ended(level: SupportLevel) -> tuple[str, str]:
    when = f"ended on {level.until}" if level.until else "has ended"
    return f"whose support {when}", f"support {when}"
