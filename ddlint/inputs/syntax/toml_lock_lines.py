"""The lines that tools write into TOML locks, as one expression, and the statements they make up.

It knows those shapes and nothing else; in return it goes through a lock at the speed of one expression. What it lets
through is TOML but for keys and tables that are there twice, which is the builder's to see (`_lock_scan.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ddlint.core.lazy_regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

_SHORT = 100
"""Characters of a value that may be there often."""
_TEXT = r"[^\x00-\x08\x0a-\x1f\x7f]"
_STRING = (
    r"""(?:"(?>(?>(?:[^"\\\x00-\x08\x0a-\x1f\x7f]++|\\["\\bfnrt]){1,500})*)"(?!")"""
    r"""|'[^'\x00-\x08\x0a-\x1f\x7f]*+'(?!'))"""
)
_PLAIN = r"""(?:"[^"\\\x00-\x08\x0a-\x1f\x7f]*+"(?!"))"""
_LONG = r"""(?:"[ !#-\[\]-~]*+[^"\\\x00-\x08\x0a-\x1f\x7f]*+"(?!"))"""
"""The same: a class that most characters are in is far faster than one that they are not in, and longer to compile."""
_DATE = (
    r"(?:[12][0-9]{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
    r"|20(?:[02468][048]|[13579][26])-02-29)T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]++)?Z"
)
_NUMBER = r"(?:0|[1-9][0-9]{0,17})"
_BARE = r"[A-Za-z0-9_-]++"
_SCALAR = rf"(?:{_STRING}|true|false|{_NUMBER})"
_LIST = rf"\[(?>(?:{_SCALAR}(?:, (?!\])|(?=\])))*)\]"
_FILE = (
    rf"\{{ ?(?:(?:file|url|path|filename) = {_LONG}(?:, hash = {_LONG})?(?:, size = {_NUMBER})?"
    rf"(?:, upload-time = {_PLAIN})?|(?:name = {_PLAIN}, )?url = {_LONG}(?:, upload-time = {_DATE})?"
    rf"(?:, size = {_NUMBER})?, hashes = \{{ ?[a-z0-9]++ = {_LONG} ?\}}) ?\}}"
)
"""One file of a package: most lines of a lock are that, and no key can be there twice."""


def _table(name: str, value: str) -> str:
    """Match an inline table; behind every pair it looks for a second one with that key.

    A dozen pairs at most, because each looks through the rest of the line.
    """
    pair = rf"(?P<{name}>{_BARE}) = (?:{value})(?!{_TEXT}*?, (?P={name}) = )"
    return rf"\{{ ?(?>(?:{pair}(?:, (?=[A-Za-z0-9_-])|(?= ?\}}))){{0,12}}) ?\}}"


_ELEMENT = rf"{_SCALAR}|{_FILE}|{_table('outer', f'{_SCALAR}|{_LIST}|' + _table('inner', f'{_SCALAR}|{_LIST}'))}"
_VALUE = (
    rf"(?>(?P<open>\[(?>(?P<lines>\r?\n)?))?)"
    rf"(?>(?:(?(lines)[ \t]++)(?:{_ELEMENT})(?(lines),\r?\n|(?=[\]\s]|\Z)))+)(?(open)\])"
    rf"|{_LIST}"
)
"""One element; or an array of one, or of several that are on a line each."""
_KEY = rf'(?:{_BARE}|"[A-Za-z0-9_.@/+-]++")'
_PATH = rf"{_BARE}(?>(?>(?:\.{_BARE}){{1,100}})*)"
_END = rf"(?:[ \t]++\#{_TEXT}*+)?(?:\r?\n|\Z)"
LINE = regex(
    rf"(?P<key>{_KEY}) = (?P<value>{_VALUE}){_END}"
    rf"|(?>(?:\r?\n)?)(?:\[\[(?P<tables>{_PATH})\]\]|\[(?P<table>{_PATH})\]){_END}"
    rf"|(?P<blank>[ \t]*+(?:\#{_TEXT}*+)?\r?\n|\#{_TEXT}*+\Z)|(?P<unknown>[\s\S])"
)
_TOKEN = regex(rf"({_STRING})|({_BARE}) = |([\[{{])|([\]}}])|(true|false|[0-9][0-9TZ:.-]*+)")
_ESCAPE = regex(r"\\(.)")
_MEANINGS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r"}


class UnknownShapeError(Exception):
    """The lock has a shape that is not known here."""


def statements(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Return the statements of a lock in their order, or raise `UnknownShapeError` when a shape is unknown.

    Each is a header (`table`, or `tables` of an array) with its path, or a key (`value`) with the offsets of its value.
    """
    for line in LINE.finditer(text):
        if line.lastgroup != "blank":
            yield statement_of(line)


def statement_of(line: re.Match[str]) -> tuple[str, str, int, int]:
    """Return the statement of a match that is not blank, or raise `UnknownShapeError`."""
    kind = line.lastgroup
    if kind == "value":
        return kind, line["key"].strip('"'), *line.span("value")
    if kind is None or kind == "unknown":
        raise UnknownShapeError
    return kind, line[kind], 0, 0


def value_of(written: str) -> object:
    """Return the value of the text of one statement; nobody may change it. Dates stay text."""
    if written[0] in "\"'":
        return _string(written)
    if written.startswith(("[\n", "[\r")):
        lines = written.split("\n")
        return [value_of(line.strip(" \t\r,")) for line in lines[1:-1]]
    return _repeated(written) if len(written) <= _SHORT else _parsed(written)


def _parsed(written: str) -> object:
    outer: list[object] = []
    stack: list[tuple[list[object] | dict[str, object], str]] = [(outer, "")]
    key = ""
    for token in _TOKEN.finditer(written):
        string, name, opened, closed, bare = token.groups()
        if name is not None:
            key = name
            continue
        if closed:
            stack.pop()
            continue
        new: list[object] | dict[str, object] = [] if opened == "[" else {}
        value: object = _string(string) if string is not None else new if opened else _bare(bare)
        holder = stack[-1][0]
        if isinstance(holder, dict):
            holder[key] = value
        else:
            holder.append(value)
        if opened:
            stack.append((new, key))
    return outer[0]


_repeated = lru_cache(256)(_parsed)
"""Sources and edges are the same for many packages."""


def _string(written: str) -> str:
    if written[0] == "'" or "\\" not in written:
        return written[1:-1]
    return _ESCAPE.sub(lambda match: _MEANINGS.get(match[1], match[1]), written[1:-1])


def _bare(written: str) -> object:
    return int(written) if written.isdigit() else {"true": True, "false": False}.get(written, written)
