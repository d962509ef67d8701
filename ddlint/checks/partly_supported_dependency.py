"""Report a range that allows old versions which are not supported.

## What it does

Reports a range whose lower bound is below the versions that the resolved tracer supports while its upper end is within
them, and a version that only some of the integrations of its library support. An installer takes the newest version
that a range allows, so this is a notice. With `--pedantic`, a range that reaches outside only where it has no bound,
and a requirement without a version, are notices too.

## Why it matters

Another requirement, a constraint or an old lock may hold the library at a version that the tracer does not support.

## Example

    ddtrace==4.16.0
    flask>=0.10      # ddtrace 4.16.0 supports flask>=1.1.4

## What to do

Raise the lower bound to the first supported version: `--fix --unsafe-fixes` does so. Where a lock meets it already,
`--fix --min-severity notice` is enough, as nothing else is installed then.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.judgement import (
    FindingText,
    by_integration,
    group_by_cause,
    library_finding,
    minimum_of,
    pythons_phrase,
    range_phrase,
    reaches_below,
    reported_verdicts,
    support_phrase,
    telling_notes,
)
from ddlint.checks.common.messages import quoted, subject, supported
from ddlint.core.model import Project
from ddlint.core.report import Finding
from ddlint.core.text import fitted, shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.pack.support import SupportStatus
from ddlint.pack.support_rows import Support
from ddlint.versions.specifiers import pin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.support import RequirementVerdict

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each library that is supported in part only."""
    context = context_of(project, pack)
    for library in reported_verdicts(project, pack):
        if library.status is SupportStatus.PARTLY:
            yield library_finding(context, library, _partly(context, library))
        elif project.is_pedantic and not library.is_satisfied_by_lock and library.status is SupportStatus.UNBOUNDED:
            yield library_finding(context, library, _unbounded(context, library))
        elif project.is_pedantic and not library.is_satisfied_by_lock and library.status is SupportStatus.UNKNOWN:
            yield library_finding(context, library, _unknown(context, library))


def _partly(context: CheckContext, library: RequirementVerdict) -> FindingText:
    first = group_by_cause(library)[0]
    dependency = library.located.dependency
    rows = [row for each in first for row in each.rows]
    verb = "is" if pin(dependency.specifier) else "allows versions"
    met = ("what is locked or constrained in this project is supported",) if library.is_satisfied_by_lock else ()
    releases = subject(context, (each.resolution.release for each in first))
    what = quoted(context, library.located)
    head = shortest_that_fits(
        f"{what} {verb} {range_phrase(context, library, first)}",
        f"{what} is not supported by {releases} in full",
    )
    message, notes = fitted(head, pythons_phrase(context, first), by_integration(context, library))
    return FindingText(
        CHECK.code,
        CHECK.level,
        message,
        _advice(library, rows),
        (*telling_notes(context, first, notes), *met),
        is_fixable=True,
    )


def _advice(library: RequirementVerdict, rows: list[Support]) -> str:
    dependency, floor = library.located.dependency, minimum_of(rows)
    if floor and reaches_below(dependency.specifier, floor):
        return f"raise it to >={floor}"
    return f"keep it within {supported(rows)}"


def _unbounded(context: CheckContext, library: RequirementVerdict) -> FindingText:
    first = group_by_cause(library)[0]
    ranges = supported(row for each in first for row in each.rows)
    head = f"{quoted(context, library.located)} has no bound that keeps it within {ranges}"
    message, notes = fitted(head, "", f", the range {support_phrase(context, first)}")
    return FindingText(CHECK.code, CHECK.level, message, f"keep it within {ranges}", notes)


def _unknown(context: CheckContext, library: RequirementVerdict) -> FindingText:
    ranges = supported(row for each in library.verdicts[:1] for row in each.rows)
    head = f"{quoted(context, library.located)} names no version to compare with {ranges}"
    message, notes = fitted(head, "", f", the range {support_phrase(context, group_by_cause(library)[0])}")
    return FindingText(CHECK.code, CHECK.level, message, "name a version", notes)
