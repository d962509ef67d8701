"""`.pre-commit-config.yaml`: what is installed beside a hook, in an environment of its own.

The scope is `env:pre-commit:HOOK`. What is no requirement is passed over: hooks in other languages name packages too.
"""

from __future__ import annotations

from ddlint.core.model import Dependency
from ddlint.core.redact import written
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.pip_line import read_pip_line
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Manifest
    from ddlint.core.source import Source
    from ddlint.inputs.syntax.yaml_node import Node

NAME = ".pre-commit-config.yaml"


def parse(source: Source) -> Manifest:
    """Read the additional dependencies of every hook."""
    documents = read_yaml(source)
    found = (dependency for root in documents.roots[:1] for dependency in _dependencies(root))
    return gather(source, NAME, found, documents.comments, documents.problem)


def _elements(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield from node.elements()


def _dependencies(root: Node) -> Iterator[Dependency]:
    for repository in _elements(root.get("repos")):
        for hook in _elements(repository.get("hooks")):
            language = hook.get("language")
            if language is not None and language.text != "python":
                continue
            name = hook.get("id")
            scope = f"env:pre-commit:{written((name.text if name else None) or '?', 60)}"
            for element in _elements(hook.get("additional_dependencies")):
                yield from _dependency(element, scope)


def _dependency(element: Node, scope: str) -> Iterator[Dependency]:
    text = (element.text or "").strip()
    if not text or text.startswith("-"):
        return
    shift = len(element.value) - len(element.value.lstrip())
    locate = element.locate()
    for found in read_pip_line(text, lambda start, end: locate(start + shift, end + shift), scope=scope):
        if isinstance(found, Dependency):
            yield found
