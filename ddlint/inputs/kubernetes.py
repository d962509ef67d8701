"""Kubernetes manifests: the images of containers with the Python in them, the CPU they ask for, and their settings.

What may bring a tracer in without a requirement is read too: annotations and labels of pods with the labels of their
namespace, and the keys of custom resources and Helm values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    EnvironmentSpec,
    EnvironmentVariable,
    InjectionHint,
    Manifest,
    Platform,
    PythonRequirement,
    Workload,
)
from ddlint.core.paths import name_of
from ddlint.core.source import Source, Span
from ddlint.inputs.common.container_image import is_elsewhere, read_image
from ddlint.inputs.common.container_spec import Container, container_spec
from ddlint.inputs.common.env_vars import of_mapping, of_pairs
from ddlint.inputs.common.injection_hints import MOST_HINTS, MOST_WORKLOADS, annotations_of, keys_of
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "kubernetes"

_MOST_CONTAINERS = 500
_MOST_ITEMS = 15_000
_MOST_WORDS = 100
_VALUES = regex(r"(?i)values[^/]*$")
_ENVIRONMENTS = frozenset({"env", "envs", "environment", "extraEnv", "extraEnvVars", "envVars", "extraEnvs"})
_ACTION = regex(r"(?P<alone>^[ \t]*\{\{[^{}]*\}\}[ \t\r]*$)|\{\{[^{}]*\}\}", re.MULTILINE)
"""An action of a template, alone on its lines or within one."""
_IS_MANIFEST = regex(r"^[\"']?apiVersion[\"']?[ \t]*:", re.MULTILINE)


def parse(source: Source) -> Manifest:
    """Read every document of a file that is a manifest; another YAML file in the same folder says nothing here."""
    if _VALUES.match(name_of(source.path)):
        documents = read_yaml(source)
        items = (item for root in documents.roots for item in _values(root))
        made = gather(source, NAME, items, documents.comments, documents.problem)
        return made._replace(workloads=tuple(_whole_file(documents.roots)))
    if not _IS_MANIFEST.search(source.text):
        return gather(source, NAME, ())
    is_template = "{{" in source.text
    documents = read_yaml(_without_templates(source) if is_template else source)
    specs: list[EnvironmentSpec] = []
    items = (item for root in documents.roots for item in _items(root, specs))
    made = gather(source, NAME, items, documents.comments, None if is_template else documents.problem)
    workloads = islice(_workloads(documents.roots), MOST_WORKLOADS)
    return made._replace(environments=tuple(specs), workloads=tuple(workloads))


def _without_templates(source: Source) -> Source:
    """Return a template of Helm with each action as blanks, or within a line as a variable that nobody knows."""

    def unknown(action: re.Match[str]) -> str:
        return re.sub(r"[^\r\n]", " " if action["alone"] else "$", action[0])

    return Source(source.path, _ACTION.sub(unknown, source.text))


def _values(root: Node) -> Iterator[Item]:
    """Read the values of a Helm chart: settings below a key such as `env`, and images of `repository` and `tag`."""
    for node in _mappings(root):
        for name, _, value in node.items():
            if name in _ENVIRONMENTS:
                yield from of_pairs(value)
                yield from of_mapping(value)
        repository, tag = node.get("repository"), node.get("tag")
        if repository is not None and repository.text:
            text = f"{repository.text}:{(tag.text if tag is not None else None) or ''}".rstrip(":")
            yield from read_image(text, repository.whole)


def _items(root: Node, specs: list[EnvironmentSpec]) -> Iterator[Item]:
    """Yield what a document holds, and add an environment for each of its containers to `specs`."""
    kind = root.get("kind")
    if kind is not None and kind.text == "ConfigMap":
        yield from of_mapping(root.get("data"))
    for pod in _pods(root):
        yield from _pod(pod, specs)


def _pods(root: Node) -> Iterator[Node]:
    """Yield every mapping with `containers`."""
    for node in _mappings(root):
        if node.get("containers") is not None:
            yield node


def _mappings(root: Node) -> Iterator[Node]:
    """Yield every mapping; a node that aliases repeat is seen once."""
    seen: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if node.kind == "mapping":
            yield node
        waiting += reversed(node.children)


def _pod(pod: Node, specs: list[EnvironmentSpec]) -> Iterator[Item]:
    cpu = pod.get("nodeSelector", "kubernetes.io/arch")
    platform = f"linux/{cpu.text}" if cpu is not None and cpu.text else ""
    for key in ("containers", "initContainers"):
        containers = pod.get(key)
        for container in containers.elements() if containers is not None else ():
            items = list(islice(_container(container, platform), _MOST_ITEMS))
            yield from items
            if len(specs) < _MOST_CONTAINERS:
                name, image = container.get("name"), container.get("image")
                command = " ".join(_words(container.get("command")) or _words(container.get("args")))
                named = Container(_text(name), container.at, _text(image), command)
                specs.append(container_spec(named, items, specs))


def _container(container: Node, platform: str) -> Iterator[Item]:
    image = container.get("image")
    text = image.text if image is not None else None
    if image is not None and text:
        yield from read_image(text, image.locate(), platform)
    if not text or not is_elsewhere(text):
        yield from of_pairs(container.get("env"))


def _whole_file(roots: tuple[Node, ...]) -> Iterator[Workload]:
    """Yield what Helm values may bring into the workloads of their chart, or of a cluster."""
    found = (hint for root in roots for hint in chain(_prefixed(root), keys_of(root)))
    if hints := tuple(islice(found, MOST_HINTS)):
        yield Workload("", "", hints[0].at, hints)


def _prefixed(root: Node) -> Iterator[InjectionHint]:
    for node in _mappings(root):
        yield from annotations_of(node)


def _workloads(roots: tuple[Node, ...]) -> Iterator[Workload]:
    """Yield each pod with its annotations and labels, and each custom resource with its keys."""
    namespaces = [root for root in roots if _text(root.get("kind")) == "Namespace"][:MOST_WORKLOADS]
    left = MOST_HINTS
    for root in roots:
        templates = [node for node in _mappings(root) if node.get("spec", "containers") is not None]
        for node in templates:
            labels = [hint for each in namespaces if _is_in(root, each, namespaces) for hint in _labels(each)]
            hints = tuple(islice(chain(_labels(node), labels), max(left, 0)))
            left -= len(hints)
            if hints:
                name = _text(root.get("metadata", "name")) or _text(root.get("kind"))
                yield _workload(name, node, hints)
        if not templates and root.get("spec") is not None:
            hints = tuple(islice(keys_of(root), max(left, 0)))
            left -= len(hints)
            if hints:
                yield Workload("", _text(root.get("metadata", "name")), hints[0].at, hints)


def _is_in(root: Node, namespace: Node, namespaces: list[Node]) -> bool:
    """Return whether a document is about the namespace, which is the only one of the file where it names none."""
    named = _text(root.get("metadata", "namespace"))
    return named == _text(namespace.get("metadata", "name")) or (not named and len(namespaces) == 1)


def _labels(node: Node) -> Iterator[InjectionHint]:
    yield from annotations_of(node.get("metadata", "annotations"))
    yield from annotations_of(node.get("metadata", "labels"))


def _workload(name: str, node: Node, hints: tuple[InjectionHint, ...]) -> Workload:
    pod = node.get("spec")
    items = tuple(islice(_pod(pod, []), MOST_HINTS)) if pod is not None else ()
    return Workload(
        "workload",
        name,
        node.at if node.at.start < node.at.end else Span(0, 0),
        hints,
        pythons=tuple(each for each in items if isinstance(each, PythonRequirement)),
        platforms=tuple(each for each in items if isinstance(each, Platform)),
        settings=tuple(each for each in items if isinstance(each, EnvironmentVariable)),
    )


def _text(node: Node | None) -> str:
    return (node.text if node is not None else None) or ""


def _words(node: Node | None) -> list[str]:
    return [each.text or "" for each in islice(node.elements(), _MOST_WORDS)] if node is not None else []
