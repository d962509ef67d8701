"""Shorten the search index, which every page loads: of generated pages it keeps names and first sentences.

With every table and every document of the rules the index has 240 KB over the wire, more than all of a page. A reader
who looks for `flask` or `DD_TRACE_ENABLED` finds the page by its name; internal settings are on their pages only.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {"integrations": 2, "settings": 2, "rules": 2, "series": 1}
"""The deepest headings that stay of the pages of a folder; they have no text below the title of the page."""
LEFT_OUT = ("#switch", "#documents", "#options", "#since", "#what-ddlint-prints", "#example", "#why-it-matters")


def shorten(site: Path) -> None:
    """Rewrite `search.json` of a built site."""
    path = site / "search.json"
    index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    index["items"] = [kept for item in index["items"] if (kept := _kept(item))]
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8", newline="\n")


def _kept(item: dict[str, Any]) -> dict[str, Any] | None:
    folder = item["location"].partition("/")[0]
    if item["location"].startswith(("changes/#", "contributing/#", "releasing/#", "security/#")):
        return None
    if folder in {*NAMED, "checks"} and item["location"].endswith(LEFT_OUT):
        return None
    if folder not in NAMED:
        return item
    if item["level"] > NAMED[folder] or item["title"].startswith("_"):
        return None
    return item if item["level"] == 1 else item | {"text": "", "path": []}
