"""The modules of the package as syntax trees, for the tests that read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "ddlint"
SHELVES = ("inputs", "checks", "outputs")


@cache
def modules() -> tuple[str, ...]:
    """The dotted names of the modules below `ddlint`, without `ddlint.`: `model`, `inputs.uv_lock`, `checks`."""
    return tuple(sorted(name for path in PACKAGE.rglob("*.py") if (name := _name(path))))


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def path_of(module: str) -> Path:
    path = PACKAGE.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    """What a module imports, anywhere in it and for types only too, as full dotted names."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from _imported_from(node)


def _imported_from(node: ast.ImportFrom) -> Iterator[str]:
    assert node.level == 0, "relative imports hide the floor they reach"
    assert node.module
    for alias in node.names:
        full = f"{node.module}.{alias.name}"
        is_module = full.startswith("ddlint.") and full.removeprefix("ddlint.") in modules()
        yield full if is_module else node.module


def own_imports(module: str) -> set[str]:
    """The modules of the package that a module imports, without `ddlint.`."""
    return {name.removeprefix("ddlint.") for name in imports(module) if name.startswith("ddlint.")}


def constants(module: str) -> Iterator[tuple[int, str]]:
    """Line and text of every string in a module that is no docstring."""
    docs = {id(text) for node in ast.walk(tree(module)) for text in _docstrings(node)}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def _docstrings(node: ast.AST) -> Iterator[ast.Constant]:
    """Every string that stands alone as a statement: docstrings of modules, functions, fields."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
