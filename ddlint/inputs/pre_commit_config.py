"""`.pre-commit-config.yaml`: what is installed beside a hook, in an environment of its own.

The scope is `env:pre-commit:HOOK`. What is no requirement is passed over: hooks in other languages name packages too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ddlint.core.model import Dependency, EnvironmentSpec, Manifest
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.pip_line import read_pip_line
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

NAME = ".pre-commit-config.yaml"

_MOST_HOOKS = 200
_MOST_DEPENDENCIES = 15_000


def parse(source: Source) -> Manifest:
    """Read the additional dependencies of every hook."""
    documents = read_yaml(source)
    specs: list[EnvironmentSpec] = []
    found = (dependency for root in documents.roots[:1] for dependency in _dependencies(root, specs))
    manifest = gather(source, NAME, found, documents.comments, documents.problem)
    return manifest._replace(environments=tuple(specs))


def _elements(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield from node.elements()


def _dependencies(root: Node, specs: list[EnvironmentSpec]) -> Iterator[Dependency]:
    """Yield what all hooks install, and note each hook."""
    for repository in _elements(root.get("repos")):
        for hook in _elements(repository.get("hooks")):
            language = hook.get("language")
            if language is not None and language.text != "python":
                continue
            node = hook.get("id")
            name = written((node.text if node else None) or "?", 60)
            elements = islice(_elements(hook.get("additional_dependencies")), _MOST_DEPENDENCIES)
            found = [each for element in elements for each in _dependency(element, f"env:pre-commit:{name}")]
            if found and len(specs) < _MOST_HOOKS:
                name = name if all(name != each.name for each in specs) else f"{name} ({len(specs)})"
                specs.append(EnvironmentSpec("hook", name, (node or hook).at, dependencies=tuple(found)))
            yield from found


def _dependency(element: Node, scope: str) -> Iterator[Dependency]:
    text = (element.text or "").strip()
    if not text or text.startswith("-"):
        return
    shift = len(element.value) - len(element.value.lstrip())
    locate = element.locate()
    for found in read_pip_line(text, lambda start, end: locate(start + shift, end + shift), scope=scope):
        if isinstance(found, Dependency):
            yield found
