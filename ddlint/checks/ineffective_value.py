"""Report a value that the type of a setting does not take.

## What it does

Compares the value that a runtime hint gives to a variable with how the resolved release reads it. Most switches take
`true` and `1` for true, and everything else, `yes` and `on` too, for false. Some take `yes` and `on` as well. A number
has to be one.

## Why it matters

A switch that is set to `yes` and read as false is off, and nothing says so. Many numbers are read when ddtrace starts:
a value that is none raises there, and the application ends before its first line. Where that was seen, it is an error.

## Example

    ddtrace==4.16.0
    DD_LLMOBS_ENABLED=yes    # off: only `true` and `1` are true

## What to do

Write `true` or `1`, or the number that is meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.messages import subject, tracer_places
from ddlint.checks.common.settings import affected_releases, settings
from ddlint.checks.common.variables import variables_of
from ddlint.core.model import Project, Resolution, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import shown_value
from ddlint.core.report import Finding
from ddlint.core.text import cropped, shortest_that_fits
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)

_TRUE = frozenset({"true", "1"})
_TRUE_OF_FLAG = frozenset({"true", "1", "yes", "on"})
_MEANT = frozenset({"true", "1", "yes", "on", "y", "t", "enable", "enabled", "active", "activated"})
"""Words that are meant as true; every other word is read as false, as it should be."""


class _Loss(NamedTuple):
    reads: str
    """What the release makes of the value, after `reads`."""
    advice: str
    is_number: bool = False


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each value that is read as something else, or not at all."""
    context = context_of(project, pack)
    known = variables_of(pack)
    for made in settings(context):
        value = made.variable.value
        if value is None or made.name not in known.rows:
            continue

        def loss(resolution: Resolution, name: str = made.name, value: str = value) -> _Loss | None:
            return _loss(known.type_of(name, resolution.series), value)

        group = affected_releases(context, made.path, loss)
        if group is None or (lost := loss(group.first)) is None:
            continue
        row = known.rows[made.name]
        fatal = lost.is_number and known.fatal(made.name, group.first.series)
        releases = dict.fromkeys(each.release for each in group.resolutions)
        written = f"`{made.name}={cropped(shown_value(made.variable) or '', 30)}`"
        reads = "reads" if len(releases) == 1 else "read"
        does = "stops the application" if fatal else "has no effect"
        yield Finding(
            CHECK.code,
            Severity.ERROR if fatal else CHECK.level,
            made.name,
            shortest_that_fits(
                f"{written} {does}: {subject(context, releases)} {reads} {lost.reads}",
                f"{written} {does}",
            ),
            made.place("not a number" if lost.is_number else "read as false"),
            row.row,
            tracer_places(context, group.resolutions),
            (row.evidence, *([fatal.evidence] if fatal else [])),
            help=lost.advice,
            key=made.name,
        )


def _loss(type_: str, value: str) -> _Loss | None:
    """Return what is made of a value; nothing where the type takes it."""
    match type_:
        case "boolean" | "flag":
            true = _TRUE if type_ == "boolean" else _TRUE_OF_FLAG
            is_lost = value.strip().lower() in _MEANT and value.lower() not in true
            return _Loss("it as false", "set it to `true` or `1`") if is_lost else None
        case "integer":
            return None if _is(int, value) else _Loss("integers only", "set it to an integer", is_number=True)
        case "number":
            return None if _is(float, value) else _Loss("numbers only", "set it to a number", is_number=True)
        case _:
            return None


def _is(kind: Callable[[str], object], value: str) -> bool:
    """Return whether a value is a number, as Python reads one."""
    try:
        kind(value)
    except ValueError:
        return False
    return True
