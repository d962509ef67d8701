"""Read hatch.toml: what `[tool.hatch]` of a pyproject.toml holds, without that prefix."""

from __future__ import annotations

from ddlint.inputs._gather import gather
from ddlint.inputs._hatch import read_hatch
from ddlint.inputs._node import root
from ddlint.inputs._toml import read_toml
from ddlint.model import Manifest, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.source import Source

NAME = "hatch.toml"
HAS_COOKIE = False


def parse(source: Source) -> Manifest:
    """Read one hatch.toml."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    return gather(source, NAME, read_hatch(root(document)), document.comments)
