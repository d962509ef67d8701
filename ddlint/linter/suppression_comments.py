"""Suppression comments, `# ddlint: ignore[DD301] reason` and `# ddlint: file-ignore[DD3] reason`: what they cover."""

from __future__ import annotations

from itertools import pairwise

from ddlint.checks import CHECKS
from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Edit
from ddlint.core.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Manifest, Place
    from ddlint.core.source import Source

_START = regex(r"#[ \t]*(?:ddlint:|(?i:ddlint[ \t:-]*+(?=(?:file[ \t_-]?)?ignore[ \t]*+\[)))")
"""How a comment begins, and what is nearly that: other case, no colon."""
_EXACT = regex(r"#[ \t]*ddlint:")
_FORM = regex(r"[ \t]*(file-)?ignore\[([^\]\r\n]*)\]")
_KIND = regex(r"(?:file-)?ignore(?![\w-])")
_CODE = regex(r"[^\s,]+")


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

    def covers(self, place: Place, source: Source) -> bool:
        """Whether it holds for a place in its file; `source` is that file."""
        if place.path != self.path:
            return False
        first = source.position(place.at.start).line
        last = source.position(max(place.at.start, place.at.end - 1)).line
        return self.is_file or (first <= self.lines[1] and last >= self.lines[0])


def directives(manifest: Manifest) -> Iterator[Directive]:
    """Return the suppression comments of a file, in order of appearance."""
    source = manifest.source
    for comment in manifest.comments:
        text = source.slice(comment)
        starts = [match.start() for match in _START.finditer(text)]
        for start, end in pairwise([*starts, len(text)]):
            yield _directive(source, Span(comment.start + start, comment.start + len(text[:end].rstrip())))


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
    """Say what keeps words behind `ddlint:` from naming codes."""
    kind = _KIND.match(words)
    if kind is None:
        return "it starts with neither `ignore` nor `file-ignore`"
    return "its `[` is never closed" if words.startswith("[", kind.end()) else "it has no codes in brackets"


def _directive(source: Source, at: Span) -> Directive:
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
    reason = " ".join(text[form.end() :].split()).lstrip("-: ")
    return Directive(source.path, at, tuple(codes), reason, bool(form[1]), _covered(source, at.start))


def _covered(source: Source, offset: int) -> tuple[int, int]:
    """Return the lines that a comment covers: its logical line, or the next one where it is alone on its line."""
    line = source.position(offset).line
    before = source.text[source.line_span(line).start : offset]
    count = len(source.line_starts)
    if not before.strip() or before.lstrip().startswith("#"):
        line = next((each for each in range(line + 1, count + 1) if not _is_blank(source, each)), line)
    first = last = line
    while first > 1 and source.slice(source.line_span(first - 1)).endswith("\\"):
        first -= 1
    while last < count and source.slice(source.line_span(last)).endswith("\\"):
        last += 1
    return first, last


def _is_blank(source: Source, line: int) -> bool:
    text = source.slice(source.line_span(line)).strip()
    return not text or text.startswith("#")
