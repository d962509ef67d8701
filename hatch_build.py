"""The build hooks: compile every pack of `rules/` into the wheel, and name the addresses of the project.

The source distribution carries the YAML, an editable install reads the YAML of its checkout, and only a wheel gets
the compiled form, because parsing the YAML at every start would cost more than linting does.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class PackHook(BuildHookInterface[Any]):
    """Adds `ddlint/_packs/<pack>.pack` to a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the packs, unless the build is an editable one."""
        if version == "editable":
            return
        self._folder = Path(mkdtemp(prefix="ddlint-packs-"))
        for path in compiled(Path(self.root), self._folder):
            build_data["force_include"][str(path)] = f"ddlint/_packs/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002  as called
        """Remove what was compiled: it is in the wheel now."""
        if version != "editable":
            rmtree(self._folder)


class AddressHook(MetadataHookInterface):
    """Fills `urls`; without an address of the project there are none, so that no link is dead."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Add the addresses to the metadata."""
        text = Path(self.root, "ddlint", "__init__.py").read_text(encoding="utf-8")
        metadata["urls"] = addresses((re.findall(r'^HOME = "(.*)"$', text, re.MULTILINE) or [""])[0])


def addresses(home: str) -> dict[str, str]:
    """Return the addresses of a project that is at `home`; nothing where that is empty."""
    pages = {
        "Documentation": "tree/main/docs",
        "Changelog": "blob/main/CHANGELOG.md",
        "Issues": "issues",
        "Source": "",
    }
    return {name: f"{home}/{path}".rstrip("/") for name, path in pages.items()} if home else {}


def compiled(root: Path, folder: Path) -> list[Path]:
    """Write the compiled form of each pack below `root/rules` into `folder`, the same bytes for the same rows."""
    sys.path.insert(0, str(root))
    from ddlint.pack.loader import compile_pack, write_parts

    written = []
    for manifest in sorted(root.glob("rules/*/pack.yaml")):
        path = folder / f"{manifest.parent.name}.pack"
        path.write_bytes(write_parts(compile_pack(manifest.parent)))
        written.append(path)
    return written
