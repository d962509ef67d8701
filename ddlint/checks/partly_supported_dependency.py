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

from ddlint.checks.common.context import scene
from ddlint.checks.common.deduplicate import judgements
from ddlint.checks.common.fixes import lowest
from ddlint.checks.common.judgement import Kind
from ddlint.checks.common.library_finding import Telling, by_integration, causes, told, who
from ddlint.checks.common.messages import quoted, supported
from ddlint.core.model import Severity
from ddlint.versions.specifiers import Verdict, pin, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import Scene
    from ddlint.checks.common.judgement import Judgement
    from ddlint.core.model import Finding, Project
    from ddlint.pack.pack import Pack

CODE = "DD302"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each library that is supported in part only."""
    here = scene(project, pack)
    for judgement in judgements(project, pack):
        if judgement.kind is Kind.PARTLY:
            yield told(here, judgement, _partly(here, judgement))
        elif project.is_pedantic and not judgement.is_answered and judgement.kind is Kind.UNBOUNDED:
            yield told(here, judgement, _unbounded(here, judgement))
        elif project.is_pedantic and not judgement.is_answered and judgement.kind is Kind.UNKNOWN:
            yield told(here, judgement, _unknown(here, judgement))


def _partly(scene: Scene, judgement: Judgement) -> Telling:
    first = causes(judgement)[0]
    dependency = judgement.located.dependency
    ranges = supported(row for each in first for row in each.rows)
    what = "is" if pin(dependency.specifier) else "admits versions"
    notes = ("what is locked or constrained in this project is supported",) if judgement.is_answered else ()
    return Telling(
        CODE,
        Severity.NOTICE if judgement.is_answered else Severity.WARNING,
        f"{quoted(scene, judgement.located)} {what} outside the range {ranges} that {who(scene, first)}"
        f"{by_integration(scene, judgement)}; {_advice(judgement)}",
        f"keep `{dependency.name}` within {ranges}",
        notes,
        is_fixable=True,
    )


def _advice(judgement: Judgement) -> str:
    """Say which end to move: the lower one, where the requirement reaches below what is supported."""
    specifier = judgement.located.dependency.specifier
    if pin(specifier):
        return "move the pin into it"
    floors = {lowest(row.specifier) for each in judgement.outcomes for row in each.rows} - {""}
    reaches_below = any(verdict(specifier, (floor,)) is Verdict.PARTLY for floor in floors)
    return "raise the lower bound" if reaches_below else "narrow the range"


def _unbounded(scene: Scene, judgement: Judgement) -> Telling:
    first = causes(judgement)[0]
    ranges = supported(row for each in first for row in each.rows)
    return Telling(
        CODE,
        Severity.NOTICE,
        f"{quoted(scene, judgement.located)} has no bound that keeps it in the range {ranges} that {who(scene, first)}",
        f"keep `{judgement.located.dependency.name}` within {ranges}",
    )


def _unknown(scene: Scene, judgement: Judgement) -> Telling:
    ranges = supported(row for each in judgement.outcomes[:1] for row in each.rows)
    return Telling(
        CODE,
        Severity.NOTICE,
        f"{quoted(scene, judgement.located)} names no version that can be held against the range {ranges} that "
        f"{who(scene, causes(judgement)[0])}",
        "name a version, or make sure of it by hand",
    )
