"""What tomllib, json and a reader of plain lines see in a lock: every version, with the place of it."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

import yaml

from ddlint.core.model import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Manifest


class Locked(NamedTuple):
    """A version in a lock."""

    name: str
    version: str


class Placed(NamedTuple):
    """A version in a lock with the place where it begins."""

    name: str
    version: str
    line: int
    column: int


_OWN = ("editable", "virtual")


def by_library(file: str, text: str) -> list[Locked]:
    """Read a lock with the library for its format; the project itself is left out."""
    if file.endswith("Pipfile.lock"):
        data = json.loads(text)
        tables = [table for key, table in data.items() if key != "_meta"]
        return [_locked(name, each["version"].removeprefix("==")) for table in tables for name, each in table.items()
                if "version" in each]  # fmt: skip
    if file.endswith((".yml", ".yaml", "pixi.lock")):
        return list(_yaml(yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))))
    packages = tomllib.loads(text).get("packages" if "pylock" in file else "package", [])
    listed = [each for each in packages if "version" in each and not _is_root(each.get("source", {}))]
    if "pdm" in file:
        plain = {(each["name"], each["version"]) for each in listed if "extras" not in each}
        listed = [each for each in listed if "extras" not in each or (each["name"], each["version"]) not in plain]
    return [_locked(each["name"], each["version"]) for each in listed]


def _is_root(source: dict[str, str]) -> bool:
    return "." in (source.get(own) for own in _OWN)


def _locked(name: str, version: str) -> Locked:
    return Locked(normalize(name), version)


def _yaml(data: dict[str, list[dict[str, str]]]) -> Iterator[Locked]:
    """Give what is from PyPI: of conda's packages only some are Python distributions, which no library tells."""
    for each in data.get("package", []):
        if each["manager"] == "pip":
            yield _locked(each["name"], each["version"])
    for each in data.get("packages", []):
        if "pypi" in each or each.get("kind") == "pypi":
            yield _locked(each["name"], each["version"])


_HEADER = re.compile(r"\[\[(package|packages)\]\]$")
_STRING = re.compile(r"""(name|version) = (["'])(.*)\2$""")


def by_lines(text: str) -> list[Placed]:
    """Read a lock of TOML as a person would: the `name` and `version` right below each header of a package."""
    found: list[Placed] = []
    fields: dict[str, tuple[str, int, int]] | None = None
    for number, line in enumerate([*re.split(r"\r\n|\n", text), "[end]"], 1):
        match = _STRING.match(line)
        if line.startswith("["):
            if fields and "name" in fields and "version" in fields:
                found.append(Placed(normalize(fields["name"][0]), *fields["version"]))
            fields = {} if _HEADER.match(line) else None
        elif match and fields is not None:
            fields[match[1]] = (match[3], number, match.start(3) + 1)
    return found


def by_lines_of_json(text: str) -> list[Placed]:
    """Read a Pipfile.lock as a person would: a name on a line of its own, its version below it."""
    found: list[Placed] = []
    name = ""
    for number, line in enumerate(re.split(r"\r\n|\n", text), 1):
        if match := re.match(r' {8}"([^"]+)": \{$', line):
            name = match[1]
        elif match := re.match(r' {12}"version": "(==[^"]+)"', line):
            found.append(Placed(normalize(name), match[1].removeprefix("=="), number, match.start(1) + 1))
    return found


def by_ddlint(manifest: Manifest) -> list[Placed]:
    """Give the versions as ddlint reads them."""
    source = manifest.source
    return [
        Placed(each.name, each.written.partition("==")[2], *source.position(each.at.start))
        for each in manifest.dependencies
        if "==" in each.written
    ]
