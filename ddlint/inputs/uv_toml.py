"""Read uv.toml: the settings of `[tool.uv]` that may stand outside a pyproject.toml, without that prefix."""

from __future__ import annotations

from ddlint.inputs._gather import gather
from ddlint.inputs._node import root
from ddlint.inputs._toml import read_toml
from ddlint.inputs._uv import read_uv
from ddlint.model import Manifest, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.source import Source

NAME = "uv.toml"
HAS_COOKIE = False


def parse(source: Source) -> Manifest:
    """Read one uv.toml."""
    document = read_toml(source)
    if isinstance(document, Problem):
        return Manifest(source, NAME, problems=(document,))
    return gather(source, NAME, read_uv(root(document)), document.comments)
