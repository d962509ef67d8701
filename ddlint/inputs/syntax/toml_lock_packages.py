"""Read a uv.lock as uv writes it: most packages by one match of one expression, which no key can be in twice.

Whatever is written in another way is left to `toml_lock_lines`, statement by statement; the outcome is the same.
"""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.inputs.syntax.toml_lock_lines import value_of

_TEXT = r'"[^"]*+"'
"""A string of which `is_plain` has shown that it holds neither line ends nor escapes: the fastest class there is."""
_SOURCE = rf"\{{ [a-z]++ = {_TEXT} \}}"
_LIST = rf"\[{_TEXT}(?>(?:, {_TEXT})*)\]"
# What may be missing is one of two branches, `(?:...|)`: they take a third of what `(?:...)?` does, which repeats.
_EDGE = (
    rf"\{{ name = {_TEXT}(?:, version = {_TEXT}|)(?:, source = {_SOURCE}|)(?:, extra = {_LIST}|)"
    rf"(?:, marker = {_TEXT}|) \}}"
)
EDGE = regex(
    rf"\{{ name = \"([^\"]*+)\"(?:, version = \"([^\"]*+)\")?(?:, source = {_SOURCE})?(?:, extra = {_LIST})?"
    r"(?:, marker = \"([^\"]*+)\")? \}"
)
"""An edge among those that `PACKAGE` has found: its name, version and marker."""
_NEED = (
    rf"\{{ name = {_TEXT}(?:, extras = {_LIST}|)(?:, marker = {_TEXT}|)"
    rf"(?:, (?:specifier|editable|virtual|directory|git|url) = {_TEXT}|) \}}"
)
_FILE = rf"\{{ url = {_TEXT}(?:, hash = {_TEXT}|)(?:, size = [1-9][0-9]{{0,17}}+|)(?:, upload-time = {_TEXT}|) \}}"


def _lines(element: str) -> str:
    """Match an array with one element on each line; in turns, so that no run of them takes memory."""
    return rf"\[\n(?>(?>(?:    {element},\n){{1,500}})+)\]\n"


PACKAGE = regex(
    rf"\n?\[\[package\]\]\nname = (?P<name>{_TEXT})\n(?:version = (?P<version>{_TEXT})\n|)"
    rf"source = (?P<source>{_SOURCE})\n"
    rf"(?:resolution-markers = (?P<forks>{_lines(_TEXT)})|)"
    rf"(?:dependencies = (?P<edges>{_lines(_EDGE)})|)"
    rf"(?:(?P<sdist>sdist) = {_FILE}\n|)(?:(?P<wheels>wheels) = {_lines(_FILE)}|)(?=\n|\Z)"
)
"""A package up to its own tables, if it has any."""
KEYS = ("name", "version", "source", "resolution-markers", "dependencies", "sdist", "wheels")
"""The keys of a package, in the order of their groups in the expression."""
STATEMENT = regex(
    rf"(?P<key>[A-Za-z0-9_-]++) = (?P<value>{_TEXT}|[1-9][0-9]?|true|false"
    rf"|\[\n(?>(?>(?:    {_TEXT},\n){{1,500}})+)\])\n"
    r"|\[(?P<table>[a-z-]++(?>(?:\.[a-z-]++){0,3}))\]\n|(?P<blank>\n)"
)
"""What uv writes most beside them, line by line."""
TABLES = regex(
    rf"(?P<key>[A-Za-z0-9_-]++) = (?P<value>\[\n(?>(?>(?:    (?:{_EDGE}|{_NEED}),\n){{1,500}})+)\]"
    rf"|{_LIST}|\[{_NEED}(?>(?:, {_NEED})*)\])\n"
)
"""What else it writes of the project itself."""
_PLAIN_EDGE = regex(r'    \{ name = "([^"]*+)" \},')
_PRINTED = bytes(character for character in range(0x20, 0x100) if character not in b'"\\\x7f')


def is_plain(text: str) -> bool:
    """Return whether no line holds an escape, a control character, or an odd number of quotes.

    Then `"` begins and ends every string of double quotes, and no string goes over a line end.
    """
    rest = text.encode("utf-8").translate(None, _PRINTED)
    return not rest.replace(b'""', b"").strip(b"\n")


def elements_of(written: str) -> list[object]:
    """Return the value of an array with an element on each line, as `PACKAGE` has found it."""
    found: list[object] = []
    for line in written[2:-3].split("\n"):
        plain = _PLAIN_EDGE.fullmatch(line)
        found.append({"name": plain[1]} if plain else value_of(line[4:-1]))
    return found
