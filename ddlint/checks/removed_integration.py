"""Report a library that the resolved release no longer instruments.

## What it does

Reports every library whose integration was removed in the resolved release or before it. A library that only moved to
another name is judged under that name, and not reported.

## Why it matters

An upgrade of the tracer makes the spans of such a library disappear without an error.

## Example

    tracelib>=3      # removed the integration of oldcache in 3.0.0
    oldcache==2.0.1

## What to do

Move to the successor that is named, or stay on the last line before the removal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.checks._removed import removed
from ddlint.checks._scene import scene
from ddlint.checks._words import key, on_pythons, quoted, subject, tracer_places
from ddlint.model import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks._removed import Gone
    from ddlint.checks._scene import Scene
    from ddlint.model import Project
    from ddlint.pack.pack import Pack

CODE = "DD304"


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each library whose integration is gone."""
    here = scene(project, pack)
    for gone in removed(here):
        yield _finding(here, gone)


def _finding(scene: Scene, gone: Gone) -> Finding:
    removal, dependency = gone.removal, gone.located.dependency
    releases = dict.fromkeys(each.release for each in gone.resolutions)
    verb = "instruments" if len(releases) == 1 else "instrument"
    where = on_pythons(scene, (each.python for each in gone.resolutions))
    successor = f"use {_successor(removal.successor)}, or " if removal.successor else ""
    since = f"deprecated since {removal.deprecated_in}" if removal.deprecated_in else ""
    return Finding(
        CODE,
        Severity.WARNING,
        dependency.name,
        f"{quoted(scene, gone.located)} is no longer instrumented: {scene.pack.subject} removed its integration in "
        f"{removal.version}, and {subject(scene, releases)} {verb} it no more{where}",
        Place(gone.located.path, dependency.at, f"not instrumented since {removal.version}"),
        removal.row,
        (
            *(Place(each.path, each.dependency.at, "also here") for each in gone.beside),
            *tracer_places(scene, gone.resolutions),
        ),
        tuple(dict.fromkeys((removal.evidence, *removal.others))),
        tuple(note for note in (removal.note, since) if note),
        f"{successor}stay below {scene.pack.subject} {removal.version}",
        key=key(dependency.specifier),
    )


def _successor(text: str) -> str:
    """Quote a successor that is a requirement; one in words stays as it is."""
    return f"`{text}`" if " " not in text else text
