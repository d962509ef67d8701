"""Report a library whose integration is off until a setting switches it on, where none does.

## What it does

For every library that the project declares, looks up whether its integration is on by default in the resolved release,
and for its switch in the runtime hints (Dockerfile, compose, `.env`, workflows ...). A switch that is set either way is
a decision, and so is a list of integrations that names it: nothing is said then. Where a protection capability needs
the switch, DD405 says so instead.

## Why it matters

The library is there and the tracer is there, and still no span of it is ever seen.

## Example

    ddtrace==4.16.0
    sqlalchemy==2.0.34       # off unless DD_TRACE_SQLALCHEMY_ENABLED=true

## What to do

Set the switch where the service runs. If that is done out of sight, silence this with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of, on_every_tracer
from ddlint.checks.common.messages import joined, key, on_pythons, quoted, subject, tracer_places
from ddlint.checks.common.tracer import path_if_undeclared
from ddlint.core.model import Located, Origin, Place, Project, Resolution, Tracer
from ddlint.core.report import Finding
from ddlint.core.text import fitted
from ddlint.pack.pack import Pack
from ddlint.pack.support import applicable_rows, default_of
from ddlint.pack.support_rows import Default

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each declared library whose integrations are all off."""
    context = context_of(project, pack)
    for located in context.known():
        is_written = not context.is_resolved(located) and located.path not in context.generated
        is_declared = is_written and context.role(located) is not Origin.CONSTRAINT
        if is_declared and (found := _off(context, located)) and not _is_reported_elsewhere(context, located):
            yield _finding(context, located, found)


def _is_reported_elsewhere(context: CheckContext, located: Located) -> bool:
    """Return whether a protection capability needs the switch, so that another check says what is missing."""
    if not (context.settings or context.project.capabilities):
        return False
    from ddlint.checks.common.protection import missing_settings

    return any(located in need.uses for need in missing_settings(context))


def _off(context: CheckContext, located: Located) -> list[tuple[Resolution, tuple[Default, ...]]]:
    """Return the releases under which every integration of a library is off; none unless that holds of every tracer."""

    def find(tracer: Tracer) -> list[tuple[Resolution, tuple[Default, ...]]]:
        resolutions = context.resolutions(tracer, located)
        return [(each, off) for each in resolutions if (off := _defaults(context, located, each))]

    found = on_every_tracer(context.tracers(located), find)
    return found[1] if found else []


def _defaults(context: CheckContext, located: Located, resolution: Resolution) -> tuple[Default, ...]:
    """Return what says that each integration of a library is off; nothing where one is on, or somebody decided."""
    rules = applicable_rows(context.pack, located.dependency.name, resolution.release, resolution.series)
    names = dict.fromkeys(row.integration for row in (*rules.rows, *rules.tested))
    defaults = tuple(default_of(context.pack, name, resolution.series) for name in names)
    off = tuple(each for each in defaults if each and each.is_on == "no" and each.switch not in context.settings)
    return off if len(off) == len(names) else ()


def _finding(context: CheckContext, located: Located, found: list[tuple[Resolution, tuple[Default, ...]]]) -> Finding:
    defaults = found[0][1]
    resolutions = tuple(resolution for resolution, _ in found)
    switches = joined(dict.fromkeys(f"`{each.switch}`" for each in defaults if each.switch), "or")
    releases = dict.fromkeys(each.release for each in resolutions)
    row = next(iter(context.pack.support(located.dependency.name))).row
    head = f"{quoted(context, located)} is not instrumented by {subject(context, releases)} by default"
    message, notes = fitted(head, on_pythons(context, (each.python for each in resolutions)))
    is_listed = any("=" in each.switch for each in defaults)
    return Finding(
        CHECK.code,
        CHECK.level,
        located.dependency.name,
        message,
        Place(located.path, located.dependency.at, f"off: nothing sets {switches}" if switches else "off"),
        row,
        (*path_if_undeclared(context, located), *tracer_places(context, resolutions)),
        tuple(dict.fromkeys(each.evidence for each in defaults if each.evidence is not None)),
        notes=notes,
        help=f"set {switches}{'' if is_listed else ' to true'} where the service runs"
        if switches
        else "switch it on in the code",
        key=key(located.dependency.specifier),
    )
