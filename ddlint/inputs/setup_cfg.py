"""`setup.cfg` of setuptools: what `[options]` and `[options.extras_require]` declare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Include, Manifest, Problem, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requirement import read_requirement
from ddlint.inputs.common.requires_python import read_python_range
from ddlint.inputs.syntax.ini import Option, Piece, read_ini

NAME = "setup.cfg"

_SCOPES = {"install_requires": "", "setup_requires": "build", "tests_require": "group:test"}
_MARKER = regex(r"(?:python_|platform_|os_name|sys_platform|implementation_|extra\b)")
_PART = regex(r"[^;]+")
_MOST = 5000
"""Real files have fewer requirements in one line; those behind are left out."""


def parse(source: Source) -> Manifest:
    """Read the requirements and the range of Pythons; other sections belong to other tools."""
    ini = read_ini(source)
    items = (item for option in ini.options for item in _option(option))
    return gather(source, NAME, items, ini.comments, ini.problem)


def _option(option: Option) -> Iterator[Item]:
    key = option.key.replace("-", "_")
    if option.section == "options.extras_require":
        yield from _requirements(option, f"extra:{normalize(option.key)}")
    elif option.section == "options" and key in _SCOPES:
        yield from _requirements(option, _SCOPES[key])
    elif option.section == "options" and key == "python_requires":
        for line in option.lines:
            if line.text and (found := read_python_range(line.text, line.locate)):
                yield found


def _requirements(option: Option, scope: str) -> Iterator[Item]:
    """Read a list as setuptools does: lines, or in a value of one line the parts between semicolons."""
    is_one_line = len(option.lines) == 1
    for line in option.lines:
        first, *rest = _parts(line) if is_one_line else (line,)
        yield from _requirement(first, scope)
        for part in rest:
            if _MARKER.match(part.text):
                message = (
                    f"`{written(part.text, 80)}` is a marker, but in a value of one line `;` separates requirements; "
                    "write each requirement on a line of its own"
                )
                yield Problem("DD003", message, part.locate(0, len(part.text)))
            else:
                yield from _requirement(part, scope)


def _parts(line: Piece) -> tuple[Piece, ...]:
    return tuple(line.cut(*match.span()) for match in islice(_PART.finditer(line.text), _MOST)) or (line,)


def _requirement(piece: Piece, scope: str) -> Iterator[Item]:
    body = piece.cut(0, piece.text.find(" #") if " #" in piece.text else None)
    if not body.text or body.text.startswith("#"):
        return
    if body.text.startswith("file:"):
        for match in re.finditer(r"[^,]+", body.text[len("file:") :]):
            file = body.cut(match.start() + len("file:"), match.end() + len("file:"))
            if file.text:
                yield Include(file.text, file.locate(0, len(file.text)))
        return
    yield read_requirement(body.text, body.locate, scope=scope)
