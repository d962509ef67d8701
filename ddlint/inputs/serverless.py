"""Templates of the Serverless Framework and of AWS SAM or CloudFormation: runtimes with their CPU, settings, layers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import EnvironmentVariable, InjectionHint, Manifest, Platform, PythonRequirement, Workload
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.container_image import cpu_of
from ddlint.inputs.common.env_vars import of_mapping
from ddlint.inputs.common.injection_hints import MOST_HINTS, MOST_WORKLOADS, keys_of, layers_of
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "serverless"

_RUNTIME = regex(r"python(?P<version>[23]\.[0-9]{1,2})")
_IS_TEMPLATE = regex(r"AWS::|^provider[ \t]*:", re.MULTILINE)
"""Other files are named `template.yaml` too."""
_PACKAGERS = frozenset({"serverless-python-requirements", "serverless-package-python-functions"})
"""Plugins that put what is required into the package of a function; nothing else of the framework does."""
_FUNCTIONS = frozenset({"AWS::Serverless::Function", "AWS::Lambda::Function"})


def parse(source: Source) -> Manifest:
    """Read the functions of a template and what it gives to all of them."""
    if not _IS_TEMPLATE.search(source.text):
        return gather(source, NAME, ())
    documents = read_yaml(source)
    items = (item for root in documents.roots[:1] for item in chain(_serverless(root), _sam(root)))
    made = gather(source, NAME, items, documents.comments, documents.problem)
    workloads = (each for root in documents.roots[:1] for each in chain(_of_service(root), _of_template(root)))
    return made._replace(workloads=tuple(islice(workloads, MOST_WORKLOADS)))


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


def _of_service(root: Node) -> Iterator[Workload]:
    """Yield the functions of the Serverless Framework, each with the layers and plugins that it gets."""
    provider = root.get("provider")
    if provider is None:
        return
    shared = tuple(islice(chain(_plugins(root), _options(root)), MOST_HINTS))
    layers = tuple(islice(layers_of(provider.get("layers")), MOST_HINTS))
    settings = tuple(islice(of_mapping(provider.get("environment")), MOST_HINTS))
    functions = root.get("functions")
    default = _cpu(provider.get("architecture"))
    for name, key, function in functions.items() if functions is not None else ():
        own = tuple(layers_of(function.get("layers"))) if function.get("layers") is not None else layers
        runtime = function if function.get("runtime") is not None else provider
        items = (
            *_function(runtime, "runtime", _cpu(function.get("architecture")) or default),
            *settings,
            *islice(of_mapping(function.get("environment")), MOST_HINTS),
        )
        is_python = any(isinstance(each, PythonRequirement) for each in items)
        if own or (shared and is_python):
            yield _workload(name, key, (*own, *shared) if is_python else own, items, "")


def _plugins(root: Node) -> Iterator[InjectionHint]:
    plugins = root.get("plugins")
    listed = (plugins.get("modules") or plugins) if plugins is not None else None
    for element in listed.elements() if listed is not None else ():
        if element.text:
            yield InjectionHint("plugin", element.text, "", element.at, written(element.text))


def _options(root: Node) -> Iterator[InjectionHint]:
    """Yield the options of plugins, and what is left out of the package of a function: `*` without a plugin for it."""
    custom = root.get("custom")
    if custom is not None:
        yield from keys_of(custom, "custom")
    left_out = root.get("custom", "pythonRequirements", "noDeploy")
    for element in left_out.elements() if left_out is not None else ():
        if element.text:
            yield InjectionHint("excluded", element.text, "", element.at, written(element.text))
    if not any(hint.name in _PACKAGERS for hint in _plugins(root)):
        yield InjectionHint("excluded", "*", "", root.at, "")


def _of_template(root: Node) -> Iterator[Workload]:
    """Yield the functions of a template of SAM or CloudFormation, each with its layers."""
    general = root.get("Globals", "Function")
    shared = tuple(islice(layers_of(general.get("Layers")), MOST_HINTS)) if general is not None else ()
    variables = general.get("Environment", "Variables") if general is not None else None
    settings = tuple(islice(of_mapping(variables), MOST_HINTS))
    transform = root.get("Transform")
    macro = tuple(islice(keys_of(transform, "Transform"), MOST_HINTS)) if transform is not None else ()
    default = _cpu(general.get("Architectures")) if general is not None else ""
    resources = root.get("Resources")
    for name, key, resource in resources.items() if resources is not None else ():
        kind, properties = resource.get("Type"), resource.get("Properties")
        if kind is None or kind.text not in _FUNCTIONS or properties is None:
            continue
        runtime = properties if properties.get("Runtime") is not None or general is None else general
        items = (
            *_function(runtime, "Runtime", _cpu(properties.get("Architectures")) or default),
            *settings,
            *islice(of_mapping(properties.get("Environment", "Variables")), MOST_HINTS),
        )
        hints = (*layers_of(properties.get("Layers")), *shared)
        if any(isinstance(each, PythonRequirement) for each in items):
            hints = (*hints, *macro)
        if not hints:
            continue
        code = properties.get("CodeUri") or (general.get("CodeUri") if general is not None else None)
        yield _workload(name, key, hints, items, (code.text if code is not None else None) or "")


def _workload(name: str, key: Node, hints: tuple[InjectionHint, ...], items: tuple[Item, ...], code: str) -> Workload:
    return Workload(
        "function",
        name,
        key.at,
        hints,
        pythons=tuple(each for each in items if isinstance(each, PythonRequirement)),
        platforms=tuple(each for each in items if isinstance(each, Platform)),
        settings=tuple(each for each in items if isinstance(each, EnvironmentVariable)),
        code=code,
    )
