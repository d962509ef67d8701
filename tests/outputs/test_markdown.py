import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.outputs import markdown
from ddlint.outputs.common.markdown_table import code, prose, table
from tests.outputs.sample import CLEAN, FINDINGS, REPORT


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", ""),
        ("a>=1,<2", "`a>=1,<2`"),
        ("a | b", "`a \\| b`"),
        ("a`b", "``a`b``"),
        ("``", "``` `` ```"),
        ("a\n<b>", "`a\\n<b>`"),
    ],
)
def test_code(text: str, expected: str) -> None:
    assert expected == code(text)


@pytest.mark.parametrize(
    "text, expected",
    [
        (
            "`a<b|c@d` is out; *x* <b> @ana #1 [a](b)",
            "`a<b\\|c@d` is out; \\*x\\* \\<b> @&#8203;ana #&#8203;1 \\[a\\](b)",
        ),
        ("a ` b <i>", "a \\` b \\<i>"),
        ("a `` b", "a \\`\\` b"),
        ("a | b", "a \\| b"),
        ("a~=1 & $b$", "a\\~=1 \\& \\$b\\$"),
        ("a\nb", "a\\\\nb"),
        ("see https://evil.example/x", "see https:&#8203;//evil.example/x"),
        ("www.evil.example WWW.x", "www&#8203;.evil.example WWW&#8203;.x"),
        ("GH-1 gh-2 GH-x", "GH&#8203;-1 gh&#8203;-2 GH-x"),
        (":smile: :+1: :white_check_mark:", ":&#8203;smile: :&#8203;+1: :&#8203;white\\_check\\_mark:"),
        ("a.txt:3:1: b", "a.txt:3:1: b"),
        ("`https://evil.example :smile: GH-1`", "`https://evil.example :smile: GH-1`"),
    ],
)
def test_prose(text: str, expected: str) -> None:
    assert expected == prose(text)


def test_a_table_stays_within_its_budget_and_says_what_is_left() -> None:
    actual = table(("a", "b"), [("é" * 10, "x")] * 9, 9, 60)

    assert actual == [
        "| a | b |",
        "| --- | --- |",
        "| éééééééééé | x |",
        "| éééééééééé | x |",
        "",
        "7 rows more would not fit.",
    ]


def test_the_support_table() -> None:
    lines = markdown.render(REPORT).splitlines()

    start = lines.index("## Support")
    assert lines[start + 2 : start + 6] == [
        "| project | dependency | found | supported | tracer | standing |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `.` | sqllib | `==1.0` | `>=2.2` | 4.2.0 | error |",
        "| `.` | safe-lib | `>=1,<2 \\| x` | every version | 4.2.0 | supported |",
    ]


@pytest.mark.parametrize("message", ["x" * 300, "@" * 3000, "é`|" * 2000])
def test_the_summary_of_a_job_never_passes_its_limit(message: str) -> None:
    finding = FINDINGS[5]._replace(message=message)
    support_table = (REPORT.support_table[1]._replace(found=message),) * 5000
    suppressed = (REPORT.suppressed[0]._replace(reason=message),) * 5000

    actual = markdown.render(
        REPORT._replace(findings=(finding,) * 5000, support_table=support_table, suppressed=suppressed)
    )

    assert 300_000 < len(actual.encode()) < 2**20
    assert actual.count(" rows more would not fit.") == 3


def test_nothing_found_is_said_in_a_line() -> None:
    report = CLEAN._replace(support_table=())

    assert markdown.render(report) == "# ddlint\n\nNo findings in 7 files (rules: tracer 2026.11.21).\n"


_TEXT = st.text(st.sampled_from("`|\\<@#*_[] \n\r~") | st.characters(exclude_categories=()))


@given(_TEXT, _TEXT)
@settings(deadline=None, max_examples=200)
def test_no_text_breaks_the_table(message: str, help_: str) -> None:
    """A row has four cells: five bars that no backslash stands before."""
    finding = FINDINGS[5]._replace(message=message, help=help_)

    row = markdown.render(CLEAN._replace(findings=(finding,))).splitlines()[6]

    assert row.replace("\\\\", "").replace("\\|", "").count("|") == 5 or row.replace("\\|", "").count("|") == 5
