"""Every finding with the lines it is about, what it rests on and what to do: for people at a terminal (the default)."""

from __future__ import annotations

from ddlint.core.text import escape, further
from ddlint.outputs.common.locations import shown, where
from ddlint.outputs.common.one_line import BOLD, FRAME, LEVELS, painted
from ddlint.outputs.common.summary import closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import Place
    from ddlint.core.report import Evidence, Finding, Fix, Report


def render(report: Report) -> str:
    """Return every finding as a block of lines, and the closing lines."""
    blocks = ["\n".join(_block(report, finding)) for finding in report.findings]
    last = "\n".join(closing(report))
    if last and report.findings:
        last += f"\n`ddlint rule {escape(report.findings[0].code)}` explains the check and its evidence."
    return "\n".join(f"{each}\n" for each in (*blocks, last) if each)


def _block(report: Report, finding: Finding) -> list[str]:
    places = (finding.at, *finding.related)
    margin = max(len(str(where(report, place, report.cwd).start.line)) for place in places)
    colour = LEVELS[finding.severity]
    head = painted(report, colour, f"{finding.severity.value}[{escape(finding.code)}]")
    lines = [
        f"{head}{painted(report, BOLD, f': {escape(finding.message)}')}",
        *_place(report, finding.at, margin, ("-->", "^", colour)),
    ]
    rule = [_frame(report, margin, "|")] if _has_excerpt(report, finding) else []
    for related in finding.related:
        lines += rule
        lines += _place(report, related, margin, (":::", "-", FRAME))
    remarks = _remarks(finding)
    equals = _frame(report, margin, "=")
    return [
        *lines,
        *(rule if remarks else ()),
        *(f"{equals} {painted(report, BOLD, kind)}: {text}" for kind, text in remarks),
    ]


def _has_excerpt(report: Report, finding: Finding) -> bool:
    return any(place.path in report.sources for place in (finding.at, *finding.related))


def _frame(report: Report, margin: int, mark: str, number: str = "") -> str:
    return painted(report, FRAME, f"{number:>{margin}} {mark}")


def _place(report: Report, place: Place, margin: int, look: tuple[str, str, str]) -> list[str]:
    """Return the lines of a place; `look` is its arrow, the mark under the span, and the colour of that."""
    arrow, mark, colour = look
    start = where(report, place, report.cwd).start
    head = f"{' ' * margin}{painted(report, FRAME, arrow)} {shown(place.path, report.cwd)}:{start.line}:{start.column}"
    label = escape(place.message)
    source = report.sources.get(place.path)
    if source is None:
        return [f"{head}: {label}" if label else head]
    from ddlint.outputs.common.excerpt import excerpt

    cut = excerpt(source, place.at)
    rule = _frame(report, margin, "|")
    under = painted(report, colour, f"{mark * cut.width} {label}".rstrip())
    text = f"{_frame(report, margin, '|', str(cut.line))} {cut.text}".rstrip()
    return [head, rule, text, f"{rule} {' ' * cut.before}{under}"]


def _remarks(finding: Finding) -> list[tuple[str, str]]:
    row = f" (row `{escape(finding.row)}`)" if finding.row else ""
    remarks = [("note", escape(note)) for note in finding.notes]
    remarks += [("note", f"evidence: {_cited(evidence)}{row}") for evidence in finding.evidence]
    if advice := further(finding.message, finding.help):
        remarks.append(("help", escape(advice)))
    if finding.fix:
        remarks.append(("help", _offered(finding.fix)))
    return remarks


def _cited(evidence: Evidence) -> str:
    parts = (evidence.title, further(evidence.title, evidence.section), evidence.as_of)
    return ", ".join(escape(part) for part in parts if part)


def _offered(fix: Fix) -> str:
    options = "`--fix`" if fix.is_safe else "`--fix --unsafe-fixes`"
    return f"{options} does this: {escape(fix.title)}"
