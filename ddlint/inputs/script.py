"""A Python script that declares what it needs in a comment block (PEP 723). Everything outside the block is ignored."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Manifest, Problem
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Source, Span
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requires_python import read_python_range
from ddlint.inputs.common.values import read_array, wrong_type
from ddlint.inputs.sections.uv import read_uv, sourced, unknown_sources
from ddlint.inputs.syntax.lines import Line, python_comments
from ddlint.inputs.syntax.node import Node, root
from ddlint.inputs.syntax.toml import read_toml

NAME = "script"

_OPENING = "# /// script"
_OPENING_LINE = regex(r"(?:^|(?<=[\r\n]))# /// script(?=[\r\n])")
_LINE = regex(r"(?:\r\n|\r|\n)(?P<text>#(?: [^\r\n]*)?)(?=[\r\n]|$)")
_CLOSING = "# ///"
_MOST_LINES = 5000
"""Nobody declares so much in a script; lines behind are left out."""


class _Block(NamedTuple):
    """The TOML in a block, without the `# ` before each line, and the way back to the script."""

    at: Span
    content: Line


def parse(source: Source) -> Manifest:
    """Read the one `script` block of a file, if it has one."""
    if _OPENING not in source.text:
        return gather(source, NAME, ())
    blocks = list(_blocks(source))
    items: list[Item] = [item for block in blocks[:1] for item in _read(source, block)]
    for block in blocks[1:]:
        message = "a second `# /// script` block is here; a script has one, so remove this or join the two"
        items.append(Problem("DD002", message, block.at))
    return gather(source, NAME, items, tuple(_inner(source, span) for span in python_comments(source.text)))


def _inner(source: Source, comment: Span) -> Span:
    """Return the comment within a line of the block, which is a comment itself."""
    start = comment.start + source.slice(comment).lower().index("ddlint")
    return Span(source.text.rindex("#", comment.start, start), comment.end)


def _blocks(source: Source) -> Iterator[_Block]:
    """Find the blocks: comment lines from `# /// script` to the last `# ///` before a line that is none."""
    position = 0
    while opening := _OPENING_LINE.search(source.text, position):
        lines: list[Span] = []
        closing = None
        position = opening.end()
        while line := _LINE.match(source.text, position):
            if line["text"] == _CLOSING:
                closing = len(lines)
            if len(lines) < _MOST_LINES:
                lines.append(Span(*line.span("text")))
            position = line.end()
        if closing is not None:
            yield _Block(Span(*opening.span()), _content(source, lines[:closing]))


def _content(source: Source, lines: list[Span]) -> Line:
    pieces = []
    parts = []
    length = 0
    for span in lines:
        start = min(span.start + 2, span.end)
        pieces.append((length, start))
        parts.append(source.text[start : span.end] + "\n")
        length += span.end - start + 1
    return Line("".join(parts), tuple(pieces) or ((0, 0),))


def _read(source: Source, block: _Block) -> Iterator[Item]:
    document = read_toml(Source(source.path, block.content.text))
    if isinstance(document, Problem):
        yield _moved(document, block.content)
        return
    top = root(document)
    uv = top.get("tool", "uv")
    items: list[Item] = [sourced(item, unknown_sources(uv)) for item in _requirements(top, uv)]
    python = top.get("requires-python")
    if python is not None and python.text is None:
        items.append(wrong_type(python, "a range of Pythons such as `>=3.10`"))
    elif python is not None and (found := read_python_range(python.text or "", python.locate())):
        items.append(found)
    yield from (_moved(item, block.content) for item in items)


def _requirements(top: Node, uv: Node | None) -> Iterator[Item]:
    yield from read_array(top.get("dependencies"))
    yield from read_uv(uv)


def _moved(item: Item, content: Line) -> Item:
    """Move the places of what was found from the block to the script."""
    at = content.locate(*item.at)
    if not isinstance(item, Dependency):
        return item._replace(at=at)
    return item._replace(
        at=at,
        name_at=content.locate(*item.name_at),
        specifier_at=content.locate(*item.specifier_at),
        marker_at=content.locate(*item.marker_at),
    )
