"""A value of a YAML document with its place. Scalars stay text, so `3.10` is `3.10`; nothing is constructed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.source import Span
from ddlint.inputs.syntax.lines import Line

_PROPERTIES = regex(r"(?:[&!]\S*+\s++)*")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MOST_MERGES = 20
_LONGEST = 100_000
"""Real files have no longer block, and its lines take memory."""


class Node:
    """A scalar, a sequence or a mapping. Asking it for what it is not gives nothing; it never raises.

    An alias is the very node that its anchor names, so a walk over everything must remember where it has been.
    """

    __slots__ = ("_children", "_source", "end", "kind", "start", "style", "tag", "value")

    def __init__(self, source: str, kind: str, span: Span, value: str = "") -> None:
        self._source = source
        self.kind = kind
        self.start, self.end = span
        self.value = value
        self.tag = ""
        self.style = ""
        self._children: list[Node] | None = None

    @property
    def span(self) -> Span:
        """Return all of it, with its quotes, its tag and its anchor."""
        return Span(self.start, self.end)

    @property
    def children(self) -> list[Node]:
        """Return the elements of a sequence, the keys and values of a mapping in turn; a scalar has none."""
        return self._children or []

    def add(self, child: Node) -> None:
        """Add an element, a key or a value."""
        if self._children is None:
            self._children = []
        self._children.append(child)

    @property
    def text(self) -> str | None:
        """Return the text of a scalar that is neither null nor has a tag of its own, such as `!Ref`."""
        if self.kind != "scalar" or self.tag.startswith("!") or (not self.style and self.value in _NULLS):
            return None
        return self.value

    @property
    def at(self) -> Span:
        """Return what is there: without the quotes of a string, its anchor and its tag."""
        start = _PROPERTIES.match(self._source, self.start, self.end)
        first = start.end() if start else self.start
        if self.style in ("'", '"') and self.end - first >= 2:
            return Span(first + 1, self.end - 1)
        return Span(first, max(first, first + len(self._source[first : self.end].rstrip())))

    def whole(self, _start: int, _end: int) -> Span:
        """Locate any offsets at all of it."""
        return self.at

    def locate(self) -> Callable[[int, int], Span]:
        """Return the function from offsets in the text to spans of the source; all of it where that is not exact."""
        at = self.at
        if self._source[at.start : at.end] == self.value:
            return lambda start, end: Span(at.start + start, at.start + end)
        if self.style == "|" and len(self.value) <= _LONGEST and (line := self._block(at)) is not None:
            return line.locate
        return lambda _start, _end: at

    def _block(self, at: Span) -> Line | None:
        """Map the lines of a literal block to those of the source, which are indented."""
        pieces: list[tuple[int, int]] = []
        lines = self.value.split("\n")
        position = self._source.find("\n", at.start, at.end) + 1
        length = 0
        for line in lines:
            end = self._source.find("\n", position, at.end)
            end = at.end if end < 0 else end
            raw = self._source[position:end].removesuffix("\r")
            if not raw.endswith(line) or position == 0:
                return None
            pieces.append((length, position + len(raw) - len(line)))
            length += len(line) + 1
            position = min(end + 1, at.end)
        return Line(self.value, tuple(pieces))

    def elements(self) -> Iterator[Node]:
        """Return the elements of a sequence."""
        if self.kind == "sequence":
            yield from self.children

    def items(self) -> Iterator[tuple[str, Node, Node]]:
        """Return the keys of a mapping, where they are, and their values; those merged by `<<` come last."""
        yield from self._items(_MOST_MERGES)

    def _items(self, merges: int) -> Iterator[tuple[str, Node, Node]]:
        if self.kind != "mapping" or merges < 0:
            return
        merged = []
        for key, value in zip(self.children[::2], self.children[1::2], strict=False):
            if key.value == "<<" and not key.style:
                merged += [value] if value.kind == "mapping" else list(value.elements())[:_MOST_MERGES]
            elif key.kind == "scalar":
                yield key.value, key, value
        for node in merged[: max(merges, 0)]:
            yield from node._items(merges - len(merged))

    def get(self, *keys: str) -> Node | None:
        """Return what is under `keys`, one below the other."""
        node: Node | None = self
        for key in keys:
            node = next((value for name, _, value in node.items() if name == key), None) if node else None
        return node
