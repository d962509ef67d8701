"""The index through pip's own settings: a folder of pages, and a server of this machine that answers as JSON."""

from __future__ import annotations

import os
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.tools.fake_index import SUBJECT, Made, contents, metadata, page_as_json, write_pages
from tools.refresher.index import File, Index, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytest.importorskip("pip", reason="pip is not installed")

OLD = Made("1.0.0", "2026-01-05", requires=["wrapt>=1"], is_yanked=True)
NEW = Made("1.1.0", "2026-02-05", requires=["wrapt>=1,<3"], requires_python=">=3.10,<3.15")
NAMES = ["acme_sdk-1.0.0.tar.gz", "acme_sdk-1.1.0.tar.gz"]


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave nothing of the machine's own settings of pip."""
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_RETRIES", "0")


def told(files: list[File]) -> list[tuple[str, str, bool, str]]:
    return sorted(
        (file.name, file.requires_python, file.is_yanked, file.uploaded) for file in files if "tar" in file.name
    )


EXPECTED = [
    ("acme_sdk-1.0.0.tar.gz", ">=3.9", True, "2026-01-05"),
    ("acme_sdk-1.1.0.tar.gz", ">=3.10,<3.15", False, "2026-02-05"),
]


def test_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(tmp_path, OLD, NEW)
    monkeypatch.setenv("PIP_INDEX_URL", tmp_path.as_uri())
    index = Index()

    files = index.files(SUBJECT)

    assert told(files) == EXPECTED
    assert {file.name: index.fetch(file) for file in files} == dict([*contents(OLD), *contents(NEW)])


def test_the_first_index_that_has_a_file_decides_about_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(tmp_path / "one", OLD)
    write_pages(tmp_path / "two", OLD._replace(day="2026-09-09"), NEW)
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "one").as_uri())
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", f"{(tmp_path / 'two').as_uri()} {(tmp_path / 'none').as_uri()}")

    assert told(Index().files(SUBJECT)) == EXPECTED


def test_a_file_that_is_not_what_the_index_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(tmp_path, OLD)
    (tmp_path / SUBJECT / NAMES[0]).write_bytes(b"something else")
    monkeypatch.setenv("PIP_INDEX_URL", tmp_path.as_uri())
    index = Index()
    sdist = next(file for file in index.files(SUBJECT) if file.name == NAMES[0])

    with pytest.raises(SystemExit, match="its digest is another one"):
        index.fetch(sdist)


class _Answers(BaseHTTPRequestHandler):
    def __init__(self, pages: dict[str, tuple[str, bytes]], *rest: object) -> None:
        self.pages = pages
        super().__init__(*rest)  # type: ignore[arg-type]  # what the server hands on

    def do_GET(self) -> None:
        kind, content = self.pages.get(self.path, ("", b""))
        self.send_response(int(kind) if kind.isdigit() else 200 if kind else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    pages = {
        f"/files/{name}": ("application/octet-stream", content)
        for made in (OLD, NEW)
        for name, content in contents(made)
    }
    pages |= {f"{path}.metadata": ("text/plain", metadata(NEW).encode()) for path in list(pages) if "1.1.0-" in path}
    pages[f"/simple/{SUBJECT}/"] = ("application/vnd.pypi.simple.v1+json", page_as_json(OLD, NEW))
    pages[f"/broken/{SUBJECT}/"] = ("500", b"")
    server = HTTPServer(("127.0.0.1", 0), partial(_Answers, pages))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_server(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"{address}/simple")
    index = Index()

    files = index.files(SUBJECT)
    wheel = next(file for file in files if file.has_metadata and "1.1.0" in file.name)

    assert told(files) == EXPECTED
    assert index.metadata(wheel) == metadata(NEW)
    assert index.fetch(wheel) == dict(contents(NEW))[wheel.name]
    with pytest.raises(SystemExit, match=r"the index lists .*/files/nothing, and it is not there"):
        index.fetch(File("nothing", f"{address}/files/nothing"))


def test_a_server_that_fails_is_no_empty_index(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"{address}/broken")

    with pytest.raises(SystemExit, match=r"the index cannot be read: .*500"):
        Index().files(SUBJECT)


PAGE = "https://index.example/simple/acme-sdk/"
PAGES = {
    "plain": ('<a href="a-1.0.tar.gz">a</a>', File("a-1.0.tar.gz", f"{PAGE}a-1.0.tar.gz")),
    "elsewhere": (
        '<A HREF="../../files/a-1.0.tar.gz#sha256=ab" rel=internal>a</A>',
        File("a-1.0.tar.gz", "https://index.example/files/a-1.0.tar.gz", sha256="ab"),
    ),
    "all": (
        """<a href="/a-1-py3-none-any.whl#sha256=ab&amp;egg=x" data-requires-python="&gt;=3" data-yanked="why"
              data-upload-time="2026-01-02T03:04:05Z" data-core-metadata="sha256=00">a</a>""",
        File(
            "a-1-py3-none-any.whl",
            "https://index.example/a-1-py3-none-any.whl",
            ">=3",
            is_yanked=True,
            uploaded="2026-01-02",
            sha256="ab",
            has_metadata=True,
        ),
    ),
    "no metadata": (
        '<a href="a-1.0.tar.gz" data-core-metadata="false" data-yanked>a</a>',
        File("a-1.0.tar.gz", f"{PAGE}a-1.0.tar.gz", is_yanked=True),
    ),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_anchors(name: str) -> None:
    text, expected = PAGES[name]

    assert list(read_page(text.encode(), "text/html; charset=utf-8", PAGE)) == [expected]
