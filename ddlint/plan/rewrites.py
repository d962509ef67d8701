"""What to write for a change: the fix of its finding, or the lowest supported version in the manner of the file."""

from __future__ import annotations

from packaging.version import Version

from ddlint.checks.common.fixes import lower_bound
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Origin, Project
from ddlint.core.report import Finding, Fix
from ddlint.core.source import Source, Span
from ddlint.pack.pack import Pack
from ddlint.pack.support import applicable_rows
from ddlint.plan.locations import location_of, source_of
from ddlint.plan.model import Rewrite
from ddlint.project.installs import compiled, is_lock
from ddlint.versions.specifiers import pin

_SIGN = regex(r"(===?|\^|~=|~|=)?([ \t]*)v?[0-9]")
_PINS = frozenset({"", "=", "==", "==="})
_MOVING = frozenset({"^", "~", "~="})
_RANGES = frozenset({"DD301", "DD302"})
_LONGEST = 300


def rewrite(project: Project, pack: Pack, target: str, finding: Finding) -> Rewrite:
    """Return the text at the location of a finding, and what to write there.

    Only requirements are quoted: the text of other places, such as settings, may hold a secret.
    """
    at, source = finding.at, source_of(project, finding.at.path)
    here = location_of(project, at.path, at.at)
    if source is None:
        return Rewrite(here)
    dependency = dependency_at(project, at.path, at.at)
    if finding.fix is not None:
        return _fixed(source, at.at, finding.fix, dependency)._replace(at=here)
    if finding.code not in _RANGES or dependency is None:
        return Rewrite(here)
    if dependency.origin is Origin.LOCKED or is_lock(at.path) or at.path in compiled(project.manifests):
        return Rewrite(here, pin(dependency.specifier) or dependency.written)
    floor = _floor(pack, target, finding.subject)
    return Rewrite(here, dependency.written, _raised(source, dependency, floor) if floor else "")


def dependency_at(project: Project, path: str, at: Span) -> Dependency | None:
    """Return the requirement or lock entry at a location."""
    every = (each for manifest in project.manifests if manifest.path == path for each in manifest.dependencies)
    return next((each for each in every if each.at == at), None)


def _fixed(source: Source, at: Span, fix: Fix, dependency: Dependency | None) -> Rewrite:
    """Return a fix as a whole line of the reader's: the requirement before and after, where it is one."""
    edit = next((each for each in fix.edits if each.path == source.path), fix.edits[0])
    if edit.path != source.path or not (at.start <= edit.at.start and edit.at.end <= at.end):
        return Rewrite(None, "", on_one_line(edit.text))
    if dependency is not None and edit.at == dependency.specifier_at:
        return Rewrite(None, dependency.written, respecified(source, dependency, edit.text))
    before, after = source.text[at.start : edit.at.start], source.text[edit.at.end : at.end]
    return Rewrite(None, on_one_line(source.slice(at)), on_one_line(before + edit.text + after))


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


def _floor(pack: Pack, target: str, name: str) -> str:
    """Return the lowest version of a library that is supported, `1.1`; empty where there is none, or are several."""
    ranges = {row.specifier for row in applicable_rows(pack, name, target, pack.line(target)).rows}
    return lower_bound(ranges.pop()).removeprefix(">=") if len(ranges) == 1 else ""


def _raised(source: Source, dependency: Dependency, floor: str) -> str:
    """Return the text of a requirement that asks for `floor` and later: `^4.4` for `^4.3`, else `>=4.4`."""
    here = source.slice(dependency.specifier_at).strip(" ()")
    sign = _SIGN.match(here)
    is_single = not any(mark in here for mark in ",|")
    keeps = sign is not None and is_single and sign[1] in _MOVING
    return respecified(source, dependency, f"{sign[1]}{floor}" if sign is not None and keeps else f">={floor}")


def on_one_line(text: str) -> str:
    r"""Return text on one line, without the backslashes that continue one."""
    joined = " ".join(word for word in text.split() if word != "\\")
    return joined if len(joined) <= _LONGEST else f"{joined[:_LONGEST]}..."


def _as_long(version: str, written: str) -> str:
    """Cut a version to as many numbers as are written, two at least: how many there are says how far it may move."""
    return ".".join(version.split(".")[: max(2, written.count(".") + 1)])


def asked(written: str, specifier: str, target: str) -> str:
    """Write a specifier that admits `target` in the manner of `written`: a pin stays a pin, a caret a caret."""
    sign = _SIGN.match(written)
    is_single = not any(mark in written for mark in ",|*")
    if sign is not None and is_single and sign[1] in _MOVING:
        return f"{sign[1]}{sign[2]}{_as_long(target, written)}"
    if sign is not None and is_single and (sign[1] or "") in _PINS and pin(specifier):
        return f"{sign[1] or ''}{sign[2]}{target}"
    return f">={target},<{Version(target).major + 1}"
