"""The build hook: compile every pack of `rules/` into the wheel.

The source distribution carries the YAML, an editable install reads the YAML of its checkout, and only a wheel gets
the compiled form, because parsing the YAML at every start would cost more than linting does.
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


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


def compiled(root: Path, folder: Path) -> list[Path]:
    """Write the compiled form of each pack below `root/rules` into `folder`, the same bytes for the same rows."""
    sys.path.insert(0, str(root))
    from ddlint.pack.archive import write_parts
    from ddlint.pack.loader import compile_pack

    written = []
    for manifest in sorted(root.glob("rules/*/pack.yaml")):
        path = folder / f"{manifest.parent.name}.pack"
        path.write_text(write_parts(compile_pack(manifest.parent)), encoding="utf-8", newline="\n")
        written.append(path)
    return written
