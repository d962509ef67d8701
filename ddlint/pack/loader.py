"""Packs from YAML (strict), or from their compiled form: a line for each part, so that a run decodes what it needs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ddlint.core.errors import DdlintError
from ddlint.pack import COMPILED, RULES
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


_TABLES = ("defaults", "facts", "support")
"""The parts that are tables themselves; each of their entries has its own line."""


class Parts(Mapping[str, "Any"]):
    """The parts of a pack, or the entries of one of its tables, each decoded when it is first asked for."""

    __slots__ = ("_decoded", "_lines")

    def __init__(self, lines: Mapping[str, str], tables: Mapping[str, Parts] | None = None) -> None:
        self._lines = {**lines, **dict.fromkeys(tables or (), "")}
        self._decoded: dict[str, Any] = dict(tables or {})

    def __getitem__(self, key: str) -> Any:
        """Return a part."""
        if key not in self._decoded:
            self._decoded[key] = _decoded(self._lines[key])
        return self._decoded[key]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the parts."""
        return iter(self._lines)

    def __len__(self) -> int:
        """Count the parts."""
        return len(self._lines)


def _decoded(text: str) -> Any:
    """Decode JSON. A string without escapes is read as it is: few runs need more, and `json` takes long to import."""
    if text.startswith('"') and "\\" not in text:
        return text[1:-1]
    from json import loads

    return loads(text)


def write_parts(compiled: Mapping[str, Any]) -> str:
    """Return the text of what `compile_pack` compiled: `name` or `table/entry`, a tab, and the value as JSON.

    It is ASCII where the names of the parts are: Python cuts that into lines twice as fast as any other text.
    """
    from json import dumps

    lines = []
    for name, part in compiled.items():
        entries = {f"{name}/{entry}": value for entry, value in part.items()} if name in _TABLES else {name: part}
        for key, value in entries.items():
            lines.append(f"{key}\t{dumps(value, separators=(',', ':'))}\n")
    return "".join(lines)


def read_parts(text: str) -> Parts:
    """Return the parts in what `write_parts` wrote."""
    plain: dict[str, str] = {}
    tables: dict[str, dict[str, str]] = {name: {} for name in _TABLES}
    start = 0
    while (end := text.find("\n", start)) >= 0:  # which is quicker than to split so long a text
        tab = text.index("\t", start)
        name, slash, entry = text[start:tab].partition("/")
        value = text[tab + 1 : end]
        if slash:
            tables[name][entry] = value
        else:
            plain[name] = value
        start = end + 1
    return Parts(plain, {name: Parts(lines) for name, lines in tables.items()})
