"""Write what is beside the pages: the feed of changes, `llms.txt`, the picture of the site, and what is at the root."""

from __future__ import annotations

import re
import shutil
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING

from tools.site.places import BUILD, LATEST, PAGES, ROOT, SITE, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator

_FRONT = re.compile(r'^---\ntitle: "(?P<title>.*)"\ndescription: "(?P<description>.*)"\n---\n')
_INLINE = re.compile(r"`([^`]*)`|\[([^\]]*)\]\([^)]*\)")
SECTIONS = {
    "checks": "Checks",
    "integrations": "Integrations of ddtrace",
    "series": "Release series of ddtrace",
    "settings": "Settings of ddtrace",
    "rules": "Other rules on ddtrace",
}
SUMMARY = (
    "ddlint checks, before anything is deployed, whether Datadog's Python tracer ddtrace supports the libraries, "
    "Pythons, platforms and settings of a project. The pages below are generated from the rules that it judges with."
)


def write() -> None:
    """Write the files into the built site."""
    (SITE / "changes.xml").write_text(feed(), encoding="utf-8", newline="\n")
    (SITE / "llms.txt").write_text(llms(), encoding="utf-8", newline="\n")
    for path in PAGES.rglob("*.md"):
        target = SITE / path.relative_to(PAGES)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (SITE / "assets" / "card.png").write_bytes(card())
    for name, text in root().items():
        (BUILD / "root").mkdir(exist_ok=True)
        (BUILD / "root" / name).write_text(text, encoding="utf-8", newline="\n")


def changes() -> Iterator[tuple[str, list[str]]]:
    """Yield the versions of the changelog, each with its entries as plain text."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        entries = re.split(r"^- ", body, flags=re.MULTILINE)[1:]
        yield title.strip(), [_INLINE.sub(r"\1\2", " ".join(each.split())) for each in entries]


def feed() -> str:
    """Return an RSS 2.0 feed of the changelog: an item for every version that was released, and for what is to come."""
    items = "".join(
        f"<item><title>ddlint {escape(title)}</title><link>{LATEST}changes/</link>"
        f'<guid isPermaLink="false">ddlint-{escape(title.split()[0].lower())}</guid>'
        f"<description>{escape(''.join(f'<p>{escape(entry)}</p>' for entry in entries))}</description></item>\n"
        for title, entries in changes()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>Changes of ddlint</title><link>{LATEST}changes/</link>"
        f'<atom:link href="{LATEST}changes.xml" rel="self" type="application/rss+xml"/>'
        f"<description>What a user of ddlint notices, the newest first</description><language>en</language>\n"
        f"{items}</channel></rss>\n"
    )


def llms() -> str:
    """Return `llms.txt`: every page as Markdown, with a line on what it answers."""
    found: dict[str, list[str]] = {"": []}
    for path in sorted(PAGES.rglob("*.md")):
        name = path.relative_to(PAGES).as_posix()
        folder = name.partition("/")[0] if "/" in name else ""
        title, description = described(path.read_text(encoding="utf-8"))
        found.setdefault(folder, []).append(f"- [{title}]({LATEST}{name}): {description}")
    parts = ["\n".join(found.pop(""))]
    parts += [f"## {SECTIONS.get(folder, folder)}\n\n" + "\n".join(lines) for folder, lines in found.items()]
    return f"# ddlint\n\n> {SUMMARY}\n\n## Documentation\n\n" + "\n\n".join(parts) + "\n"


def described(text: str) -> tuple[str, str]:
    """Return the title of a page and what it is about: its description, or its first sentence."""
    if front := _FRONT.match(text):
        return front["title"], front["description"]
    heading, _, body = text.removeprefix("# ").partition("\n")
    first = next((part for part in body.strip().split("\n\n") if part[:1].isalnum() or part[:1] in "`*["), "")
    words = _INLINE.sub(r"\1\2", " ".join(first.split()))
    return heading.strip(), re.split(r"(?<=\.) ", words)[0]


def card() -> bytes:
    """Return the picture that other sites show beside a link: `site/card.svg` as PNG."""
    renderer = import_module("resvg_py")  # of requirements-docs.txt: only the build of the site has it
    return bytes(renderer.svg_to_bytes(svg_path=str(SOURCE / "card.svg"), width=1200, height=630))


def root() -> dict[str, str]:
    """Return what is above the versions: the way to the newest one, for people and for search engines."""
    return {
        "index.html": (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>ddlint</title>'
            f'<meta http-equiv="refresh" content="0; url=latest/"><link rel="canonical" href="{LATEST}">'
            '<a href="latest/">ddlint</a></html>\n'
        ),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {LATEST}sitemap.xml\n",
        "llms.txt": f"# ddlint\n\n> {SUMMARY}\n\n- [All pages as Markdown]({LATEST}llms.txt)\n",
        ".nojekyll": "",
    }
