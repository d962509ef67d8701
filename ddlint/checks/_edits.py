"""Edits of a specifier: raise its floor, or replace a pin; nothing else of the file is touched.

What a tool wrote (a lock, a compiled file), what carries hashes, and what is no plain PEP 440 in the file stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ddlint.installs import is_lock
from ddlint.model import Edit, Fix
from ddlint.pythons import admitted
from ddlint.verdict import Verdict, clauses, pin, verdict

if TYPE_CHECKING:
    from ddlint.checks._scene import Scene
    from ddlint.model import Located, Manifest, Place

_LOWER = re.compile(r"(?:>=?|~=)[ \t]*[^\s,;]+")
_CONTINUED = re.compile(r"(?:\\\r?\n|[^\r\n])*")


def manifest_of(scene: Scene, path: str) -> Manifest | None:
    """Give the manifest of a file of the project."""
    return next((each for each in scene.project.manifests if each.path == path), None)


def raised(scene: Scene, located: Located, supported: str, *, is_met: bool) -> Fix | None:
    """Give the fix that makes a requirement ask for what is supported; safe where the project's lock meets it."""
    dependency = located.dependency
    manifest, floor = manifest_of(scene, located.path), lowest(supported)
    if manifest is None or not floor or scene.is_resolved(located) or is_lock(located.path):
        return None
    written = manifest.source.slice(dependency.specifier_at)
    rest = _CONTINUED.match(manifest.source.text, dependency.at.end)
    if written.strip(" ()") != dependency.specifier.strip(" ()") or (rest and "--hash" in rest[0]):
        return None
    text = floor if pin(dependency.specifier) else _LOWER.sub(floor, written, count=1)
    if text == written or verdict(text.strip(" ()"), (supported,)) not in {Verdict.SUPPORTED, Verdict.UNBOUNDED}:
        return None
    is_safe = is_met and not pin(dependency.specifier)
    edit = Edit(located.path, dependency.specifier_at, text)
    return Fix(f"change `{written.strip()}` to `{text.strip()}`", is_safe, (edit,))


def lowest(supported: str) -> str:
    """Give the one lower bound of what is supported, `>=2.2`; empty where there is none or several."""
    bounds = [str(clause) for clause in clauses(supported) or () if clause.operator == ">="]
    return bounds[0] if len(bounds) == 1 else ""


_PYTHON_LOWER = re.compile(r"(?P<sign>>=|\^|~=|~)(?P<gap>[ \t]*)(?P<version>[0-9][0-9.]*)")


def narrowed(scene: Scene, place: Place, lacking: tuple[str, ...]) -> Fix | None:
    """Give the fix that raises the lower bound of a Python requirement above the minors that have no release."""
    manifest = manifest_of(scene, place.path)
    if manifest is None or is_lock(place.path):
        return None
    stated = next((each for each in manifest.pythons if each.at == place.at and not each.is_exact), None)
    written = manifest.source.slice(place.at)
    found = list(_PYTHON_LOWER.finditer(written))
    if stated is None or len(found) != 1 or "|" in written:
        return None
    minors = admitted(stated.specifier, scene.pack.pythons)
    left = tuple(minor for minor in minors if minor not in lacking)
    if not left or minors[: len(minors) - len(left)] + left != minors:
        return None
    match = found[0]
    text = f"{written[: match.start('version')]}{left[0]}{written[match.end('version') :]}"
    if text == written or (match["sign"] in {"~=", "~"} and match["version"].count(".") > 1):
        return None
    return Fix(f"change `{written}` to `{text}`", is_safe=False, edits=(Edit(place.path, place.at, text),))
