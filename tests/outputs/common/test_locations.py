from __future__ import annotations

import pytest

from ddlint.core.model import Place
from ddlint.core.source import Position, Source, Span
from ddlint.outputs.common.locations import LIMIT, Excerpt, Where, excerpt, on_one_line, relative, shown, where
from tests.outputs.sample import CLEAN, ROOT
from tests.work import work_of


@pytest.mark.parametrize(
    "path, base, expected",
    [
        ("/a/b/c.txt", "/a/b", "c.txt"),
        ("/a/b/c.txt", "/a/b/", "c.txt"),
        ("/a/b", "/a/b", "."),
        ("/a/bc/d", "/a/b", "../bc/d"),
        ("/a/x", "/a/b/c", "../../x"),
        ("/x", "/", "x"),
        ("/", "/", "."),
        ("C:/a/x", "C:/a", "x"),
        ("D:/a/x", "C:/a", "D:/a/x"),
        ("//host/share/x", "//host/share", "x"),
        ("", "/a", "."),
        ("/a/\udcff", "/a", "\\udcff"),
    ],
)
def test_relative(path: str, base: str, expected: str) -> None:
    assert expected == relative(path, base)


@pytest.mark.parametrize(
    "path, expected",
    [
        ("/a/::error::b", "./::error::b"),
        ("/a/ b", "./ b"),
        ("/a/b\n::error::c", "b\\n::error::c"),
        ("/a/##[error]", "##\\[error]"),
        ("/a/b:c", "b:c"),
    ],
)
def test_shown(path: str, expected: str) -> None:
    assert expected == shown(path, "/a")


_REPORT = CLEAN._replace(sources={f"{ROOT}/a": Source(f"{ROOT}/a", "é\U0001f600x\r\nb\rc\n")})


@pytest.mark.parametrize(
    "span, start, end",
    [
        (Span(2, 3), Position(1, 3), Position(1, 4)),
        (Span(5, 6), Position(2, 1), Position(2, 2)),
        (Span(7, 8), Position(3, 1), Position(3, 2)),
        (Span(9, 9), Position(4, 1), Position(4, 1)),
        (Span(7, 99), Position(3, 1), Position(4, 1)),
        (Span(-4, -2), Position(1, 1), Position(1, 1)),
        (Span(3, 1), Position(1, 4), Position(1, 4)),
    ],
)
def test_where_counts_code_points_and_never_leaves_the_text(span: Span, start: Position, end: Position) -> None:
    assert Where("a", start, end) == where(_REPORT, Place(f"{ROOT}/a", span), ROOT)


@pytest.mark.parametrize(
    "span, end", [(Span(0, 6), Position(1, 4)), (Span(4, 6), Position(1, 5)), (Span(0, 1), Position(1, 2))]
)
def test_on_one_line_ends_with_the_first(span: Span, end: Position) -> None:
    assert end == on_one_line(_REPORT, Place(f"{ROOT}/a", span), ROOT).end


def test_a_file_that_could_not_be_read_is_at_its_start() -> None:
    assert Where("b", Position(1, 1), Position(1, 1)) == where(_REPORT, Place(f"{ROOT}/b", Span(7, 9)), ROOT)


_LONG = "x" * 500


def _cut(text: str, quoted: str) -> Excerpt:
    start = text.index(quoted)
    return excerpt(Source("/a", text), Span(start, start + len(quoted)))


@pytest.mark.parametrize(
    "text, quoted, expected",
    [
        ("a\nweblib==1.0  # old\n", "weblib==1.0", Excerpt(2, "weblib==1.0  # old", 0, 11)),
        ("\tweb\tlib\r\n", "lib", Excerpt(1, "    web    lib", 11, 3)),
        ("漢字 = e\u0301x", "x", Excerpt(1, "漢字 = e\u0301x", 8, 1)),
        ("a漢字b", "漢字", Excerpt(1, "a漢字b", 1, 4)),
        ("\u202eab", "b", Excerpt(1, "\\u202eab", 7, 1)),
        ("a\x1b[1mb", "\x1b[1m", Excerpt(1, "a\\x1b[1mb", 1, 7)),
        ("# ##[error]a", "a", Excerpt(1, "# ##\\[error]a", 12, 1)),
        ("##VSO[x]a", "a", Excerpt(1, "##VSO\\[x]a", 9, 1)),
        ("weblib \\\n  ==1.0\n", "weblib \\\n  ==1.0", Excerpt(1, "weblib \\", 0, 8)),
        ("ab", "", Excerpt(1, "ab", 0, 1)),
        ("a\n", "\n", Excerpt(1, "a", 1, 1)),
        ("", "", Excerpt(1, "", 0, 1)),
    ],
)
def test_the_mark_stands_under_the_span(text: str, quoted: str, expected: Excerpt) -> None:
    assert expected == _cut(text, quoted)


