"""A report in GitHub's markdown, for job summaries, comments and tickets; it stays below the 1 MiB of a summary."""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.core.report import Finding, Report, SupportTableRow, Suppressed
from ddlint.core.text import further
from ddlint.outputs.common.locations import relative_place, shown
from ddlint.outputs.common.markdown_table import code, prose, table
from ddlint.outputs.common.one_line import place
from ddlint.outputs.common.summary import closing

_FINDINGS, _MOST_ROWS, _SUPPRESSED = 500_000, 300_000, 150_000
"""Bytes for each table."""


def render(report: Report) -> str:
    """Return the counts, the findings, the support table and what was suppressed."""
    first, *others = closing(report._replace(is_quiet=False))
    parts = [
        "# ddlint",
        prose(first),
        _findings(report),
        *map(prose, others),
        _support_table(report),
        _suppressed(report),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _findings(report: Report) -> str:
    if not report.findings:
        return ""
    rows = ((*_common(report, finding), _said(finding)) for finding in report.findings)
    return _lines(table(("level", "check", "place", "finding"), rows, len(report.findings), _FINDINGS))


def _common(report: Report, finding: Finding) -> tuple[str, str, str]:
    check = f"{finding.code} {report.names.get(finding.code, '')}".strip()
    return finding.severity.value, prose(check), code(place(report, finding, report.cwd))


def _said(finding: Finding) -> str:
    advice = further(finding.message, finding.help)
    return "<br>".join(prose(text) for text in (finding.message, advice) if text)


def _support_table(report: Report) -> str:
    if not report.support_table:
        return ""
    rows = (_support_row(report, row) for row in report.support_table)
    head = ("project", "dependency", "found", "supported", "tracer", "standing")
    return _lines(("## Support", "", *table(head, rows, len(report.support_table), _MOST_ROWS)))


def _support_row(report: Report, row: SupportTableRow) -> tuple[str, ...]:
    return (
        code(shown(row.project, report.cwd)),
        prose(row.name),
        code(row.found),
        code(row.supported) or prose(row.aside) or "every version",
        prose(row.tracer),
        row.severity.value if row.severity else "supported",
    )


def _suppressed(report: Report) -> str:
    if not report.suppressed:
        return ""
    rows = ((*_common(report, silenced.finding), *_silencer(report, silenced)) for silenced in report.suppressed)
    head = ("level", "check", "place", "by", "reason")
    return _lines(("## Suppressed", "", *table(head, rows, len(report.suppressed), _SUPPRESSED)))


def _silencer(report: Report, silenced: Suppressed) -> tuple[str, str]:
    place = relative_place(silenced.place, report.cwd)
    by = f"{silenced.by}, `{place}`" if place else silenced.by
    return prose(by), prose(silenced.reason)


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
