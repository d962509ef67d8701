"""A report in GitHub's markdown, for job summaries, comments and tickets; it stays below the 1 MiB of a summary."""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.core.model import Place, Severity
from ddlint.core.report import Finding, Report, SupportTableRow, Suppressed
from ddlint.core.text import counted, further
from ddlint.outputs.common.locations import line_address, page_of, place, relative_place, shown, where
from ddlint.outputs.common.markdown_table import code, linked, prose, table
from ddlint.outputs.common.summary import closing, nothing_checked

_PASSED, _FAILED = "\N{WHITE HEAVY CHECK MARK}", "\N{CROSS MARK}"
_ICONS = {
    Severity.ERROR: "\N{LARGE RED CIRCLE}",
    Severity.WARNING: "\N{LARGE YELLOW CIRCLE}",
    Severity.NOTICE: "\N{LARGE BLUE CIRCLE}",
}
_FINDINGS, _MOST_ROWS, _SUPPRESSED = 500_000, 300_000, 150_000
"""Bytes for each table."""


def render(report: Report) -> str:
    """Return the verdict, the findings, the worst first, and, folded, the support table and what was suppressed."""
    first, *others = closing(report._replace(is_quiet=False))
    parts = [
        f"# {_verdict(report)}",
        prose(first),
        _findings(report),
        *map(prose, others),
        _support_table(report),
        _suppressed(report),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _verdict(report: Report) -> str:
    icon = _FAILED if report.is_failed else _PASSED
    if nothing_checked(report):
        return f"{icon if report.is_failed else _ICONS[Severity.WARNING]} ddlint checked nothing"
    return f"{icon} ddlint {'failed' if report.is_failed else 'passed'}"


def _findings(report: Report) -> str:
    if not report.findings:
        return ""
    worst_first = sorted(report.findings, key=lambda finding: finding.severity.rank)
    rows = ((*_common(report, finding), _said(finding)) for finding in worst_first)
    return _lines(table(("level", "check", "location", "finding"), rows, len(report.findings), _FINDINGS))


def _common(report: Report, finding: Finding) -> tuple[str, str, str]:
    check = f"{finding.code} {report.names.get(finding.code, '')}".strip()
    at = linked(code(place(report, finding, report.cwd)), _address(report, finding.at))
    return _level(finding.severity), linked(prose(check), page_of(report, finding.code)), at


def _level(severity: Severity) -> str:
    return f"{_ICONS[severity]}&nbsp;{severity.value}"


def _address(report: Report, at: Place) -> str:
    found = where(report, at, report.root)
    return line_address(report.files_url, found.path, found.start.line)


def _said(finding: Finding) -> str:
    advice = further(finding.message, finding.help)
    return "<br>".join(prose(text) for text in (finding.message, advice) if text)


def _support_table(report: Report) -> str:
    if not report.support_table:
        return ""
    rows = (_support_row(report, row) for row in report.support_table)
    head = ("project", "dependency", "found", "supported", "release", "verdict")
    number = len(report.support_table)
    bad = sum(row.severity is not None for row in report.support_table)
    return _folded(
        f"Support table: {counted(number, 'row')}, {bad} with findings", table(head, rows, number, _MOST_ROWS)
    )


def _support_row(report: Report, row: SupportTableRow) -> tuple[str, ...]:
    return (
        code(shown(row.project, report.cwd)),
        prose(row.name),
        code(row.found),
        code(row.supported) or prose(row.aside) or "every version",
        prose(row.tracer),
        _level(row.severity) if row.severity else f"{_PASSED}&nbsp;supported",
    )


def _suppressed(report: Report) -> str:
    if not report.suppressed:
        return ""
    rows = ((*_common(report, silenced.finding), *_silencer(report, silenced)) for silenced in report.suppressed)
    head = ("level", "check", "location", "by", "reason")
    number = len(report.suppressed)
    return _folded(f"{counted(number, 'suppressed finding')}", table(head, rows, number, _SUPPRESSED))


def _silencer(report: Report, silenced: Suppressed) -> tuple[str, str]:
    place = relative_place(silenced.place, report.cwd)
    by = f"{silenced.by}, `{place}`" if place else silenced.by
    return prose(by), prose(silenced.reason)


def _folded(title: str, lines: Iterable[str]) -> str:
    return _lines(("<details>", f"<summary>{title}</summary>", "", *lines, "", "</details>"))


def _lines(lines: Iterable[str]) -> str:
    return "\n".join(lines)
