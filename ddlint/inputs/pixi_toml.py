"""Read pixi.toml: what `[tool.pixi]` of a pyproject.toml holds, without that prefix."""

from __future__ import annotations

from ddlint.inputs._gather import gather
from ddlint.inputs._node import root
from ddlint.inputs._pixi import read_pixi
from ddlint.inputs._toml import read_toml
from ddlint.model import Manifest, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.source import Source

NAME = "pixi.toml"
HAS_COOKIE = False


def parse(source: Source) -> Manifest:
    """Read one pixi.toml."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    return gather(source, NAME, read_pixi(root(document)), document.comments)
