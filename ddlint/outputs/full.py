"""Every finding with the lines it is about, what to do and what it rests on: for people at a terminal (the default)."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import Place
from ddlint.core.report import Evidence, Finding, Report
from ddlint.core.text import counted, escape
from ddlint.outputs.common.locations import ADDED, BOLD, FRAME, LEVELS, REMOVED, page_of, painted, shown, where
from ddlint.outputs.common.summary import closing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.outputs.common.locations import ChangedLine

NARROWEST = 60
_WIDEST_LINE = 120
_MOST_CHANGES = 3
_KEPT = "\0"
"""A blank in a code span while text is wrapped, so that commands stay on one line."""
_LONGEST_KEPT = 40


def render(report: Report) -> str:
    """Return every finding as a block of lines, and the closing lines."""
    blocks = ["\n".join(_Block(report, finding).lines()) for finding in report.findings]
    last = "\n".join(line for each in closing(report) for line in _wrapped(report, each, "", ""))
    if last and report.findings:
        last += "\n" + "\n".join(_wrapped(report, _more(report.findings), "", ""))
    return "\n".join(f"{each}\n" for each in (*blocks, last) if each)


def _more(findings: tuple[Finding, ...]) -> str:
    row = next((finding.row for finding in findings if finding.row), "")
    check = f"`ddlint rule {escape(findings[0].code)}` explains a check"
    return f"{check}, `ddlint rule {escape(row)}` a row with its evidence." if row else f"{check}."


class _Block:
    """The lines of one finding; all of them share the width of the line numbers."""

    def __init__(self, report: Report, finding: Finding) -> None:
        self.report, self.finding = report, finding
        self.colour = LEVELS[finding.severity]
        places = (finding.at, *finding.related)
        self.margin = max(len(str(where(report, place, report.cwd).start.line)) for place in places)
        width = max(report.width, NARROWEST) if report.width else 0
        self.limit = min(_WIDEST_LINE, width - self.margin - 3) if width else _WIDEST_LINE
        self.changes = self._changes()

    def lines(self) -> Iterator[str]:
        """Yield the headline, the files with their marked lines, and the remarks."""
        finding, report = self.finding, self.report
        level = f"{finding.severity.value}[{escape(finding.code)}]"
        first, *rest = _wrapped(report, f"{level}: {escape(finding.message)}", "", "    ")
        yield f"{painted(report, self.colour, level)}{painted(report, BOLD, first.removeprefix(level))}"
        yield from (painted(report, BOLD, line) for line in rest)
        files: dict[str, list[Place]] = {}
        for place in (finding.at, *finding.related):
            files.setdefault(place.path, []).append(place)
        for path, places in files.items():
            yield from self._file("-->" if path == finding.at.path else ":::", places)
        yield from self._remarks()

    def _file(self, arrow: str, places: list[Place]) -> Iterator[str]:
        """Yield the path with the first place, then every marked line, in the order of the file."""
        report = self.report
        starts = [where(report, place, report.cwd).start for place in places]
        head = f"{' ' * self.margin}{painted(report, FRAME, arrow)} {shown(places[0].path, report.cwd)}"
        if report.sources.get(places[0].path) is None:
            for place, start in zip(places, starts, strict=True):
                label = escape(place.message)
                yield f"{head}:{start.line}:{start.column}{f': {label}' if label else ''}"
            return
        yield f"{head}:{starts[0].line}:{starts[0].column}"
        by_line: dict[int, list[Place]] = {}
        for start, place in sorted(zip(starts, places, strict=True), key=lambda each: each[0]):
            by_line.setdefault(start.line, []).append(place)
        for line, marked in by_line.items():
            for place in marked:
                yield from self._marked(place, is_first=place is marked[0])
            change = self._change_of(marked[0].path, line)
            if change is not None and change.after:
                yield self._added(change)

    def _marked(self, place: Place, *, is_first: bool) -> Iterator[str]:
        from ddlint.outputs.common.locations import excerpt

        report, is_primary = self.report, place is self.finding.at
        cut = excerpt(report.sources[place.path], place.at, self.limit)
        if is_first:
            is_changed = self._change_of(place.path, cut.line) is not None
            mark = painted(report, REMOVED, "-") if is_changed else painted(report, FRAME, "|")
            yield f"{painted(report, FRAME, f'{cut.line:>{self.margin}}')} {mark} {cut.text}".rstrip()
        colour, label = self.colour if is_primary else FRAME, escape(place.message)
        under, bar = ("^" if is_primary else "-") * cut.width, self._frame("|")
        if cut.before + cut.width + 1 + len(label) <= self.limit or not report.width:
            yield f"{bar} {' ' * cut.before}{painted(report, colour, f'{under} {label}'.rstrip())}"
            return
        yield f"{bar} {' ' * cut.before}{painted(report, colour, under)}"
        indent = min(cut.before, max(0, self.limit - len(label)))
        for line in _wrapped(report, label, "", "", room=self.limit):
            yield f"{bar} {' ' * indent}{painted(report, colour, line)}"

    def _changes(self) -> tuple[ChangedLine, ...]:
        if not self.finding.fix:
            return ()
        from ddlint.outputs.common.locations import changed_lines

        return changed_lines(self.finding.fix, self.report.sources, self.limit)

    def _change_of(self, path: str, line: int) -> ChangedLine | None:
        """Return the change of the finding's own line, which is shown where the line is."""
        at = self.finding.at
        if path != at.path or line != where(self.report, at, self.report.cwd).start.line:
            return None
        return next((each for each in self.changes if (each.path, each.line) == (path, line)), None)

    def _added(self, change: ChangedLine) -> str:
        number = painted(self.report, FRAME, f"{change.line:>{self.margin}}")
        return f"{number} {painted(self.report, ADDED, f'+ {change.after}'.rstrip())}"

    def _frame(self, mark: str) -> str:
        return painted(self.report, FRAME, f"{'':>{self.margin}} {mark}")

    def _remarks(self) -> Iterator[str]:
        finding, report = self.finding, self.report
        remarks = [("note", "; ".join(finding.notes))] if finding.notes else []
        if advice := self._advice():
            remarks.append(("help", advice))
        if finding.evidence or finding.row:
            remarks.append(("note", _rests_on(finding)))
        if link := page_of(report, finding.code):
            remarks.append(("see", link))
        indent = " " * (self.margin + 3)
        for kind, text in remarks:
            first, *rest = _wrapped(report, f"{kind}: {escape(text)}", indent, f"{indent}    ")
            yield f"{self._frame('=')} {painted(report, BOLD, kind)}{first[len(indent) + len(kind) :]}"
            yield from rest
            if kind == "help":
                yield from self._other_changes()

    def _advice(self) -> str:
        fix, advice = self.finding.fix, self.finding.help
        if not fix:
            return advice
        options = "`--fix`" if fix.is_safe else "`--fix --unsafe-fixes`"
        return f"{advice if advice and self.changes else fix.title} ({options})"

    def _other_changes(self) -> Iterator[str]:
        """Yield what a fix changes in other lines than the finding's own, in pairs of lines."""
        report = self.report
        others = [each for each in self.changes if self._change_of(each.path, each.line) is None]
        for each in others[:_MOST_CHANGES]:
            if each.path != self.finding.at.path:
                yield f"{' ' * self.margin}{painted(report, FRAME, ':::')} {shown(each.path, report.cwd)}:{each.line}"
            number = painted(report, FRAME, f"{each.line:>{self.margin}}")
            yield f"{number} {painted(report, REMOVED, f'- {each.before}'.rstrip())}"
            if each.after:
                yield self._added(each)
        if len(others) > _MOST_CHANGES:
            left = len(others) - _MOST_CHANGES
            yield f"{self._frame('=')} {counted(left, 'more line')} of the fix; `--diff` shows all"


