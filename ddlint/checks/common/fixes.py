"""Fixes of a specifier: raise its lower bound, replace a pin, narrow a range of Pythons, correct a typo.

What a tool wrote (a lock, a compiled file) stays, and so does what carries hashes or only says where a project runs.
"""

from __future__ import annotations

from ddlint.checks.common.context import CheckContext
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Located, Manifest, Place, Problem
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Edit, Fix
from ddlint.core.text import OPERATORS, lookalike
from ddlint.inputs import EDITED
from ddlint.project.installs import is_generated, is_lock
from ddlint.versions import rewrite
from ddlint.versions.specifiers import pin

_CONTINUED = regex(r"(?:\\\r?\n|[^\r\n])*")
_HASHES = "the hashes beside it are those of this version; change it where the file is made from, or with its hashes"
_GENERATED = "a tool wrote this file; change what it is made from"
_IN_FILE_NAME = "the version is part of the name of a file; take another file"


class FixRefusal(NamedTuple):
    """Why a requirement stays as it is although another text for it is known."""

    reason: str


def manifest_of(context: CheckContext, path: str) -> Manifest | None:
    """Return the manifest of a file of the project."""
    return next((each for each in context.project.manifests if each.path == path), None)


def handwritten(context: CheckContext, path: str) -> Manifest | None:
    """Return the manifest of a file that is written by hand."""
    manifest = manifest_of(context, path)
    is_written = manifest is not None and manifest.input in EDITED and not is_lock(path)
    return manifest if is_written and path not in context.compiled else None


def raise_fix(
    context: CheckContext, located: Located, supported: tuple[str, ...], *, is_met: bool, is_capped: bool = True
) -> Fix | FixRefusal | None:
    """Return the fix that makes a requirement ask for what is supported; safe where the project's lock meets it.

    An upper bound that the subject itself asks for need not be repeated: then it is not `is_capped`.
    """
    manifest, dependency = handwritten(context, located.path), located.dependency
    if manifest is None:
        return None
    written = manifest.source.slice(dependency.specifier_at)
    text = rewrite.raise_specifier(written, dependency.specifier, supported, is_capped=is_capped)
    return _changed(manifest, dependency, text, is_safe=is_met and not pin(dependency.specifier))


def repin_fix(context: CheckContext, located: Located, release: str) -> Fix | FixRefusal | None:
    """Return the fix that makes a pin name another release."""
    manifest, dependency = handwritten(context, located.path), located.dependency
    if manifest is None:
        return None
    text = rewrite.repin(manifest.source.slice(dependency.specifier_at), dependency.specifier, release)
    return _changed(manifest, dependency, text, is_safe=False)


def narrow_fix(context: CheckContext, place: Place, lacking: tuple[str, ...]) -> Fix | None:
    """Return the fix that leaves out of a Python requirement, at its ends, the minors that have no release."""
    manifest = handwritten(context, place.path)
    stated = next((each for each in manifest.pythons if each.at == place.at), None) if manifest else None
    if manifest is None or stated is None or stated.is_exact:
        return None
    written = manifest.source.slice(place.at)
    text = rewrite.narrow(written, stated.specifier, context.pack.pythons, lacking)
    edit = Edit(place.path, place.at, text)
    return (
        Fix(f"change `{on_one_line(written)}` to `{on_one_line(text)}`", is_safe=False, edits=(edit,)) if text else None
    )


def lower_bound(supported: str) -> str:
    """Return the one lower bound of what is supported, `>=2.2`; empty where there is none or several."""
    floor = rewrite.lowest(supported)
    return f">={floor}" if floor else ""


def on_one_line(text: str) -> str:
    """Return a text of a file for a title: on one line, without what joins lines."""
    return " ".join(text.replace("\\\n", " ").replace("\\\r\n", " ").split())


def _changed(manifest: Manifest, dependency: Dependency, text: str, *, is_safe: bool) -> Fix | FixRefusal | None:
    written = manifest.source.slice(dependency.specifier_at)
    if not text or text == written:
        return None
    if reason := refusal(manifest, dependency):
        return FixRefusal(reason)
    edit = Edit(manifest.path, dependency.specifier_at, text)
    return Fix(f"change `{on_one_line(written)}` to `{on_one_line(text)}`", is_safe, (edit,))


def refusal(manifest: Manifest, dependency: Dependency) -> str:
    """Return why the version of a requirement is not edited; empty where it may be."""
    if _is_in_a_file_name(manifest, dependency):
        return _IN_FILE_NAME
    rest = _CONTINUED.match(manifest.source.text, dependency.at.end)
    if rest and "--hash" in rest[0]:
        return _HASHES
    return _GENERATED if is_generated(manifest.source.text) else ""


def _is_in_a_file_name(manifest: Manifest, dependency: Dependency) -> bool:
    """Return whether the version is part of the name of a wheel: no other specifier follows a hyphen."""
    start = dependency.specifier_at.start
    return manifest.source.text[start - 1 : start] == "-"


def as_notes(fix: Fix | FixRefusal | None) -> tuple[str, ...]:
    """Return the reason why there is no fix, if there is one."""
    return (f"`--fix` leaves it alone: {fix.reason}",) if isinstance(fix, FixRefusal) else ()


def as_fix(fix: Fix | FixRefusal | None) -> Fix | None:
    """Return a fix, if it is one."""
    return fix if isinstance(fix, Fix) else None


_BEFORE = regex(r"[A-Za-z0-9._-]+[ \t]*(?:\[[^\[\]\"']*\][ \t]*)?$")
_AFTER = regex(r"[ \t]*[A-Za-z0-9.!+*_-]+[ \t]*(?:[,;#\"'\r\n]|$)")


def typo_fix(manifest: Manifest, problem: Problem) -> Fix | None:
    """Return the fix that writes what is meant; it is unsafe where more than one thing may be."""
    text, at = manifest.source.text, problem.at
    written = manifest.source.slice(at)
    if manifest.input not in EDITED:
        return None
    if meant := OPERATORS.get(written) or (lookalike(written) if len(written) == 1 else ""):
        return _fix(manifest, problem, meant, is_safe=True)
    is_pin = written == "=" and _AFTER.match(text, at.end) and _BEFORE.search(text[max(0, at.start - 200) : at.start])
    return _fix(manifest, problem, "==", is_safe=False) if is_pin else None


def _fix(manifest: Manifest, problem: Problem, text: str, *, is_safe: bool) -> Fix:
    written = manifest.source.slice(problem.at)
    return Fix(f"change `{written}` to `{text}`", is_safe, (Edit(manifest.path, problem.at, text),))
