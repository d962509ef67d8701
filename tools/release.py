"""Check that a release can be made, or print its notes: `python tools/release.py check [TAG]`, `... notes`.

`check` reports all that is missing and exits with 1; without a tag, as in a dry run, only what a tag needs is left out.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SECTION = re.compile(r"^## (.+?)$\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)


class Release(NamedTuple):
    """What the checkout says of the release."""

    version: str
    """Of pyproject.toml."""
    own: str
    """Of the package."""
    home: str
    sections: dict[str, str]
    """The sections of the changelog by their title."""

    @property
    def notes(self) -> str:
        """The section of the version."""
        return self.sections.get(self.version, "").strip()


def read(root: Path) -> Release:
    """Read a checkout, without importing anything of it."""
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    tree = ast.parse((root / "ddlint" / "__init__.py").read_text(encoding="utf-8"))
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    return Release(version, str(names["__version__"]), str(names["HOME"]), dict(SECTION.findall(changelog)))


def missing(release: Release, tag: str) -> list[str]:
    """Return what keeps the release from being made; `tag` is empty in a dry run."""
    found = []
    if release.own != release.version:
        found.append(f"ddlint/__init__.py has version {release.own}, pyproject.toml {release.version}")
    if not re.fullmatch(r"\d+\.\d+\.\d+", release.version):
        found.append(f"{release.version} is no version of three numbers")
    if not release.notes:
        found.append(f"CHANGELOG.md has no section `## {release.version}` with the changes")
    if not tag:
        return found
    if tag != f"v{release.version}":
        found.append(f"the tag is {tag}, so the version has to be {tag.removeprefix('v')}, not {release.version}")
    if release.sections.get("Unreleased", "").strip():
        found.append(f"CHANGELOG.md has changes in `## Unreleased`: move them into `## {release.version}`")
    if not release.home:
        found.append("ddlint/__init__.py has no HOME, so nothing of the release has a link")
    return found


def main(words: list[str], root: Path = ROOT) -> int:
    """Do what the command line says."""
    command, tag = (*words, "", "")[:2]
    if command not in ("check", "notes"):
        print("usage: release.py check [TAG] | notes", file=sys.stderr)
        return 2
    release = read(root)
    if command == "notes":
        print(release.notes)
        return 0
    found = missing(release, tag)
    for each in found:
        print(f"release: {each}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
