"""Packs from YAML (strict) or from their compiled form in the wheel."""

from __future__ import annotations

import os
from functools import lru_cache

from ddlint.core.errors import DdlintError
from ddlint.pack.archive import read_parts
from ddlint.pack.locations import COMPILED, RULES
from ddlint.pack.pack import Pack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from typing import Any

    from ddlint.pack.build.collect import CollectedPack


def load(directory: Traversable) -> Pack:
    """Read the pack in `directory`; the first mistake of form or of meaning is a `DdlintError` with its place."""
    from ddlint.pack.build.validate_meaning import complain_of_meaning

    compiled, gathered = _read(directory)
    complain_of_meaning(gathered)
    _refuse(gathered)
    return Pack.from_compiled(compiled)


def compile_pack(directory: Traversable) -> dict[str, Any]:
    """Return the compiled form of the pack in `directory`: what `write_parts` writes and `Pack.from_compiled` reads."""
    compiled, gathered = _read(directory)
    _refuse(gathered)
    return compiled


def _read(directory: Traversable) -> tuple[dict[str, Any], CollectedPack]:
    from ddlint.pack.build.compile import compile_rows

    if not directory.is_dir():
        raise DdlintError(f"`{directory}` is no folder with a pack", hint="a pack is a folder with a pack.yaml")
    return compile_rows(directory)


def _refuse(gathered: CollectedPack) -> None:
    if mistakes := gathered.mistakes:
        others = f"`ddlint pack` tells of {len(mistakes) - 1} more" if len(mistakes) > 1 else ""
        raise DdlintError(mistakes[0].message, place=mistakes[0].place, hint=others)


@lru_cache(maxsize=1)
def builtin() -> Pack:
    """Return the pack that ddlint brings, read once: compiled in a wheel, else the YAML of the checkout's `rules/`."""
    pack = _builtin()
    pack.is_builtin = True
    return pack


def _builtin() -> Pack:
    if os.path.isdir(COMPILED):
        for name in sorted(os.listdir(COMPILED)):
            if name.endswith(".pack"):
                with open(os.path.join(COMPILED, name), encoding="utf-8") as file:
                    return Pack.from_compiled(read_parts(file.read()))
    return _unbuilt()


def _unbuilt() -> Pack:
    """Read the built-in pack from a zipped package, or from a checkout that was never built."""
    from importlib.resources import files
    from pathlib import Path

    folder = files("ddlint") / "_packs"
    for item in folder.iterdir() if folder.is_dir() else ():
        if item.name.endswith(".pack"):
            return Pack.from_compiled(read_parts(item.read_text(encoding="utf-8")))
    for manifest in sorted(Path(RULES).glob("*/pack.yaml")):
        return Pack.from_compiled(compile_pack(manifest.parent))
    raise DdlintError("ddlint has no rules: its wheel was built without them", hint="install it again")
