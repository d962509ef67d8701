"""Report a range that admits versions which are not supported.

## What it does

Reports a range of which an explicit bound reaches outside the versions that the resolved tracer supports, and a version
that only some of the integrations of its library support. It is a notice where a lock or a constraint of the project
already keeps to supported versions. With `--pedantic`, a range that leaks only where it has no bound, and a requirement
whose version cannot be told, are notices too.

## Why it matters

An installer may choose a version that the tracer does not instrument; which one is not decided by this project.

## Example

    tracelib>=3
    webby>=0.10      # tracelib 3.2.0 supports webby>=1.1

## What to do

Raise the lower bound to the first supported version: `--fix --unsafe-fixes` does so. Where the lock meets it already
nothing else is installed then, so that `--fix --min-severity notice` is enough.
"""

from __future__ import annotations

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.deduplicate import reported_verdicts
from ddlint.checks.common.fixes import lower_bound
from ddlint.checks.common.library_finding import (
    FindingText,
    by_integration,
    group_by_cause,
    library_finding,
    subject_phrase,
)
from ddlint.checks.common.messages import quoted, supported
from ddlint.core.model import Severity
from ddlint.pack.support import SupportStatus
from ddlint.versions.specifiers import Verdict, pin, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import CheckContext
    from ddlint.checks.common.judgement import RequirementVerdict
    from ddlint.core.model import Project
    from ddlint.core.report import Finding
    from ddlint.pack.pack import Pack

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
    ranges = supported(row for each in first for row in each.rows)
    what = "is" if pin(dependency.specifier) else "admits versions"
    notes = ("what is locked or constrained in this project is supported",) if library.is_satisfied_by_lock else ()
    return FindingText(
        CHECK.code,
        Severity.NOTICE if library.is_satisfied_by_lock else CHECK.level,
        f"{quoted(context, library.located)} {what} outside the range {ranges} that {subject_phrase(context, first)}"
        f"{by_integration(context, library)}; {_advice(library)}",
        f"keep `{dependency.name}` within {ranges}",
        notes,
        is_fixable=True,
    )


def _advice(library: RequirementVerdict) -> str:
    """Say which end to move: the lower one, where the requirement reaches below what is supported."""
    specifier = library.located.dependency.specifier
    if pin(specifier):
        return "move the pin into it"
    floors = {lower_bound(row.specifier) for each in library.verdicts for row in each.rows} - {""}
    reaches_below = any(verdict(specifier, (floor,)) is Verdict.PARTLY for floor in floors)
    return "raise the lower bound" if reaches_below else "narrow the range"


def _unbounded(context: CheckContext, library: RequirementVerdict) -> FindingText:
    first = group_by_cause(library)[0]
    ranges = supported(row for each in first for row in each.rows)
    return FindingText(
        CHECK.code,
        Severity.NOTICE,
        f"{quoted(context, library.located)} has no bound that keeps it in the range {ranges} that "
        f"{subject_phrase(context, first)}",
        f"keep `{library.located.dependency.name}` within {ranges}",
    )


def _unknown(context: CheckContext, library: RequirementVerdict) -> FindingText:
    ranges = supported(row for each in library.verdicts[:1] for row in each.rows)
    return FindingText(
        CHECK.code,
        Severity.NOTICE,
        f"{quoted(context, library.located)} names no version that can be held against the range {ranges} that "
        f"{subject_phrase(context, group_by_cause(library)[0])}",
        "name a version, or make sure of it by hand",
    )
