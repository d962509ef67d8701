"""Imports point one way: a package may import those on lower levels, and none beside it (the map of CONTRIBUTING.md)."""

from __future__ import annotations

import ast
import importlib
import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import pytest

from ddlint.outputs import Output
from tests.repository.source_tree import PACKAGE, ROOT, SHELVES, imports, modules, own_imports, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = re.compile(r"^\| (\d) \| `([\w.]+)` \| [^|]+ \|$", re.MULTILINE)
LEVELS = {package: int(level) for level, package in ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))}
"""The level of each package; `inputs.syntax` has one of its own."""
REGISTRIES = {"", "inputs", "checks", "outputs", "plan"}
"""Lists of what a package has, which import nothing of ddlint: all may ask them."""
INTERFACE = {"cli.api"}
"""What the top names for type checkers: the Python interface, which is imported when it is first used."""
PRIVATE = {
    "inputs.common": "inputs",
    "inputs.sections": "inputs",
    "checks.common": "checks",
    "pack.build": "pack.loader",
}
"""Packages that only serve one other, and who may import them from the same level on."""

WORLD = {"time", "socket", "ssl", "http", "http.client", "urllib.request", "subprocess", "random", "tempfile", "shutil"}
"""Modules that reach a clock, a network, another process: `cli` may, nothing below it."""
CALLS = {"today", "now", "utcnow", "getcwd", "environ", "getenv"}
"""Attributes that ask the clock, the current directory, the environment."""


def package_of(module: str) -> str:
    """The package of the map that a module belongs to."""
    parts = module.split(".")
    return next((name for size in (2, 1) if (name := ".".join(parts[:size])) in LEVELS), "")


def is_upward(module: str, imported: str) -> bool:
    """Whether an import goes to a higher level, or to another package of the same one."""
    if imported in REGISTRIES:
        return False
    own, other = package_of(module), package_of(imported)
    return own != other and LEVELS[other] >= LEVELS[own]


def test_everything_at_the_top_is_on_the_map() -> None:
    packages = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}

    assert packages == {name for name in LEVELS if "." not in name} - {"__main__"}
    assert len(packages) == 11


def test_the_top_is_seen_at_a_glance() -> None:
    shown = [path.name for path in PACKAGE.iterdir() if path.name not in {"__pycache__", "packs"}]

    assert len(shown) <= 15


def test_imports_point_one_way() -> None:
    upward = [(module, other) for module in modules() for other in own_imports(module) if is_upward(module, other)]

    assert upward == []


@pytest.mark.parametrize("registry", sorted(REGISTRIES))
def test_a_registry_imports_nothing(registry: str) -> None:
    known = INTERFACE if not registry else set()

    assert {name for name in own_imports(registry) if name.partition(".")[0] != "core"} == known


def test_what_serves_one_package_is_imported_by_no_other() -> None:
    wrong = [
        (module, other)
        for module in modules()
        for other in own_imports(module)
        for private, owner in PRIVATE.items()
        if f"{other}.".startswith(f"{private}.")
        and not f"{module}.".startswith((f"{owner}.", f"{private}."))
        and LEVELS[package_of(module)] <= LEVELS[package_of(private)]
    ]

    assert wrong == []


@pytest.mark.parametrize(
    "module, imported, expected",
    [
        ("core.model", "core.source", False),
        ("core.model", "versions.markers", True),
        ("versions.markers", "core.model", False),
        ("inputs.syntax.toml", "inputs.common.requirement", True),
        ("inputs.uv_lock", "inputs.syntax.toml", False),
        ("inputs.uv_lock", "outputs.full", False),
        ("outputs.full", "inputs.uv_lock", True),
        ("pack.loader", "inputs.uv_lock", True),
        ("linter.run", "plan.build", True),
        ("project.resolve", "cli.main", True),
        ("project.resolve", "checks", False),
    ],
)
def test_an_upward_import_is_seen(module: str, imported: str, *, expected: bool) -> None:
    assert is_upward(module, imported) is expected


def test_no_module_is_named_private() -> None:
    """What is private to a package is in its `common`."""
    assert [module for module in modules() if any(part.startswith("_") for part in module.split("."))] == ["__main__"]


def circle(known: dict[str, set[str]]) -> list[str]:
    """Modules that import one another, from the first to the first again; nothing where there are none."""
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_one_another() -> None:
    """Not for their types either: what two of them share is below both."""
    assert circle({module: own_imports(module) for module in modules()}) == []


def test_a_circle_is_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []
    assert circle({"a": {"b", "c"}, "b": {"c"}}) == []


def reached(module: str) -> set[str]:
    """What of the world a module asks."""
    attributes = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    return (WORLD & set(imports(module))) | (CALLS & attributes)


def test_only_the_command_line_reaches_the_world() -> None:
    reaching = {
        module: found
        for module in modules()
        if package_of(module) not in {"cli", "__main__"}
        and module != "linter.process_pool"
        and (found := reached(module))
    }

    assert reaching == {}


def modules_of(shelf: str) -> set[str]:
    return {path.stem for path in (PACKAGE / shelf).glob("*.py")} - {"__init__"}


def listed_in(shelf: str) -> Iterator[str]:
    listed = getattr(importlib.import_module(f"ddlint.{shelf}"), shelf.upper())
    for item in listed:
        match item:
            case Output():
                yield item.module.rpartition(".")[2]
            case str():
                yield item.replace("-", "_")
            case object(module=str(module)):
                yield module
            case (module, _):
                yield module
            case (_, _, module, *_):
                yield module


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_module_of_a_kind_is_on_its_list(shelf: str) -> None:
    assert modules_of(shelf) == set(listed_in(shelf))
