"""Report an extra of the tracer that the resolved release does not have, or that nothing uses any more.

## What it does

Looks up every extra that a requirement of the tracer asks for in the resolved release.

## Why it matters

An installer only warns of an extra that does not exist, so what it was meant to bring is not installed. An extra that
is dead still installs a package that nothing imports.

## Example

    ddtrace[openai]==3.19.9      # the extra ended with ddtrace 3.18.0

## What to do

Take the extra out, or ask for its successor. `--fix` takes out what the release does not have, `--fix --unsafe-fixes`
also what is dead.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, bounded_resolutions, context_of
from ddlint.checks.common.fixes import handwritten, on_one_line
from ddlint.checks.common.messages import joined, key, on_pythons, quoted, subject
from ddlint.core.lazy_regex import regex
from ddlint.core.model import Located, Place, Project, Resolution, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Edit, Evidence, Finding, Fix
from ddlint.core.source import Span
from ddlint.core.text import fitted, shortest_that_fits
from ddlint.pack.install_rows import Extra
from ddlint.pack.pack import Pack
from ddlint.pack.releases import closest_release, metadata
from ddlint.pack.support_rows import Removal
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import is_at_least, version

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re


CHECK = check_of(__name__)
_EXTRAS = regex(r"[A-Za-z0-9._-]+\s*\[([^\[\]\"']*)\]")
_IN_TABLE = regex(r"\{[^{]*?\bextras[ \t]*=[ \t]*\[([^\[\]]*)\]")
_NAME = regex(r"(?P<name>[A-Za-z0-9._-]+)")
_QUOTED = regex(r"(?P<quote>[\"'])(?P<name>[A-Za-z0-9._-]+)(?P=quote)")


class _Lacking(NamedTuple):
    """An extra that a release lacks, or that nothing uses any more."""

    extra: str
    resolution: Resolution
    rows: tuple[Extra, ...]
    """The runs of releases that have it; none where no release ever had it."""
    is_dead: bool


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each extra that does not exist or is dead."""
    if not pack.rows(Extra):
        return
    context = context_of(project, pack)
    for located in context.by_name.get(pack.subject, []):
        if context.active_pythons(located) and not context.is_resolved(located):
            for extra in located.dependency.extras:
                lacks = _lacks(context, located, extra)
                if lacks:
                    yield _finding(context, located, lacks)


def _lacks(context: CheckContext, located: Located, extra: str) -> list[_Lacking]:
    live = context.active_pythons(located)
    resolutions = (
        each
        for tracer in context.project.tracers
        if located in tracer.declared
        for each in bounded_resolutions(tracer)
        if each.release and (each.python in live or not each.python)
    )
    found = [_lack(context, each, extra) for each in resolutions]
    return [each for each in found if each is not None]


def _lack(context: CheckContext, resolution: Resolution, extra: str) -> _Lacking | None:
    release = closest_release(context.pack, resolution.release)
    rows = tuple(row for row in context.pack.rows(Extra) if normalize(row.name) == extra)
    if release is None or (resolution.is_newer and not rows):
        return None
    row = next((row for row in rows if context.pack.has(release.version, row.first, row.last)), None)
    if row is None:
        return _Lacking(extra, resolution, rows, is_dead=False)
    dead, found = version(row.dead_from), version(release.version)
    is_dead = dead is not None and found is not None and found >= dead
    return _Lacking(extra, resolution, rows, is_dead=True) if is_dead else None


