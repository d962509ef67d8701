"""Readers of single values of a config. A wrong value is an error at its location."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ddlint.config.settings import ROW, ConfigValue, Pattern, code_hint, code_of, did_you_mean, is_day, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.model import NormalizedName, Severity, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import glob, joined, parent
from ddlint.core.source import Source, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TypeVar

    _Read = TypeVar("_Read")
    _Part = TypeVar("_Part")

    class Node(Protocol):
        """A value of a TOML document with its place."""

        @property
        def value(self) -> object:
            """The value itself."""

        @property
        def at(self) -> Span:
            """Its location."""

        @property
        def key_at(self) -> Span:
            """The location of its key."""

        @property
        def kind(self) -> str:
            """The name of its type, for messages."""

        def items(self) -> Iterator[tuple[str, Node]]:
            """Keys and values of a table."""

        def elements(self) -> Iterator[Node]:
            """Elements of an array."""


MOST = 1_000
"""Of the entries of an array or a table in a config."""


class ReadContext(NamedTuple):
    """The file that is read, and what it may name."""

    source: Source
    shown: str
    """The path as messages show it."""
    directory: str
    """What its patterns and paths are relative to."""
    codes: frozenset[str]
    """Every code of a finding."""
    mistakes: list[DdlintError]
    """What is wrong so far: reading goes on, so that all mistakes of a file are reported at once."""

    def mistake(self, at: Span, message: str, hint: str = "") -> DdlintError:
        """Return the error of a mistake at `at`, with its line."""
        from ddlint.outputs.common.locations import marked

        return DdlintError(message, place=self.place(at), hint=hint, excerpt=marked(self.source, at))

    def place(self, at: Span) -> str:
        """Return `at` as messages show it: `file:line:column`."""
        line, column = self.source.position(at.start)
        return f"{self.shown}:{line}:{column}"


def read_text(where: ReadContext, node: Node) -> str:
    """Read a text that is not empty."""
    if not isinstance(node.value, str) or not node.value:
        is_empty, is_number = node.value == "", isinstance(node.value, int | float)
        hint = "put it between quotes" if is_number and not isinstance(node.value, bool) else ""
        raise where.mistake(node.at, f"expected a string, found {'an empty one' if is_empty else node.kind}", hint)
    return node.value


def read_texts(where: ReadContext, node: Node) -> Iterator[tuple[str, Node]]:
    """Read an array of texts, with their nodes."""
    if not isinstance(node.value, list):
        raise where.mistake(node.at, f"expected an array of strings, found {node.kind}")
    for element in within_limit(where, node, node.elements()):
        try:
            text = read_text(where, element)
        except DdlintError as error:
            where.mistakes.append(error)
        else:
            yield text, element


def within_limit(where: ReadContext, node: Node, parts: Iterator[_Part]) -> Iterator[_Part]:
    """Yield the parts of a value; more than anybody writes are a mistake, as each is compared with every file."""
    for number, part in enumerate(parts):
        if number >= MOST:
            raise where.mistake(node.at, f"it has more than {MOST:,} entries")
        yield part


def read_checked(
    test: Callable[[str], bool], words: str, hint: Callable[[str], str] = lambda _: ""
) -> Callable[[ReadContext, Node], str]:
    """Return the reader of a text that passes `test`; `hint` says what may be meant by one that does not."""

    def read(where: ReadContext, node: Node) -> str:
        text = read_text(where, node)
        if not test(text):
            raise where.mistake(node.at, f"{quoted(text)} is not {words}", hint(text))
        return text

    return read


def read_code(where: ReadContext, node: Node) -> str:
    """Read a code, or the start of one."""
    return _code(where, read_text(where, node), node.at)


def _code(where: ReadContext, text: str, at: Span) -> str:
    """Return the code of a text: one, the start of one, or that of the check with this name."""
    code = code_of(text, where.codes)
    if not code:
        raise where.mistake(at, f"{quoted(text)} is no code and no check of ddlint", code_hint(text, where.codes))
    return code


def read_each(read: Callable[[ReadContext, Node], _Read]) -> Callable[[ReadContext, Node], tuple[_Read, ...]]:
    """Return the reader of an array of what `read` reads."""

    def read_each(where: ReadContext, node: Node) -> tuple[_Read, ...]:
        found = []
        for _, element in read_texts(where, node):
            try:
                found.append(read(where, element))
            except DdlintError as error:
                where.mistakes.append(error)
        return tuple(found)

    return read_each


def read_values(where: ReadContext, node: Node) -> tuple[ConfigValue, ...]:
    """Read an array of names that are compared with the packs later."""
    return tuple(ConfigValue(text, where.place(element.at)) for text, element in read_texts(where, node))


def read_pattern(where: ReadContext, node: Node, text: str = "", at: Span | None = None) -> Pattern:
    """Read a pattern of paths; or take `text` at `at` for one."""
    text = text or read_text(where, node)
    try:
        glob(text)
    except re.error as error:
        raise where.mistake(at or node.at, f"{quoted(text)} is no pattern of paths: {error.msg}") from error
    return Pattern(where.directory, text)


def read_patterns(where: ReadContext, node: Node) -> tuple[Pattern, ...]:
    """Read an array of patterns."""
    return tuple(read_pattern(where, element) for _, element in read_texts(where, node))


def read_table(where: ReadContext, node: Node) -> Iterator[tuple[str, Node]]:
    """Read a table."""
    if not isinstance(node.value, dict):
        raise where.mistake(node.at, f"expected a table, found {node.kind}")
    return within_limit(where, node, node.items())


def read_per_file(where: ReadContext, node: Node) -> tuple[tuple[Pattern, tuple[str, ...]], ...]:
    """Read a table from patterns to codes."""
    codes = read_each(read_code)
    return tuple(
        (read_pattern(where, value, key, value.key_at), codes(where, value)) for key, value in read_table(where, node)
    )


def read_level(where: ReadContext, node: Node) -> Severity:
    """Read a level of severity."""
    text = read_text(where, node)
    levels = {level.value: level for level in Severity}
    if text not in levels:
        raise where.mistake(node.at, f"{quoted(text)} is no level", did_you_mean(text, levels))
    return levels[text]


def read_levels(where: ReadContext, node: Node) -> tuple[tuple[str, Severity], ...]:
    """Read a table from codes to levels."""
    found = []
    for key, value in read_table(where, node):
        found.append((_code(where, key, value.key_at), read_level(where, value)))
    return tuple(found)


def read_path(where: ReadContext, node: Node) -> ConfigValue:
    """Read a path, relative to what the paths of the config are relative to."""
    return ConfigValue(joined(where.directory, read_text(where, node)), where.place(node.at))


def read_sibling(where: ReadContext, node: Node) -> ConfigValue:
    """Read a path, relative to the file it is written in."""
    return ConfigValue(joined(parent(where.source.path), read_text(where, node)), where.place(node.at))


def read_switch(where: ReadContext, node: Node) -> bool:
    """Read `true` or `false`."""
    if not isinstance(node.value, bool):
        raise where.mistake(node.at, f"expected `true` or `false`, found {node.kind}")
    return node.value


def read_day(where: ReadContext, node: Node) -> str:
    """Read a date, as TOML has it or as text."""
    text = node.value if isinstance(node.value, str) else str(node.value)
    if not is_day(text):
        raise where.mistake(node.at, f"{quoted(text)} is not a day such as 2030-01-31")
    return text


def read_rule(where: ReadContext, node: Node) -> str:
    """Read a code with at least one digit, or the name of a row."""
    text = read_text(where, node)
    code = code_of(text, where.codes)
    if ROW.fullmatch(text) or code[-1:].isdigit():
        return code or text
    hint = code_hint(text, where.codes) or "name a code such as `DD301`, a check, or a row such as `ddtrace/flask`"
    raise where.mistake(node.at, f"{quoted(text)} is no code, no check and no row", hint)


def read_name(where: ReadContext, node: Node) -> NormalizedName:
    """Read a name, normalised."""
    return normalize(read_text(where, node))
