"""A Python script that declares what it needs in a comment block (PEP 723). Everything outside the block is ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ddlint.inputs._comments import python_comments
from ddlint.inputs._gather import gather
from ddlint.inputs._items import read_array, wrong_type
from ddlint.inputs._lines import Line
from ddlint.inputs._node import root
from ddlint.inputs._python_range import read_python_range
from ddlint.inputs._toml import read_toml
from ddlint.model import Dependency, Problem
from ddlint.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.inputs._gather import Item
    from ddlint.model import Manifest

NAME = "script"
HAS_COOKIE = True

_OPENING = "# /// script"
_CLOSING = "# ///"


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
        message = "a second `# /// script` block stands here; a script has one, so remove this or join the two"
        items.append(Problem("DD002", message, block.at))
    return gather(source, NAME, items, tuple(_inner(source, span) for span in python_comments(source.text)))


def _inner(source: Source, comment: Span) -> Span:
    """Give the comment within a line of the block, which is a comment itself."""
    at = source.text.index("ddlint:", comment.start)
    return Span(source.text.rindex("#", comment.start, at), comment.end)


def _blocks(source: Source) -> Iterator[_Block]:
    """Find the blocks: comment lines from `# /// script` to the last `# ///` before a line that is none."""
    number = 0
    lines = [source.line_span(line + 1) for line in range(len(source.line_starts))]
    while number < len(lines):
        opening = lines[number]
        number += 1
        if source.slice(opening) != _OPENING:
            continue
        end = first = number
        last = None
        while end < len(lines) and (text := source.slice(lines[end])).startswith("#"):
            if text == _CLOSING:
                last = end
            elif text != "#" and not text.startswith("# "):
                break
            end += 1
        if last is not None:
            yield _Block(opening, _content(source, lines[first:last]))
            number = last + 1
        else:
            number = end


def _content(source: Source, lines: list[Span]) -> Line:
    pieces = []

    parts = []
    length = 0
    for span in lines:
        start = min(span.start + 2, span.end)
        pieces.append((length, start))
        text = source.text[start : span.end] + "\n"
        parts.append(text)
        length += len(text)
    return Line("".join(parts), tuple(pieces) or ((0, 0),))


def _read(source: Source, block: _Block) -> Iterator[Item]:
    document = read_toml(Source(source.path, block.content.text))
    if isinstance(document, Problem):
        yield _moved(document, block.content)
        return
    top = root(document)
    items: list[Item] = list(read_array(top.get("dependencies")))
    python = top.get("requires-python")
    if python is not None and python.text is None:
        items.append(wrong_type(python, "a range of Pythons such as `>=3.10`"))
    elif python is not None and (found := read_python_range(python.text or "", python.locate())):
        items.append(found)
    yield from (_moved(item, block.content) for item in items)


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
