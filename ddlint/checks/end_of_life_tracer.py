"""Report a resolved release of the tracer whose support has ended.

## What it does

Looks up the support level of the series that the resolved release belongs to, on the day of the run (`--as-of`). The
last day of support still counts as supported. A requirement that gives releases of several such series, on several
Pythons, is one finding. It is a notice where the newest Python gets a supported series and only older ones get an ended
one: always in a project that ranges over Pythons, elsewhere where no pin chooses that.

## Why it matters

A series without support gets no fixes, also none for security, and new versions of libraries are never added to it. A
release that appears on such a series later does not change that.

## Example

    ddtrace==2.20.0    # support of ddtrace 2.x has ended

## What to do

Move to a series that is supported. `ddlint plan` lists what that takes.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, bounded_resolutions, context_of
from ddlint.checks.common.tracer import AgedRelease, LevelText, level_status, on_support_level, series_finding
from ddlint.core.model import Certainty, Located, Project, Severity
from ddlint.core.report import Finding
from ddlint.pack.pack import Pack
from ddlint.pack.support_rows import SupportLevel
from ddlint.versions.specifiers import pin

CHECK = check_of(__name__)
_PROJECTS = frozenset({"project", "locked project"})
"""The kinds of environments that say on which Pythons something can run, and not on which it does."""


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each release whose series is past its support."""
    context = context_of(project, pack)
    for aged in on_support_level(project, pack, lambda found: found.has_ended):
        level = Severity.NOTICE if _is_for_older_pythons(context, aged) else CHECK.level
        yield series_finding(context, aged, LevelText(CHECK.code, level, _ended))


def _is_for_older_pythons(context: CheckContext, aged: tuple[AgedRelease, ...]) -> bool:
    """Return whether the newest Python gets a supported series, so that only older ones hold it back.

    Of what ranges over Pythons that counts whatever requirement or lock entry leads to it; elsewhere a pin for older
    Pythons is meant.
    """
    tracer = aged[0].group.tracer
    deciding = aged[0].group.first.by
    is_named = any(each.certainty is Certainty.EXACT for each in tracer.resolutions)
    is_project = context.project.kind in _PROJECTS or not is_named
    if not deciding or not (is_project or not any(_is_chosen(context, each) for each in deciding)):
        return False
    resolutions = [each for each in bounded_resolutions(tracer) if each.python and each.release]
    if len(resolutions) < len(bounded_resolutions(tracer)) or (resolutions[-1].by != deciding and not is_project):
        return False
    newest = level_status(context.pack, resolutions[-1].series, context.project.as_of)
    return newest is not None and not newest.has_ended


def _is_chosen(context: CheckContext, located: Located) -> bool:
    return context.is_resolved(located) or bool(pin(located.dependency.specifier))


def _ended(level: SupportLevel) -> tuple[str, str, str]:
    when = f" on {level.until}" if level.until else ""
    return f"whose support {f'ended{when}' if when else 'has ended'}", f"lost support{when}", "not supported any more"
