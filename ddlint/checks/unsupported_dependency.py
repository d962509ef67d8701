"""Report a library of which the version that an installer takes is outside what the tracer supports.

## What it does

Compares pins, locked versions and the newest version that a range allows with the rules for the resolved release. What
the tracer itself checks at run time counts first, then what was seen, then its documentation. A library of several
integrations has to be outside all of their ranges. The consequence decides the level. It is an error where the pair is
known to break, and where the release refuses the library: under injection, or where a setting makes it check versions.
It is a warning where the release instruments the library all the same, and a notice where only the upper bound of a
document is exceeded, or the pair was seen to work. Where the integration is off, it is one level lower.

## Why it matters

No installer stops at it, and neither does ddtrace: it patches a library outside its range all the same, so that spans
are missing or wrong, or the patched code raises. Only with `DD_TRACE_SAFE_INSTRUMENTATION_ENABLED=true`, which is the
default under single-step injection and nowhere else, does it skip such a library, which is then not traced at all.

## Example

    ddtrace==4.16.0
    flask==0.12      # ddtrace 4.16.0 supports flask>=1.1.4

## What to do

Raise the library into the supported range, or stay on the last series of the tracer that supports it.
`--fix --unsafe-fixes` raises what is declared.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.judgement import (
    FindingText,
    group_by_cause,
    library_finding,
    minimum_of,
    pythons_phrase,
    range_phrase,
    reaches_below,
    reported_verdicts,
    telling_notes,
)
from ddlint.checks.common.messages import quoted, subject, supported
from ddlint.core.model import Dependency, NormalizedName, Project
from ddlint.core.report import Finding
from ddlint.core.text import LONGEST_MESSAGE, fitted, shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.pack.releases import release_index
from ddlint.pack.support import (
    Consequence,
    RequirementVerdict,
    SupportStatus,
    applicable_rows,
    checks_versions,
    compare,
    consequence_of,
    is_ever_supported,
    specifiers,
    unsupported_level,
)
from ddlint.pack.support_rows import Effect, Support
from ddlint.project.installs import upgrade_command
from ddlint.versions.specifiers import Verdict, verdict

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each library that is wholly outside the supported range."""
    context = context_of(project, pack)
    for library in reported_verdicts(project, pack):
        if library.status is SupportStatus.UNSUPPORTED:
            yield library_finding(context, library, _text(context, library))


_RANK = (Effect.BREAKS, Effect.REFUSED, Effect.PATCHED, Effect.WORKS)


def _text(context: CheckContext, library: RequirementVerdict) -> FindingText:
    first = group_by_cause(library)[0]
    dependency = library.located.dependency
    series = _last_series(context.pack, dependency)
    consequence = _consequence(context, library)
    last = f"last supported by {context.pack.subject} {series}" if series else ""
    is_newest = verdict(dependency.specifier, specifiers(first[0].rows)) is Verdict.ABOVE
    what = f"{'the newest version of ' if is_newest else ''}{quoted(context, library.located)}"
    seen = consequence.observation
    releases = subject(context, (each.resolution.release for each in first))
    head = shortest_that_fits(
        f"{what} is {range_phrase(context, library, first)}", f"{what} is not supported by {releases}"
    )
    outcome = _outcome(consequence)
    if consequence.effect is Effect.BREAKS and len(head) + len(outcome) > LONGEST_MESSAGE:
        head = f"{what} breaks with {releases}"
        outcome = outcome if len(head) + len(outcome) <= LONGEST_MESSAGE else outcome.partition(" (")[0]
    message, notes = fitted(head, pythons_phrase(context, first), outcome)
    return FindingText(
        CHECK.code,
        unsupported_level(
            consequence.effect,
            is_ceiling=all(each.is_ceiling for each in library.verdicts),
            is_off=False,
            is_seen=seen is not None and consequence.is_confirmed,
        ),
        message,
        _advice(context, library, [row for each in first for row in each.rows]),
        (*telling_notes(context, first, notes), *_notes(consequence)),
        is_fixable=True,
        evidence=(seen.evidence,) if seen is not None else (),
        label=last,
        outcome=f"{context.pack.subject} patches it anyway" if consequence.effect is Effect.PATCHED else "",
    )


def _consequence(context: CheckContext, library: RequirementVerdict) -> Consequence:
    """Return the worst that happens with one of the releases."""
    specifier = library.located.dependency.specifier
    found = (
        consequence_of(
            context.pack,
            each.rows,
            each.resolution.series,
            specifier,
            is_checked=checks_versions(
                context.pack, each.resolution.series, context.settings, is_injected=each.resolution.origin == "injected"
            ),
        )
        for each in library.verdicts
    )
    return min(found, key=lambda each: _RANK.index(each.effect))


def _outcome(consequence: Consequence) -> str:
    """Return what happens, as the end of the message; nothing where the library is instrumented all the same."""
    match consequence.effect:
        case Effect.BREAKS if consequence.observation is not None:
            return f": {consequence.observation.problem}"
        case Effect.REFUSED:
            return ", so it is not instrumented"
        case _:
            return ""


def _notes(consequence: Consequence) -> tuple[str, ...]:
    if not consequence.is_confirmed and consequence.observation is not None:
        return (f"seen up to {consequence.observation.last}; later releases were not run yet",)
    return ("it was seen to work with this release",) if consequence.effect is Effect.WORKS else ()


def _advice(context: CheckContext, library: RequirementVerdict, rows: list[Support]) -> str:
    floor, dependency = minimum_of(rows), library.located.dependency
    if floor and reaches_below(dependency.specifier, floor):
        return f"raise it to >={floor}{_relock(context, library)}"
    return f"change it to a version in {supported(rows)}{_relock(context, library)}"


def _relock(context: CheckContext, library: RequirementVerdict) -> str:
    if not context.is_resolved(library.located):
        return ""
    located = library.located
    command = upgrade_command(located.path, located.dependency.name)
    again = f"lock again: `{command}`" if command else "lock again"
    return f" and {again}" if library.siblings else f" through what brings it in, and {again}"


def _last_series(pack: Pack, dependency: Dependency) -> str:
    """Return the newest series that supports a requirement by a row; empty where none does."""
    return _last_series_of(pack, dependency.name, dependency.specifier)


@lru_cache(maxsize=4096)
def _last_series_of(pack: Pack, name: NormalizedName, specifier: str) -> str:
    if not is_ever_supported(pack, name, specifier):
        return ""
    newest = release_index(pack).newest_of
    failed: tuple[Support, ...] = ()
    for series in reversed(pack.all_series):
        rows = applicable_rows(pack, name, newest[series].version, series).rows if series in newest else ()
        if rows == failed:
            continue
        if compare(specifier, rows).status is SupportStatus.SUPPORTED:
            return series
        failed = rows
    return ""
