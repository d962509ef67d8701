"""Make a manifest of what a reader found, whatever its kinds and order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Dependency,
    EnvironmentVariable,
    Image,
    Include,
    LockEntries,
    Manifest,
    Platform,
    Problem,
    PythonRequirement,
    ScopeInclude,
)
from ddlint.core.source import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _T = TypeVar("_T", bound="Item")

Item = Dependency | PythonRequirement | EnvironmentVariable | Platform | Image | Include | ScopeInclude | Problem
_CONFLICT = regex(r"^<{7}(?: [^\r\n]*)?(?=\r?$)", re.MULTILINE)
_CONFLICT_END = regex(r"^>{7}(?: [^\r\n]*)?(?=\r?$)", re.MULTILINE)
_MOST_ITEMS = 15_000
"""No file that was written by hand or by a tool comes near it."""


def _conflict(text: str) -> Problem | None:
    """Return the problem of the first merge conflict; one mark alone may be anything."""
    start = _CONFLICT.search(text)
    if start is None or _CONFLICT_END.search(text, start.end()) is None:
        return None
    return Problem("DD002", "a merge conflict was left here; resolve it", Span(*start.span()))


def gather(
    source: Source,
    name: str,
    items: Iterable[Item],
    comments: tuple[Span, ...] = (),
    problem: Problem | None = None,
) -> Manifest:
    """Sort what was found by kind, and each kind by place; what aliases repeat is one item."""
    reading = iter(items)
    found = list(dict.fromkeys(islice(reading, _MOST_ITEMS)))
    found += [] if problem is None else [problem]
    if "<<<<<<<" in source.text and (conflict := _conflict(source.text)):
        found = [item for item in found if not (isinstance(item, Problem) and item.code == "DD002")]
        found.append(conflict)
    if (beyond := next(reading, None)) is not None:
        found.append(_too_many(beyond.at))
    found.sort(key=lambda item: item.at)
    by_kind: dict[type, list[Item]] = {}
    for item in found:
        by_kind.setdefault(type(item), []).append(item)

    def only(kind: type[_T]) -> tuple[_T, ...]:
        return tuple(by_kind.get(kind, ()))  # type: ignore[arg-type]  # they are all of that kind

    return Manifest(
        source,
        name,
        dependencies=only(Dependency),
        pythons=only(PythonRequirement),
        settings=only(EnvironmentVariable),
        platforms=only(Platform),
        images=only(Image),
        includes=only(Include),
        problems=only(Problem),
        scope_includes=only(ScopeInclude),
        comments=comments,
    )


def gather_lock(
    source: Source, name: str, entries: LockEntries, items: Iterable[Item], comments: tuple[Span, ...] = ()
) -> Manifest:
    """Do the same for a lock, whose entries are made when they are asked for."""
    others = list(islice(items, _MOST_ITEMS))
    count = _MOST_ITEMS - len(others)
    if len(entries) <= count:
        return gather(source, name, others, comments)._replace(dependencies=entries)
    problem = _too_many(entries[count].at)
    return gather(source, name, others, comments, problem)._replace(dependencies=entries.first(count))


def _too_many(at: Span) -> Problem:
    read = f"{_MOST_ITEMS:,} requirements and settings were read"
    message = f"reading stops here, as {read}; split the file, or leave it out with `exclude`"
    return Problem("DD003", message, at)
