"""Report signs of the tracer in a project of which nothing is judged.

## What it does

Reports a project in which no release of the tracer is known, although something shows that it is used: a requirement of
it without a version (a URL, a variable), a package that brings it in, or a setting of it. It is an error with
`--require-tracer`.

## Why it matters

Nothing in such a project is compared with what the tracer supports, so that no finding does not mean that all is well.

## Example

    ddtrace @ git+https://git.example/ddtrace    # which release is this?

## What to do

Name a release in the requirement, or give it with `tracer = "tracelib==3.2.0"` in the configuration.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.core.model import Place, Project
from ddlint.core.report import Finding
from ddlint.core.text import cropped, shortest_that_fits
from ddlint.pack.pack import Pack

CHECK = check_of(__name__)
_MOST_RELATED = 10


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding at the first sign, with the others as related locations."""
    signs = [*_requirements(project, pack), *_settings(project, pack)]
    if not signs:
        return
    (place, what), *others = signs
    related = tuple(each._replace(message="another sign of it") for each, _ in others[:_MOST_RELATED])
    notes = (f"{len(others) - _MOST_RELATED} more signs of it",) if len(others) > _MOST_RELATED else ()
    yield Finding(
        CHECK.code,
        CHECK.level,
        pack.subject,
        shortest_that_fits(f"{what}, so nothing is checked", what),
        place,
        related=related,
        notes=notes,
        help=f'name a version, or set `tracer = "{pack.subject}==VERSION"` in the config',
    )


def _requirements(project: Project, pack: Pack) -> Iterator[tuple[Place, str]]:
    for manifest in project.manifests:
        for each in manifest.named({pack.subject, *pack.dependents}):
            if each.name == pack.subject and not each.is_known:
                yield Place(manifest.path, each.at), f"`{cropped(each.written, 46)}` names no release of {pack.subject}"
            elif each.name in pack.dependents and each.scope != "build":
                yield (
                    Place(manifest.path, each.at),
                    f"`{cropped(each.written, 40)}` brings in {pack.subject} of an unknown release",
                )


def _settings(project: Project, pack: Pack) -> Iterator[tuple[Place, str]]:
    """Yield the settings that only the subject reads: the switches of its integrations.

    A variable that switches several of them is read by the tracers of other languages too: of a service that is built
    elsewhere, or runs an image, it says nothing.
    """
    integrations = {each for name in pack.distributions for each in pack.integrations(name)}
    by_switch: dict[str, set[str]] = {}
    for name in integrations:
        for row in pack.defaults(name):
            by_switch.setdefault(row.switch, set()).add(name)
    for manifest in project.manifests:
        elsewhere = {
            each.at
            for spec in manifest.environments
            if spec.kind == "service" and (spec.image or spec.context)
            for each in spec.settings
        }
        for each in manifest.settings:
            switched = by_switch.get(each.name, ()) if each.name else ()
            if len(switched) == 1 or (switched and each.at not in elsewhere):
                yield Place(manifest.path, each.at), f"`{each.name}` is a setting of {pack.subject}, which is not found"
