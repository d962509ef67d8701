"""What bots may propose: the versions of each library that the release in use supports, and of the subject itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.checks.common.context import CheckContext
from ddlint.core.model import Certainty, Origin
from ddlint.core.report import Evidence
from ddlint.pack.install_rows import BadPair, Requirement
from ddlint.pack.releases import installs_on
from ddlint.pack.support import applicable_rows
from ddlint.plan.model import Blocker, BotRule
from ddlint.project.installs import is_lock
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import clauses, range_of

_LIMITS = frozenset({"<", "<=", "!=", "==", "~="})
"""What keeps a newer version out: a bot never goes back."""
_INVERSE = {">=": "<", "<": ">=", ">": "<=", "<=": ">", "==": "!="}


def bot_rules(context: CheckContext, release: str, series: str, blockers: Iterable[Blocker]) -> Iterator[BotRule]:
    """Yield the rule of each library that is required, for the release in use, and that of the subject."""
    names: dict[str, set[str]] = {}
    for located in context.entries:
        dependency = located.dependency
        is_written = dependency.origin is not Origin.LOCKED and not is_lock(located.path)
        if is_written and located.path not in context.compiled:
            names.setdefault(dependency.name, set()).add(located.path)
    if context.pack.subject in names and (rule := _of_subject(context, blockers)):
        yield rule._replace(files=tuple(sorted(names[context.pack.subject])))
    for name in sorted(names):
        rule = _of_library(context, name, release, series) if release and name != context.pack.subject else None
        if rule is not None:
            yield rule._replace(files=tuple(sorted(names[name])))


def _of_library(context: CheckContext, name: str, release: str, series: str) -> BotRule | None:
    pack = context.pack
    parts: dict[str, str] = {}
    documents: dict[Evidence, None] = {}
    rows = applicable_rows(pack, name, release, series).rows
    ranges = dict.fromkeys(row.specifier for row in rows)
    if len(ranges) == 1 and next(iter(ranges)):
        parts[next(iter(ranges))] = f"{pack.subject} {release} supports {next(iter(ranges))}"
        documents.update(dict.fromkeys(row.evidence for row in rows if row.evidence is not None))
    extras = frozenset(
        extra for tracer in context.project.tracers for each in tracer.declared for extra in each.dependency.extras
    )
    for need in pack.about(Requirement, name):
        if pack.has(release, need.first, need.last) and (not need.extra or need.extra in extras) and not need.marker:
            parts.setdefault(need.specifier, f"{pack.subject} {release} requires {need.specifier}")
            documents[need.evidence] = None
    for pair in pack.about(BadPair, name):
        good = _good(pair, release, context)
        if good:
            parts.setdefault(good, f"{pair.versions} breaks with {pack.subject} {release}: {pair.problem}")
            documents[pair.evidence] = None
    allowed = ",".join(parts)
    together = range_of(allowed) if allowed else None
    if together is None or together.is_empty or not any(each.operator in _LIMITS for each in clauses(allowed) or ()):
        return None
    return BotRule(name, allowed, tuple(parts.values()), (), tuple(documents))


def _good(pair: BadPair, release: str, context: CheckContext) -> str:
    """Return the versions that a known bad pair leaves; empty where they are no single range."""
    is_of_it = any(context.pack.has(release, first, last) for first, last in pair.releases)
    written = clauses(pair.versions) or ()
    is_single = len(written) == 1 and written[0].operator in _INVERSE
    if not is_of_it or pair.is_absence or pair.python or pair.requires_python or not is_single:
        return ""
    return f"{_INVERSE[written[0].operator]}{written[0].version}"


def _of_subject(context: CheckContext, blockers: Iterable[Blocker]) -> BotRule | None:
    """Return the rule that holds the subject below the first release that a Python or a library keeps out."""
    pack = context.pack
    caps: dict[str, str] = {}
    for blocker in blockers:
        if blocker.last in pack.all_series[:-1]:
            following = pack.all_series[pack.all_series.index(blocker.last) + 1]
            caps[following] = blocker.reason
    minors = [each.minor for each in context.project.pythons if each.certainty is not Certainty.OPEN]
    current = [each.release for tracer in context.project.tracers for each in tracer.resolutions if each.release]
    for minor in minors:
        gone = next(
            (
                each.version
                for each in pack.releases
                if current
                and Version(each.version) > Version(max(current, key=Version))
                and not installs_on(each, minor)
            ),
            "",
        )
        if gone:
            caps[gone] = f"{pack.subject} {gone} cannot be installed on Python {minor}"
    if not caps:
        return None
    lowest = min(caps, key=Version)
    return BotRule(pack.subject, f"<{lowest}", (caps[lowest],))
