"""Lines and columns: those of a large text are counted as far as they are asked for, and are the same as in a table."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddlint.core import source
from ddlint.core.source import Position, Source, Span

TEXTS = st.text(st.sampled_from("ab\n\n\r\v\u2028\N{GRINNING FACE}"), max_size=40)


@pytest.mark.parametrize(
    "text, offset, position",
    [
        ("", 0, (1, 1)),
        ("ab", 2, (1, 3)),
        ("a\nb", 2, (2, 1)),
        ("a\n", 2, (2, 1)),
        ("a\r\nb\rc", 6, (3, 2)),
        ("a\vb\u2028c", 5, (1, 6)),
    ],
)
def test_positions_are_as_editors_count_them(text: str, offset: int, position: tuple[int, int]) -> None:
    assert Source("/p/a", text).position(offset) == Position(*position)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, block=st.integers(1, 9), data=st.data())
def test_lines_that_are_counted_are_those_of_a_table(
    text: str, block: int, data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Source("/p/a", text)
    starts = list(table.line_starts)
    monkeypatch.setattr(source, "_LARGE", 0)
    monkeypatch.setattr(source, "_BLOCK", block)
    counted = Source("/p/a", text)
    for offset in data.draw(st.permutations(range(len(text) + 1))):
        line = sum(start <= offset for start in starts)
        assert counted.position(offset) == Position(line, offset - starts[line - 1] + 1) == table.position(offset)
    for order in (data.draw(st.permutations(range(1, len(starts) + 1))) for _ in range(2)):
        assert [counted.line_span(line) for line in order] == [table.line_span(line) for line in order]
        counted = Source("/p/a", text)
    assert list(counted.line_starts) == starts
    assert [counted.line_span(line) for line in range(1, len(starts) + 1)] == [
        Span(start, start + len(text[start:end].rstrip("\r\n")))
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True)
    ]
