"""Set suppressed findings aside, and report unused suppressions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter

from ddlint.checks import check_of
from ddlint.config.settings import code_hint, is_code, is_enabled, quoted, shown_suppression
from ddlint.core.model import Manifest, Place
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import name_of
from ddlint.core.redact import written
from ddlint.core.report import Edit, Finding, Fix, Suppressed
from ddlint.core.source import Source, Span
from ddlint.inputs import EDITED
from ddlint.linter.findings import Silenced
from ddlint.linter.suppression_comments import directives, removal_edits

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.settings import Config, Suppression
    from ddlint.linter.suppression_comments import Directive

CHECK = check_of("ddlint.checks.unused_suppression")
_FORMS = "write `# ddlint: ignore[DD301] reason` or `# ddlint: file-ignore[DD3] reason`"


class _Scope(NamedTuple):
    """Lines of a file, or all of it, and a code that comments silence there: such comments answer together."""

    path: str
    lines: tuple[int, int]
    code: str


_WHOLE_FILE = (0, 0)


def suppress(
    findings: Iterable[Finding], manifests: tuple[Manifest, ...], config: Config, known: frozenset[str], as_of: str
) -> Silenced:
    """Sort the findings of one project into those to show and those to set aside."""
    comments = tuple(directive for manifest in manifests for directive in directives(manifest))
    subjects = _Subjects(manifests)
    index = _Index(comments)
    entries = tuple(entry for entry in config.suppressions if not is_expired(entry, as_of))
    kept, suppressed, answered = [], [], set()
    used: set[Suppression] = set()
    for finding in findings:
        found = index.scopes(finding, subjects) if comments else []
        entry = next((each for each in entries if _meets(each, finding)), None)
        answered.update(found)
        if found:
            directive = comments[min(index.first[scope] for scope in found)]
            suppressed.append(Suppressed(finding, "inline", written(directive.reason), subjects.place(directive)))
        elif entry:
            used.add(entry)
            suppressed.append(Suppressed(finding, "config", written(entry.reason)))
        else:
            kept.append(finding)
    complaints = [each for directive in comments for each in _malformed(directive, known)]
    ran = cache(lambda code, path: _ran(code, path, config, known))
    is_supposed = bool(config.tracer_option or config.python_version)
    for directive in comments:
        unused = [
            (code, at)
            for code, at in directive.codes
            if is_code(code, known) and _is_narrow(code) and _scope(directive, code) not in answered
        ]
        unused = [(code, at) for code, at in unused if ran(code, directive.path)]
        complaints += _unused(directive, unused, subjects, is_supposed=is_supposed)
    return Silenced(tuple(kept), tuple(suppressed), tuple(complaints), frozenset(used))


def is_expired(entry: Suppression, as_of: str) -> bool:
    """Whether the last day of an entry is over."""
    return bool(entry.expires) and entry.expires < as_of


def complain(entries: Iterable[Suppression], used: frozenset[Suppression], as_of: str) -> Iterator[Finding]:
    """Report entries of the config that are expired, or that match nothing."""
    for entry in entries:
        shown = shown_suppression(entry)
        if is_expired(entry, as_of):
            message = f"the suppression of {shown} expired on {entry.expires}"
            yield _complaint(entry.at.path, entry.at.at, message, "resolve what it silenced, or give it a later day")
        elif entry not in used:
            yield _complaint(entry.at.path, entry.at.at, f"the suppression of {shown} silences nothing", "remove it")


class _Subjects:
    """Locations of the requirements of each name, so that a comment beside one also holds for its lock entry."""

    def __init__(self, manifests: tuple[Manifest, ...]) -> None:
        self._sources: Mapping[str, Source] = {manifest.path: manifest.source for manifest in manifests}
        self._editable = {manifest.path for manifest in manifests if manifest.input in EDITED}
        self._places = {
            (manifest.path, dependency.at, dependency.name)
            for manifest in manifests
            if manifest.comments
            for dependency in manifest.dependencies
        }

    def places(self, finding: Finding) -> Iterator[tuple[str, int, int]]:
        """Yield where a comment silences a finding: each place with its first and its last line."""
        related = (place for place in finding.related if (place.path, place.at, finding.subject) in self._places)
        for place in (finding.at, *related):
            if source := self._sources.get(place.path):
                start, end = place.at
                yield place.path, source.position(start).line, source.position(max(start, end - 1)).line

    def removal_edits(self, directive: Directive, codes: list[Span]) -> tuple[Edit, ...]:
        return (
            removal_edits(directive, codes, self._sources[directive.path]) if directive.path in self._editable else ()
        )

    def written(self, directive: Directive, at: Span) -> str:
        """Return a code, or the name of its check, as the comment has it."""
        return self._sources[directive.path].slice(at)

    def place(self, directive: Directive) -> str:
        return f"{directive.path}:{self._sources[directive.path].position(directive.at.start).line}"


def _scope(directive: Directive, code: str) -> _Scope:
    return _Scope(directive.path, _WHOLE_FILE if directive.is_file else directive.lines, code)


class _Index:
    """The comments of a project by what they cover, so that a finding is not compared with each of them."""

    def __init__(self, comments: tuple[Directive, ...]) -> None:
        self.first: dict[_Scope, int] = {}
        """By scope: the number of its first comment."""
        lines: dict[str, set[tuple[int, int]]] = {}
        for number, directive in enumerate(comments):
            for code, _ in directive.codes:
                if _is_narrow(code):
                    self.first.setdefault(_scope(directive, code), number)
                    if not directive.is_file:
                        lines.setdefault(directive.path, set()).add(directive.lines)
        self._lines = {path: sorted(of_path) for path, of_path in lines.items()}
        """By path: the logical lines that are covered; none of them overlap."""

    def scopes(self, finding: Finding, subjects: _Subjects) -> list[_Scope]:
        """Return what silences a finding."""
        found = []
        for path, first, last in subjects.places(finding):
            for lines in (_WHOLE_FILE, *self._covered(path, first, last)):
                scopes = (_Scope(path, lines, finding.code[:end]) for end in range(1, len(finding.code) + 1))
                found += [scope for scope in scopes if scope in self.first]
        return found

    def _covered(self, path: str, first: int, last: int) -> Iterator[tuple[int, int]]:
        lines = self._lines.get(path, [])
        for index in range(bisect_left(lines, first, key=itemgetter(1)), len(lines)):
            if lines[index][0] > last:
                return
            yield lines[index]


def _is_narrow(code: str) -> bool:
    return code[-1:].isdigit()


def _meets(entry: Suppression, finding: Finding) -> bool:
    if entry.package and finding.subject != entry.package:
        return False
    if entry.path and not entry.path.matches(finding.at.path):
        return False
    return finding.row == entry.rule if "/" in entry.rule else finding.code.startswith(entry.rule)


def _malformed(directive: Directive, known: frozenset[str]) -> Iterator[Finding]:
    if not directive.codes:
        fault = directive.fault or "it names no code"
        yield _complaint(directive.path, directive.at, f"this comment silences nothing, as {fault}", _FORMS)
    for code, at in directive.codes:
        if not is_code(code, known):
            message = f"{quoted(code)} is no code and no check of ddlint, so it silences nothing"
            yield _complaint(directive.path, at, message, code_hint(code, known).removesuffix("?"))
        elif not _is_narrow(code):
            yield _complaint(directive.path, at, f"{quoted(code)} would silence everything", _FORMS)


def _unused(
    directive: Directive, unused: list[tuple[str, Span]], subjects: _Subjects, *, is_supposed: bool
) -> Iterator[Finding]:
    """Report codes that suppress nothing. One fix removes all of a comment; there is none under a `--tracer`."""
    edits = () if is_supposed else subjects.removal_edits(directive, [at for _, at in unused])
    names = [quoted(subjects.written(directive, at)) for _, at in unused]
    taken = " and ".join(names)
    title = f"take {taken} out of the comment" if len(unused) < len(directive.codes) else "remove the comment"
    fix = Fix(title, is_safe=True, edits=edits) if edits else None
    for name, (_, at) in zip(names, unused, strict=True):
        complaint = _complaint(directive.path, at, f"{name} silences nothing here", "remove it")
        yield complaint._replace(fix=fix)


def _ran(code: str, path: str, config: Config, known: frozenset[str]) -> bool:
    """Whether every check that `code` names was wanted, so that no match means something."""
    return all(is_enabled(config, each, path) for each in known if each.startswith(code))


def _complaint(path: str, at: Span, message: str, hint: str = "") -> Finding:
    return Finding(CHECK.code, CHECK.level, name_of(path), message, Place(path, at), help=hint)
