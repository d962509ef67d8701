"""A compiled pack as text: a line for each of its parts, so that a run decodes only the parts that it asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
