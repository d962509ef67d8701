"""The edits of a plan as programs and readers need them: exact positions in the file, and lines before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.core.model import Project
from ddlint.core.redact import mask
from ddlint.core.report import Edit, apply_edits, is_at_odds, offset_mapper
from ddlint.core.source import Source, Span
from ddlint.plan.model import Change, Hunk, Plan, Point, TextEdit


def with_texts(project: Project, changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes with their edits as positions in files, and what each does to the lines after those before it."""
    files = {each.path: _File(each.source) for each in project.manifests}
    return tuple(_with_texts(files, change) for change in changes)


def _with_texts(files: dict[str, _File], change: Change) -> Change:
    edits = tuple(dict.fromkeys(edit for each in change.edits for edit in each.edits))
    usable = tuple(each for each in edits if each.path in files and files[each.path].is_addressable)
    if len(usable) < len(edits):
        change = change._replace(edits=tuple(each._replace(edits=()) for each in change.edits))
        usable = ()
    texts = tuple(files[each.path].text_edit(each) for each in usable)
    if change.is_notice:
        return change._replace(text_edits=texts)
    hunks = tuple(
        hunk
        for path in dict.fromkeys(each.path for each in usable)
        for hunk in files[path].apply([each for each in usable if each.path == path])
    )
    return change._replace(text_edits=texts, hunks=hunks)


def edits_by_file(changes: Iterable[Change]) -> dict[str, tuple[Edit, ...]]:
    """Return what changes replace in each file, without those that are only worth knowing."""
    found: dict[str, dict[Edit, None]] = {}
    for change in changes:
        for each in change.text_edits if not change.is_notice else ():
            found.setdefault(each.path, {})[each.edit] = None
    return {path: tuple(edits) for path, edits in found.items()}


def first_changes(plan: Plan) -> tuple[Change, ...]:
    """Return what is written at once: of a way in several steps the first one."""
    return plan.hops[0].changes if plan.hops else plan.changes


def combined(plans: Iterable[Plan]) -> tuple[dict[str, tuple[Edit, ...]], tuple[Plan, ...]]:
    """Return the edits of all plans by file, and the plans that are left out because they contradict another one.

    A plan whose target cannot be reached has no edits to make.
    """
    texts: dict[str, tuple[Edit, ...]] = {}
    at_odds = []
    for plan in plans:
        edits = edits_by_file(first_changes(plan)) if plan.hops or not plan.blockers else {}
        both = {path: tuple(dict.fromkeys((*texts.get(path, ()), *new))) for path, new in edits.items()}
        if all(are_compatible(each) for each in both.values()):
            texts |= both
        else:
            at_odds.append(plan)
    return texts, tuple(at_odds)


def are_compatible(edits: Iterable[Edit]) -> bool:
    """Return whether edits of one file can all be made."""
    every = tuple(dict.fromkeys(edits))
    return not any(is_at_odds(one, other) for number, one in enumerate(every) for other in every[:number])


class _File:
    """A file as it is after the changes so far."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._made: list[Edit] = []
        self.is_addressable = _is_addressable(source)

    def text_edit(self, edit: Edit) -> TextEdit:
        """Return an edit with its positions in the file as it is on the disk."""
        source = self._source
        start, end = self._point(edit.at.start), self._point(edit.at.end)
        return TextEdit(edit.path, start, end, source.slice(edit.at), edit.text, source.encoding, edit)

    def _point(self, offset: int) -> Point:
        position = self._source.position(offset)
        length = len(self._source.text[:offset].encode(self._source.encoding))
        return Point(position.line, position.column, len(self._source.bom) + length)

    def apply(self, edits: list[Edit]) -> list[Hunk]:
        """Make edits, and return the lines that they change."""
        fresh = [each for each in edits if each not in self._made]
        move = offset_mapper(self._made)
        moved = [
            each._replace(at=Span(move(each.at.start), move(each.at.end)))
            for each in sorted(fresh, key=lambda each: each.at)
        ]
        before = Source(self._source.path, self._text)
        hunks = [_hunk(before, group) for group in _by_lines(before, moved)]
        self._text = apply_edits(self._text, moved)
        self._made += fresh
        return hunks


def _is_addressable(source: Source) -> bool:
    """Return whether the bytes of a file are those of its parts one after the other: not in encodings with shifts."""
    encoding, text = source.encoding, source.text
    try:
        half = len(text) // 2
        return text[:half].encode(encoding) + text[half:].encode(encoding) == text.encode(encoding)
    except UnicodeEncodeError:
        return False


def _by_lines(source: Source, edits: list[Edit]) -> Iterator[list[Edit]]:
    """Yield the edits that touch the same lines together."""
    group: list[Edit] = []
    for edit in edits:
        first = source.position(edit.at.start).line
        if group and first > source.position(group[-1].at.end).line:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _hunk(source: Source, edits: list[Edit]) -> Hunk:
    first, last = source.position(edits[0].at.start).line, source.position(edits[-1].at.end).line
    start, end = source.line_span(first).start, source.line_span(last).end
    old = source.text[start:end]
    shifted = [each._replace(at=Span(each.at.start - start, each.at.end - start)) for each in edits]
    new = apply_edits(old, shifted)
    return Hunk(source.path, first, _lines(old), _lines(new))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(mask(text).splitlines()) if text else ()
