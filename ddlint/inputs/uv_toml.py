"""Read uv.toml: the settings of `[tool.uv]` that may be outside a pyproject.toml, without that prefix."""

from __future__ import annotations

from ddlint.core.model import Manifest, Problem
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.sections.uv import read_uv
from ddlint.inputs.syntax.node import root
from ddlint.inputs.syntax.toml import read_toml

NAME = "uv.toml"


def parse(source: Source) -> Manifest:
    """Read one uv.toml."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    return gather(source, NAME, read_uv(root(document)), document.comments)
