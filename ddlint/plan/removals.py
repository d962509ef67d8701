"""What releases of the subject remove on the way, and what they have announced to remove later."""

from __future__ import annotations

from collections.abc import Iterator

from packaging.version import Version

from ddlint.checks.common.context import CheckContext
from ddlint.core.model import normalize
from ddlint.pack.protection_rows import RemovedSetting
from ddlint.pack.setting_rows import DeprecatedSetting
from ddlint.pack.support_rows import Removal
from ddlint.plan.model import Removed
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
_OF_EVERY_PROJECT = frozenset({"api"})
"""What cannot be seen in dependency files: code may use it."""


def removed_between(context: CheckContext, start: str, target: str) -> tuple[Removed, ...]:
    """Return what is there in the release `start` and not in `target`, what the project is seen to use first."""
    if not start or not target:
        return ()

    def is_between(version: str) -> bool:
        return bool(version) and not is_at_least(start, version) and is_at_least(target, version)

    found = [_removal(context, each) for each in _distinct(context) if is_between(each.version)]
    found += [_setting(context, each) for each in context.pack.rows(RemovedSetting) if is_between(each.version)]
    return tuple(sorted(dict.fromkeys(found), key=_order))


def announced_at(context: CheckContext, target: str) -> tuple[Removed, ...]:
    """Return what a release calls deprecated, so that a later one removes it."""
    pack, series = context.pack, context.pack.series(target)
    found = [
        _removal(context, each)
        for each in _distinct(context)
        if each.deprecated_in
        and is_at_least(target, each.deprecated_in)
        and not (each.version and is_at_least(target, each.version))
    ]
    for row in pack.rows(DeprecatedSetting):
        if pack.holds(series, row.first, row.last) and not is_at_least(target, row.removed_in):
            is_used = row.variable in _settings(context)
            found.append(
                Removed("setting", row.variable, row.removed_in, row.successor, row.note, is_used, (row.evidence,))
            )
    return tuple(sorted(dict.fromkeys(found), key=_order))


def _order(one: Removed) -> tuple[bool, bool, Version, str, str]:
    return not one.is_used, one.kind != _KINDS["api"], Version(one.version or "9999"), one.kind, one.name


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
