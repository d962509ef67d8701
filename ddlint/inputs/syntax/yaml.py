"""Read YAML with the place of every value, event by event: no recursion, nothing constructed, within limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem, Severity
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Source, Span
from ddlint.inputs.syntax.lines import has_directive, hash_comments
from ddlint.inputs.syntax.yaml_node import Node

TYPE_CHECKING = False
if TYPE_CHECKING:
    import yaml


_DEEPEST = 100
_MOST_NODES = 50_000
"""No file written by hand has more, and those of tools are read in another way; each takes memory."""
_MOST_DIRECTIVES = 20
# `${{ x }}` is an expression of a workflow: a plain string to YAML.
_TEMPLATE = regex(r"(?<!\$)\{\{|\{%|<%")
_CONFLICT = regex(r"^<{7}(?:[ \t].*)?$", re.MULTILINE)
_UNPRINTABLE = regex(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Documents(NamedTuple):
    """The documents of a source as far as they can be read, and what ended the reading early, if anything."""

    roots: tuple[Node, ...]
    problem: Problem | None
    comments: tuple[Span, ...]
    """Those that hold `ddlint:`."""


def read_yaml(source: Source) -> Documents:
    """Read a source; one that a template engine is still to fill in is no YAML yet, and that is no mistake."""
    text = source.text
    if text.count("\n%") > _MOST_DIRECTIVES:
        message = f"this has more than {_MOST_DIRECTIVES} directives and is not read"
        return Documents((), Problem("DD002", message, Span(0, 0)), hash_comments(text, []))
    builder, problem = _build(text, len(text))
    return Documents(tuple(builder.roots), problem, hash_comments(text, builder.scalars))


def _build(text: str, end: int) -> tuple[_Builder, Problem | None]:
    """Read `text` up to `end`; return what was built, and what ended the reading early."""
    import yaml

    builder = _Builder(text)
    try:
        for event in _events(text[:end]):
            if (limit := builder.take(event)) is not None:
                at = _place(text, _span(event).start)
                return builder, Problem("DD002", f"reading stops here: {limit}", at, severity=Severity.NOTICE)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        start = mark.index if mark else 0
        if _may_be_deep(text, start) and start < end:
            before = _build(text, start)
            if before[1] is not None and before[1].severity is Severity.NOTICE:
                return before
        if _TEMPLATE.search(text):
            return builder, None
        return builder, _problem(text, start, error.problem or "it cannot be read")
    except yaml.YAMLError:
        match = _UNPRINTABLE.search(text)
        start = match.start() if match else 0
        name = f"U+{ord(match[0]):04X}" if match else "a character"
        message = f"this is not YAML: it holds {name}, which no YAML file may"
        return builder, Problem("DD002", message, Span(start, start + 1))
    return builder, None


def _may_be_deep(text: str, end: int) -> bool:
    """Return whether so many brackets open before `end` that the limit of the builder can be met there.

    libyaml reads far ahead of its events, and since PyYAML 6.0.4 it has a limit of its own, which it meets first.
    """
    return text.count("[", 0, end) + text.count("{", 0, end) > _DEEPEST


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the events of libyaml, or of the parser in Python where PyYAML was built without it."""
    import yaml

    yield from yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _span(event: yaml.Event) -> Span:
    start = event.start_mark.index if event.start_mark else 0
    return Span(start, event.end_mark.index if event.end_mark else start)


def _place(text: str, start: int) -> Span:
    """Return the rest of the line at `start`."""
    start = min(start, len(text))
    end = next((index for index in range(start, len(text)) if text[index] in "\r\n"), len(text))
    return Span(start, max(end, start))


def _problem(text: str, start: int, reason: str) -> Problem:
    if conflict := _CONFLICT.search(text):
        return Problem("DD002", "a merge conflict was left here; resolve it", Span(*conflict.span()))
    last = max(len(text.rstrip()) - 1, 0)
    if start > last:  # the end of the file: the last character is what can be seen
        return Problem(
            "DD002", f"the file ends too early: {written(reason, 200)}", Span(last, min(last + 1, len(text)))
        )
    return Problem("DD002", f"this is not YAML: {written(reason, 200)}", _place(text, start))


class _Builder:
    """Makes nodes of events."""

    def __init__(self, text: str) -> None:
        self.roots: list[Node] = []
        self.scalars: list[Span] = []
        self._text = text
        self._has_comments = has_directive(text)
        self._open: list[Node] = []
        self._anchors: dict[str, Node] = {}
        self._count = 0

    def take(self, event: yaml.Event) -> str | None:
        """Take one event; a text says which limit is met."""
        import yaml

        if isinstance(event, yaml.ScalarEvent):
            node = self._node(event, "scalar", event.value)
            node.style = event.style or ""
            if self._has_comments:
                self.scalars.append(node.span)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open.append(self._node(event, "mapping"))
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open.append(self._node(event, "sequence"))
        elif isinstance(event, yaml.CollectionEndEvent):
            node = self._open.pop()
            node.end = _span(event).end
        elif isinstance(event, yaml.AliasEvent):
            self._add(self._anchors.get(event.anchor or "") or Node(self._text, "scalar", _span(event)))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._anchors = {}
        if len(self._open) > _DEEPEST:
            return f"this is nested more than {_DEEPEST} levels deep"
        return f"the file has more than {_MOST_NODES:,} values" if self._count > _MOST_NODES else None

    def _node(self, event: yaml.NodeEvent, kind: str, value: str = "") -> Node:
        node = Node(self._text, kind, _span(event), value)
        node.tag = getattr(event, "tag", "") or ""
        self._add(node)
        if event.anchor:
            self._anchors[event.anchor] = node
        return node

    def _add(self, node: Node) -> None:
        self._count += 1
        if self._open:
            self._open[-1].add(node)
        else:
            self.roots.append(node)
