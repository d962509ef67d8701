"""What releases of the subject remove on the way, and what they have announced to remove later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddlint.checks.common.context import CheckContext
from ddlint.core.model import normalize
from ddlint.pack.interface_rows import Interface
from ddlint.pack.protection_rows import RemovedSetting
from ddlint.pack.setting_rows import DeprecatedSetting
from ddlint.pack.support_rows import Removal
from ddlint.plan.model import Removed, Stop
from ddlint.versions.ranges import Version
from ddlint.versions.specifiers import is_at_least

_KINDS = {
    "integration": "integration",
    "version": "versions",
    "api": "API",
    "extra": "extra",
    "plugin": "plugin",
    "runtime": "Python",
    "platform": "platform",
}
API = _KINDS["api"]
"""What cannot be seen in dependency files: code may use it."""


def removed_between(context: CheckContext, start: str, target: str) -> tuple[Removed, ...]:
    """Return what is there in the release `start` and not in `target`, what the project is seen to use first."""
    if not start or not target:
        return ()

    def is_between(version: str) -> bool:
        return bool(version) and not is_at_least(start, version) and is_at_least(target, version)

    found = [_removal(context, each) for each in _distinct(context) if is_between(each.version)]
    found += [_setting(context, each) for each in context.pack.rows(RemovedSetting) if is_between(each.version)]
    found += [_interface(each) for each in _interfaces(context) if is_between(each.version)]
    return tuple(sorted(dict.fromkeys(found), key=_order))


def announced_at(context: CheckContext, target: str) -> tuple[Removed, ...]:
    """Return what a release calls deprecated, so that a later one removes it."""
    pack, series = context.pack, context.pack.series(target)
    found = [_removal(context, each) for each in _distinct(context) if _is_announced(each, target)]
    for row in pack.rows(DeprecatedSetting):
        if pack.holds(series, row.first, row.last) and not is_at_least(target, row.removed_in):
            is_used = row.variable in _settings(context)
            found.append(
                Removed("setting", row.variable, row.removed_in, row.successor, row.note, is_used, (row.evidence,))
            )
    found += [_interface(each) for each in _interfaces(context) if _is_announced(each, target)]
    return tuple(sorted(dict.fromkeys(found), key=_order))


def stops(context: CheckContext, start: str, target: str, between: Sequence[str], ended: Sequence[str]) -> list[Stop]:
    """Return which of the releases between two warn of removals on the way that the ones before them do not.

    `ended` are those of them whose support has ended. What a project is seen not to use is left out.
    """
    found: list[Stop] = []
    for release in between:
        warned = [each for each in _ending(context, target) if _is_announced(each, release)]
        fresh = [each for each in warned if not _is_announced(each, start)]
        names = dict.fromkeys(name for each in fresh for name in _names(each))
        if names:
            versions = sorted({each.version for each in fresh}, key=Version)
            found.append(Stop(release, tuple(names), tuple(versions), release in ended))
        start = release
    return found


def _ending(context: CheckContext, target: str) -> Iterator[Interface | Removal]:
    """Yield what is gone in a release and may be used: interfaces, and integrations of libraries that are required."""
    yield from (each for each in _interfaces(context) if each.version and is_at_least(target, each.version))
    for row in _distinct(context):
        is_gone = bool(row.version) and is_at_least(target, row.version)
        if is_gone and row.kind == "integration" and _is_used(context, row):
            yield row


def _is_announced(row: Interface | Removal, release: str) -> bool:
    """Return whether a release still has something and warns of its end."""
    is_warned = bool(row.deprecated_in) and is_at_least(release, row.deprecated_in)
    return is_warned and not (row.version and is_at_least(release, row.version))


def _names(row: Interface | Removal) -> tuple[str, ...]:
    return row.names if isinstance(row, Interface) else (row.name,)


def _interfaces(context: CheckContext) -> Iterator[Interface]:
    """Yield the interfaces that code of the project may use: not those of a library that it does not require."""
    for row in context.pack.rows(Interface):
        if not row.distribution or row.distribution in context.by_name:
            yield row


def _interface(row: Interface) -> Removed:
    documents = tuple(dict.fromkeys((row.evidence, *row.others)))
    version = row.version or row.removed_in
    return Removed(API, row.names[0], version, row.successor, row.note, False, documents, row.names)


def _order(one: Removed) -> tuple[bool, bool, Version, str, str]:
    """Return what sorts removals; interfaces of one release keep the order of the pack."""
    is_api = one.kind == API
    return not one.is_used, not is_api, Version(one.version or "9999"), one.kind, "" if is_api else one.name


def _distinct(context: CheckContext) -> Iterator[Removal]:
    """Yield each removal once: one of several distributions is as many rows."""
    seen: set[tuple[str, str, str]] = set()
    for row in context.pack.removals():
        key = row.kind, row.name, row.version
        if row.kind in _KINDS and key not in seen:
            seen.add(key)
            yield row


def _removal(context: CheckContext, row: Removal) -> Removed:
    documents = tuple(dict.fromkeys((row.evidence, *row.others)))
    kind = _KINDS[row.kind]
    return Removed(kind, row.name, row.version, row.successor, row.note, _is_used(context, row), documents)


def _is_used(context: CheckContext, row: Removal) -> bool:
    match row.kind:
        case "extra":
            asked = {
                normalize(extra)
                for tracer in context.project.tracers
                for each in tracer.declared
                for extra in each.dependency.extras
            }
            return normalize(row.extra) in asked
        case "runtime":
            return row.name.removeprefix("Python ") in {python.minor for python in context.project.pythons}
        case "platform":
            return False
        case _:
            names = [
                each.distribution for each in context.pack.removals() if (each.kind, each.name) == (row.kind, row.name)
            ]
            return any(name in context.by_name for name in names if name)


def _setting(context: CheckContext, row: RemovedSetting) -> Removed:
    names = _settings(context)
    start = row.variable.removesuffix("*")
    is_used = any(name.startswith(start) for name in names) if row.variable.endswith("*") else row.variable in names
    written = f"{row.variable}={row.value}" if row.value else row.variable
    return Removed("setting", written, row.version, row.successor, row.note, is_used, (row.evidence,))


def _settings(context: CheckContext) -> frozenset[str]:
    return frozenset(each.name for manifest in context.project.manifests for each in manifest.settings)
