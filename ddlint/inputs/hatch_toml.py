"""Read hatch.toml: what `[tool.hatch]` of a pyproject.toml holds, without that prefix."""

from __future__ import annotations

from ddlint.core.model import Manifest, Problem
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.sections.hatch import hatch_environments, read_hatch
from ddlint.inputs.syntax.node import root
from ddlint.inputs.syntax.toml import read_toml

NAME = "hatch.toml"


def parse(source: Source) -> Manifest:
    """Read one hatch.toml."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    tool = root(document)
    manifest = gather(source, NAME, read_hatch(tool), document.comments)
    return manifest._replace(environments=tuple(hatch_environments(tool)))
