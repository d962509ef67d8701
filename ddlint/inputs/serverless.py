"""Templates of the Serverless Framework and of AWS SAM or CloudFormation: the runtime, its CPU, and settings."""

from __future__ import annotations

import re
from itertools import chain

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Manifest, Platform, PythonRequirement
from ddlint.inputs.common.container_image import cpu_of
from ddlint.inputs.common.env_vars import of_mapping
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.source import Source
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "serverless"

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
    functions = _children(root.get("functions"))
    if _is_inherited(functions, "runtime"):
        yield from _function(provider, "runtime", default)
    yield from of_mapping(provider.get("environment"))
    for function in functions:
        yield from _function(function, "runtime", _cpu(function.get("architecture")) or default)
        yield from of_mapping(function.get("environment"))


def _sam(root: Node) -> Iterator[Item]:
    general = root.get("Globals", "Function")
    default = _cpu(general.get("Architectures")) if general is not None else ""
    resources = ((each.get("Type"), each.get("Properties")) for each in _children(root.get("Resources")))
    functions = [node for kind, node in resources if kind is not None and kind.text in _FUNCTIONS and node is not None]
    if general is not None:
        if _is_inherited(functions, "Runtime"):
            yield from _function(general, "Runtime", default)
        yield from of_mapping(general.get("Environment", "Variables"))
    for properties in functions:
        yield from _function(properties, "Runtime", _cpu(properties.get("Architectures")) or default)
        yield from of_mapping(properties.get("Environment", "Variables"))


def _children(node: Node | None) -> list[Node]:
    return [child for _, _, child in node.items()] if node is not None else []


def _is_inherited(functions: list[Node], key: str) -> bool:
    """Return whether what is set for all functions holds for any: some have none of their own, or none is here."""
    return not functions or any(each.get(key) is None for each in functions)


def _cpu(node: Node | None) -> str:
    """Return the CPU that a scalar, or the first element of a list, names."""
    first = next(node.elements(), node) if node is not None else None
    return cpu_of(first.text or "") if first is not None else ""


def _function(node: Node, key: str, cpu: str) -> Iterator[Item]:
    """Read a runtime such as `python3.12`. Lambda runs on glibc, and on x86_64 where nothing else is said."""
    runtime = node.get(key)
    text = runtime.text if runtime is not None else None
    match = _RUNTIME.fullmatch(text or "")
    if runtime is not None and match is not None:
        at, specifier = runtime.locate()(*match.span("version")), exact_python(match["version"])
        yield PythonRequirement(specifier, at, match[0], is_exact=True)
        yield Platform(f"manylinux-{cpu or 'x86_64'}", runtime.at, pythons=(specifier,))
