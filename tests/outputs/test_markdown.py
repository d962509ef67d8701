from posixpath import normpath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.report import Report
from ddlint.outputs import markdown
from ddlint.outputs.common.markdown_table import code, prose, table
from tests.outputs.sample import CLEAN, FINDINGS, REPORT, ROOT


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

    start = lines.index("<summary>Support table: 2 rows, 1 with findings</summary>")
    assert lines[start - 1 : start + 8] == [
        "<details>",
        "<summary>Support table: 2 rows, 1 with findings</summary>",
        "",
        "| project | dependency | found | supported | release | verdict |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `.` | sqllib | `==1.0` | `>=2.2` | 4.2.0 | \N{LARGE RED CIRCLE}&nbsp;error |",
        "| `.` | safe-lib | `>=1,<2 \\| x` | every version | 4.2.0 | \N{WHITE HEAVY CHECK MARK}&nbsp;supported |",
        "",
        "</details>",
    ]


@pytest.mark.parametrize(
    "report, expected",
    [
        (REPORT._replace(is_failed=True), "# \N{CROSS MARK} ddlint failed"),
        (REPORT, "# \N{WHITE HEAVY CHECK MARK} ddlint passed"),
        (CLEAN, "# \N{WHITE HEAVY CHECK MARK} ddlint passed"),
        (CLEAN._replace(projects=()), "# \N{LARGE YELLOW CIRCLE} ddlint checked nothing"),
        (CLEAN._replace(projects=(), is_failed=True), "# \N{CROSS MARK} ddlint checked nothing"),
    ],
)
def test_the_verdict_comes_first(report: Report, expected: str) -> None:
    assert markdown.render(report).splitlines()[0] == expected


FILES = "https://git.example/shop/blob/abc"


@pytest.mark.parametrize(
    "files_url, path, expected",
    [
        (FILES, "requirements.txt", f"[`requirements.txt:2:1`](<{FILES}/requirements.txt#L2>)"),
        (f"{FILES}/", "requirements.txt", f"[`requirements.txt:2:1`](<{FILES}/requirements.txt#L2>)"),
        (FILES, "a b/(x)>#|.txt", f"[`a b/(x)>#\\|.txt:1:1`](<{FILES}/a%20b/%28x%29%3E%23%7C.txt#L1>)"),
        (FILES, "::error/x.txt", f"[`./::error/x.txt:1:1`](<{FILES}/%3A%3Aerror/x.txt#L1>)"),
        (FILES, "../other/requirements.txt", "`../other/requirements.txt:1:1`"),
        ("", "requirements.txt", "`requirements.txt:2:1`"),
        ("javascript:x", "requirements.txt", "`requirements.txt:2:1`"),
        (
            "https://git.example/>](https://evil.example)",
            "requirements.txt",
            "[`requirements.txt:2:1`](<https://git.example/%3E%5D%28https://evil.example%29/requirements.txt#L2>)",
        ),
    ],
)
def test_a_location_leads_to_its_line(files_url: str, path: str, expected: str) -> None:
    at = FINDINGS[5].at._replace(path=normpath(f"{ROOT}/{path}"))
    text = markdown.render(CLEAN._replace(findings=(FINDINGS[5]._replace(at=at),), files_url=files_url))

    assert text.splitlines()[6].split(" | ")[2] == expected


def test_the_worst_is_first() -> None:
    levels = [
        line.split("&nbsp;")[1].split()[0]
        for line in markdown.render(REPORT).partition("<details>")[0].splitlines()
        if "&nbsp;" in line
    ]

    assert levels == ["error"] * 3 + ["warning"] * 2 + ["notice"] * 2


def test_a_check_leads_to_its_page() -> None:
    text = markdown.render(CLEAN._replace(findings=FINDINGS[5:6], home="https://github.com/acme/ddlint"))

    page = f"https://acme.github.io/ddlint/{CLEAN.version}/checks/dd301/"
    assert f"| [DD301 unsupported-dependency](<{page}>) |" in text


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

    assert (
        markdown.render(report)
        == "# \N{WHITE HEAVY CHECK MARK} ddlint passed\n\nNo findings in 7 files (rules: tracer 2026.11.21).\n"
    )


_TEXT = st.text(st.sampled_from("`|\\<@#*_[] \n\r~") | st.characters(exclude_categories=()))


@given(_TEXT, _TEXT)
@settings(deadline=None, max_examples=200)
def test_no_text_breaks_the_table(message: str, help_: str) -> None:
    """A row has four cells: five bars that no backslash stands before."""
    finding = FINDINGS[5]._replace(message=message, help=help_)

    row = markdown.render(CLEAN._replace(findings=(finding,))).splitlines()[6]

    assert row.replace("\\\\", "").replace("\\|", "").count("|") == 5 or row.replace("\\|", "").count("|") == 5
