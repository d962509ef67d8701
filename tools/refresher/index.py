"""The files of a distribution as the configured package indexes list them, read with pip's own settings and session.

pip has no public interface for this. Its internal one is used here and nowhere else, because it knows the indexes,
credentials, proxies and certificates of the machine: no host name stands in this repository.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit
from urllib.request import url2pathname

if TYPE_CHECKING:
    from collections.abc import Iterator

_ACCEPT = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01"
_MISSING = 404


class File(NamedTuple):
    """A file of a release."""

    name: str
    url: str
    requires_python: str = ""
    is_yanked: bool = False
    uploaded: str = ""
    """ISO 8601 date; empty where the index does not tell."""
    sha256: str = ""
    """Empty where the index does not tell."""
    has_metadata: bool = False
    """True where the index has the metadata of a wheel beside it."""


class Index:
    """The configured indexes. `files` lists, `fetch` downloads."""

    def __init__(self) -> None:
        from pip._internal.commands import create_command

        self._command: Any = create_command("download")
        self._options, _ = self._command.parse_args(["--no-deps", "nothing"])

    def files(self, name: str) -> list[File]:
        """Return the files of a distribution, the first index that has a file deciding about it."""
        found: dict[str, File] = {}
        with self._command.main_context():
            session = self._command.get_default_session(self._options)
            scope = self._command._build_package_finder(self._options, session).search_scope
            for url in scope.get_index_urls_locations(name):
                address = _page_of_folder(url)
                answer = _get(session, address, {"Accept": _ACCEPT, "Cache-Control": "max-age=0"})
                for file in read_page(answer.content, answer.kind, answer.url) if answer else ():
                    found.setdefault(file.name, file)
        return list(found.values())

    def fetch(self, file: File) -> bytes:
        """Download a file and hold it against the index's digest."""
        content = self._get(file.url)
        if file.sha256 and hashlib.sha256(content).hexdigest() != file.sha256:
            raise SystemExit(f"{file.name} is not what the index lists: its digest is another one")
        return content

    def metadata(self, wheel: File) -> str:
        """Download the metadata that the index has beside a wheel."""
        return self._get(f"{wheel.url}.metadata").decode("utf-8")

    def _get(self, url: str) -> bytes:
        with self._command.main_context():
            answer = _get(self._command.get_default_session(self._options), url)
        if not answer:
            raise SystemExit(f"the index lists {url}, and it is not there")
        return answer.content


class _Answer(NamedTuple):
    content: bytes
    kind: str
    url: str


def _get(session: Any, url: str, headers: dict[str, str] | None = None) -> _Answer | None:
    """Return what is at an address; `None` where nothing is."""
    from pip._vendor.requests.exceptions import RequestException

    try:
        with closing(session.get(url, headers=headers)) as response:
            if response.status_code == _MISSING:
                return None
            response.raise_for_status()
            return _Answer(response.content, response.headers.get("Content-Type") or "", response.url or url)
    except RequestException as error:
        raise SystemExit(f"the index cannot be read: {error}") from error


def _page_of_folder(url: str) -> str:
    """Return the page of an index that is a folder of this machine."""
    parts = urlsplit(url)
    is_folder = parts.scheme == "file" and Path(url2pathname(parts.path)).is_dir()
    return urljoin(url.rstrip("/") + "/", "index.html") if is_folder else url


def read_page(content: bytes, content_type: str, url: str) -> Iterator[File]:
    """Read a page of the simple repository API, in its JSON or its HTML form."""
    if "json" in content_type:
        yield from _from_json(json.loads(content), url)
        return
    anchors = _Anchors()
    anchors.feed(content.decode("utf-8", "replace"))
    for told in anchors.found:
        address, fragment = urldefrag(urljoin(url, told.get("href", "")))
        yield File(
            address.rpartition("/")[2],
            address,
            told.get("data-requires-python", ""),
            "data-yanked" in told,
            told.get("data-upload-time", "")[:10],
            "".join(parse_qs(fragment).get("sha256", [])),
            _has_metadata(told, "data-core-metadata", "data-dist-info-metadata"),
        )


def _from_json(page: dict[str, list[dict[str, Any]]], url: str) -> Iterator[File]:
    for told in page["files"]:
        yield File(
            str(told["filename"]),
            urljoin(url, str(told["url"])),
            str(told.get("requires-python") or ""),
            told.get("yanked", False) is not False,
            str(told.get("upload-time") or "")[:10],
            str((told.get("hashes") or {}).get("sha256", "")),
            _has_metadata(told, "core-metadata", "dist-info-metadata"),
        )


def _has_metadata(told: dict[str, Any], *names: str) -> bool:
    """Return whether an index has the metadata beside a wheel: `true`, or its digest."""
    return any(told.get(name) not in (None, False, "", "false") for name in names)


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({name: value or "" for name, value in attrs})
