"""What was built into `build/site`."""

from __future__ import annotations

import gzip
import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import unquote, urlsplit

import pytest

import ddlint
from ddlint.checks import CHECKS
from ddlint.checks.common.docs import texts
from ddlint.cli.rule import explain_row
from ddlint.outputs.common.locations import page_address, site_address
from ddlint.pack.explain import page_of, rows
from ddlint.pack.loader import builtin
from tools.site.links import Page, broken
from tools.site.places import LATEST, ROOT, SITE

pytestmark = pytest.mark.site
HOME, VERSION = "https://github.com/acme/ddlint", "1.2.3"
BASE = f"{site_address(HOME)}/{VERSION}/"
APPLICATIONS = ("explorer", "playground")
LIMIT = 200_000
"""Bytes over the wire of a page of text, with all that a browser loads for it."""


def is_there(url: str) -> bool:
    """Return whether an address leads to a page of the build, and to an anchor that it has."""
    assert url.startswith(BASE)
    parts = urlsplit(url.removeprefix(BASE))
    return parts.path.endswith("/") and (not parts.fragment or unquote(parts.fragment) in anchors(parts.path))


def anchors(path: str, known: dict[str, set[str]] = {}) -> set[str]:  # noqa: B006  pages are read once
    if path not in known:
        page = SITE / path / "index.html"
        known[path] = Page(page.read_text(encoding="utf-8")).anchors if page.is_file() else set()
    return known[path]


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give ddlint the address that it has when it is published."""
    for path in sorted((ROOT / "ddlint").rglob("*.py")):
        if re.search(r"^from ddlint import .*\bHOME\b", path.read_text(encoding="utf-8"), re.MULTILINE):
            module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
            monkeypatch.setattr(f"{module}.HOME", HOME)
            monkeypatch.setattr(f"{module}.__version__", VERSION, raising=False)


def test_every_check_has_its_page() -> None:
    assert [check.code for check in CHECKS if not is_there(page_address(HOME, VERSION, check.code))] == []


def test_every_row_has_its_page_and_anchor() -> None:
    pack = builtin()

    assert [row for row in sorted(rows(pack)) if not is_there(f"{BASE}{page_of(row, pack)}")] == []


def test_no_two_rows_share_an_anchor() -> None:
    pack = builtin()
    places = [page_of(row, pack) for row in rows(pack)]

    assert len(set(places)) == len(places)


@pytest.mark.usefixtures("published")
def test_the_addresses_of_rule_lead_to_pages() -> None:
    pack = builtin()
    urls = [text.url for text in texts().values()]
    urls += [json.loads(explain_row(row, (pack,), is_json=True))["url"] for row in ("ddtrace/flask", "ddtrace/DD_ENV")]

    assert [url for url in urls if not is_there(url)] == []
    assert f"\nPage: {BASE}integrations/flask/#flask\n" in explain_row("ddtrace/flask", (pack,), is_json=False)


@pytest.mark.usefixtures("published")
def test_the_addresses_of_findings_lead_to_pages() -> None:
    report = ddlint.lint([ROOT / "examples" / "shop"], is_isolated=True, as_of="2026-11-21")._replace(version=VERSION)
    found = json.loads(ddlint.render(report, "json"))["findings"]
    sarif = json.loads(ddlint.render(report._replace(rules=texts()), "sarif"))["runs"][0]["tool"]["driver"]["rules"]

    assert len(found) > 5
    assert [each["url"] for each in found if not is_there(each["url"])] == []
    assert [each["helpUri"] for each in sarif if not is_there(each["helpUri"])] == []


def test_every_link_and_anchor_is_there() -> None:
    missing = () if (SITE / "playground").is_dir() else APPLICATIONS

    assert broken(SITE, missing) == []


def loaded(page: str) -> set[str]:
    """Return what a browser loads for a page, by its paths."""
    found = re.findall(r'(?:src|href)="([^"]+\.(?:js|css|svg|png))"', (SITE / page).read_text(encoding="utf-8"))
    folder = (SITE / page).parent
    return {(folder / each).resolve().relative_to(SITE.resolve()).as_posix() for each in found if ":" not in each}


def test_pages_of_text_are_small() -> None:
    sizes: dict[str, int] = {}

    def size(name: str) -> int:
        if name not in sizes:
            sizes[name] = len(gzip.compress((SITE / name).read_bytes(), 6))
        return sizes[name]

    pages = [path.relative_to(SITE).as_posix() for path in SITE.rglob("index.html")]
    texts = [page for page in pages if not page.startswith(APPLICATIONS)]
    workers = [path.relative_to(SITE).as_posix() for path in SITE.glob("assets/javascripts/workers/*.js")]
    search = sum(map(size, ["search.json", *workers]))
    heavy = {page: size(page) + search + sum(map(size, loaded(page))) for page in texts}

    assert len(texts) > 500
    assert {page: total for page, total in heavy.items() if total > LIMIT} == {}


def test_the_sitemap_lists_the_pages() -> None:
    listed = ET.fromstring((SITE / "sitemap.xml").read_text(encoding="utf-8"))
    urls = {element.text or "" for element in listed.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}
    pages = {
        f"{LATEST}{path.parent.relative_to(SITE).as_posix()}/".replace("/./", "/") for path in SITE.rglob("index.html")
    }

    assert {url for url in pages - urls if not url.removeprefix(LATEST).startswith(APPLICATIONS)} == set()
    assert urls <= pages


def test_llms_txt_names_pages_that_are_there() -> None:
    links = re.findall(r"\]\(([^)]+)\): ", (SITE / "llms.txt").read_text(encoding="utf-8"))

    assert len(links) > 500
    assert [link for link in links if not (SITE / link.removeprefix(LATEST)).is_file()] == []


def test_the_feed_has_the_versions_of_the_changelog() -> None:
    channel = ET.fromstring((SITE / "changes.xml").read_text(encoding="utf-8"))
    versions = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert [item.text for item in channel.iterfind(".//item/title")] == [f"ddlint {each}" for each in versions]


def test_the_card_is_a_picture_with_text() -> None:
    picture = (SITE / "assets" / "card.png").read_bytes()

    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(picture) > 20_000  # without a font only the rectangles are drawn


def test_the_page_for_missing_addresses_leads_on() -> None:
    assert "There is no such page" in (SITE / "404.html").read_text(encoding="utf-8")
