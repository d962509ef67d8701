"""Read what may bring the subject into a deployment: layers of functions, versions of layers, keys of YAML files."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import InjectionHint
from ddlint.core.redact import written
from ddlint.core.source import Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

_LAYER = regex(r":layer:(?P<layer>(?P<name>[A-Za-z0-9_-]{1,140}):(?P<number>[0-9]{1,6}))(?![0-9A-Za-z$])")
"""The end of the ARN of a layer: the partition, the region and the account before it may be expressions."""
_VERSION_KEY = regex(
    r"(?i)(?<![A-Za-z0-9_])(?P<name>[a-z_]{0,60}layer_?version)[\"']?[ \t]{0,40}[=:][ \t]{0,40}(?P<number>[0-9]{1,6})"
    r"(?![0-9A-Za-z.])"
)
_STATED = regex(r"v?[0-9][0-9A-Za-z.+-]{0,30}|latest|default|true|false")
"""The values of keys that are worth keeping: a version, a tag, a switch."""
_LONGEST_PATH = 5
MOST_HINTS = 1_000
"""In one file."""
MOST_WORKLOADS = 200
"""In one file."""
MOST_MATCHES = 5_000
"""So many texts that may be a hint are looked at, with those in comments."""


def layers_in(text: str, locate: Callable[[int, int], Span]) -> Iterator[InjectionHint]:
    """Yield the layers of functions that a text names by their ARN."""
    for match in _LAYER.finditer(text):
        at = locate(*match.span("layer"))
        yield InjectionHint("layer", match["name"], match["number"], at, match["layer"])


def layer_versions_in(text: str, locate: Callable[[int, int], Span]) -> Iterator[InjectionHint]:
    """Yield the keys and arguments of a text that name the version of a layer: `python_layer_version=90`."""
    for match in _VERSION_KEY.finditer(text):
        at = locate(match.start("name"), match.end("number"))
        shown = text[match.start("name") : match.end("number")]
        yield InjectionHint("key", match["name"], match["number"], at, written(shown))


def layers_of(node: Node | None) -> Iterator[InjectionHint]:
    """Yield the layers that the elements of a list name, also those with a tag such as `!Sub`."""
    for element in node.elements() if node is not None else ():
        if element.kind == "scalar":
            yield from layers_in(element.value, element.locate())
        elif (inner := element.get("Fn::Sub")) is not None and inner.text:
            yield from layers_in(inner.text, inner.locate())


def keys_of(root: Node, prefix: str = "") -> Iterator[InjectionHint]:
    """Yield the keys below a node whose values are versions, tags or switches, each with the path to it."""
    seen: set[int] = set()
    waiting = [(root, (prefix,) if prefix else ())]
    while waiting:
        node, path = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        below = [(element, path) for element in node.elements()]
        for name, key, value in node.items():
            if value.kind != "scalar":
                below.append((value, (*path, name)[-_LONGEST_PATH:]))
            elif (text := value.text) is not None and _STATED.fullmatch(text):
                at = value.at if value.at.start < value.at.end else key.at
                shown = written(f"{'.'.join((*path[-1:], name))}: {text}")
                yield InjectionHint("key", ".".join((*path, name)), text, at, shown)
        waiting += reversed(below)


def annotations_of(node: Node | None) -> Iterator[InjectionHint]:
    """Yield the annotations or labels of a mapping that have a prefix, `example.com/name`."""
    for name, key, value in node.items() if node is not None else ():
        if "/" in name and value.kind == "scalar":
            text = value.text or ""
            at = value.at if value.at.start < value.at.end else key.at
            yield InjectionHint("annotation", name, text, at, written(f"{name.rpartition('/')[2]}: {text}"))
