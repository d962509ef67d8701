"""The page asks no server for anything, lets no text become markup, and can be read by everyone."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.text import escape
from ddlint.plan import phrases as words
from ddlint.plan.columns import columns
from ddlint.plan.formats.html import render
from ddlint.plan.html_matrix import CLASSES
from ddlint.plan.html_style import STYLE
from ddlint.plan.model import Document, Status
from tests.plan.made import document, plan_of
from tests.plan.sample import ALONE, DOCUMENT, EMPTY, FORGED
from tests.plan.test_changes import DOCKERFILE, SHOP

VOID = {"meta", "link", "br", "col", "input"}
TAGS = {
    *("html", "head", "meta", "link", "title", "style", "body", "main", "section", "footer", "div", "p", "br"),
    *("h1", "h2", "h3", "h4", "dl", "dt", "dd", "ol", "ul", "li", "a", "b", "small", "span", "code", "ins", "del"),
    *("pre", "input", "label", "details", "summary"),
    *("table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "button"),
}
LOADING = {"src", "srcset", "poster", "data", "action", "formaction", "background", "ping", "style", "manifest"}
"""Attributes that make a browser load something, or carry a style of their own."""


class Page(HTMLParser):
    """A page as a browser would take it apart; refuses tags that do not match."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.tags if attribute in attributes]


def check_harmless(page: Page) -> None:
    """The page holds only what we write, and nothing that a browser would load or run."""
    assert {tag for tag, _ in page.tags} <= TAGS
    names = {name for _, attributes in page.tags for name in attributes}
    assert not names & LOADING
    assert not [name for name in names if name.startswith("on")]
    assert all(re.match(r"https?://|#|data:,$", value) for value in page.values("href"))
    assert [each["href"] for each in page.all("link")] == ["data:,"]


def documents() -> list[Document]:
    shop = plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE})
    return [DOCUMENT, ALONE, EMPTY, document(shop), document(shop, shop)]


@pytest.mark.parametrize("number", range(5))
def test_a_page_is_harmless_and_whole(number: int) -> None:
    page = Page(render(documents()[number]))

    check_harmless(page)
    assert len(page.values("id")) == len(set(page.values("id")))
    assert set(page.values("popovertarget")) == {each for each in page.values("id") if each.startswith("t")}
    assert {value[1:] for value in page.values("href") if value.startswith("#")} <= set(page.values("id"))


def test_the_style_loads_nothing() -> None:
    assert not re.search(r"url\(|@import|@font-face|image\(|expression|</", STYLE)


def test_the_policy_forbids_scripts_and_requests() -> None:
    policies = [each["content"] for each in Page(render(ALONE)).all("meta") if "http-equiv" in each]

    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "script" not in policies[0]


def test_what_is_forged_is_shown_as_it_is() -> None:
    text = "".join(Page(render(DOCUMENT)).text)

    assert escape(FORGED) in text
    assert "\u202e" not in text
    assert "\x1b" not in text


def replaced(value: Any, text: str) -> Any:
    """Put a text into every field of a plan that a project or a pack may fill."""
    match value:
        case str():
            return text if value in {FORGED, "webby", "tracelib guide", "tracelib"} else value
        case tuple():
            made = [replaced(each, text) for each in value]
            return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
        case _:
            return value


@given(
    st.text(st.characters(codec=None), max_size=60) | st.sampled_from(["</style>", "<!--", "&lt;", "`<b>`", "'\"><a"])
)
@settings(deadline=None, max_examples=80)
def test_no_text_becomes_markup(text: str) -> None:
    made = render(replaced(DOCUMENT, text))
    page = Page(made)

    check_harmless(page)
    assert made.encode("utf-8")
    plain = [tag for tag, _ in Page(render(replaced(DOCUMENT, "x"))).tags if tag != "code"]
    told = [tag for tag, _ in page.tags if tag != "code"]
    assert told == plain or not text.strip("` \t\r\n")


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=60)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    change = ALONE.plans[0].changes[0]
    evidence = change.evidence[0]._replace(url=url)
    plan = ALONE.plans[0]._replace(
        changes=(change._replace(evidence=(evidence,)),), rows=(), solved=(), removed=(), announced=()
    )
    page = Page(render(ALONE._replace(plans=(plan,))))
    links = [each for each in page.values("href") if not each.startswith("https://acme.github.io/ddlint/")]

    assert links[1:] == ([url] if url.startswith(("https://", "http://")) and url.isprintable() else [])


