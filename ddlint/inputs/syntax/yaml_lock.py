"""Read the list of packages in a YAML lock: fast where a tool wrote it as it always does, else as any other YAML."""

from __future__ import annotations

import re
from collections.abc import Container

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Problem
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Source, Span
from ddlint.inputs.syntax.lines import has_directive

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node


class Field(NamedTuple):
    """The text of a scalar, and where it is without its quotes."""

    text: str
    at: Span


class Package(NamedTuple):
    """One package: its scalars, and the scalars (or the keys) that are in its lists (or its mappings)."""

    fields: dict[str, Field]
    children: dict[str, list[str]]


class Listing(NamedTuple):
    """What a lock holds."""

    packages: list[Package]
    problem: Problem | None = None
    comments: tuple[Span, ...] = ()


_PLAIN = (
    r"(?:[A-Za-z0-9_./(=~^+$<\\]|-(?=[^ \r\n]))(?>(?>(?:[^\r\n:# ]++|:(?![ \r\n])|(?<! )#| ++(?![#\r\n ])){1,500})*)"
)
_SCALAR = rf"(?:'(?>(?>(?:[^'\r\n]++|''){{1,500}})*)'|\"[^\"\\\r\n]*+\"|{_PLAIN}|\{{\}}|\[\])"
_MOST_VALUES = 60_000
_CHARACTERS_OF_A_VALUE = 64
_COST_OF_A_PACKAGE = 2
"""A lock has fewer values of interest for its size: each takes memory, a package as much as so many more."""
_KEY = r"[A-Za-z0-9_][\w./+-]*+"
_LINE = rf"(?: *+(?>(?>(?:-[ ]+){{1,100}})*)(?:{_KEY}:(?: {_SCALAR})?|(?<=- ){_SCALAR})|\#[^\r\n]*+)?(?:\r?\n|\Z)"
_LINES = regex(rf"(?>(?>(?:{_LINE}){{1,500}})*)")
_FIRST = regex(r"( *+)- ")
_NEXT_KEY = regex(rf"^{_KEY}:", re.MULTILINE)


def _item_lines(indent: str) -> re.Pattern[str]:
    """Match the lines of packages at one depth: a key of the package, or a child of the key before it."""
    return regex(
        rf"^{indent}(?:(?P<first>- )|  )(?P<key>{_KEY}):(?: (?P<value>{_SCALAR}))?\r?$"
        rf"|^{indent} ++- (?P<element>{_SCALAR})\r?$|^{indent} {{4,}}(?P<name>{_KEY}):.*$",
        re.MULTILINE,
    )


def _bare(text: str) -> str:
    if text[0] == "'":
        return text[1:-1].replace("''", "'")
    return text[1:-1] if text[0] == '"' else text


def scan_list(text: str, key: str, wanted: Container[str]) -> list[Package] | None:
    """Read the list under `key`, and of each package what is `wanted`.

    Nothing is given where the text has a shape that is not known, more than takes little memory, or a comment for
    ddlint.
    """
    start = regex(rf"^{key}:\r?\n", re.MULTILINE).search(text)
    first = _FIRST.match(text, start.end()) if start else None
    if start is None or first is None or has_directive(text) or _LINES.fullmatch(text) is None:
        return None
    after = _NEXT_KEY.search(text, start.end())
    packages: list[Package] = []
    last = ""
    most = _MOST_VALUES + len(text) // _CHARACTERS_OF_A_VALUE
    for line in _item_lines(first[1]).finditer(text, start.end(), after.start() if after else len(text)):
        last = line["key"] or last
        if line["first"]:
            packages.append(Package({}, {}))
            most -= _COST_OF_A_PACKAGE
        if not packages or last not in wanted:
            continue
        most -= 1
        if most < 0:
            return None
        if line["key"] is None:
            packages[-1].children.setdefault(last, []).append(_bare(line["element"] or line["name"]))
            continue
        value = line["value"]
        if value is not None and value not in ("{}", "[]"):
            is_quoted = value[0] in "'\""
            at = Span(line.start("value") + is_quoted, line.end("value") - is_quoted)
            packages[-1].fields[last] = Field(_bare(value), at)
    return packages


def read_list(source: Source, key: str, wanted: Container[str]) -> Listing:
    """Read the list under `key` of a source, and of each package what is `wanted`."""
    packages = scan_list(source.text, key, wanted)
    return read_any_list(source, key, wanted) if packages is None else Listing(packages)


def read_any_list(source: Source, key: str, wanted: Container[str]) -> Listing:
    """Do the same for every YAML, slowly."""
    from ddlint.inputs.syntax.yaml import read_yaml

    documents = read_yaml(source)
    found = documents.roots[0].get(key) if documents.roots else None
    packages = [_package(element, wanted) for element in found.elements()] if found is not None else []
    return Listing(packages, documents.problem, documents.comments)


def _package(node: Node, wanted: Container[str]) -> Package:
    package = Package({}, {})
    for key, _, value in node.items():
        if key not in wanted:
            continue
        if value.kind == "scalar":
            package.fields[key] = Field(value.value, value.at)
        else:
            children = [child.value for child in value.elements() if child.kind == "scalar"]
            package.children[key] = children or [name for name, _, _ in value.items()]
    return package
