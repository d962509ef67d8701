"""Read TOML that is written plainly, values and places in one pass, without `tomllib`, whose import takes longer.

Whatever is not plain, or may be wrong, is left to the slower readers: what is given is what they would give.
"""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.source import Span
from ddlint.inputs.syntax.lines import has_directive
from ddlint.inputs.syntax.node import Document, Entry, Path
from ddlint.inputs.syntax.toml_scan import COST_OF_A_HEADER, COST_OF_A_TABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_LARGEST = 100_000
_DEEPEST = 6
_BARE = r"[A-Za-z0-9_-]++"
_PATH = rf"{_BARE}(?>(?:\.{_BARE}){{0,3}})"
_BASIC = r'"(?>(?>(?:[^"\\\n]++|\\["\\bfnrt]){0,500}){0,500})"(?!")'
_LITERAL = r"'[^'\n]*+'(?!')"
_AHEAD = r"(?=[\s,\]}#]|\Z)"
_VALUE = (
    rf"(?:(?P<string>{_BASIC}|{_LITERAL})|(?P<flag>true|false){_AHEAD}|(?P<number>0|-?[1-9][0-9]{{0,17}}){_AHEAD}"
    rf"|(?P<long>'''[^']*+'''(?!')|\"\"\"[^\"\\]*+\"\"\"(?!\"))|(?P<open>[\[{{]))"
)
_END = r"[ \t]*+(?:#[^\n]*+)?(?:\n|\Z)"
_LINE = regex(
    rf"[ \t]*+(?:(?P<key>{_PATH}|{_BASIC}|{_LITERAL})[ \t]*+=[ \t]*+{_VALUE}"
    rf"|(?P<header>\[(?P<array>\[)?(?P<path>{_PATH})\](?(array)\])){_END}|(?P<blank>){_END})"
)
_REST = regex(_END)
_ELEMENT = regex(rf"(?>(?:[ \t\n]++|#[^\n]*+)*)(?:{_VALUE}|(?P<close>\]))")
_COMMA = regex(r"(?>(?:[ \t\n]++|#[^\n]*+)*)(?P<sign>[,\]])")
_PAIR = regex(rf"[ \t]*+(?P<key>{_BARE}|{_BASIC}|{_LITERAL})[ \t]*+=[ \t]*+{_VALUE}")
_PAIR_END = regex(r"[ \t]*+(?P<sign>[,}])")
_CONTROL = regex(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPE = regex(r"\\(.)")
_MEANINGS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class _NotPlainError(Exception):
    """The text is to be read by others."""


def _text(written: str) -> str:
    if "\\" not in written or written[0] == "'":
        return written[1:-1]
    return _ESCAPE.sub(lambda match: _MEANINGS.get(match[1], match[1]), written[1:-1])


class _Reader:
    def __init__(self, text: str, most: int) -> None:
        self.text = text
        self.most = most
        self.entries: dict[Path, Entry] = {}
        self.indexes: dict[Path, int] = {}
        """The index of the last element of every array of tables."""
        self.root: dict[str, object] = {}
        self.open = {id(self.root): self.root}
        """The tables that headers make, and may go on with."""
        self.declared: set[int] = set()
        self.dotted: dict[int, int] = {}
        """The tables that keys with dots make, each with the table of that header."""

    def read(self) -> dict[str, object]:
        text, position = self.text, 0
        base: Path = ()
        table = self.root
        while position < len(text):
            line = _LINE.match(text, position)
            if line is None:
                raise _NotPlainError
            position = line.end()
            if line["key"] is not None:
                position = self.pair(line, base, table)
            elif line["header"] is not None:
                base, table = self.header(line)
        return self.root

    def count(self, number: int) -> None:
        self.most -= number
        if self.most < 0:
            raise _NotPlainError

    def parts(self, line: re.Match[str], group: str) -> list[tuple[str, Span]]:
        """Return the parts of a key with their places."""
        start, end = line.span(group)
        written = line[group]
        if written[0] in "\"'":
            if "\\" in written:
                raise _NotPlainError
            return [(written[1:-1], Span(start, end))]
        found = []
        for part in written.split("."):
            found.append((part, Span(start, start + len(part))))
            start += len(part) + 1
        return found

    def header(self, line: re.Match[str]) -> tuple[Path, dict[str, object]]:
        parts, at = self.parts(line, "path"), Span(*line.span("header"))
        self.count((1 + COST_OF_A_HEADER) * len(parts))
        path: Path = ()
        table = self.root
        for part, key in parts[:-1]:
            path = (*path, part)
            self.entries.setdefault(path, Entry(key, at))
            table = self.below(table, part)
            if path in self.indexes:
                path = (*path, self.indexes[path])
        part, key = parts[-1]
        path = (*path, part)
        if line["array"]:
            self.entries.setdefault(path, Entry(key, at))
            if part in table and path not in self.indexes:
                raise _NotPlainError
            index = self.indexes[path] = self.indexes.get(path, -1) + 1
            made: dict[str, object] = {}
            listed = table.setdefault(part, [])
            listed.append(made)  # type: ignore[attr-defined]  # it is of such an array
            path = (*path, index)
            self.open[id(made)] = made
        else:
            if path in self.indexes:
                raise _NotPlainError
            made = self.below(table, part)
        if id(made) in self.declared:
            raise _NotPlainError
        self.declared.add(id(made))
        self.entries[path] = Entry(key, at)
        return path, made

    def below(self, table: dict[str, object], part: str) -> dict[str, object]:
        """Return the table of a header that is in another one, made where it is not there yet."""
        found = table.get(part)
        if isinstance(found, list) and found:
            found = found[-1]
        if found is None and part not in table:
            found = table[part] = {}
            self.open[id(found)] = found
        if not isinstance(found, dict) or id(found) not in self.open:
            raise _NotPlainError
        return found

    def pair(self, line: re.Match[str], base: Path, table: dict[str, object]) -> int:
        parts, holder = self.parts(line, "key"), id(table)
        self.count(len(parts))
        for part, key in parts[:-1]:
            base = (*base, part)
            self.entries.setdefault(base, Entry(key, key))
            if part not in table:
                made: dict[str, object] = {}
                table[part] = made
                self.dotted[id(made)] = holder
            inner = table[part]
            if not isinstance(inner, dict) or self.dotted.get(id(inner)) != holder:
                raise _NotPlainError
            table = inner
        part, key = parts[-1]
        if part in table:
            raise _NotPlainError
        table[part], position = self.value(line, (*base, part), key)
        rest = _REST.match(self.text, position)
        if rest is None:
            raise _NotPlainError
        return rest.end()

    def value(self, found: re.Match[str], path: Path, key: Span) -> tuple[object, int]:
        """Return the value that an expression has found, and where it ends."""
        kind = found.lastgroup or ""
        start, end = found.span(kind)
        value: object
        if kind == "string":
            value = _text(found[kind])
        elif kind == "open":
            value, end = (self.array if found[kind] == "[" else self.table)(start, path)
        elif kind == "flag":
            value = found[kind] == "true"
        elif kind == "number":
            value = int(found[kind])
        elif kind == "long":
            value = found[kind][3:-3].removeprefix("\n")
        else:
            raise _NotPlainError
        self.entries[path] = Entry(key, Span(start, end))
        return value, end

    def array(self, start: int, path: Path) -> tuple[list[object], int]:
        text, position = self.text, start + 1
        values: list[object] = []
        if len(path) > _DEEPEST:
            raise _NotPlainError
        while True:
            element = _ELEMENT.match(text, position)
            if element is None:
                raise _NotPlainError
            if element.lastgroup == "close":
                return values, element.end()
            self.count(1)
            at = element.start(element.lastgroup or 0)
            value, position = self.value(element, (*path, len(values)), Span(at, at))
            values.append(value)
            comma = _COMMA.match(text, position)
            if comma is None:
                raise _NotPlainError
            position = comma.end()
            if comma["sign"] == "]":
                return values, position

    def table(self, start: int, path: Path) -> tuple[dict[str, object], int]:
        text, position = self.text, start + 1
        values: dict[str, object] = {}
        self.count(COST_OF_A_TABLE)
        if len(path) > _DEEPEST:
            raise _NotPlainError
        while True:
            pair = _PAIR.match(text, position)
            if pair is None:
                raise _NotPlainError
            self.count(1)
            part, key = self.parts(pair, "key")[0]
            if part in values:
                raise _NotPlainError
            values[part], position = self.value(pair, (*path, part), key)
            end = _PAIR_END.match(text, position)
            if end is None:
                raise _NotPlainError
            position = end.end()
            if end["sign"] == "}":
                return values, position


def read_plain(text: str, most: int) -> Document | None:
    """Return the values of a text with their places; nothing of one that is not plain, or has more than `most`."""
    if len(text) > _LARGEST or _CONTROL.search(text) or has_directive(text):
        return None
    reader = _Reader(text, most)
    try:
        return Document(text, reader.read(), reader.entries)
    except _NotPlainError:
        return None
