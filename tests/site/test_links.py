"""The link check of the site: each kind of mistake is found, and what is right is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.site.links import PATH, broken

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "guide").mkdir()
    (tmp_path / "guide" / "index.html").write_text('<h2 id="first">First</h2>', encoding="utf-8")
    (tmp_path / "a.css").write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "html, problem",
    [
        ('<a href="guide/">', ""),
        ('<a href="guide/#first">', ""),
        ('<a href="./guide/">', ""),
        (f'<a href="{PATH}guide/#first">', ""),
        ('<link rel="stylesheet" href="a.css">', ""),
        ('<p id="here"><a href="#here">', ""),
        ('<a href="https://example.org/">', ""),
        ('<link rel="canonical" href="https://example.org/">', ""),
        ('<img src="data:image/gif;base64,R0lGOD==">', ""),
        ('<a href="explorer/">', ""),
        ('<a href="gone/">', "no such page"),
        ('<a href="guide/#second">', "no such anchor"),
        ('<a href="#nowhere">', "no such anchor"),
        ('<a href="../outside/">', "leaves the site"),
        ('<a href="/guide/">', "leaves the site"),
        ('<img src="gone.png">', "no such page"),
        ('<script src="https://example.org/a.js"></script>', "loaded from another host"),
        ('<link rel="stylesheet" href="//example.org/a.css">', "loaded from another host"),
        ('<img src="https://example.org/a.png">', "loaded from another host"),
    ],
)
def test_a_link_is_right_or_wrong(site: Path, html: str, problem: str) -> None:
    (site / "index.html").write_text(html, encoding="utf-8")

    assert [each.rpartition(": ")[2] for each in broken(site, ("explorer",))] == ([problem] if problem else [])
