"""Templates of the Serverless Framework and of AWS SAM or CloudFormation: the runtime, its CPU, and settings."""

from __future__ import annotations

import re
from itertools import chain

from ddlint.inputs._environment import of_mapping
from ddlint.inputs._gather import gather
from ddlint.inputs._image import cpu_of
from ddlint.inputs._python_range import exact_python
from ddlint.inputs._yaml import read_yaml
from ddlint.model import Platform, PythonRequirement
from ddlint.regex import regex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.inputs._gather import Item
    from ddlint.inputs._yaml_node import Node
    from ddlint.model import Manifest
    from ddlint.source import Source

NAME = "serverless"
HAS_COOKIE = False

_RUNTIME = regex(r"python(?P<version>[23]\.[0-9]{1,2})")
_IS_TEMPLATE = regex(r"AWS::|^provider[ \t]*:", re.MULTILINE)
"""Other files are named `template.yaml` too."""
_FUNCTIONS = frozenset({"AWS::Serverless::Function", "AWS::Lambda::Function"})


def parse(source: Source) -> Manifest:
    """Read the functions of a template and what it gives to all of them."""
    if not _IS_TEMPLATE.search(source.text):
        return gather(source, NAME, ())
    documents = read_yaml(source)
    items = (item for root in documents.roots[:1] for item in chain(_serverless(root), _sam(root)))
    return gather(source, NAME, items, documents.comments, documents.problem)


def _serverless(root: Node) -> Iterator[Item]:
    provider = root.get("provider")
    if provider is None:
        return
    default = _cpu(provider.get("architecture"))
    yield from _function(provider, "runtime", default)
    yield from of_mapping(provider.get("environment"))
    functions = root.get("functions")
    for _, _, function in functions.items() if functions is not None else ():
        yield from _function(function, "runtime", _cpu(function.get("architecture")) or default)
        yield from of_mapping(function.get("environment"))


def _sam(root: Node) -> Iterator[Item]:
    general = root.get("Globals", "Function")
    default = _cpu(general.get("Architectures")) if general is not None else ""
    if general is not None:
        yield from _function(general, "Runtime", default)
        yield from of_mapping(general.get("Environment", "Variables"))
    resources = root.get("Resources")
    for _, _, resource in resources.items() if resources is not None else ():
        kind, properties = resource.get("Type"), resource.get("Properties")
        if kind is not None and kind.text in _FUNCTIONS and properties is not None:
            yield from _function(properties, "Runtime", _cpu(properties.get("Architectures")) or default)
            yield from of_mapping(properties.get("Environment", "Variables"))


def _cpu(node: Node | None) -> str:
    """Give the CPU that a scalar, or the first element of a list, names."""
    first = next(node.elements(), node) if node is not None else None
    return cpu_of(first.text or "") if first is not None else ""


def _function(node: Node, key: str, cpu: str) -> Iterator[Item]:
    """Read a runtime such as `python3.12`. Lambda runs on glibc, and on x86_64 where nothing else is said."""
    runtime = node.get(key)
    text = runtime.text if runtime is not None else None
    match = _RUNTIME.fullmatch(text or "")
    if runtime is not None and match is not None:
        at = runtime.locate()(*match.span("version"))
        yield PythonRequirement(exact_python(match["version"]), at, match[0], is_exact=True)
        yield Platform(f"manylinux-{cpu or 'x86_64'}", runtime.at)