def _finding(context: CheckContext, located: Located, lacks: list[_Lacking]) -> Finding:
    first = lacks[0]
    later = _later(first)
    removal = None if later else _removal(context, first)
    where = on_pythons(context, (each.resolution.python for each in lacks))
    releases = subject(context, (each.resolution.release for each in lacks))
    successor = removal.successor if removal is not None else ""
    extra = f"{quoted(context, located)} asks for the extra `{first.extra}`, which"
    verb = ("does" if len({each.resolution.release for each in lacks}) == 1 else "do") + " not"
    has_not = f"{releases} {verb} {'use' if first.is_dead else 'have'}"
    head = shortest_that_fits(f"{extra} {has_not}", f"{has_not} the extra `{first.extra}`")
    message, where_note = fitted(head, where)
    help_ = f"raise {context.pack.subject} to >={later}" if later else f"take `[{first.extra}]` out"
    row, documents = (first.rows[0].row, _evidence(first, removal)) if first.rows else metadata(context.pack)
    return Finding(
        CHECK.code,
        CHECK.level,
        context.pack.subject,
        message,
        Place(located.path, located.dependency.at, "not used" if first.is_dead else "not installed"),
        row,
        evidence=documents,
        notes=(*where_note, *_history(context, first)),
        help=help_ + (f" and use {successor}" if successor else ""),
        fix=_drop_fix(context, located, first),
        key=f"{key(located.dependency.specifier)}[{first.extra}]",
    )


def _later(lack: _Lacking) -> str:
    """Return the first later release that has an extra; empty where there is none."""
    release = lack.resolution.release
    firsts = (row.first for row in lack.rows if is_at_least(row.first, release))
    return min(firsts, key=Version, default="")


def _removal(context: CheckContext, lack: _Lacking) -> Removal | None:
    """Return the row that says why the extra is gone or dead, and what replaces it."""
    told = [each for each in context.pack.removals() if each.extra == lack.extra and each.version]
    return next((each for each in told if each.successor), next(iter(told), None))


def _evidence(lack: _Lacking, removal: Removal | None) -> tuple[Evidence, ...]:
    every = [
        *((removal.evidence, *removal.others) if removal is not None else ()),
        *(row.evidence for row in lack.rows),
    ]
    return tuple(dict.fromkeys(every))


def _history(context: CheckContext, lack: _Lacking) -> tuple[str, ...]:
    if not lack.rows:
        return f"no release of {context.pack.subject} ever had it", _others(context, lack.resolution.release)
    if lack.is_dead:
        return (f"nothing uses it since {lack.rows[0].dead_from}",)
    first = min((row.first for row in lack.rows), key=Version)
    return (f"it existed from {first} to {max((row.last for row in lack.rows), key=Version)}",)


def _others(context: CheckContext, release: str) -> str:
    """Return which extras a release has."""
    found = closest_release(context.pack, release)
    rows = [row for row in context.pack.rows(Extra) if found and context.pack.has(found.version, row.first, row.last)]
    names = joined(dict.fromkeys(f"`{row.name}`" for row in rows))
    return f"{subject(context, (release,))} has {names or 'none'}"


def _drop_fix(context: CheckContext, located: Located, lack: _Lacking) -> Fix | None:
    """Return the fix that takes an extra out, and a comma with it; safe where it installs nothing anyway."""
    manifest, at = handwritten(context, located.path), located.dependency.at
    if manifest is None:
        return None
    text = manifest.source.slice(at)
    if match := _EXTRAS.match(text):
        removed, start = _removed(match[1], _NAME, lack.extra, (-1, 1)), at.start
    else:
        line = manifest.source.line_span(manifest.source.position(at.start).line)
        tables = list(_IN_TABLE.finditer(manifest.source.slice(line)))
        match = tables[0] if len(tables) == 1 else None
        removed, start = _removed(match[1], _QUOTED, lack.extra, (0, 0)) if match else None, line.start
    if match is None or removed is None:
        return None
    first = start + match.start(1)
    edit = Edit(located.path, Span(first + removed.start, first + removed.end), "")
    return Fix(f"take `{lack.extra}` out of `[{on_one_line(match[1])}]`", not lack.is_dead, (edit,))


def _removed(text: str, pattern: re.Pattern[str], extra: str, brackets: tuple[int, int]) -> Span | None:
    """Return what to remove of a list of extras: one with its comma, or all of it and the brackets for the only one."""
    items = list(pattern.finditer(text))
    index = next((number for number, item in enumerate(items) if normalize(item["name"]) == extra), None)
    if index is None:
        return None
    if len(items) == 1:
        return Span(brackets[0], len(text) + brackets[1])
    if index:
        return Span(items[index - 1].end(), items[index].end())
    return Span(items[0].start(), items[1].start())
