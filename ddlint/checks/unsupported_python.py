"""Report a Python that the project declares and on which no release of the tracer can be installed.

## What it does

For every Python that the project declares, looks for a release that satisfies the requirement (or the locked one) and
whose own metadata allows that Python. It is an error where the Python is named or lies between bounds, and a notice
where only a missing upper bound allows it.

Poetry, PDM and uv lock for every Python that the project declares, so what they cannot lock for one of them is an error
also where only a missing upper bound allows it. Where PDM, or Poetry, locks an older series for the sake of a Python
that newer releases leave out, that is a warning.

## Why it matters

The installation fails on that Python, or an installer falls back to an old release without anybody noticing.

## Example

    requires-python = ">=3.8"
    dependencies = ["ddtrace>=4"]    # needs Python 3.9

## What to do

Narrow `requires-python`, or ask for an older release on that Python with a marker:
`ddtrace<4; python_version < "3.9"`. `--fix --unsafe-fixes` narrows the range: `requires-python = ">=3.11,<3.15"`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.fixes import narrow_fix, on_one_line
from ddlint.checks.common.messages import key, subject, tracer_places
from ddlint.checks.common.tracer import (
    ResolutionGroup,
    group_by_requirement,
    is_contradictory,
    is_early,
    place,
    related,
    requirements_text,
    specifiers_of,
)
from ddlint.core.model import Certainty, Place, Project, Python, Resolution, Severity
from ddlint.core.report import Evidence, Finding, Fix
from ddlint.core.text import cropped, shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.pack.releases import installs_on, known_series_of, metadata, release_index, runtime_ends, select_release
from ddlint.pack.support import injection_of
from ddlint.pack.support_rows import Release
from ddlint.project.installs import INSTALLERS, LOCKING
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import clauses, is_older, list_minors, pin

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each place that allows Pythons without a release."""
    pythons = {python.minor: python for python in project.pythons}

    def lacking(resolution: Resolution) -> Hashable:
        if resolution.release or not resolution.python or is_contradictory(specifiers_of(resolution)):
            return None
        place = pythons[resolution.python].places[:1]
        return (place, resolution.certainty is Certainty.OPEN) if _exists(resolution, pack) else None

    context = context_of(project, pack)
    for tracer in project.tracers:
        is_real = bool(tracer.stand_in) or any(each.release for each in tracer.resolutions)
        for group in group_by_requirement(tracer, tracer.resolutions, lacking) if is_real else ():
            yield _finding(context, group, pythons[group.first.python])
        anywhere = (each for each in tracer.resolutions if not each.python and not each.release)
        for group in group_by_requirement(tracer, anywhere, lambda _: "") if tracer.installer in LOCKING else ():
            yield _for_any(context, group)
        early = (each for each in tracer.resolutions if each.python and is_early(each))
        for group in group_by_requirement(tracer, early, lambda each: each.release):
            yield _pre_release(context, group, pythons[group.first.python])
        aside = (each for each in tracer.resolutions if each.alone and each.certainty is not Certainty.OPEN)
        for group in group_by_requirement(tracer, aside, lambda each: each.alone):
            yield from _fallback(context, group)


def _fallback(context: CheckContext, group: ResolutionGroup) -> Iterator[Finding]:
    """Yield a finding where an older series is locked, for the sake of Pythons that the newer one leaves out."""
    wanted = release_index(context.pack).find(group.first.alone)
    every, known = context.project.pythons, context.pack.pythons
    blamed = [each for each in every if wanted is not None and not installs_on(wanted, each.minor)]
    if not blamed or wanted is None:
        return
    written = blamed[-1].places[0] if blamed[-1].places else None
    minors, kept = tuple(each.minor for each in blamed), tuple(each.minor for each in every if each not in blamed)
    is_above = bool(kept) and is_older(kept[-1], minors[-1])
    pythons, where = f"Python {list_minors(minors, known)}", tuple(each.python for each in group.resolutions)
    on = "every Python" if set(kept) <= set(where) else f"Python {list_minors(where, known)}"
    locks = (
        f"{INSTALLERS[group.tracer.installer]} locks {subject(context, [each.release for each in group.resolutions])}"
    )
    label = f"{context.pack.subject} {wanted.version} needs {_pythons_of(wanted)}"
    fix = narrow_fix(context, written, minors) if written else None
    row, documents = metadata(context.pack)
    yield Finding(
        CHECK.code,
        Severity.WARNING if is_above else Severity.NOTICE,
        "python",
        shortest_that_fits(f"`{cropped(written.message, 40)}` allows {pythons}, so {locks} on {on}", f"{locks} on {on}")
        if written
        else f"{locks} on {on}",
        Place(written.path, written.at, label) if written else place(context, group, label),
        row,
        _related(context, group) if written else related(context, group),
        documents,
        help=f"write {_new_text(fix)}" if fix else f"leave {pythons} out",
        fix=fix,
        key=key(written.message) if written else "",
    )


