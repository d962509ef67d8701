"""ECS task definitions: the images of containers with the Python in them, their CPU, and their settings."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.model import EnvironmentSpec, EnvironmentVariable, Manifest, Problem
from ddlint.core.source import Source
from ddlint.inputs.common.container_image import is_elsewhere, read_image
from ddlint.inputs.common.container_spec import Container, container_spec
from ddlint.inputs.common.env_vars import is_name, known_value
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.requirement import is_template
from ddlint.inputs.syntax.json import read_json
from ddlint.inputs.syntax.node import Node, root

NAME = "ecs"


def parse(source: Source) -> Manifest:
    """Read the container definitions, be they the document or a part of it."""
    document = read_json(source)
    if isinstance(document, Problem):
        return gather(source, NAME, [] if is_template(source.text) else [document])
    top = root(document)
    task = top.get("taskDefinition") or top
    containers = task.get("containerDefinitions") or top
    platform = _platform(task)
    items: list[Item] = []
    specs: list[EnvironmentSpec] = []
    for container in containers.elements():
        own = list(_container(container, platform))
        items += own
        if len(specs) < _MOST_CONTAINERS:
            command = container.get("command")
            words = " ".join(_text(word) for word in (command.elements() if command is not None else ()))
            named = Container(_text(container.get("name")), container.at, _text(container.get("image")), words)
            specs.append(container_spec(named, own, specs))
    return gather(source, NAME, items)._replace(environments=tuple(specs))


_MOST_CONTAINERS = 500


def _text(node: Node | None) -> str:
    return (node.text if node is not None else None) or ""


def _platform(task: Node) -> str:
    """Return `linux/arm64` for what `runtimePlatform` says in its own words."""
    cpu = _text(task.get("runtimePlatform", "cpuArchitecture")).lower()
    system = _text(task.get("runtimePlatform", "operatingSystemFamily")).lower()
    return f"{'windows' if system.startswith('windows') else 'linux'}/{cpu}" if cpu or system else ""


def _container(container: Node, platform: str) -> Iterator[Item]:
    image = container.get("image")
    if image is not None and image.text:
        yield from read_image(image.text, image.locate(), platform)
    if is_elsewhere(_text(image)):
        return
    for key, is_secret in (("environment", False), ("secrets", True)):
        settings = container.get(key)
        for setting in settings.elements() if settings is not None else ():
            name, value = setting.get("name"), setting.get("value")
            if name is not None and is_name(_text(name)):
                text = None if is_secret or value is None else known_value(value.text)
                yield EnvironmentVariable(_text(name), text, (value or name).at)
