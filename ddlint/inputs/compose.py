"""Compose files: the images of the services with the Python in them, their platforms and their settings."""

from __future__ import annotations

from ddlint.inputs.common.container_image import is_elsewhere, read_image
from ddlint.inputs.common.env_vars import of_list, of_mapping
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.variables import fill_in
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Manifest
    from ddlint.core.source import Source, Span
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "compose"


def parse(source: Source) -> Manifest:
    """Read every service. What is set for an agent, or for another language, is not set for the project."""
    documents = read_yaml(source)
    services = documents.roots[0].get("services") if documents.roots else None
    every = (service for _, _, service in services.items()) if services is not None else ()
    items = (item for service in every for item in _service(service))
    return gather(source, NAME, items, documents.comments, documents.problem)


def _service(service: Node) -> Iterator[Item]:
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