def _for_any(context: CheckContext, group: ResolutionGroup) -> Finding:
    """Return what is wrong with a project that names no Python: Poetry and PDM lock for every one there is."""
    release = release_index(context.pack).find(_newest(context, group))
    needs = _pythons_of(release) if release is not None else ""
    tool, newest = INSTALLERS[group.tracer.installer], f"{context.pack.subject} {_newest(context, group)}"
    label = f"{newest} is what it takes where it installs"
    stated = next(
        (
            Place(manifest.path, each.python.at, label)
            for manifest in context.project.manifests
            if (each := manifest.installer) and each.python is not None
        ),
        None,
    )
    row, documents = metadata(context.pack)
    head = f"{tool} locks for every Python, as none is named"
    return Finding(
        CHECK.code,
        CHECK.level,
        "python",
        shortest_that_fits(f"{head}: {newest} needs {needs}", head),
        stated or place(context, group, label),
        row,
        _related(context, group) if stated else related(context, group),
        documents,
        help=f"write the Pythons that it is run on, such as `{needs.removeprefix('Python ')}`",
    )


def _pre_release(context: CheckContext, group: ResolutionGroup, python: Python) -> Finding:
    minors = tuple(each.python for each in group.resolutions)
    pythons = f"Python {list_minors(minors, context.pack.pythons)}"
    wanted, release = requirements_text(context, group.first.by), group.first.release
    final = release_index(context.pack).find(_newest(context, group))
    needs = f": {final.version} needs {_pythons_of(final)}" if final is not None else ""
    row, documents = metadata(context.pack)
    is_exact = group.first.certainty is Certainty.EXACT
    written = python.places[0] if python.places and not is_exact else None
    label = f"no final release that meets {wanted} installs on {pythons}"
    tool = INSTALLERS[group.tracer.installer or "pip"]
    message = f"{tool} takes the pre-release {context.pack.subject} {release} on {pythons}"
    return Finding(
        CHECK.code,
        Severity.NOTICE if group.first.certainty is Certainty.OPEN else Severity.WARNING,
        "python",
        shortest_that_fits(f"{message}{needs}", message),
        Place(written.path, written.at, label) if written else place(context, group, label),
        row,
        _related(context, group) if written else (*python.places[:1], *related(context, group)),
        documents,
        help=_help(context, group, minors, None),
        key=key(written.message) if written else "",
    )


def _new_text(fix: Fix) -> str:
    return f"`{on_one_line(fix.edits[0].text)}`"


def _exists(resolution: Resolution, pack: Pack) -> bool:
    """Return whether a release meets the requirement on another Python."""
    return not resolution.by or bool(select_release(pack, specifiers_of(resolution)).release)


def _finding(context: CheckContext, group: ResolutionGroup, python: Python) -> Finding:
    minors = tuple(each.python for each in group.resolutions)
    is_open = group.first.certainty is Certainty.OPEN
    is_layer = group.first.origin == "layer"
    written = python.places[0] if python.places and not is_layer else None
    last = () if is_layer else _last_releases(context, minors)
    label = last[0] if len(last) == 1 else ""
    at = Place(written.path, written.at, label) if written else place(context, group, label)
    fix = narrow_fix(context, written, minors) if written and not is_open else None
    row, documents = _documents(context, group, minors)
    return Finding(
        CHECK.code,
        Severity.NOTICE if is_open else CHECK.level,
        "python",
        _message(context, group, minors, written),
        at,
        row,
        _related(context, group) if written else (*(python.places[:1] if is_layer else ()), *related(context, group)),
        documents,
        notes=() if label or group.first.origin == "injected" else last,
        help=_help(context, group, minors, fix),
        fix=fix,
        key=key(written.message) if written else "",
    )


