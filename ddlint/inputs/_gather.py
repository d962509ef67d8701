"""Make a manifest of what a reader found, whatever its kinds and order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from ddlint.model import (
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

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ddlint.source import Source, Span

Item = Dependency | PythonRequirement | EnvironmentVariable | Platform | Image | Include | ScopeInclude | Problem
_T = TypeVar("_T", bound=Item)


def gather(source: Source, name: str, items: Iterable[Item], comments: tuple[Span, ...] = ()) -> Manifest:
    """Sort what was found by kind, and each kind by place."""
    found = sorted(items, key=lambda item: item.at)

    def only(kind: type[_T]) -> tuple[_T, ...]:
        return tuple(item for item in found if isinstance(item, kind))

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
