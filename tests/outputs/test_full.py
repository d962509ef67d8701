import re
from typing import Any

import pytest

from ddlint.core.model import Place, Severity
from ddlint.core.report import Edit, Evidence, Finding, Fix
from ddlint.core.source import Source, Span
from ddlint.outputs import concise, full
from tests.outputs.sample import CLEAN, FINDINGS, REPORT, ROOT

_PATH = f"{ROOT}/requirements.txt"


def rendered(finding: Finding, text: str, **changes: Any) -> list[str]:
    report = CLEAN._replace(findings=(finding,), sources={_PATH: Source(_PATH, text)}, **changes)
    return full.render(report).partition("\n\n")[0].splitlines()


def _at(text: str, word: str, label: str = "") -> Place:
    start = text.index(word)
    return Place(_PATH, Span(start, start + len(word)), label)


def _found(at: Place, *related: Place, **others: Any) -> Finding:
    return Finding("DD301", Severity.ERROR, "weblib", "x", at, related=related, **others)


def test_a_finding_is_shown_with_its_lines_notes_and_help() -> None:
    actual = full.render(REPORT._replace(findings=(FINDINGS[3],)))

    expected = """\
warning[DD302]: `weblib>=1.8` admits 1.8 to 2.1; tracer 4.2 supports >=2.2
 --> api/pyproject.toml:5:4
5 -   "weblib>=1.8",
  |    ^^^^^^^^^^^ admits 1.8
5 +   "weblib>=2.2",
 ::: requirements.txt:3:2
3 |     tracer>=4 ; python_version >= '3.10'
  |     --------- 4.2.0 is what an installer takes on Python 3.10
  = note: Python 3.8 to 3.12
  = help: raise the lower bound to >=2.2 (`--fix`)
  = note: documented for 4.0\N{EN DASH}4.2 (Compatibility Requirements, 2026-11-21) [tracer/weblib]

Found 1 warning (1 suppressed, 1 in the baseline).
2 notices hidden; show them with `--min-severity notice`.
Fixable: 1 with `--fix`.
1 project declares no tracer and was not judged: `tools`.
`ddlint rule DD302` explains a check, `ddlint rule tracer/weblib` a row with its evidence.
"""
    assert expected == actual


def test_what_a_finding_rests_on_is_one_line() -> None:
    evidence = (Evidence("issue 14993", "14993", "2025-10-22"), Evidence("notes", "a.yaml"))
    found = _found(_at("weblib==1.0\n", "weblib"), evidence=evidence, row="tracer/weblib")

    assert rendered(found, "weblib==1.0\n")[-1] == (
        "  = note: evidence: issue 14993, 2025-10-22 and 1 other document [tracer/weblib]"
    )
    assert rendered(found._replace(evidence=()), "weblib==1.0\n")[-1] == "  = note: row [tracer/weblib]"


def test_two_places_of_a_file_share_an_excerpt_in_the_order_of_the_file() -> None:
    text = "a\n" * 8 + "tracer==4\nweblib==1.0\n"
    found = _found(_at(text, "weblib==1.0", "old"), _at(text, "tracer==4", "gives 4"))

    assert rendered(found, text)[1:] == [
        "  --> requirements.txt:10:1",
        " 9 | tracer==4",
        "   | --------- gives 4",
        "10 | weblib==1.0",
        "   | ^^^^^^^^^^^ old",
    ]


def test_two_places_of_a_line_are_marked_below_it() -> None:
    text = "weblib==1.0 tracer==4\n"
    found = _found(_at(text, "weblib==1.0", "old"), _at(text, "tracer==4", "gives 4"))

    assert rendered(found, text)[2:] == [
        "1 | weblib==1.0 tracer==4",
        "  | ^^^^^^^^^^^ old",
        "  |             --------- gives 4",
    ]


def _fix(text: str, *changes: tuple[str, str]) -> Fix:
    return Fix("do it", is_safe=False, edits=tuple(Edit(_PATH, _at(text, old).at, new) for old, new in changes))


def test_a_fix_of_another_line_is_shown_behind_the_help() -> None:
    text = "weblib==1.0\none==1\ntwo==1\nthree==1\nfour==1\n"
    fix = _fix(text, ("one==1", "one==2"), ("two==1", "two==2"), ("three==1\n", ""), ("four==1", "four==2"))

    assert rendered(_found(_at(text, "weblib==1.0"), help="raise it", fix=fix), text)[2:] == [
        "1 | weblib==1.0",
        "  | ^^^^^^^^^^^",
        "  = help: raise it (`--fix --unsafe-fixes`)",
        "2 - one==1",
        "2 + one==2",
        "3 - two==1",
        "3 + two==2",
        "4 - three==1",
        "  = 1 more line of the fix; `--diff` shows all",
    ]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param((("==1.0 \\\n  --hash", "==2.0"),), id="lines"),
        pytest.param((("==1.0", "==2.0\n"),), id="a new line"),
    ],
)
def test_a_fix_of_several_lines_is_named_by_its_title(changes: tuple[tuple[str, str], ...]) -> None:
    text = "weblib==1.0 \\\n  --hash\n"

    assert rendered(_found(_at(text, "weblib"), help="raise it", fix=_fix(text, *changes)), text)[-1] == (
        "  = help: do it (`--fix --unsafe-fixes`)"
    )


