"""Locks as their tools write them, made of any packages: strategies for laws."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

_HASH = "sha256:" + "0123456789abcdef" * 4
_URL = "https://files.example"


class Package(NamedTuple):
    """One locked version."""

    name: str
    version: str
    group: str
    marker: str
    needs: tuple[str, ...]
    words: str
    """A description, which may look like anything."""


_NAMES = st.sampled_from(["a", "flask", "zope.interface", "ruamel-yaml", "Django", "x_y", "z3", "name", "version"])
_VERSIONS = st.sampled_from(["1.0", "2.3.4", "0.1a1", "1!2.0", "3.0.post1", "1.0+cu118", "2024.1.30", "0", "1.0.dev3"])
_WORDS = st.sampled_from(
    ["", "plain", 'with \\"quotes\\"', "[[package]]", "version = '9'", "é \\u00e9", "name = x # y"]
)
_PACKAGES = st.lists(
    st.builds(
        Package,
        _NAMES,
        _VERSIONS,
        st.sampled_from(["main", "main", "dev", "docs"]),
        st.sampled_from(["", "", "sys_platform == 'win32'", "python_full_version < '3.10'"]),
        st.lists(_NAMES, max_size=3, unique=True).map(tuple),
        _WORDS,
    ),
    max_size=7,
    unique_by=lambda package: (package.name.lower(), package.version),
)
_ENDS = st.sampled_from(["\n", "\r\n"])


def _toml(packages: Sequence[Package], kind: str) -> str:
    lines = [*_HEADS[kind]]
    for package in packages:
        lines += ["", *_RENDERERS[kind](package)]
    return "\n".join([*lines, *_FEET.get(kind, ()), ""])


def _uv(package: Package) -> list[str]:
    needs = [f'    {{ name = "{each}" }},' for each in package.needs]
    return [
        "[[package]]",
        f'name = "{package.name}"',
        f'version = "{package.version}"',
        f'source = {{ registry = "{_URL}/simple" }}',
        *([f'resolution-markers = [\n    "{package.marker}",\n]'] if package.marker else []),
        *(["dependencies = [", *needs, "]"] if needs else []),
        f'sdist = {{ url = "{_URL}/a-1.tar.gz", hash = "{_HASH}", size = 12 }}',
        "wheels = [",
        f'    {{ url = "{_URL}/a-1-py3-none-any.whl", hash = "{_HASH}", size = 1 }},',
        "]",
    ]


def _poetry(package: Package) -> list[str]:
    needs = [f'{each if "." not in each else chr(34) + each + chr(34)} = ">=1"' for each in package.needs]
    return [
        "[[package]]",
        f'name = "{package.name}"',
        f'version = "{package.version}"',
        f'description = "{package.words}"',
        "optional = false",
        'python-versions = ">=3.8"',
        f'groups = ["{package.group}"]',
        *([f'markers = "{package.marker}"'] if package.marker else []),
        "files = [",
        f'    {{file = "a-1-py3-none-any.whl", hash = "{_HASH}"}},',
        "]",
        *(["", "[package.dependencies]", *needs] if needs else []),
    ]


def _pdm(package: Package) -> list[str]:
    return [
        "[[package]]",
        f'name = "{package.name}"',
        f'version = "{package.version}"',
        'requires_python = ">=3.8"',
        f'summary = "{package.words}"',
        f'groups = ["{package.group.replace("main", "default")}"]',
        *([f'marker = "{package.marker}"'] if package.marker else []),
        *(["dependencies = [", *(f'    "{each}>=1",' for each in package.needs), "]"] if package.needs else []),
        "files = [",
        f'    {{file = "a-1-py3-none-any.whl", hash = "{_HASH}"}},',
        "]",
    ]


def _pylock(package: Package) -> list[str]:
    return [
        "[[packages]]",
        f'name = "{package.name}"',
        f'version = "{package.version}"',
        *([f'marker = "{package.marker}"'] if package.marker else []),
        f'index = "{_URL}/simple"',
        f'sdist = {{ url = "{_URL}/a-1.tar.gz", size = 5, hashes = {{ sha256 = "{_HASH[7:]}" }} }}',
    ]


_RENDERERS = {"uv.lock": _uv, "poetry.lock": _poetry, "pdm.lock": _pdm, "pylock.toml": _pylock}
_HEADS = {
    "uv.lock": ["version = 1", "revision = 3", 'requires-python = ">=3.9"'],
    "poetry.lock": ["# This file is generated and should not be changed by hand."],
    "pdm.lock": ["# This file is generated.", "", "[metadata]", 'groups = ["default"]', 'lock_version = "4.5.0"'],
    "pylock.toml": ['lock-version = "1.0"', 'created-by = "a tool"'],
}
_FEET = {
    "poetry.lock": [
        "",
        "[metadata]",
        'lock-version = "2.1"',
        'python-versions = ">=3.9"',
        f'content-hash = "{_HASH[7:]}"',
    ]
}


def _pipfile(packages: Sequence[Package]) -> str:
    data: dict[str, dict[str, object]] = {"_meta": {"requires": {"python_version": "3.11"}, "sources": []}}
    data |= {"default": {}, "develop": {}}
    for package in packages:
        entry: dict[str, object] = {"hashes": [_HASH], "index": package.words}
        entry |= {"markers": package.marker} if package.marker else {}
        category = {"main": "default", "dev": "develop"}.get(package.group, package.group)
        data.setdefault(category, {})[package.name] = {**entry, "version": f"=={package.version}"}
    return json.dumps(data, indent=4) + "\n"


@st.composite
def locks(draw: st.DrawFn) -> tuple[str, str]:
    """Give the name of a lock and its text."""
    file = draw(st.sampled_from([*_RENDERERS, "Pipfile.lock"]))
    packages = draw(_PACKAGES)
    text = _pipfile(packages) if file == "Pipfile.lock" else _toml(packages, file)
    return file, text.replace("\n", draw(_ENDS))
