"""Packs from YAML (strict), or from their compiled form: a line for each part, so that a run decodes what it needs."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
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
                return Pack.from_compiled(parts_of(os.path.join(COMPILED, name)))
    return _unbuilt()


def parts_of(path: str) -> Parts:
    """Return the parts in a file that `write_parts` made.

    It stays open, so that a run reads the few parts that it needs, and all of one file even where another ddlint is
    installed meanwhile.
    """
    if not hasattr(os, "pread"):  # Windows, where a file that is open cannot be replaced
        with open(path, "rb") as file:
            return parts_in(file.read())
    handle = os.open(path, os.O_RDONLY)
    return _parts(lambda start, size: os.pread(handle, size, start))


def parts_in(data: bytes) -> Parts:
    """Return the parts in what `write_parts` wrote."""
    return _parts(lambda start, size: data[start : start + size])


def _unbuilt() -> Pack:
    """Read the built-in pack from a zipped package, or from a checkout that was never built."""
    from importlib.resources import files
    from pathlib import Path

    folder = files("ddlint") / "_packs"
    for item in folder.iterdir() if folder.is_dir() else ():
        if item.name.endswith(".pack"):
            return Pack.from_compiled(parts_in(item.read_bytes()))
    for manifest in sorted(Path(RULES).glob("*/pack.yaml")):
        return Pack.from_compiled(compile_pack(manifest.parent))
    raise DdlintError("ddlint has no rules: its wheel was built without them", hint="install it again")


_TABLES = ("defaults", "facts", "support")
"""The parts that are tables themselves; each of their entries has its own line."""
_INDEX = "parts"
"""The line that says which parts follow it, and how long each is."""
_HEAD_SIZE = 16_384
"""Bytes to read first; the index ends there."""


class Parts(Mapping[str, "Any"]):
    """The parts of a pack, or the entries of one of its tables, each read and decoded when it is first asked for."""

    __slots__ = ("_decoded", "_places", "_read")

    def __init__(self, read: Callable[[int, int], bytes]) -> None:
        self._read = read
        self._places: dict[str, tuple[int, int]] = {}
        self._decoded: dict[str, Any] = {}

    def __getitem__(self, key: str) -> Any:
        """Return a part."""
        if key not in self._decoded:
            self._decoded[key] = _decoded(self._read(*self._places[key]).decode())
        return self._decoded[key]

    def __iter__(self) -> Iterator[str]:
        """Go through the names of the parts."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the parts."""
        return len(self._places)

    def place(self, key: str, start: int, size: int) -> None:
        """Keep where a part is."""
        self._places[key] = (start, size)

    def hold(self, key: str, value: Any) -> None:
        """Take a part that need not be read."""
        self._places[key] = (0, 0)
        self._decoded[key] = value


def _decoded(text: str) -> Any:
    """Decode JSON. A string without escapes is read as it is: few runs need more, and `json` takes long to import."""
    if text.startswith('"') and "\\" not in text:
        return text[1:-1]
    from json import loads

    return loads(text)


def write_parts(compiled: Mapping[str, Any]) -> bytes:
    """Return the bytes of what `compile_pack` compiled: lines of a name, a tab, and a value as JSON.

    First come the texts, such as the name and the day of the pack, then the index, then a line for each other part and
    for each entry of a table, `table/entry`. The index gives the name and the size of each of them, with tabs between.
    """
    from json import dumps

    head, names, values = [], [], []
    for name, part in compiled.items():
        entries = {f"{name}/{entry}": value for entry, value in part.items()} if name in _TABLES else {name: part}
        for key, value in entries.items():
            text = dumps(value, separators=(",", ":"))
            if isinstance(value, str) and name not in _TABLES:
                head.append(f"{key}\t{text}\n")
            else:
                names.append(key)
                values.append(text)
    sizes = [f"{name}\t{len(value)}" for name, value in zip(names, values, strict=True)]
    lines = [f"{name}\t{value}\n" for name, value in zip(names, values, strict=True)]
    return "".join((*head, "\t".join((_INDEX, *sizes)), "\n", *lines)).encode()


def _parts(read: Callable[[int, int], bytes]) -> Parts:
    """Find the parts; `read` returns a number of bytes from a place on."""
    made = Parts(read)
    for name in _TABLES:
        made.hold(name, Parts(read))
    size = _HEAD_SIZE
    while True:
        head = read(0, size)
        start = 0
        while (end := head.find(b"\n", start)) >= 0:
            name, _, value = head[start:end].decode().partition("\t")
            start = end + 1
            if name == _INDEX:
                _place(made, value.split("\t"), start)
                return made
            made.hold(name, _decoded(value))
        if len(head) < size:
            return made
        size *= 2


def _place(made: Parts, index: list[str], start: int) -> None:
    """Place each part of an index; the first line begins at `start`."""
    for key, size in zip(index[::2], map(int, index[1::2]), strict=False):
        start += len(key.encode()) + 1
        table, slash, entry = key.partition("/")
        (made[table] if slash else made).place(entry if slash else key, start, size)
        start += size + 1
