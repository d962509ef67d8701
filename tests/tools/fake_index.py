"""An index of made-up releases: what a refresh reads of one, in memory, as a folder of pages, and over HTTP."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from tools.refresher.index import File

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

SUBJECT = "acme-sdk"
MODULE = "acme_sdk"
PLATFORMS = {
    "linux": "manylinux2014_x86_64.manylinux_2_17_x86_64",
    "mac": "macosx_11_0_universal2",
    "windows": "win_amd64",
}


class Made(NamedTuple):
    """One release of the subject."""

    version: str
    day: str
    declared: Mapping[str, Mapping[str, str]] = {}
    """Specifiers by module, by integration."""
    defaults: Mapping[str, str] = {}
    """Python text of each entry of the table of defaults."""
    requires: Sequence[str] = ()
    requires_python: str = ">=3.9"
    pythons: Sequence[str] = ("cp311",)
    platforms: Sequence[str] = ("linux",)
    is_yanked: bool = False
    has_sdist: bool = True
    metadata_version: str = "2.4"
    extra_files: Mapping[str, str] = {}
    """Further files of the source distribution."""


def metadata(made: Made) -> str:
    head = [f"Metadata-Version: {made.metadata_version}", f"Name: {SUBJECT}", f"Version: {made.version}"]
    return "\n".join([*head, *(f"Requires-Dist: {text}" for text in made.requires)]) + "\n\nA description.\n"


def sdist(made: Made) -> bytes:
    top = f"{MODULE}-{made.version}"
    table = "".join(f"    {name!r}: {value},\n" for name, value in made.defaults.items())
    files = {f"{top}/PKG-INFO": metadata(made), f"{top}/{MODULE}/_monkey.py": f"PATCH_MODULES = {{\n{table}}}\n"}
    for integration, specifiers in made.declared.items():
        path = f"{top}/{MODULE}/contrib/internal/{integration}/patch.py"
        files[path] = f"def _supported_versions():\n    return {dict(specifiers)!r}\n"
    files |= {f"{top}/{path}": text for path, text in made.extra_files.items()}
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return gzip.compress(content.getvalue(), mtime=0)


def wheel(made: Made) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(zipfile.ZipInfo(f"{MODULE}-{made.version}.dist-info/METADATA"), metadata(made))
    return content.getvalue()


def contents(made: Made) -> Iterator[tuple[str, bytes]]:
    """Give name and content of every file of a release."""
    for python in made.pythons:
        for platform in made.platforms:
            yield f"{MODULE}-{made.version}-{python}-{python}-{PLATFORMS[platform]}.whl", wheel(made)
    if made.has_sdist:
        yield f"{MODULE}-{made.version}.tar.gz", sdist(made)


class FakeIndex:
    """What a refresh asks an index for, from memory; it notes what was downloaded."""

    def __init__(self, *releases: Made) -> None:
        self.releases = releases
        self.fetched: list[str] = []

    def files(self, name: str) -> list[File]:
        assert name == SUBJECT
        return [
            File(filename, filename, made.requires_python, made.is_yanked, made.day)
            for made in self.releases
            for filename, _ in contents(made)
        ]

    def fetch(self, file: File) -> bytes:
        self.fetched.append(file.name)
        return next(content for made in self.releases for name, content in contents(made) if name == file.name)

    def metadata(self, wheel: File) -> str:
        raise AssertionError(f"{wheel.name} has no metadata beside it")


def write_pages(folder: Path, *releases: Made) -> None:
    """Write the index as a folder of HTML pages with the files beside them."""
    home = folder / SUBJECT
    home.mkdir(parents=True)
    anchors = []
    for made in releases:
        for name, content in contents(made):
            (home / name).write_bytes(content)
            told = f'href="{name}#sha256={hashlib.sha256(content).hexdigest()}" data-upload-time="{made.day}T10:00:00Z"'
            told += f' data-requires-python="{made.requires_python.replace(">", "&gt;").replace("<", "&lt;")}"'
            anchors.append(f"<a {told}{' data-yanked' if made.is_yanked else ''}>{name}</a><br>")
    (home / "index.html").write_text("<!DOCTYPE html>\n<html><body>" + "\n".join(anchors) + "</body></html>")


def page_as_json(*releases: Made) -> bytes:
    """Give the page of the index in its JSON form; the metadata of wheels stands beside them."""
    files = [
        {
            "filename": name,
            "url": f"/files/{name}",
            "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
            "requires-python": made.requires_python,
            "yanked": "broken" if made.is_yanked else False,
            "upload-time": f"{made.day}T10:00:00.000000Z",
            "core-metadata": {"sha256": "00"} if name.endswith(".whl") else False,
        }
        for made in releases
        for name, content in contents(made)
    ]
    return json.dumps({"meta": {"api-version": "1.1"}, "name": SUBJECT, "files": files}).encode()
