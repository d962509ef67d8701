"""Report a resolved release whose series is in maintenance, and until when.

## What it does

Looks up the support level of the series that the resolved release belongs to, on the day of the run (`--as-of`).

## Why it matters

A series in maintenance gets fixes but no support for new versions of libraries or of Python, and its end is near.

## Example

    ddtrace==3.19.9    # ddtrace 3.x is in maintenance until 2026-05-31

## What to do

Plan the move to a series that is generally available before that day. `ddlint plan` lists what it takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.tracer import LevelStatus, LevelText, on_support_level, series_finding
from ddlint.core.model import Project
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack
from ddlint.pack.support_rows import Level, SupportLevel

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each release whose series is in maintenance."""
    context = context_of(project, pack)
    for aged in on_support_level(project, pack, _is_maintained):
        yield series_finding(context, aged, LevelText(CHECK.code, CHECK.level, _maintained))


def _is_maintained(found: LevelStatus) -> bool:
    return not found.has_ended and found.level.level is Level.MAINTENANCE


def _maintained(level: SupportLevel) -> tuple[str, str, str]:
    until = f" until {level.until}" if level.until else ""
    return f"in maintenance{until}", f"is in maintenance{until}", ""
