"""Suppression comments, `# ddlint: ignore[DD301] reason` and `# ddlint: file-ignore[DD3] reason`: what they cover."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from ddlint.checks import CHECKS
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Manifest
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Edit
from ddlint.core.source import Source, Span

_START = regex(r"#[ \t]*(?:ddlint:|(?i:ddlint[ \t:-]*+(?=(?:file[ \t_-]?)?ignore[ \t]*+\[)))")
"""How a comment begins, and what is nearly that: other case, no colon."""
_EXACT = regex(r"#[ \t]*ddlint:")
_FORM = regex(r"[ \t]*(file-)?ignore\[([^\]\r\n]*)\]")
_KIND = regex(r"(?:file-)?ignore(?![\w-])")
_CODE = regex(r"[^\s,]+")
_BLANKS = regex(r"\s*+")
_MOST = 1_000
_MOST_ON_A_LINE = 20
_MOST_CODES = 100
"""In a file, in one comment and for one comment: each may be a finding, and none comes near it."""


class Directive(NamedTuple):
    """One suppression comment."""

    path: str
    at: Span
    codes: tuple[tuple[str, Span], ...] = ()
    """Each code with its place; none where the comment is malformed."""
    reason: str = ""
    is_file: bool = False
    lines: tuple[int, int] = (0, 0)
    """The first and the last line it covers."""
    fault: str = ""
    """Why it is malformed; empty where it is not."""


def directives(manifest: Manifest) -> Iterator[Directive]:
    """Yield the suppression comments of a file, in order of appearance; of too many, the first that is not read."""
    found = _directives(manifest)
    yield from islice(found, _MOST)
    if more := next(found, None):
        fault = f"the file has more than {_MOST:,} such comments"
        yield Directive(more.path, more.at, fault=fault)


def _directives(manifest: Manifest) -> Iterator[Directive]:
    source = manifest.source
    lines = _Lines(source)
    for comment in manifest.comments:
        text = source.slice(comment)
        starts = [match.start() for match in islice(_START.finditer(text), _MOST_ON_A_LINE)]
        for start, end in pairwise([*starts, len(text)]):
            at = Span(comment.start + start, comment.start + start + len(text[start:end].rstrip()))
            yield _directive(source, at, lines)


def code_named(text: str) -> str:
    """Return the code of the check with a name; any other text as it is."""
    return next((check.code for check in CHECKS if check.name == text), text)


def removal_edits(directive: Directive, codes: list[Span], source: Source) -> tuple[Edit, ...]:
    """Return the edits that take codes out of a comment, or all of it where no other code is left; none if in doubt."""
    if not codes:
        return ()
    if len(codes) == len(directive.codes):
        at = _removal(directive, source)
        return (Edit(directive.path, at, ""),) if at else ()
    places = [at for _, at in directive.codes]
    edits = []
    for place in codes:
        index = places.index(place)
        is_last = all(each in codes for each in places[index:])
        at = Span(places[index - 1].end, place.end) if is_last else Span(place.start, places[index + 1].start)
        edits.append(Edit(directive.path, at, ""))
    return tuple(edits)


def _removal(directive: Directive, source: Source) -> Span | None:
    """Return the span of a comment with the blanks before it, or of its line where it is alone there."""
    number = source.position(directive.at.start).line
    line = source.line_span(number)
    before, after = source.text[line.start : directive.at.start], source.text[directive.at.end : line.end]
    if before.strip():
        return Span(line.start + len(before.rstrip()), directive.at.end) if not after.strip() else None
    is_continued = number > 1 and source.slice(source.line_span(number - 1)).endswith("\\")
    if after.strip() or is_continued:
        return None
    starts = source.line_starts
    return Span(line.start, starts[number] if number < len(starts) else line.end)


def _fault(words: str) -> str:
    """Return what keeps words behind `ddlint:` from naming codes."""
    kind = _KIND.match(words)
    if kind is None:
        return "it starts with neither `ignore` nor `file-ignore`"
    return "its `[` is never closed" if words.startswith("[", kind.end()) else "it has no codes in brackets"


def _directive(source: Source, at: Span, lines: _Lines) -> Directive:
    text = source.slice(at)
    head = _EXACT.match(text)
    if head is None:
        return Directive(source.path, at, fault="it does not begin with `# ddlint:`")
    form = _FORM.match(text, head.end())
    if form is None:
        return Directive(source.path, at, fault=_fault(text[head.end() :].strip()))
    shift = at.start + form.start(2)
    codes = [
        (code_named(match[0]), Span(shift + match.start(), shift + match.end())) for match in _CODE.finditer(form[2])
    ]
    if len(codes) > _MOST_CODES:
        return Directive(source.path, at, fault=f"it names more than {_MOST_CODES} codes")
    reason = " ".join(text[form.end() :].split()).lstrip("-: ")
    return Directive(source.path, at, tuple(codes), reason, bool(form[1]), lines.covered(at.start))


class _Lines:
    """The lines of a source as comments cover them, which come in order of appearance: each line is looked at once."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._is_own: tuple[int, bool] = (0, False)
        """A line, and whether it holds nothing but a comment."""
        self._next: tuple[int, int] = (0, 0)
        """Lines that hold no more than a comment, from the first on, and the line behind them."""
        self._logical: tuple[int, int] = (0, 0)

    def covered(self, offset: int) -> tuple[int, int]:
        """Return the lines that a comment covers: its logical line, or the next one where it is alone on its line."""
        line = self._source.position(offset).line
        if self._is_alone(line, offset):
            if not self._next[0] <= line < self._next[1]:
                count = len(self._source.line_starts)
                behind = next((each for each in range(line + 1, count + 1) if not self._is_blank(each)), count + 1)
                self._next = line, behind
            line = self._next[1] if self._next[1] <= len(self._source.line_starts) else line
        if not self._logical[0] <= line <= self._logical[1]:
            self._logical = self._logical_line(line)
        return self._logical

    def _is_alone(self, line: int, offset: int) -> bool:
        if self._is_own[0] != line:
            match = _BLANKS.match(self._source.text, self._source.line_starts[line - 1], offset)
            first = match.end() if match else offset
            self._is_own = line, first == offset or self._source.text.startswith("#", first)
        return self._is_own[1]

    def _logical_line(self, line: int) -> tuple[int, int]:
        first = last = line
        while first > 1 and self._is_continued(first - 1):
            first -= 1
        while last < len(self._source.line_starts) and self._is_continued(last):
            last += 1
        return first, last

    def _is_continued(self, line: int) -> bool:
        return self._source.slice(self._source.line_span(line)).endswith("\\")

    def _is_blank(self, line: int) -> bool:
        text = self._source.slice(self._source.line_span(line)).strip()
        return not text or text.startswith("#")
