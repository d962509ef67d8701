"""What is fuzzed: every input with a path its files have, its seeds, and what was found before (both self-written)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ddlint.inputs import MODULES
from tests.inputs.names import NAMES

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent
SEEDS = HERE / "seeds"
FOUND = HERE / "found"
"""Inputs that broke ddlint once, as the run wrote them; they are seeds, and a test goes over them."""


class Subject(NamedTuple):
    """An input that is fuzzed."""

    name: str
    """Of its module."""
    path: str
    """What a file of it is called, relative to its project."""
    seeds: tuple[bytes, ...]

    @property
    def module(self) -> ModuleType:
        return import_module(f"ddlint.inputs.{self.name}")


def subject(name: str) -> Subject:
    files = sorted([*SEEDS.glob(f"{name}/*"), *FOUND.glob(f"{name}/*")])
    return Subject(name, NAMES[name].split()[0], tuple(file.read_bytes() for file in files))


def subjects() -> tuple[Subject, ...]:
    """Every input there is, so that a new one without a name and seeds is noticed."""
    return tuple(subject(name) for name in MODULES)
