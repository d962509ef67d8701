"""Lines that answer alike are one column, and nothing is lost by it."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.plan.columns import by_status, cells, columns, within
from tests.plan.made import of, plan_of

REQUIREMENTS = st.lists(
    st.sampled_from(
        ["webby", "webby==0.9", "webby==1.0", "webby>=1.5", "webby==2.6", "oldy", "lonely==1", "sqly==1.4"]
    ),
    max_size=4,
    unique_by=lambda text: text[:4],
)


@given(REQUIREMENTS)
@settings(deadline=None, max_examples=40)
def test_columns_part_the_lines(requirements: list[str]) -> None:
    plan = plan_of(of("tracelib", *requirements))
    made = columns(plan)

    assert [series for column in made for series in column.all_series] == list(plan.all_series)
    for number, row in enumerate(plan.rows):
        by_series = dict(cells(plan, row))
        assert list(by_series) == [series.name for series in plan.all_series]
        assert all(
            by_series[series.name].status is column.statuses[number] for column in made for series in column.all_series
        )


@given(REQUIREMENTS, st.integers(0, 4), st.integers(0, 4))
@settings(deadline=None, max_examples=40)
def test_runs_can_be_cut_and_joined(requirements: list[str], one: int, other: int) -> None:
    plan = plan_of(of("tracelib", *requirements))
    names = [series.name for series in plan.all_series]
    first, last = sorted((one, other))
    for row in plan.rows:
        by_series = dict(cells(plan, row))
        cut = within(plan, row, names[first], names[last])
        assert (cut[0].first, cut[-1].last) == (names[first], names[last])
        assert [by_series[run.first] for run in cut] == [run.cell for run in cut]
        joined = by_status(row)
        assert (joined[0][0], joined[-1][1]) == (names[0], names[-1])
        assert all(before[2] is not after[2] for before, after in pairwise(joined))


def test_majors_and_levels_are_not_joined() -> None:
    plan = plan_of(of("tracelib", "webby==2.0"))

    assert [(column.first, column.last, column.major) for column in columns(plan)] == [
        ("1.0", "1.1", "1"),
        ("2.0", "2.1", "2"),
        ("3.0", "3.0", "3"),
    ]
