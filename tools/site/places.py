"""Where the site is made and published."""

from __future__ import annotations

import os
from pathlib import Path

from ddlint import HOME, __version__
from ddlint.outputs.common.locations import site_address

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "site"
"""What is written by hand beside `docs/`: settings, theme, home page, application."""
BUILD = Path(os.environ.get("DDLINT_BUILD", ROOT / "build"))
PAGES = BUILD / "pages"
"""The Markdown of every page."""
SITE = BUILD / "site"
"""What is published."""
DAY = "2026-11-21"
"""The day on which the examples run, as everywhere in the documentation."""
HOST = site_address(HOME) or "https://OWNER.github.io/ddlint"
"""The address of the site: without an address of the project, one with the word that a user has to replace."""
LATEST = f"{HOST}/latest/"
VERSION = __version__
