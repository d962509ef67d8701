"""Check the built site: every link and anchor leads to something, and nothing is loaded from another host."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tools.site.places import LATEST

PATH = urlsplit(LATEST).path
"""The path of the site on its host, which the page for missing addresses begins its links with."""
LOADED = {("script", "src"), ("img", "src"), ("link", "href"), ("iframe", "src"), ("source", "src"), ("use", "href")}
"""What a browser fetches by itself."""
NOT_FETCHED = {"canonical", "alternate", "prev", "next", "author", "license"}
"""Relations of a `link` that a browser does not fetch."""


class Page(HTMLParser):
    """The anchors and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[tuple[str, bool]] = []
        """(address, whether a browser fetches it by itself)."""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what is an anchor or a link."""
        values = {name: value or "" for name, value in attrs}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        is_fetched = not NOT_FETCHED & set(values.get("rel", "").split())
        for name in ("href", "src"):
            if name in values and tag != "base":
                self.links.append((values[name], (tag, name) in LOADED and is_fetched))


def broken(site: Path, missing: tuple[str, ...] = ()) -> list[str]:
    """Return what is wrong with the links of a built site; folders that are `missing` were not built."""
    pages = {path.relative_to(site).as_posix(): Page(path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}
    return [
        f"{name}: {link}: {problem}"
        for name, page in sorted(pages.items())
        for link, is_fetched in page.links
        if (problem := _problem(site, pages, name, link, missing, is_fetched=is_fetched))
    ]


def _problem(  # noqa: PLR0913  what a link is read against
    site: Path, pages: dict[str, Page], name: str, link: str, missing: tuple[str, ...], *, is_fetched: bool
) -> str:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return "loaded from another host" if is_fetched and parts.scheme != "data" else ""
    path = target(name, parts.path, PATH)
    if path.startswith(("../", "/")):
        return "leaves the site"
    if path.split("/")[0] in missing:
        return ""
    if not (site / path).is_file():
        return "no such page"
    if parts.fragment and path in pages and unquote(parts.fragment) not in pages[path].anchors:
        return "no such anchor"
    return ""


def target(name: str, link: str, base: str = "") -> str:
    """Return the file that a link of a page leads to; what starts with `base`, the path of the site, is in it too."""
    if base and link.startswith(base):
        name, link = "", f"./{link.removeprefix(base)}"
    if not link:
        return name
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(link)))
    return posixpath.normpath(posixpath.join(path, "index.html")) if link.endswith(("/", ".")) else path
