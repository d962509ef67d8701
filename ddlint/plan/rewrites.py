"""What to write for a change: the fix of its finding, or the lowest supported version in the manner of the file."""

from __future__ import annotations

from ddlint.checks.common.fixes import handwritten, lower_bound, refusal
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Origin, Project
from ddlint.core.report import Edit, Finding, Fix
from ddlint.core.source import Source, Span
from ddlint.pack.install_rows import BadPair, Dependent
from ddlint.pack.pack import Pack
from ddlint.pack.support import applicable_rows
from ddlint.plan.locations import location_of, source_of
from ddlint.plan.model import Rewrite
from ddlint.project.installs import is_lock
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import Verdict, allows, clauses, pin, range_of, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.checks.common.context import CheckContext

_SIGN = regex(r"(===?|\^|~=|~|=)?([ \t]*)v?[0-9]")
_PINS = frozenset({"", "=", "==", "==="})
_MOVING = frozenset({"^", "~", "~="})
_RANGES = frozenset({"DD301", "DD302"})
_CONFLICT = "DD501"
_PAIR = "DD502"
_INVERSE = {">=": "<", "<": ">=", ">": "<=", "<=": ">"}
_LONGEST = 300


def rewrite(context: CheckContext, target: str, finding: Finding) -> Rewrite:
    """Return the text at the location of a finding, and what to write there.

    Only requirements are quoted: the text of other places, such as settings, may hold a secret.
    """
    at, project = finding.at, context.project
    here, source = location_of(project, at.path, at.at), source_of(project, finding.at.path)
    if source is None:
        return Rewrite(here)
    dependency = dependency_at(project, at.path, at.at)
    if finding.fix is not None:
        return _fixed(source, at.at, finding.fix, dependency)._replace(at=here)
    if finding.code not in {*_RANGES, _CONFLICT, _PAIR} or dependency is None:
        return Rewrite(here)
    if dependency.origin is Origin.LOCKED or is_lock(at.path) or at.path in context.compiled:
        return Rewrite(here, pin(dependency.specifier) or dependency.written)
    if finding.code == _PAIR:
        text = _without_pair(context.pack, source, dependency, finding, target)
    elif finding.code == _CONFLICT:
        text = dependent_text(context.pack, source, dependency, target)
    else:
        text = _ranged(context.pack, source, dependency, target)
    return respecify(context, at.path, dependency, text)


def respecify(context: CheckContext, path: str, dependency: Dependency, text: str) -> Rewrite:
    """Return the rewrite of the specifier of a requirement, with its edit where the file is written by hand."""
    here, source = location_of(context.project, path, dependency.at), source_of(context.project, path)
    if not text or source is None:
        return Rewrite(here, dependency.written)
    manifest = handwritten(context, path)
    is_edited = manifest is not None and not refusal(manifest, dependency)
    edits = (Edit(path, dependency.specifier_at, _kept_brackets(source, dependency, text)),) if is_edited else ()
    return Rewrite(here, dependency.written, respecified(source, dependency, text), edits)


def _kept_brackets(source: Source, dependency: Dependency, text: str) -> str:
    """Return a specifier in the parentheses and blanks that the old one has."""
    here = source.slice(dependency.specifier_at)
    bare = here.strip()
    if bare[:1] == "(" and bare[-1:] == ")":
        text = f"({text})"
    return here[: len(here) - len(here.lstrip())] + text + here[len(here.rstrip()) :] if bare else text


def dependency_at(project: Project, path: str, at: Span) -> Dependency | None:
    """Return the requirement or lock entry at a location."""
    every = (each for manifest in project.manifests if manifest.path == path for each in manifest.dependencies)
    return next((each for each in every if each.at == at), None)


def _fixed(source: Source, at: Span, fix: Fix, dependency: Dependency | None) -> Rewrite:
    """Return a fix as a whole line of the reader's: the requirement before and after, where it is one."""
    edit = next((each for each in fix.edits if each.path == source.path), fix.edits[0])
    if edit.path != source.path or not (at.start <= edit.at.start and edit.at.end <= at.end):
        return Rewrite(None, "", on_one_line(edit.text), fix.edits)
    if dependency is not None and edit.at == dependency.specifier_at:
        return Rewrite(None, dependency.written, respecified(source, dependency, edit.text), fix.edits)
    before, after = source.text[at.start : edit.at.start], source.text[edit.at.end : at.end]
    return Rewrite(None, on_one_line(source.slice(at)), on_one_line(before + edit.text + after), fix.edits)


