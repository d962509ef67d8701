import re

from ddlint.core.model import Place, Severity
from ddlint.core.report import Evidence, Finding
from ddlint.core.source import Source, Span
from ddlint.outputs import concise, full
from tests.outputs.sample import CLEAN, FINDINGS, REPORT, ROOT

_PATH = f"{ROOT}/requirements.txt"


def test_a_finding_is_shown_with_its_lines_notes_and_help() -> None:
    actual = full.render(REPORT._replace(findings=(FINDINGS[3],)))

    expected = """\
warning[DD302]: `weblib>=1.8` admits 1.8 to 2.1; tracer 4.2 supports >=2.2
 --> api/pyproject.toml:5:4
  |
5 |   "weblib>=1.8",
  |    ^^^^^^^^^^^ admits 1.8
  |
 ::: requirements.txt:3:2
  |
3 |     tracer>=4 ; python_version >= '3.10'
  |     --------- 4.2.0 is what an installer takes on Python 3.10
  |
  = note: Python 3.8 to 3.12
  = note: evidence: Compatibility Requirements, Integrations, 2026-11-21 (row `tracer/weblib`)
  = help: raise the lower bound to >=2.2
  = help: `--fix` does this: raise the lower bound to `>=2.2`

Found 1 warning (1 suppressed, 1 in the baseline).
2 notices hidden; show them with `--min-severity notice`.
Fixable: 1 with `--fix`.
1 project declares no tracer and was not judged: `tools`.
`ddlint rule DD302` explains the check and its evidence.
"""
    assert expected == actual


def test_a_section_that_the_title_names_is_not_named_twice() -> None:
    evidence = (Evidence("issue 14993", "14993", "2025-10-22"), Evidence("notes", "a.yaml"))
    report = CLEAN._replace(findings=(FINDINGS[5]._replace(evidence=evidence, row=""),))

    text = full.render(report)

    assert "evidence: issue 14993, 2025-10-22\n" in text
    assert "evidence: notes, a.yaml\n" in text


def test_line_numbers_share_a_margin() -> None:
    text = "a\n" * 9 + "weblib==1.0\n"
    places = (Place(_PATH, Span(18, 29)), Place(_PATH, Span(0, 1)))
    finding = Finding("DD301", Severity.ERROR, "weblib", "x", places[0], related=places[1:])

    actual = full.render(CLEAN._replace(findings=(finding,), sources={_PATH: Source(_PATH, text)}))

    assert actual.splitlines()[1:5] == ["  --> requirements.txt:10:1", "   |", "10 | weblib==1.0", "   | ^^^^^^^^^^^"]
    assert actual.splitlines()[6:10] == ["  ::: requirements.txt:1:1", "   |", " 1 | a", "   | -"]


def test_colours_are_only_added() -> None:
    coloured = full.render(REPORT._replace(is_coloured=True))

    assert full.render(REPORT) == re.sub("\x1b\\[[0-9;]*m", "", coloured)
    assert "\x1b[1;31merror[DD301]\x1b[0m" in coloured
    assert "\x1b" not in full.render(REPORT)
    assert "\x1b[1;33mwarning\x1b[0m DD302" in concise.render(REPORT._replace(is_coloured=True))


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