@pytest.mark.parametrize(
    "text, lead, tail",
    [
        (f"web{_LONG}", "", "..."),
        (f"{_LONG}web", "...", ""),
        (f"{_LONG}web{_LONG}", "...", "..."),
        (f"{_LONG * 9}web{_LONG * 9}", "...", "..."),
        ("漢" * 200 + "web" + "字" * 200, "...", "..."),
    ],
)
def test_a_long_line_is_cropped_around_the_span(text: str, lead: str, tail: str) -> None:
    cut = _cut(text, "web")

    wide = sum(2 if char in "漢字" else 1 for char in cut.text)
    assert LIMIT - 1 <= wide - len(lead + tail) <= LIMIT
    assert cut.text.startswith(lead or "web")
    assert cut.text.endswith(tail or "web")
    assert (cut.text.index("web") + sum(char == "漢" for char in cut.text), 3) == (cut.before, cut.width)


def test_a_cropped_span_stands_in_the_middle() -> None:
    assert len("...") + (LIMIT - len("web")) // 2 == _cut(f"{_LONG}web{_LONG}", "web").before


def test_a_span_longer_than_a_line_may_be_is_marked_to_the_crop() -> None:
    cut = _cut(f"a {_LONG} b", _LONG)

    assert len(cut.text) - 6 == LIMIT
    assert (cut.before, cut.width) == (3, LIMIT)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("--index-url https://ana:s3cret@index.example/simple", "--index-url https://**********@index.example/simple"),
        ("git+https://token@git.example/a@v1", "git+https://*****@git.example/a@v1"),
        ("https://index.example/simple", "https://index.example/simple"),
        ("ENV DD_API_KEY=hunter2 DD_SITE=a", "ENV DD_API_KEY=******* DD_SITE=a"),
        ("ENV DD_API_KEY hunter2", "ENV DD_API_KEY *******"),
        ("{name: DD_APP_KEY, value: 'abc'}", "{name: DD_APP_KEY, value: '***'}"),
        ('"MY_token": "abc",', '"MY_token": "***",'),
        ("keyring==1.0  # api key=1", "keyring==1.0  # api key=*"),
    ],
)
def test_secrets_are_masked_and_nothing_moves(text: str, expected: str) -> None:
    assert _cut(text, text) == Excerpt(1, expected, 0, len(text))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("- name: DB_PWD\n  value: hunter2\n", "  value: *******"),
        ("ENV TOKEN=" + "ab" * 1_150, "ENV TOKEN=" + "*" * 110 + "..."),
        ("x" * 200_000 + "hunter2", "..." + "*" * 113 + "*" * 7),
    ],
    ids=["named on the line before", "longer than a crop", "longer than what is read of a line"],
)
def test_masked_before_it_is_cut(text: str, expected: str) -> None:
    start = text.rstrip("\n").rindex("\n") + 1 if "\n" in text else 0
    span = Span(len(text) - 7, len(text)) if len(text) > 100_000 else Span(start, start + 1)

    assert excerpt(Source("/a", text), span).text == expected


def test_a_second_finding_on_a_long_line_takes_no_longer_than_on_a_short_one() -> None:
    def work(length: int) -> int:
        source = Source("/a", "x" * length)
        excerpt(source, Span(length // 2, length // 2 + 1))  # what is done once for a line
        return work_of(lambda: excerpt(source, Span(length // 2 + 9, length // 2 + 10)))

    assert work(80_000) < 1.1 * work(4_000)