def rows_of_matrix(page: str) -> Iterator[str]:
    body = page.partition('<table class="matrix">')[2].partition("</table>")[0]
    yield from re.findall(r"<tr.*?</tr>", body.partition("</thead>")[2], re.DOTALL)


def span(cell: str) -> int:
    told = re.search(r'colspan="(\d+)"', cell)
    return int(told[1]) if told else 1


def test_every_row_is_as_wide_as_the_table() -> None:
    shop = plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE})
    for plan in (shop, ALONE.plans[0]):
        made = render(ALONE._replace(plans=(plan,)))
        widths = {sum(map(span, cells)) for row in rows_of_matrix(made) if (cells := re.findall(r"<td[^>]*>", row))}

        recent = {series.name for series in words.recent(plan)}
        number = sum(any(series.name in recent for series in column.all_series) for column in columns(plan))

        assert widths == {number}
        assert len(Page(made).all("col")) == number + 1


def test_every_row_and_column_has_its_header() -> None:
    page = Page(render(ALONE))

    assert {each.get("scope") for each in page.all("th")} <= {"row", "col", "rowgroup", "colgroup"}
    assert len(page.all("caption")) == 1


def test_a_status_is_never_told_by_colour_alone() -> None:
    """Each bar has a mark that is seen and a word that is read."""
    made = render(ALONE)
    bars = re.findall(r'<button type="button" class="bar [^"]*" popovertarget="t\d+">(.*?)</button>', made)

    assert bars
    assert all('aria-hidden="true"' in bar for bar in bars)
    assert all(re.sub(r"<span aria-hidden.*?</span>", "", bar).strip() for bar in bars)
    assert set(CLASSES) == set(Status)


def luminance(colour: str) -> float:
    """As WCAG 2 defines it."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_what_is_behind_it(scheme: int) -> None:
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", STYLE.split("prefers-color-scheme: dark")[scheme]))
    pairs = [(name, f"on-{name}") for name in colours if f"on-{name}" in colours]
    pairs += [(behind, text) for behind in ("page", "panel") for text in ("text", "quiet", "link")]

    assert len(pairs) == 12
    assert {
        pair: contrast(colours[pair[0]], colours[pair[1]])
        for pair in pairs
        if contrast(colours[pair[0]], colours[pair[1]]) < 4.5
    } == {}


def test_every_class_of_a_status_has_a_colour() -> None:
    assert [name for name in CLASSES.values() if not re.search(rf"\.{name}\b", STYLE)] == []


def test_a_page_is_light() -> None:
    shop = plan_of({"pyproject.toml": SHOP, "Dockerfile": DOCKERFILE})

    assert len(render(document(shop)).encode()) < 60_000


def test_every_class_of_a_page_has_a_rule() -> None:
    pages = [render(each) for each in documents()]
    classes = {name for page in pages for names in re.findall(r'class="?([\w -]+)"?', page) for name in names.split()}

    assert classes - set(re.findall(r"\.([a-z][\w-]*)", STYLE)) == set()


@pytest.mark.parametrize("number, is_across", [(3, False), (8, False), (9, True), (30, True)])
def test_a_matrix_of_many_columns_is_printed_on_a_page_across(number: int, is_across: bool) -> None:
    one = ALONE.plans[0].all_series[0]
    names = [f"{minor // 5}.{minor}" for minor in range(number)]
    series = tuple(one._replace(name=name, release=f"{name}.0", level=f"level {name}") for name in names)
    page = render(ALONE._replace(plans=(ALONE.plans[0]._replace(all_series=series, rows=(), current=()),)))

    assert page.count("<col class=") == number + 1
    assert ('class="support many"' in page) is is_across
    assert "@page matrix { size: landscape" in page
