"""The explorer and the playground as they were built: their own tests, in Node.js and Chromium, where both are there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.source_tree import ROOT

APP = ROOT / "site/app"
SITE = Path(os.environ.get("DDLINT_SITE", ROOT / "build/site"))
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def npm(*words: str) -> None:
    """Run a command of package.json; skip the test where its tools are not there."""
    if not shutil.which("npm") or not (APP / "node_modules").is_dir():
        pytest.skip("needs Node.js and `npm ci` in site/app")
    variables = {"DDLINT_PYTHON": sys.executable, "DDLINT_SITE": str(SITE), "CHROMIUM": CHROMIUM}
    subprocess.run([shutil.which("npm") or "npm", *words], cwd=APP, check=True, env=os.environ | variables)


@pytest.mark.site
def test_the_sources_are_clean_and_their_units_work() -> None:
    npm("test")


@pytest.mark.site
def test_the_pages_work_in_a_browser() -> None:
    if not shutil.which(CHROMIUM) or not (SITE / "playground").is_dir():
        pytest.skip("needs Chromium, and the pages of `npm run build`")
    npm("run", "e2e")


def test_packages_are_exact_and_their_registry_is_not_named() -> None:
    package = json.loads((APP / "package.json").read_text(encoding="utf-8"))
    text = (APP / "package-lock.json").read_text(encoding="utf-8")
    lock = json.loads(text)["packages"]

    assert [each for each in package["devDependencies"].values() if not re.fullmatch(r"\d+\.\d+\.\d+", each)] == []
    assert '"resolved"' not in text
    assert [name for name, each in lock.items() if name and not each.get("integrity", "").startswith("sha512-")] == []


def test_no_page_has_an_inline_script_a_style_or_an_absolute_address() -> None:
    for page in ("explorer", "playground"):
        text = (APP / "src" / page / "index.html").read_text(encoding="utf-8")

        assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle=|\son\w+=", text) == []
        assert re.findall(r"(?:src|href)=\"(?:/|https?:)[^\"]*", text) == []
    policy = (APP / "build.mjs").read_text(encoding="utf-8")
    assert "unsafe-inline" not in policy
    assert "default-src 'none'" in policy
