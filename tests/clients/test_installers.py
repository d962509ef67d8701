"""Which release real installers lock, beside what ddlint says they take.

The tools lock against an index of this machine: the newest release of each series as the pack knows it, with its
`Requires-Python` and its own requirements, and versions of those without any. A tool that is not installed is skipped.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from packaging.markers import Marker
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from ddlint.pack.install_rows import Requirement
from ddlint.project.resolve import resolve
from tests.checks.built import JUDGING, ROOT, pack, pyproject

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

pytestmark = pytest.mark.slow

PYTHONS = ("3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15")
TABLES = {
    "uv": "[tool.uv]\npackage = false\n",
    "poetry": "[tool.poetry]\npackage-mode = false\n",
    "pdm": "[tool.pdm]\ndistribution = false\n",
}
SOURCES = {
    "uv": '[[tool.uv.index]]\nurl = "{}"\ndefault = true\n',
    "poetry": '[[tool.poetry.source]]\nname = "pages"\nurl = "{}"\npriority = "primary"\n',
    "pdm": '[[tool.pdm.source]]\nname = "pypi"\nurl = "{}"\nverify_ssl = false\n',
}
_COMMANDS = {"uv": ("lock", "--python", sys.executable), "poetry": ("lock", "-n"), "pdm": ("lock",)}
_GRID = (
    (">=3.11", "{}>=4.1"),
    (">=3.9", "{}>=2"),
    (">=3.8,<3.15", "{}>=2"),
    (">=3.9,<3.15", "{}>=4.1"),
    (">=3.11", "{}>=2,<4.15"),
    ("~=3.10", "{}>=3,<4"),
    (">=3.9", "{}>=4.1; python_version < '3.15'"),
    (">=3.9,<3.13", "{}>=4.1,<5; sys_platform == 'linux'"),
)


@cache
def _wheels() -> dict[str, dict[str, bytes]]:
    """Return the wheels of the index: by distribution, then by file name."""
    subject, newest = pack().subject, {}
    for release in pack().releases:
        if Version(release.version) >= Version("2") and not release.is_yanked:
            newest[pack().series(release.version)] = release
    found: dict[str, dict[str, bytes]] = {subject: {}}
    for release in newest.values():
        asked = []
        for row in pack().rows(Requirement):
            if not row.extra and pack().has(release.version, row.first, row.last):
                asked.append(f"{row.distribution}{row.specifier}" + (f" ; {row.marker}" if row.marker else ""))
                for version in ("0.1", *(clause.version for clause in SpecifierSet(row.specifier))):
                    plain = version.removesuffix(".*")
                    found.setdefault(row.distribution, {}).update(_wheel(row.distribution, plain, "", []))
        found[subject] |= _wheel(subject, release.version, release.requires_python, asked)
    return found


def _wheel(name: str, version: str, pythons: str, asked: list[str]) -> dict[str, bytes]:
    stem, made = f"{name.replace('-', '_')}-{version}", io.BytesIO()
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Python: {pythons}"] if pythons else []
    lines += [f"Requires-Dist: {each}" for each in asked]
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(f"{stem}.dist-info/METADATA", "\n".join(lines) + "\n")
        file.writestr(f"{stem}.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{stem}.dist-info/RECORD", "")
    return {f"{stem}-py3-none-any.whl": made.getvalue()}


class _Pages(BaseHTTPRequestHandler):
    """The pages of the index, and its files."""

    def do_GET(self) -> None:
        kind, _, name = self.path.strip("/").partition("/")
        if kind == "simple" and name in _wheels():
            self._answer(json.dumps(_page(name)).encode(), "application/vnd.pypi.simple.v1+json")
            return
        files = {file: body for each in _wheels().values() for file, body in each.items()}
        self._answer(files.get(name), "application/octet-stream")

    do_HEAD = do_GET  # noqa: N815 - as above

    def _answer(self, body: bytes | None, kind: str) -> None:
        self.send_response(200 if body is not None else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        return


def _page(name: str) -> dict[str, object]:
    files = [
        {
            "filename": file,
            "url": f"/files/{file}",
            "hashes": {"sha256": hashlib.sha256(body).hexdigest()},
            "requires-python": _requires_python(body),
        }
        for file, body in _wheels()[name].items()
    ]
    versions = sorted({file.split("-")[1] for file in _wheels()[name]})
    return {"meta": {"api-version": "1.1"}, "name": name, "files": files, "versions": versions}


def _requires_python(body: bytes) -> str | None:
    with zipfile.ZipFile(io.BytesIO(body)) as file:
        text = file.read(next(each for each in file.namelist() if each.endswith("METADATA"))).decode()
    stated = [line.partition(": ")[2] for line in text.splitlines() if line.startswith("Requires-Python")]
    return stated[0] if stated else None


@pytest.fixture(scope="module")
def index() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/simple"
    server.shutdown()
    server.server_close()


def _tool(name: str) -> str:
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def locked(tool: str, folder: Path, pythons: str, command: Sequence[str] = ()) -> dict[str, str]:
    """Return the release that a command locks on each Python of Linux; nothing where the tool failed."""
    more = {"PDM_PYTHON": sys.executable, "PDM_USE_VENV": "false", "PDM_CHECK_UPDATE": "false"}
    more |= {"POETRY_VIRTUALENVS_CREATE": "false", "UV_PYTHON_DOWNLOADS": "never"}
    more |= {name: str(folder / "cache") for name in ("UV_CACHE_DIR", "POETRY_CACHE_DIR", "PDM_CACHE_DIR")}
    words = [_tool(tool), *(command or _COMMANDS[tool])]
    ran = subprocess.run(words, cwd=folder, env=os.environ | more, capture_output=True, text=True, check=False)
    if "AttributeError" in ran.stderr or "ModuleNotFoundError" in ran.stderr:
        pytest.skip(f"{tool} does not start here")
    if ran.returncode:
        return {}
    packages = tomllib.loads((folder / f"{tool}.lock").read_text(encoding="utf-8"))["package"]
    entries = [each for each in packages if each["name"] == pack().subject]
    edges = [edge for each in packages if each["name"] == "shop" for edge in each.get("dependencies", [])]
    found = {}
    for minor in PYTHONS:
        where = {"python_version": minor, "python_full_version": f"{minor}.0", "sys_platform": "linux"}
        for each in entries if SpecifierSet(pythons).contains(f"{minor}.0") else ():
            markers = [each.get("markers", each.get("marker", "")), " or ".join(each.get("resolution-markers", []))]
            markers += [
                edge.get("marker", "") for edge in edges if edge.get("version", each["version"]) == each["version"]
            ]
            if all(Marker(marker).evaluate(where) for marker in markers if marker):
                found[minor] = each["version"]
    return found


@pytest.mark.parametrize("tool", ["uv", "poetry", "pdm"])
@pytest.mark.parametrize(("pythons", "requirement"), _GRID)
def test_a_tool_locks_what_ddlint_says(tool: str, pythons: str, requirement: str, index: str, tmp_path: Path) -> None:
    asked = requirement.format(pack().subject)
    manifest = pyproject(asked, python=pythons, more=TABLES[tool])
    text = manifest.source.text + SOURCES[tool].format(index)
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")

    resolutions = resolve(ROOT, (manifest,), pack(), JUDGING).tracers[0].resolutions
    told = {each.python: each.release for each in resolutions}
    assert locked(tool, tmp_path, pythons) == (told if all(told.values()) else {})
