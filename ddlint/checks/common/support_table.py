"""The support table of the job summary: every library of a project that a pack knows, and how far it is supported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.checks.common.context import context_of
from ddlint.checks.common.judgement import reported_verdicts
from ddlint.checks.common.messages import joined
from ddlint.core.model import Origin, Project, Severity
from ddlint.core.report import Finding, SupportTableRow
from ddlint.pack.pack import Pack
from ddlint.pack.support import ApplicableRows, applicable_rows
from ddlint.pack.support_rows import Support

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.support import RequirementVerdict


def support_table_rows(project: Project, pack: Pack, findings: Iterable[Finding]) -> Iterator[SupportTableRow]:
    """Return a row for every library of a project that has support rows; `findings` give its severity."""
    worst: dict[str, Severity] = {}
    for finding in sorted(findings, key=lambda each: -each.severity.rank):
        worst[finding.subject] = finding.severity
    found: dict[str, list[RequirementVerdict]] = {}
    for each in reported_verdicts(project, pack):
        if pack.support(each.located.dependency.name):
            found.setdefault(each.located.dependency.name, []).append(each)
    for _, several in sorted(found.items()):
        locked = [each for each in several if each.located.dependency.origin is Origin.LOCKED]
        told = (_row(project, pack, each, worst) for each in locked or several)
        yield from dict.fromkeys(standing for standing in told if standing)


def _row(
    project: Project, pack: Pack, verdict: RequirementVerdict, worst: dict[str, Severity]
) -> SupportTableRow | None:
    """Return the row of one entry; nothing where the pack has no rows for the releases that it gets."""
    dependency, here = verdict.located.dependency, context_of(project, pack)
    met = [(tracer, each) for tracer in here.tracers(verdict.located) for each in tracer.resolutions if each.release]
    rules = [applicable_rows(pack, dependency.name, each.release, each.series) for _, each in met]
    if all(each.is_silent for each in rules):
        return None
    rows: list[Support] = [row for each in rules for row in each.rows or each.tested]
    return SupportTableRow(
        project.path,
        dependency.name,
        dependency.written,
        joined(dict.fromkeys(row.specifier for row in rows if row.specifier), "or"),
        ", ".join(dict.fromkeys(each.release for _, each in met)),
        worst.get(dependency.name),
        "" if rows else _removed_note(rules),
    )


def _removed_note(rules: list[ApplicableRows]) -> str:
    """Return since when the integration is gone."""
    return f"none since {joined(dict.fromkeys(each.removal.version for each in rules if each.removal), 'or')}"
