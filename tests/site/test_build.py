"""What was built into `build/site`."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from ddlint.checks import CHECKS
from ddlint.outputs.common.links import page_address, site_address
from tools.site.links import Page
from tools.site.places import SITE

pytestmark = pytest.mark.site
HOME, VERSION = "https://github.com/acme/ddlint", "1.2.3"


def is_there(url: str) -> bool:
    """Return whether an address leads to a page of the build, and to an anchor that it has."""
    base = f"{site_address(HOME)}/{VERSION}/"
    assert url.startswith(base)
    parts = urlsplit(url.removeprefix(base))
    page = SITE / parts.path / "index.html"
    return page.is_file() and (
        not parts.fragment or unquote(parts.fragment) in Page(page.read_text(encoding="utf-8")).anchors
    )


def test_every_check_has_its_page() -> None:
    assert [check.code for check in CHECKS if not is_there(page_address(HOME, VERSION, check.code))] == []
