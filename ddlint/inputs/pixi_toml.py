"""Read pixi.toml: what `[tool.pixi]` of a pyproject.toml holds, without that prefix."""

from __future__ import annotations

from ddlint.core.model import Manifest, Problem
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.sections.pixi import read_pixi
from ddlint.inputs.syntax.node import root
from ddlint.inputs.syntax.toml import read_toml

NAME = "pixi.toml"


def parse(source: Source) -> Manifest:
    """Read one pixi.toml."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    return gather(source, NAME, read_pixi(root(document)), document.comments)