def respecified(source: Source | None, dependency: Dependency, text: str) -> str:
    """Return a requirement as it is written, with another specifier."""
    here = source.slice(dependency.specifier_at).strip() if source is not None else ""
    start = _start(dependency, here) if here else -1
    if start >= 0:
        return on_one_line(dependency.written[:start] + text + dependency.written[start + len(here) :])
    return f"{dependency.name}{text}" if text[:1] in "<>=~!" else f"{dependency.name}=={text.lstrip('^')}"


def _start(dependency: Dependency, here: str) -> int:
    """Find the specifier in a requirement: between quotes, or else behind the name, which may hold the same digits."""
    quoted = (dependency.written.find(f"{mark}{here}{mark}") + 1 for mark in "\"'")
    return next(filter(None, quoted), dependency.written.find(here, len(dependency.name)))


def floor_of(pack: Pack, target: str, name: str) -> str:
    """Return the lowest version of a library that is supported, `1.1`; empty where there is none, or are several."""
    ranges = {row.specifier for row in applicable_rows(pack, name, target, pack.series(target)).rows}
    return lower_bound(ranges.pop()).removeprefix(">=") if len(ranges) == 1 else ""


def _ranged(pack: Pack, source: Source, dependency: Dependency, target: str) -> str:
    """Return the specifier that moves a requirement into the supported range: up to its minimum, or below its end."""
    rows = applicable_rows(pack, dependency.name, target, pack.series(target)).rows
    floor = floor_of(pack, target, dependency.name)
    if floor and verdict(dependency.specifier, (f">={floor}",)) in {Verdict.UNSUPPORTED, Verdict.PARTLY}:
        return _raised(source, dependency, floor)
    ranges = {row.specifier for row in rows}
    return ranges.pop() if len(ranges) == 1 else ""


def _raised(source: Source, dependency: Dependency, floor: str) -> str:
    """Return a specifier that asks for `floor` and later: `^4.4` for `^4.3`, else `>=4.4`."""
    here = source.slice(dependency.specifier_at).strip(" ()")
    sign = _SIGN.match(here)
    is_single = not any(mark in here for mark in ",|")
    keeps = sign is not None and is_single and sign[1] in _MOVING
    return f"{sign[1]}{floor}" if sign is not None and keeps else f">={floor}"


def _without_pair(pack: Pack, source: Source, dependency: Dependency, finding: Finding, target: str) -> str:
    """Return a specifier without the versions that break; empty where they are no single range, or none are left."""
    from ddlint.checks.known_bad_pair import concerns

    same = (row for row in pack.about(BadPair, dependency.name) if row.row == finding.row)
    rows = [row for row in same if concerns(pack, row, target)]
    written = clauses(rows[0].versions) or () if rows else ()
    if len(written) != 1 or written[0].operator not in _INVERSE:
        return ""  # of a single version the help says which other one to take
    good = f"{_INVERSE[written[0].operator]}{written[0].version}"
    here = source.slice(dependency.specifier_at).strip(" ()")
    kept = here not in {"", "*"} and not pin(dependency.specifier) and "|" not in here
    text = f"{here},{good}" if kept else good
    together = range_of(f"{dependency.specifier},{good}") if kept else range_of(good)
    return "" if together is None or together.is_empty else text


def dependent_text(pack: Pack, source: Source, dependency: Dependency, target: str) -> str:
    """Return the specifier of a dependent of the subject that asks for versions which allow `target`; else nothing."""
    rows = [row for row in pack.about(Dependent, dependency.name) if allows(row.specifier, target)]
    floors = [floor for row in rows if (floor := lower_bound(row.versions).removeprefix(">="))]
    return _raised(source, dependency, min(floors, key=Version)) if floors else ""


def on_one_line(text: str) -> str:
    r"""Return text on one line, without the backslashes that continue one."""
    joined = " ".join(word for word in text.split() if word != "\\")
    return joined if len(joined) <= _LONGEST else f"{joined[:_LONGEST]}..."


def _as_long(version: str, written: str) -> str:
    """Cut a version to as many numbers as are written, two at least: how many there are says how far it may move."""
    return ".".join(version.split(".")[: max(2, written.count(".") + 1)])


def asked(written: str, specifier: str, target: str) -> str:
    """Write a specifier that allows `target` in the manner of `written`: a pin stays a pin, a caret a caret."""
    sign = _SIGN.match(written)
    is_single = not any(mark in written for mark in ",|*")
    if sign is not None and is_single and sign[1] in _MOVING:
        return f"{sign[1]}{sign[2]}{_as_long(target, written)}"
    is_pin = sign is not None and (pin(specifier) or sign[1] == "=")  # conda's `=2.1.0` is a pin for those who write it
    if sign is not None and is_single and (sign[1] or "") in _PINS and is_pin:
        return f"{sign[1] or ''}{sign[2]}{target}"
    return f">={target},<{Version(target).major + 1}"
