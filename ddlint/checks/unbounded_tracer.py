"""Report a range of the tracer that spans majors, one of which removes something this project uses.

## What it does

Compares the releases that a range allows with what was removed on the way, and with the libraries and extras of the
project. It speaks also where a lock still holds an older release: the next time it is renewed, the removal is there. An
integration that nobody misses, as DD304 has it, does not count.

## Why it matters

A new major is taken without anybody asking for it, and an integration ends on that day.

## Example

    ddtrace>=3          # ddtrace 4.0.0 removed the integration of aioredis
    aioredis==2.0.1

## What to do

Bound the range below that major until the project has moved on.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ddlint.checks import check_of
from ddlint.checks.common.context import CheckContext, context_of
from ddlint.checks.common.judgement import is_still_used
from ddlint.checks.common.messages import joined, key, quoted
from ddlint.core.model import Located, Origin, Place, Project
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Finding
from ddlint.core.text import shortest_that_fits
from ddlint.pack.pack import Pack
from ddlint.pack.releases import release_index
from ddlint.pack.support_rows import Removal
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import pin, range_of

CHECK = check_of(__name__)


def run(project: Project, pack: Pack) -> Iterator[Finding]:
    """Yield a notice for each range of the subject that crosses a removal which concerns the project."""
    context = context_of(project, pack)
    for located in context.by_name.get(pack.subject, []):
        is_asked = not context.is_resolved(located) and context.role(located) is not Origin.CONSTRAINT
        if is_asked and context.active_pythons(located) and located.dependency.is_known and context.project.tracers:
            ends = _ends(pack, located.dependency.specifier)
            if ends is None:
                continue
            used = ((each, found) for each in pack.removals() if (found := _users(context, located, each)))
            missed = ((removal, found) for removal, found in used if is_still_used(context, removal))
            concerned = [(removal, found) for removal, found in missed if _is_crossed(ends, removal)]
            if concerned:
                yield _finding(context, located, ends, concerned)


def _is_crossed(ends: _Ends, removal: Removal) -> bool:
    """Return whether some of the releases that a range allows are of an earlier major, and one has the removal."""
    if not removal.version or removal.kind not in {"integration", "api", "extra"}:
        return False
    gone = Version(removal.version)
    return ends.newest >= gone and ends.oldest.major < gone.major


class _Ends(NamedTuple):
    """The newest and the oldest of the known releases that a range allows."""

    newest: Version
    oldest: Version


@lru_cache(maxsize=1024)
def _ends(pack: Pack, specifier: str) -> _Ends | None:
    """Return the ends of a range that is wider than one major; most are not, and a pin is no range."""
    wanted = range_of(specifier) if not pin(specifier) else None
    if wanted is None:
        return None
    known = release_index(pack)
    newest = next((each for each, _ in known.newest_first() if wanted.contains(each)), None)
    major = range_of(f"=={newest.major}.*") if newest is not None else None
    if newest is None or major is None or (wanted - major).is_empty:
        return None
    oldest = next((each for each in known.oldest_first() if wanted.contains(each)), newest)
    return _Ends(newest, oldest) if oldest.major != newest.major else None


def _users(context: CheckContext, located: Located, removal: Removal) -> tuple[Located, ...]:
    """Return the entries of the project that a removal concerns: the library, or the requirement with the extra."""
    if removal.extra and removal.extra in located.dependency.extras:
        return (located,)
    if removal.kind == "extra" or removal.distribution not in context.by_name:
        return ()
    together = context.installed_with(located.path)
    found = [each for each in context.by_name[removal.distribution] if each.path in together]
    return tuple(each for each in found if context.active_pythons(each))[:1]


def _finding(
    context: CheckContext, located: Located, ends: _Ends, concerned: list[tuple[Removal, tuple[Located, ...]]]
) -> Finding:
    first = min((removal for removal, _ in concerned), key=lambda removal: Version(removal.version))
    gone = joined(_gone(version, concerned) for version in dict.fromkeys(each.version for each, _ in concerned))
    bound = f"<{Version(first.version).major}"
    return Finding(
        CHECK.code,
        CHECK.level,
        context.pack.subject,
        shortest_that_fits(
            f"{quoted(context, located)} allows {context.pack.subject} {gone}",
            f"{quoted(context, located)} allows releases of {context.pack.subject} that lack what is used here",
        ),
        Place(located.path, located.dependency.at, f"allows {ends.oldest.major}.x to {ends.newest.major}.x"),
        first.row,
        tuple(
            Place(each.path, each.dependency.at, f"gone from {removal.version} on")
            for removal, users in concerned
            for each in users
            if each != located
        ),
        tuple(dict.fromkeys(removal.evidence for removal, _ in concerned)),
        help=f"add `{bound}` until nothing here needs what is removed",
        key=key(located.dependency.specifier),
    )


def _gone(version: str, concerned: list[tuple[Removal, tuple[Located, ...]]]) -> str:
    """Return a release with what it removed: "4.0.0, which removed the extra `openai`"."""
    told = [removal for removal, _ in concerned if removal.version == version]
    names = [f"`{each.distribution}`" for each in told if each.kind == "integration"]
    integrations = [f"the integration{'s' if len(names) > 1 else ''} of {joined(names)}"] if names else []
    others = [_what(each) for each in told if each.kind != "integration"]
    return f"{version}, which removed {joined([*others, *integrations])}"


def _what(removal: Removal) -> str:
    return f"the extra `{removal.extra}`" if removal.kind == "extra" else f"what `{removal.distribution}` needs"
