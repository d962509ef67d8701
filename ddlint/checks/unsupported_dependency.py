"""Report a library of which no version that is asked for is supported.

## What it does

Judges every pin, lock entry and range against the versions that the resolved tracer supports, and reports those that
lie wholly outside. What the tracer itself checks at run time rules; where it checks nothing, its documentation does. A
range that several integrations state must be outside all of them.

## Why it matters

The tracer leaves a library outside its range alone, or patches it by half, and says nothing. The spans are missing, and
nobody notices before they are needed.

## Example

    tracelib==3.2.0
    webby==0.12      # tracelib 3.2.0 supports webby>=1.1

## What to do

Raise the library into the supported range, or stay on the last line of the tracer that supports it.
`--fix --unsafe-fixes` raises what is declared.
"""

from __future__ import annotations

from functools import lru_cache

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.deduplicate import reported_verdicts
from ddlint.checks.common.judgement import specifiers
from ddlint.checks.common.library_finding import (
    FindingText,
    group_by_cause,
    library_finding,
    minimum_of,
    range_phrase,
    reaches_below,
)
from ddlint.checks.common.messages import quoted, supported
from ddlint.pack.releases import release_index
from ddlint.pack.support import SupportStatus, applicable_rows, compare, is_ever_supported
from ddlint.project.lock_commands import upgrade_command
from ddlint.versions.specifiers import Verdict, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import CheckContext
    from ddlint.checks.common.judgement import RequirementVerdict
    from ddlint.core.model import Dependency, NormalizedName, Project
    from ddlint.core.report import Finding
    from ddlint.pack.pack import Pack
    from ddlint.pack.support_rows import Support


CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each library that is wholly outside the supported range."""
    context = context_of(project, pack)
    for library in reported_verdicts(project, pack):
        if library.status is SupportStatus.UNSUPPORTED:
            yield library_finding(context, library, _text(context, library))


def _text(context: CheckContext, library: RequirementVerdict) -> FindingText:
    first = group_by_cause(library)[0]
    dependency = library.located.dependency
    line = _last_line(context.pack, dependency)
    notes = (f"{context.pack.subject} {line} is the last release series that supports it",) if line else ()
    is_newest = verdict(dependency.specifier, specifiers(first[0].rows)) is Verdict.ABOVE
    what = f"the newest version that {quoted(context, library.located)} allows" if is_newest else ""
    return FindingText(
        CHECK.code,
        CHECK.level,
        f"{what or quoted(context, library.located)} is {range_phrase(context, library, first)}",
        _advice(context, library, [row for each in first for row in each.rows]),
        notes,
        is_fixable=True,
    )


def _advice(context: CheckContext, library: RequirementVerdict, rows: list[Support]) -> str:
    floor, dependency = minimum_of(rows), library.located.dependency
    if floor and reaches_below(dependency.specifier, floor):
        return f"raise `{dependency.name}` to >={floor}{_relock(context, library)}"
    return f"change `{dependency.name}` to a version in {supported(rows)}{_relock(context, library)}"


def _relock(context: CheckContext, library: RequirementVerdict) -> str:
    if not context.is_resolved(library.located):
        return ""
    located = library.located
    command = upgrade_command(located.path, located.dependency.name)
    again = f"lock again: `{command}`" if command else "lock again"
    return f" and {again}" if library.siblings else f" through what brings it in, and {again}"


def _last_line(pack: Pack, dependency: Dependency) -> str:
    """Return the newest line that supports a requirement by a row; empty where none does."""
    return _last_line_of(pack, dependency.name, dependency.specifier)


@lru_cache(maxsize=4096)
def _last_line_of(pack: Pack, name: NormalizedName, specifier: str) -> str:
    if not is_ever_supported(pack, name, specifier):
        return ""
    newest = release_index(pack).newest_of
    failed: tuple[Support, ...] = ()
    for line in reversed(pack.lines):
        rows = applicable_rows(pack, name, newest[line].version, line).rows if line in newest else ()
        if rows == failed:
            continue
        if compare(specifier, rows).status is SupportStatus.SUPPORTED:
            return line
        failed = rows
    return ""
