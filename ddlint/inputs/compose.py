"""Compose files: the images of the services with the Python in them, their platforms and their settings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ddlint.core.model import Command, EnvironmentSpec, EnvironmentVariable, Manifest, Platform, PythonRequirement
from ddlint.core.source import Source, Span
from ddlint.inputs.common.container_image import is_elsewhere, read_image
from ddlint.inputs.common.dockerfile_syntax import fill_in
from ddlint.inputs.common.env_vars import of_list, of_mapping
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.other_languages import is_other_language
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "compose"

_MOST_SERVICES = 500
_MOST_ITEMS = 15_000
_MOST_WORDS = 100
_LONGEST_COMMAND = 2000
_CONTEXT = (("build",), ("build", "context"))
"""Where the build context is named: `build: DIRECTORY`, or under `context` of a mapping."""


def parse(source: Source) -> Manifest:
    """Read every service. What is set for an agent, or for another language, is not set for the project."""
    documents = read_yaml(source)
    services = documents.roots[0].get("services") if documents.roots else None
    specs: list[EnvironmentSpec] = []
    items = (item for each in (_services(services) if services is not None else ()) for item in each.read(specs))
    manifest = gather(source, NAME, items, documents.comments, documents.problem)
    return manifest._replace(environments=tuple(specs))


def _services(services: Node) -> Iterator[_Service]:
    for name, key, node in services.items():
        base = node.get("extends")
        other = base.get("service") if base is not None and base.get("file") is None else None
        inherited = services.get(other.text) if other is not None and other.text else None
        yield _Service(name, key, node, inherited)


class _Service:
    """A service, with what it inherits from another one of its file (`extends`)."""

    def __init__(self, name: str, key: Node, node: Node, base: Node | None) -> None:
        self._name = name
        self._key = key
        self._nodes = [node] if base is None else [node, base]

    def read(self, specs: list[EnvironmentSpec]) -> Iterator[Item]:
        """Yield what is in the service, and note it."""
        items = list(islice(_read_service(self._nodes[0]), _MOST_ITEMS))
        if len(specs) < _MOST_SERVICES:
            specs.append(self._spec(list(items)))
        yield from items

    def _get(self, *keys: str) -> Node | None:
        return next((found for node in self._nodes if (found := node.get(*keys)) is not None), None)

    def _text(self, *keys: str) -> str:
        """Return a text with the defaults of its variables; empty where it is set from elsewhere."""
        found = self._get(*keys)
        return (fill_in(found.text, {}) or "") if found is not None and found.text else ""

    def _spec(self, items: list[Item]) -> EnvironmentSpec:
        build = self._get("build")
        is_mapping = build is not None and build.kind == "mapping"
        items += (item for base in self._nodes[1:] for item in islice(_read_service(base), _MOST_ITEMS))
        settings = {item.name: item for item in reversed(items) if isinstance(item, EnvironmentVariable)}
        commands = tuple(self._commands())
        image = "" if build is not None else self._text("image")
        return EnvironmentSpec(
            "service",
            self._name,
            self._key.at,
            pythons=tuple(item for item in items if isinstance(item, PythonRequirement)),
            platforms=tuple(item for item in items if isinstance(item, Platform)),
            settings=tuple(sorted(settings.values(), key=lambda item: item.at)),
            commands=commands,
            image=image,
            context="" if build is None else self._text(*_CONTEXT[is_mapping]) or ".",
            dockerfile=self._text("build", "dockerfile"),
            target=self._text("build", "target"),
            env_files=tuple(self._env_files()),
            is_foreign=is_other_language(image, commands[0].text if commands else "", settings),
        )

    def _commands(self) -> Iterator[Command]:
        for key in ("entrypoint", "command"):
            node = self._get(key)
            words = [each.text or "" for each in islice(node.elements(), _MOST_WORDS)] if node is not None else []
            text = " ".join(words) or ((node.text or "") if node is not None else "")
            if node is not None and text:
                yield Command(" ".join(text[:_LONGEST_COMMAND].split()), node.at)

    def _env_files(self) -> Iterator[str]:
        node = self._get("env_file")
        each = [] if node is None else [node] if node.kind == "scalar" else list(islice(node.elements(), _MOST_WORDS))
        for one in each:
            path = one.get("path") if one.kind == "mapping" else one
            if path is not None and path.text and (filled := fill_in(path.text, {})):
                yield filled


def _read_service(service: Node) -> Iterator[Item]:
    image, platform = service.get("image"), service.get("platform")
    text = image.text if image is not None else None
    if image is not None and text:
        yield from _image(image, text, (platform.text if platform else None) or "")
    if text and is_elsewhere(fill_in(text, {}) or text):
        return
    environment = service.get("environment")
    yield from of_mapping(environment)
    yield from of_list(environment)


def _image(node: Node, text: str, platform: str) -> Iterator[Item]:
    """Read an image, with the defaults of its variables filled in."""
    filled = fill_in(text, {})
    locate = node.locate()

    def at(start: int, end: int) -> Span:
        return locate(start, end) if filled == text else locate(0, len(text))

    yield from read_image(filled, at, platform) if filled else ()
