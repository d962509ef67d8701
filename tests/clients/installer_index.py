"""An index on this machine with the releases of the subject as the pack knows them, for real installers to ask.

Each release has its `Requires-Python` and its own requirements; of those, versions without any. No file has code.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from ddlint.pack.install_rows import PreRelease, Requirement
from tests.checks.built import pack

if TYPE_CHECKING:
    from collections.abc import Iterator

_OLDEST = Version("1.18")


class Wheel(NamedTuple):
    """A file of the index."""

    name: str
    content: bytes
    metadata: bytes
    pythons: str
    is_yanked: bool


@cache
def wheels() -> dict[str, tuple[Wheel, ...]]:
    """Return the files of each distribution."""
    subject = pack().subject
    found: dict[str, dict[str, Wheel]] = {subject: {}}
    for release in pack().releases:
        if Version(release.version) < _OLDEST:
            continue
        asked = []
        for row in pack().rows(Requirement):
            if not row.extra and pack().has(release.version, row.first, row.last):
                asked.append(f"{row.distribution}{row.specifier}" + (f" ; {row.marker}" if row.marker else ""))
                for version in ("0.1", *(clause.version for clause in SpecifierSet(row.specifier))):
                    plain = version.removesuffix(".*")
                    found.setdefault(row.distribution, {}).setdefault(plain, _wheel(row.distribution, plain))
        made = _wheel(subject, release.version, release.requires_python, asked, is_yanked=release.is_yanked)
        found[subject][release.version] = made
    for early in pack().rows(PreRelease):
        found[subject][early.version] = _wheel(subject, early.version, early.requires_python)
    return {_normal(name): tuple(by_version.values()) for name, by_version in found.items()}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _wheel(
    name: str, version: str, pythons: str = "", asked: list[str] | None = None, *, is_yanked: bool = False
) -> Wheel:
    stem, made = f"{name.replace('-', '_')}-{version}", io.BytesIO()
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Python: {pythons}"] if pythons else []
    lines += [f"Requires-Dist: {each}" for each in asked or ()]
    metadata = "\n".join(lines) + "\n"
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(f"{stem}.dist-info/METADATA", metadata)
        file.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{stem}.dist-info/RECORD", "")
    return Wheel(f"{stem}-py3-none-any.whl", made.getvalue(), metadata.encode(), pythons, is_yanked)


@cache
def _files() -> dict[str, bytes]:
    every = [each for of_one in wheels().values() for each in of_one]
    return {each.name: each.content for each in every} | {f"{each.name}.metadata": each.metadata for each in every}


@cache
def _page(name: str) -> bytes:
    files = [
        {
            "filename": each.name,
            "url": f"/files/{each.name}",
            "hashes": {"sha256": _sha256(each.content)},
            "core-metadata": {"sha256": _sha256(each.metadata)},
            "requires-python": each.pythons or None,
            "yanked": each.is_yanked,
        }
        for each in wheels()[name]
    ]
    versions = [each.name.split("-")[1] for each in wheels()[name]]
    page = {"meta": {"api-version": "1.1"}, "name": name, "files": files, "versions": versions}
    return json.dumps(page).encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class _Pages(BaseHTTPRequestHandler):
    """The pages of the index, and its files."""

    def do_GET(self) -> None:
        kind, _, name = self.path.strip("/").partition("/")
        if kind == "simple" and name in wheels():
            self._answer(_page(name), "application/vnd.pypi.simple.v1+json")
        else:
            self._answer(_files().get(name) if kind == "files" else None, "application/octet-stream")

    do_HEAD = do_GET  # noqa: N815 - the base class calls it so

    def _answer(self, body: bytes | None, kind: str) -> None:
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("Cache-Control", "max-age=600, public")  # as on the public index; without it PDM asks for ever
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def served() -> Iterator[str]:
    """Serve the index and give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/simple"
    finally:
        server.shutdown()
        server.server_close()
