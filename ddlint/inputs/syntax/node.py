"""A value of a TOML or JSON document together with the place it is at, for readers that walk documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span
from ddlint.inputs.syntax.literal import inner, locator

Path = tuple[str | int, ...]


class Entry(NamedTuple):
    """Where the key and the value at one path are. The value of a table with a header is that header."""

    key: Span
    value: Span


_NOWHERE = Entry(Span(0, 0), Span(0, 0))


class Frame:
    """An array or inline table that is open; `count` elements were seen, or it is negative for a table."""

    __slots__ = ("count", "key", "last", "path", "start")

    def __init__(self, path: Path | None, key: Span, start: int, count: int) -> None:
        self.path = path
        self.key = key
        self.start = start
        self.count = count
        self.last = key
        """The last key in it."""


class Document(NamedTuple):
    """The values of a text, and where they are."""

    text: str
    value: object
    entries: Mapping[Path, Entry]
    comments: tuple[Span, ...] = ()


class Node(NamedTuple):
    """One value of a document. Asking it for what it has not gives nothing; it never raises."""

    document: Document
    value: object
    path: Path = ()

    @property
    def _entry(self) -> Entry:
        entries, path = self.document.entries, self.path
        while path and path not in entries:
            path = path[:-1]
        return entries.get(path, _NOWHERE)

    @property
    def at(self) -> Span:
        """Return the value: what is between the quotes of a string, the header of a table, else all of it."""
        return inner(self.document.text, self._entry.value)

    @property
    def key_at(self) -> Span:
        """Return the key without its quotes; of an element of an array, the element itself."""
        key = self._entry.key
        return inner(self.document.text, key) if key.end > key.start else self.at

    @property
    def text(self) -> str | None:
        """Return the value where it is a string."""
        return self.value if isinstance(self.value, str) else None

    @property
    def kind(self) -> str:
        """Name the type of the value, for messages."""
        for kind, name in _KINDS:
            if isinstance(self.value, kind):
                return name
        return "no value" if self.value is None else "a date"

    def locate(self) -> Callable[[int, int], Span]:
        """Return the function from offsets in the string to spans of the source."""
        return locator(self.document.text, self._entry.value, self.text or "")

    def get(self, *keys: str) -> Node | None:
        """Return what is under `keys`, one below the other."""
        node = self
        for key in keys:
            if not isinstance(node.value, dict) or key not in node.value:
                return None
            node = Node(node.document, node.value[key], (*node.path, key))
        return node

    def items(self) -> Iterator[tuple[str, Node]]:
        """Return the keys and values of a table."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(self.document, value, (*self.path, key))

    def elements(self) -> Iterator[Node]:
        """Return the elements of an array."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(self.document, value, (*self.path, index))


_KINDS = (
    (str, "a string"),
    (bool, "a boolean"),
    (int, "a number"),
    (float, "a number"),
    (dict, "a table"),
    (list, "an array"),
)


def root(document: Document) -> Node:
    """Return the outermost value of a document."""
    return Node(document, document.value)
