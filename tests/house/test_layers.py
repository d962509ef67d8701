"""Imports point down: roof, corridor, shelves, floor (DESIGN of the house: CONTRIBUTING.md)."""

from __future__ import annotations

import ast
import importlib
import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

import pytest

from tests.house._source import PACKAGE, ROOT, SHELVES, imports, modules, own_imports, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

ROW = re.compile(r"^\| (roof|corridor|room|shelf|floor) \| [^|]+ \| ([`\w ]+) \|$", re.MULTILINE)
MAP = [
    (name, place)
    for place, names in ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    for name in re.findall(r"\w+", names)
]
PLACES = dict(MAP)
"""What stands at the root of the package, and where; a room is a part of the corridor that knows no other room."""
LEVELS = ("floor", "shelf", "corridor", "roof")

WORLD = {"time", "socket", "ssl", "http", "http.client", "urllib.request", "subprocess", "random", "tempfile", "shutil"}
"""Modules that reach a clock, a network, another process: the roof may, nothing below it."""
CALLS = {"today", "now", "utcnow", "getcwd", "environ", "getenv"}
"""Attributes that ask the clock, the current directory, the environment."""


def top(module: str) -> str:
    return module.partition(".")[0]


def level(module: str) -> str:
    """The level of a module, as CONTRIBUTING.md has it."""
    place = PLACES[top(module)]
    return "corridor" if place == "room" else place


def climbs(module: str, imported: str) -> bool:
    """Whether an import goes up, or sideways from a shelf to another."""
    lower, upper = level(module), level(imported)
    if lower == upper == "shelf":
        return top(module) != top(imported)
    return LEVELS.index(upper) > LEVELS.index(lower)


def test_everything_at_the_root_has_one_place() -> None:
    assert sorted(name for name, _ in MAP) == sorted({top(module) for module in modules()})


def test_imports_point_down() -> None:
    climbing = [(module, other) for module in modules() for other in own_imports(module) if climbs(module, other)]

    assert climbing == []


@pytest.mark.parametrize(
    "module, imported, expected",
    [
        ("model", "source", False),
        ("model", "inputs.uv_lock", True),
        ("inputs.uv_lock", "inputs._toml", False),
        ("inputs.uv_lock", "outputs.full", True),
        ("checks.x", "verdict", False),
        ("resolve", "cli", True),
        ("pack.load", "engine", True),
    ],
)
def test_a_climbing_import_is_seen(module: str, imported: str, *, expected: bool) -> None:
    assert climbs(module, imported) is expected


def circle(known: dict[str, set[str]]) -> list[str]:
    """Modules that know one another, from the first on to the first again; nothing where there are none."""
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_know_one_another() -> None:
    """Not for their types either: what two of them share stands below both."""
    assert circle({module: own_imports(module) for module in modules()}) == []


def test_a_circle_is_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []
    assert circle({"a": {"b", "c"}, "b": {"c"}}) == []


def test_the_corridor_is_strung_together_by_the_engine_alone() -> None:
    """The rooms of the corridor do not know one another."""
    doors = [
        (module, other)
        for module in modules()
        for other in own_imports(module)
        if PLACES[top(module)] == PLACES[top(other)] == "room" and top(module) != top(other)
    ]

    assert doors == []


def reached(module: str) -> set[str]:
    """What of the world a module asks."""
    attributes = {node.attr for node in ast.walk(tree(module)) if isinstance(node, ast.Attribute)}
    return (WORLD & set(imports(module))) | (CALLS & attributes)


def test_nothing_below_the_roof_reaches_the_world() -> None:
    reaching = {module: found for module in modules() if level(module) != "roof" and (found := reached(module))}

    assert reaching == {}


def modules_on(shelf: str) -> set[str]:
    return {path.stem for path in (PACKAGE / shelf).glob("*.py") if not path.stem.startswith("_")}


def listed_on(shelf: str) -> Iterator[str]:
    listed = getattr(importlib.import_module(f"ddlint.{shelf}"), shelf.upper())
    for item in listed:
        match item:
            case str():
                yield item.replace("-", "_")
            case (module, _):
                yield module
            case (_, _, module):
                yield module


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_file_on_a_shelf_is_on_its_list(shelf: str) -> None:
    assert modules_on(shelf) == set(listed_on(shelf))