def _rests_on(finding: Finding) -> str:
    """Return what a finding rests on: its first document, how many more there are, and its row."""
    row = f" [{finding.row}]" if finding.row else ""
    if not finding.evidence:
        return f"row{row}"
    more = f" and {counted(len(finding.evidence) - 1, 'other document')}" if len(finding.evidence) > 1 else ""
    return f"{_cited(finding.evidence[0])}{more}{row}"


def _cited(evidence: Evidence) -> str:
    aside = ", ".join(part for part in (_short(evidence.title), evidence.as_of) if part)
    return f"{evidence.says} ({aside})" if evidence.says else f"evidence: {aside}"


_SHORT = {
    "documentation": "docs",
    "source distribution": "source",
    "source code": "source",
    "release note": "release note",
}


def _short(title: str) -> str:
    """Return the title of a document up to its first comma or bracket; of one on a release: `docs of 3.9.4`."""
    head = title.partition(", ")[0].partition(" (")[0]
    _, release, what, *_ = *head.split(" ", 2), "", ""
    return f"{_SHORT[what]} of {release}" if release[:1].isdecimal() and what in _SHORT else head


def _wrapped(report: Report, text: str, indent: str, hang: str, room: int = 0) -> list[str]:
    """Return `text` in lines of the terminal's width; in one where there is no terminal."""
    width = room or (max(report.width, NARROWEST) if report.width else 0)
    if not width or len(indent) + len(text) <= width:
        return [f"{indent}{text}"]
    from textwrap import TextWrapper

    wrapper = TextWrapper(
        width, initial_indent=indent, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
    )
    parts = text.split("`")
    parts[1::2] = [each.replace(" ", _KEPT) if len(each) <= _LONGEST_KEPT else each for each in parts[1::2]]
    return [line.replace(_KEPT, " ") for line in wrapper.wrap("`".join(parts))] or [indent]
