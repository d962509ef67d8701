import pytest

from ddlint.core.model import Place
from ddlint.core.source import Position, Source, Span
from ddlint.outputs.common.locations import Where, on_one_line, relative, shown, where
from tests.outputs.sample import CLEAN, ROOT


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
