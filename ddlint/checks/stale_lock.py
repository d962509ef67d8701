"""Report a lock that no longer meets the requirements of its manifest.

## What it does

Compares every requirement of the tracer, and of a library that the rules know, with the entries of its lock. It is
reported where the lock has the name, and none of its versions meets the requirement on the Pythons of both.

## Why it matters

The manifest says one thing and the lock installs another. An installer that checks the lock stops; one that does not
installs what the manifest excludes.

## Example

    dependencies = ["ddtrace>=4.10"]
    # the lock has ddtrace 4.9.2

## What to do

Lock again.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.messages import key, quoted
from ddlint.core.model import Located, Origin, Place, Project
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.project.installs import is_lock, lock_command
from ddlint.versions.specifiers import allows, pin

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each lock that does not meet what is declared, at the first requirement that it misses."""
    context = context_of(project, pack)
    own = [each for each in context.by_name.get(pack.subject, ()) if context.active_pythons(each)]
    missed: dict[str, list[tuple[Located, tuple[Located, ...]]]] = {}
    for located in (*own, *context.known()):
        is_asked = not context.is_resolved(located) and context.role(located) is Origin.DECLARED
        if is_asked and located.dependency.is_known and located.dependency.specifier:
            for path, entries in _missed(context, located):
                missed.setdefault(path, []).append((located, entries))
    for path, found in missed.items():
        yield _finding(context, path, found)


def _missed(context: CheckContext, located: Located) -> Iterator[tuple[str, tuple[Located, ...]]]:
    """Yield each lock that does not meet a requirement, with its entries; an override changes what is asked for."""
    beside = context.siblings(located)
    if any(context.role(each) is Origin.OVERRIDE for each in beside):
        return
    live = set(context.active_pythons(located))
    locks: dict[str, list[Located]] = {}
    for each in beside:
        if is_lock(each.path) and pin(each.dependency.specifier) and live & set(context.active_pythons(each)):
            locks.setdefault(each.path, []).append(each)
    for path, entries in locks.items():
        if not any(allows(located.dependency.specifier, pin(each.dependency.specifier)) for each in entries):
            yield path, tuple(entries)


def _finding(context: CheckContext, path: str, found: list[tuple[Located, tuple[Located, ...]]]) -> Finding:
    """Report one lock: to lock again is one step, however many requirements it misses."""
    (located, entries), *others = found
    command, more = lock_command(path), ""
    if others:
        more = f", nor {len(others)} more requirement{'s' if len(others) > 1 else ''}"
    return Finding(
        CHECK.code,
        CHECK.level,
        located.dependency.name,
        shortest_that_fits(
            f"{quoted(context, located)} is not met by the lock, which has {pin(entries[0].dependency.specifier)}{more}"
        ),
        Place(located.path, located.dependency.at, "not what is locked"),
        related=(
            *(Place(each.path, each.dependency.at, "locked here") for each in entries),
            *(Place(each.path, each.dependency.at, "not met either") for each, _ in others),
        ),
        help=f"lock again: `{command}`" if command else "lock again",
        key=key(located.dependency.specifier),
    )