def test_no_secret_of_a_line_is_in_what_a_fix_makes_of_it() -> None:
    text = "weblib==1.0 --token=hunter2secret\n"
    found = _found(_at(text, "weblib==1.0"), fix=_fix(text, ("==1.0", "==2.0")))

    assert [line for line in rendered(found, text) if "hunter2" in line] == []
    assert rendered(found, text)[2].startswith("1 - weblib==1.0 --token=***")
    assert rendered(found, text)[4].startswith("1 + weblib==2.0 --token=***")


@pytest.mark.parametrize(
    "width, message, expected",
    [
        (0, "m " * 60, ["error[DD301]: " + "m " * 59 + "m"]),
        (80, "m " * 60, ["error[DD301]: " + "m " * 32 + "m", "    " + "m " * 26 + "m"]),
        (1, "m " * 60, ["error[DD301]: " + "m " * 22 + "m", "    " + "m " * 27 + "m", "    " + "m " * 8 + "m"]),
    ],
)
def test_a_headline_is_wrapped_to_the_terminal_down_to_60_columns(
    width: int, message: str, expected: list[str]
) -> None:
    found = _found(_at("weblib", "weblib"))._replace(message=message.strip())

    assert rendered(found, "weblib", width=width)[: len(expected)] == expected


@pytest.mark.parametrize("width", [60, 80, 120])
def test_nothing_is_wider_than_the_terminal_and_no_word_is_lost(width: int) -> None:
    words = " ".join(f"word{number}" for number in range(30))
    text = f"{'x' * 300} weblib==1.0 {'y' * 300}\n"
    found = _found(_at(text, "weblib==1.0", words), help=words, notes=(words,))._replace(message=words)

    lines = rendered(found, text, width=width)

    assert max(map(len, lines)) <= width + len("......")
    assert all(
        "\n".join(lines).count(f"word{number}\n") + " ".join(lines).count(f"word{number} ") for number in range(29)
    )
    assert next(line for line in lines if "weblib==1.0" in line).startswith("1 | ...x")


def test_a_label_that_does_not_fit_behind_the_mark_is_below_it() -> None:
    text = f"{'x' * 40} weblib==1.0\n"

    assert rendered(_found(_at(text, "weblib==1.0", "supported: >=2.2")), text, width=60)[3:] == [
        f"  | {' ' * 41}{'^' * 11}",
        f"  | {' ' * 40}supported: >=2.2",
    ]


def test_a_page_is_named_where_ddlint_has_an_address() -> None:
    lines = rendered(_found(_at("weblib", "weblib")), "weblib", home="https://github.com/acme/ddlint")

    assert lines[-1] == "  = see: https://acme.github.io/ddlint/0.1.0/checks/dd301/"
    assert "http" not in "".join(rendered(_found(_at("weblib", "weblib")), "weblib"))


def test_colours_are_only_added() -> None:
    coloured = full.render(REPORT._replace(is_coloured=True))

    assert full.render(REPORT) == re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert "\x1b[1;31merror[DD301]\x1b[0m" in coloured
    assert "\x1b" not in full.render(REPORT)
    assert "\x1b[1;33mwarning\x1b[0m: " in concise.render(REPORT._replace(is_coloured=True))


def test_nothing_found_is_one_line() -> None:
    report = CLEAN._replace(hidden={"warning": 1, "notice": 2, "error": 0}, untraced=1)

    assert full.render(report) == (
        "No findings in 7 files (rules: tracer 2026.11.21). 1 warning and 2 notices hidden; show them with "
        "`--min-severity notice`. 1 project declares no tracer and was not judged: `tools`.\n"
    )


def test_where_nothing_was_judged_it_is_said_what_to_do() -> None:
    untraced = tuple(project for project in CLEAN.projects if not project.tracers)

    assert full.render(CLEAN._replace(projects=untraced, untraced=len(untraced), subjects=("acme",))) == (
        "warning: nothing was checked: no acme was found in 1 project\n"
        "No findings in 7 files (rules: tracer 2026.11.21). Where it is installed from outside, name it with `--tracer` or "
        "with `tracer` in the configuration.\n"
    )
    assert "from outside" not in full.render(CLEAN._replace(untraced=1))


def test_a_single_hidden_finding_reads_well() -> None:
    actual = full.render(CLEAN._replace(hidden={"notice": 1}))

    assert actual.endswith(" 1 notice hidden; show it with `--min-severity notice`.\n")


def test_what_was_suppressed_is_counted_where_nothing_was_found() -> None:
    actual = full.render(CLEAN._replace(suppressed=REPORT.suppressed))

    assert actual == "No findings in 7 files (rules: tracer 2026.11.21; 1 suppressed, 1 in the baseline).\n"


def test_nothing_read_and_many_untraced() -> None:
    assert full.render(CLEAN._replace(files=0)) == "No findings: no file was read.\n"
    untraced = CLEAN._replace(untraced=5, projects=(*REPORT.projects[:1], *REPORT.projects[1:] * 5))
    assert full.render(untraced).endswith(" 5 projects declare no tracer and were not judged.\n")
