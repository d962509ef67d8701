"""Make a manifest of what a reader found, whatever its kinds and order."""

from __future__ import annotations

from itertools import islice

from ddlint.core.model import (
    Dependency,
    EnvironmentVariable,
    Image,
    Include,
    Manifest,
    Platform,
    Problem,
    PythonRequirement,
    ScopeInclude,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeVar

    from ddlint.core.source import Source, Span

    _T = TypeVar("_T", bound="Item")

Item = Dependency | PythonRequirement | EnvironmentVariable | Platform | Image | Include | ScopeInclude | Problem
_MOST_ITEMS = 15_000
"""No file that a person or a tool wrote comes near it."""


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
    if (beyond := next(reading, None)) is not None:
        read = f"{_MOST_ITEMS:,} requirements and settings were read"
        message = f"reading stops here, as {read}; split the file, or leave it out with `exclude`"
        found.append(Problem("DD003", message, beyond.at))
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