def _message(context: CheckContext, group: ResolutionGroup, minors: tuple[str, ...], written: Place | None) -> str:
    known = context.pack.pythons
    pythons = f"Python {list_minors(minors, known)}"
    if group.first.origin == "injected":
        return _not_injected(context, group, pythons)
    if group.first.origin == "layer":
        layer = requirements_text(context, group.first.by)
        there = group.first.by[0].dependency.marker.rpartition('== "')[2].strip('"')
        return shortest_that_fits(
            f"{layer} is for Python {there}: a function on {pythons} imports nothing of it",
            f"this layer is for Python {there}, and the function runs on {pythons}",
        )
    wanted, newest = requirements_text(context, group.first.by), _newest(context, group)
    named, needs = f"{context.pack.subject} {newest}".rstrip(), _needs(context, group)
    is_exact = group.first.certainty is Certainty.EXACT
    asked = cropped(written.message, 40) if written else ""
    is_pinned = any(pin(text) for text in specifiers_of(group.first)) or not wanted
    if is_exact or not written:
        on = f"`{asked}`" if is_exact and asked.endswith(f":{minors[0]}") else pythons
        what = wanted or named if is_pinned else f"no release that meets {wanted}"
        message = f"{what} {'does not install' if is_pinned else 'installs'} on {on}"
        because = f": {'it' if is_pinned else newest} needs {needs}" if needs else ""
        return shortest_that_fits(f"{message}{because}", message)
    allows = f"`{asked}` allows {pythons}"
    if is_pinned:
        but = f"but {wanted or named} {f'needs {needs}' if needs else 'does not install on it'}"
        return shortest_that_fits(f"{allows}, {but}", but.removeprefix("but "))
    none = f"{allows}, for which no release meets {wanted}"
    if not needs:
        return shortest_that_fits(none)
    return shortest_that_fits(f"{none}: {newest} needs {needs}", f"{allows}, but {named} needs {needs}", none)


def _not_injected(context: CheckContext, group: ResolutionGroup, pythons: str) -> str:
    """Return what injection does there: it accepts other Pythons than an installer does."""
    release = _newest(context, group)
    row = injection_of(context.pack, known_series_of(context.pack, release))
    head = f"{requirements_text(context, group.first.by)} injects nothing on {pythons}"
    accepts = f"{context.pack.subject} {release} accepts {row.pythons}" if row is not None else ""
    return shortest_that_fits(f"{head}: {accepts}" if accepts else head, f"injection of {accepts}, not {pythons}", head)


def _newest(context: CheckContext, group: ResolutionGroup) -> str:
    """Return the newest release that satisfies the requirement on some Python."""
    if group.first.by:
        return select_release(context.pack, specifiers_of(group.first)).release
    taken = (each.release for each in group.tracer.resolutions if each.release)
    return group.tracer.stand_in or max(taken, key=Version, default="")


def _needs(context: CheckContext, group: ResolutionGroup) -> str:
    """Return which Python that release needs."""
    release = release_index(context.pack).find(_newest(context, group))
    return _pythons_of(release) if release is not None else ""


def _pythons_of(release: Release) -> str:
    written = clauses(release.requires_python)
    return f"Python {','.join(sorted(map(str, written), reverse=True))}" if written else ""


def _related(context: CheckContext, group: ResolutionGroup) -> tuple[Place, ...]:
    return tracer_places(context, group.resolutions)


def _documents(
    context: CheckContext, group: ResolutionGroup, minors: tuple[str, ...]
) -> tuple[str, tuple[Evidence, ...]]:
    """Return the row and documents that say since when those Pythons are excluded, else what the releases declare."""
    newest = _newest(context, group)
    row = (
        injection_of(context.pack, known_series_of(context.pack, newest)) if group.first.origin == "injected" else None
    )
    if row is not None:
        return row.row, (row.evidence,)
    ends = [each for minor in minors for each in runtime_ends(context.pack, minor, newest)]
    if ends:
        return ends[0].row, tuple(dict.fromkeys(cited for each in ends for cited in (each.evidence, *each.others)))
    return metadata(context.pack)


def _last_releases(context: CheckContext, minors: tuple[str, ...]) -> tuple[str, ...]:
    """Name the last release for each Python that has one."""
    lasts = [(minor, select_release(context.pack, ("",), minor).release) for minor in minors]
    return tuple(
        f"{context.pack.subject} {last} is the last release for Python {minor}" for minor, last in lasts if last
    )


def _help(context: CheckContext, group: ResolutionGroup, minors: tuple[str, ...], fix: Fix | None) -> str:
    if group.first.origin == "injected":
        return "move to a Python that injection accepts, or name a release that accepts this one"
    if group.first.origin == "layer":
        return "take the layer that is for the Python of the function"
    able = [each for each in context.pack.releases if any(installs_on(each, minor) for minor in minors)]
    marker = f"ask for an older {context.pack.subject} there, with a marker" if able else ""
    narrow = f"write {_new_text(fix)}" if fix else "leave that Python out"
    if group.tracer.installer in LOCKING:
        narrow += f", as {INSTALLERS[group.tracer.installer]} locks for every Python that is allowed"
    return ", or ".join(part for part in (narrow, marker) if part)
