"""Make the fixes of findings, in memory: each is kept only if its finding is gone then and no new one has come.

What is judged is the whole project, as if its files held the edited texts. `cli/fix` writes or prints the result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside
from ddlint.core.report import Edit, Finding, apply_edits, compatible, syntax_error_after
from ddlint.core.source import Source, Span, Unread
from ddlint.inputs import EDITED
from ddlint.linter.fix_verification import Complaint, cause, cause_after, complaint, edits_of, line_of, mover, sources
from ddlint.linter.run import check
from ddlint.project.installs import is_lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.linter.fix_verification import Cause
    from ddlint.linter.lint_project import Request
    from ddlint.linter.run import Outcome

_MOST_ROUNDS = 20
"""A fix can make place for another one; nothing sensible takes more rounds."""


class Change(NamedTuple):
    """A file whose text is another one after the fixes."""

    before: Source
    after: str

    @property
    def data(self) -> bytes:
        """The new bytes of the file."""
        return _encoded(self.before, self.after)

    @property
    def old_data(self) -> bytes:
        """The bytes that were read."""
        return _encoded(self.before, self.before.text)


class FixOutcome(NamedTuple):
    """A finding with a fix, the line it was on, and why the fix was not made; empty where it was."""

    finding: Finding
    line: int
    reason: str = ""


class Fixed(NamedTuple):
    """What came of the fixes."""

    outcome: Outcome
    """What is found afterwards."""
    made: tuple[FixOutcome, ...]
    refused: tuple[FixOutcome, ...]
    changes: tuple[Change, ...]


def _as_it_is(_: Request, outcome: Outcome) -> Outcome:
    return outcome


class FixOptions(NamedTuple):
    """Which fixes are asked for."""

    is_unsafe: bool
    """Whether those that may change what is installed are made too."""
    unwritable_reason: Callable[[str], str]
    """Return why the file at a path is not to be written; empty where it may be."""
    offer: Callable[[Request, Outcome], Outcome] = _as_it_is
    """Add the fixes to findings that take more than one check to find."""


def fix(request: Request, outcome: Outcome, options: FixOptions) -> Fixed:
    """Make the fixes of what is shown, as many as hold."""
    session = FixSession(request, outcome, options)
    for _ in range(_MOST_ROUNDS):
        waiting = [finding for finding in session.waiting() if session.can_apply(finding)]
        if not waiting:
            break
        session.try_apply(compatible(waiting))
    return Fixed(session.outcome, tuple(session.made), tuple(session.refused.values()), tuple(session.changes()))


class FixSession:
    """Holds the texts as they are so far, and what is found in them."""

    def __init__(self, request: Request, outcome: Outcome, options: FixOptions) -> None:
        self._request = request._replace(packs=lambda _: outcome.run.packs)
        self._options = options
        self._texts: dict[str, bytes] = {}
        """By real path."""
        self._first = sources(outcome)
        self._is_narrow = any(project.named is not None for project in outcome.run.projects)
        self.outcome = options.offer(self._request, outcome)
        self._whole = check(self._over({}, is_whole=True)) if self._is_narrow else outcome
        self.made: list[FixOutcome] = []
        self.refused: dict[tuple[Cause, str], FixOutcome] = {}

    def waiting(self) -> Iterator[Finding]:
        """Return the findings whose fixes are asked for and were not refused."""
        for finding in self.outcome.filtered.shown:
            is_asked_for = finding.fix is not None and (finding.fix.is_safe or self._options.is_unsafe)
            if is_asked_for and (cause(finding), finding.key) not in self.refused:
                yield finding

    def can_apply(self, finding: Finding) -> bool:
        """Return whether the files of a fix may be written; if not, refuse the fix."""
        reasons = [self._unwritable_reason(path) for path in edits_of((finding,))]
        if any(reasons):
            self._refuse(finding, next(filter(None, reasons)))
        return not any(reasons)

    def try_apply(self, findings: tuple[Finding, ...]) -> None:
        """Make fixes together if they hold; else try each half by itself, down to the ones that do not."""
        waiting = [findings]
        while waiting:
            group = waiting.pop()
            found = self._try(group) if group else None
            if found and len(group) == 1:
                self._refuse(group[0], found.reason)
            elif found:
                waiting += self._split(group, found.path)
            else:
                waiting = [self._follow(each, group) for each in waiting]

    def changes(self) -> Iterator[Change]:
        """Return the files that differ from what they were, each by the first of the paths that lead to it."""
        now, real = sources(self._whole), self._request.files.real
        paths = {real(path): path for path in sorted(self._first, reverse=True) if path in now} if self._texts else {}
        for path in sorted(paths.values()):
            if now[path].text != self._first[path].text:
                yield Change(self._first[path], now[path].text)

    def _follow(self, waiting: tuple[Finding, ...], made: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Return findings that wait as they are found now that others were fixed."""
        move = mover(made)
        now = {cause(finding): finding for finding in self.waiting()}
        return tuple(now[key] for each in waiting if (key := cause_after(each, move)) in now)

    def _unwritable_reason(self, path: str) -> str:
        """Return why a file is left alone."""
        homes = [each for each in self._whole.run.projects if any(one.path == path for one in each.manifests)]
        real = self._request.files.real
        if is_lock(path):
            return "a tool writes this file"
        if any(one.path == path and one.input not in EDITED for each in homes for one in each.manifests):
            return "this file says where the project runs, not what is installed"
        if path not in self._first or not any(is_inside(real(path), real(each.root)) for each in homes):
            return "this file is outside of what is linted"
        if not any(each.named is None or any(is_inside(path, name) for name in each.named) for each in homes):
            return "this file was not named in the call"
        return self._options.unwritable_reason(path)

    def _split(self, group: tuple[Finding, ...], path: str) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Part fixes that do not hold together: those of the project with the file at `path`, or else in halves."""
        paths = {
            each.path
            for project in self._whole.run.projects
            if any(each.path == path for each in project.manifests)
            for each in project.manifests
        }
        near = tuple(each for each in group if paths.intersection(edits_of((each,))))
        if near and len(near) < len(group):
            return tuple(each for each in group if each not in near), near
        half = len(group) // 2
        return group[half:], group[:half]

    def _try(self, group: tuple[Finding, ...]) -> Complaint | None:
        """Make fixes together; say why not where they do not hold."""
        texts = dict(self._texts)
        for path, edits in edits_of(group).items():
            data = self._edited(sources(self._whole)[path], edits)
            if isinstance(data, str):
                return Complaint(data, path)
            texts[self._request.files.real(path)] = data
        whole = check(self._over(texts, is_whole=True))
        found = complaint(self._whole, group, whole)
        if found is None:
            self._accept(group, texts, whole)
        return found

    def _edited(self, source: Source, edits: list[Edit]) -> bytes | str:
        """Return the bytes of an edited file, or why it is left alone."""
        text = apply_edits(source.text, edits)
        try:
            data, old = _encoded(source, text), _encoded(source, source.text)
        except UnicodeEncodeError:
            return f"it cannot be written in the encoding of the file, {source.encoding}"
        if old != self._over(self._texts).files.read(source.path):
            return "the bytes of the file do not follow from its text, so they could not all be kept"
        return syntax_error_after(source.path, source.text, text) or data

    def _accept(self, group: tuple[Finding, ...], texts: dict[str, bytes], whole: Outcome) -> None:
        self.made += [FixOutcome(finding, line_of(self._whole, finding.at)) for finding in group]
        move = mover(group)
        refused = [_shifted(each, move) for each in self.refused.values()]
        self.refused = {(cause(each.finding), each.finding.key): each for each in refused}
        self._texts, self._whole = texts, whole
        self.outcome = self._options.offer(self._over(texts), check(self._over(texts)) if self._is_narrow else whole)

    def _refuse(self, finding: Finding, reason: str) -> None:
        self.refused[cause(finding), finding.key] = FixOutcome(finding, line_of(self._whole, finding.at), reason)

    def _over(self, texts: dict[str, bytes], *, is_whole: bool = False) -> Request:
        """Return the request as if files held other texts."""
        files = self._request.files

        def read(path: str) -> bytes | Unread:
            real = files.real(path)
            return texts[real] if real in texts else files.read(path)

        return self._request._replace(files=files._replace(read=read), is_whole=is_whole, pool=None)


def _encoded(source: Source, text: str) -> bytes:
    return source.bom + text.encode(source.encoding)


def _shifted(outcome: FixOutcome, move: Callable[[str, int], int]) -> FixOutcome:
    at = outcome.finding.at
    start = move(at.path, at.at.start)
    place = at._replace(at=Span(start, start + at.at.end - at.at.start))
    return outcome._replace(finding=outcome.finding._replace(at=place))
