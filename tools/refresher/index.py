"""The files of a distribution as the configured package indexes list them, read with pip's own settings and session.

pip has no public interface for this. Its internal one is used here and nowhere else, because it knows the indexes,
credentials, proxies and certificates of the machine: no host name stands in this repository.
"""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urldefrag, urljoin

if TYPE_CHECKING:
    from collections.abc import Iterator


class File(NamedTuple):
    """A file of a release."""

    name: str
    url: str
    requires_python: str
    is_yanked: bool
    uploaded: str
    """ISO 8601 date; empty where the index does not tell."""


class Index:
    """The configured indexes. `files` lists, `fetch` downloads."""

    def __init__(self) -> None:
        from pip._internal.commands import create_command  # noqa: PLC0415  only a refresh needs pip

        self._command = create_command("download")
        self._options, _ = self._command.parse_args(["--no-deps", "nothing"])

    def files(self, name: str) -> list[File]:
        """Give the files of a distribution, the first index that has a file deciding about it."""
        from pip._internal.models.link import Link  # noqa: PLC0415  as above

        found: dict[str, File] = {}
        with self._command.main_context():
            session = self._command.get_default_session(self._options)  # type: ignore[attr-defined]  # of a subclass
            finder = self._command._build_package_finder(self._options, session)  # type: ignore[attr-defined]  # as above
            collector = finder._link_collector
            for url in collector.search_scope.get_index_urls_locations(name):
                page = collector.fetch_response(Link(url))
                for file in read_page(page.content, page.content_type, page.url) if page else ():
                    found.setdefault(file.name, file)
        return list(found.values())

    def fetch(self, file: File) -> bytes:
        """Download a file."""
        with self._command.main_context():
            session = self._command.get_default_session(self._options)  # type: ignore[attr-defined]  # of a subclass
            response = session.get(file.url)
            response.raise_for_status()
            content: bytes = response.content
            return content


def read_page(content: bytes, content_type: str, url: str) -> Iterator[File]:
    """Read a page of the simple repository API, in its JSON or its HTML form."""
    if "json" in content_type:
        yield from _from_json(json.loads(content), url)
        return
    anchors = _Anchors()
    anchors.feed(content.decode("utf-8", "replace"))
    for told in anchors.found:
        address = urldefrag(urljoin(url, told.get("href", "")))[0]
        yield File(
            address.rpartition("/")[2],
            address,
            told.get("data-requires-python", ""),
            "data-yanked" in told,
            told.get("data-upload-time", "")[:10],
        )


def _from_json(page: dict[str, list[dict[str, object]]], url: str) -> Iterator[File]:
    for told in page["files"]:
        is_yanked = told.get("yanked", False) is not False
        day = str(told.get("upload-time") or "")[:10]
        address = urljoin(url, str(told["url"]))
        yield File(str(told["filename"]), address, str(told.get("requires-python") or ""), is_yanked, day)


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({name: value or "" for name, value in attrs})
