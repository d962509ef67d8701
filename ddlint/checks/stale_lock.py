"""Report a lock that no longer meets the requirements of its manifest.

## What it does

Compares every requirement of the tracer, and of a library that the rules know, with the entries of its lock. It is
reported where the lock has the name, and none of its versions meets the requirement on the Pythons of both.

## Why it matters

The manifest says one thing and the lock installs another. An installer that checks the lock stops; one that does not
installs what the manifest excludes.

## Example

    dependencies = ["tracelib>=3"]
    # the lock holds tracelib 2.1.1

## What to do

Lock again.
"""

from __future__ import annotations

from ddlint.checks import check_of
from ddlint.checks.common.context import context_of
from ddlint.checks.common.messages import key, quoted
from ddlint.core.model import Origin, Place
from ddlint.core.report import Finding
from ddlint.project.installs import is_lock
from ddlint.project.lock_commands import lock_command
from ddlint.versions.specifiers import allows, pin

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.checks.common.context import CheckContext
    from ddlint.core.model import Located, Project
    from ddlint.pack.pack import Pack

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a finding for each requirement that its lock does not meet."""
    context = context_of(project, pack)
    own = [each for each in context.by_name.get(pack.subject, ()) if context.active_pythons(each)]
    for located in (*own, *context.known()):
        is_asked = not context.is_resolved(located) and context.role(located) is Origin.DECLARED
        if is_asked and located.dependency.is_known and located.dependency.specifier:
            yield from _judged(context, located)


def _judged(context: CheckContext, located: Located) -> Iterator[Finding]:
    """Compare a requirement with what each lock holds of the same name; an override changes what is asked for."""
    beside = context.siblings(located)
    if any(context.role(each) is Origin.OVERRIDE for each in beside):
        return
    live = set(context.active_pythons(located))
    locks: dict[str, list[Located]] = {}
    for each in beside:
        if is_lock(each.path) and pin(each.dependency.specifier) and live & set(context.active_pythons(each)):
            locks.setdefault(each.path, []).append(each)
    specifier = located.dependency.specifier
    for path, entries in locks.items():
        if not any(allows(specifier, pin(each.dependency.specifier)) for each in entries):
            first, command = entries[0], lock_command(path)
            yield Finding(
                CHECK.code,
                CHECK.level,
                located.dependency.name,
                f"{quoted(context, located)} is not met by the lock, which has {pin(first.dependency.specifier)}",
                Place(located.path, located.dependency.at, "not what is locked"),
                related=tuple(Place(each.path, each.dependency.at, "locked here") for each in entries),
                help=f"lock again: `{command}`" if command else "lock again",
                key=key(specifier),
            )
