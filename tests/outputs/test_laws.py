"""What holds for every format alike."""

import json
from importlib import import_module
from typing import Protocol

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Place, Severity
from ddlint.core.report import Edit, Evidence, Finding, Fix, Report, Suppressed
from ddlint.core.source import Source, Span
from ddlint.outputs import NAMES, OUTPUTS
from tests.outputs.runner import is_legacy_command, lines, read
from tests.outputs.sample import CLEAN, FINDINGS, REPORT, ROOT, SOURCES


class _Output(Protocol):
    def render(self, report: Report) -> str: ...


def _rendered(name: str, report: Report) -> str:
    output: _Output = import_module(f"ddlint.outputs.{name.replace('-', '_')}")
    return output.render(report)


_TEXT = st.text(
    st.sampled_from("`|<&@#%:;,[]=\n\r\t \x1b\u202e\udcff\U0001f600") | st.characters(exclude_categories=()),
    max_size=30,
) | st.sampled_from(["::error::boo", "\n::error::boo", "##[error]boo", "##vso[task.complete]", "]]>", "x" * 5000])
_PATHS = _TEXT.map(lambda text: f"{ROOT}/{text}") | st.sampled_from([*SOURCES, "", "/", "C:/a"])
_SPANS = st.builds(Span, st.integers(-3, 200), st.integers(-3, 200))
_PLACES = st.builds(Place, _PATHS, _SPANS, _TEXT)
_FIXES = st.builds(Fix, _TEXT, st.booleans(), st.lists(st.builds(Edit, _PATHS, _SPANS, _TEXT), max_size=2).map(tuple))
_FINDINGS = st.builds(
    Finding,
    _TEXT,
    st.sampled_from(Severity),
    _TEXT,
    _TEXT,
    _PLACES,
    _TEXT,
    st.lists(_PLACES, max_size=2).map(tuple),
    st.lists(st.builds(Evidence, _TEXT, _TEXT, _TEXT, _TEXT), max_size=1).map(tuple),
    st.lists(_TEXT, max_size=1).map(tuple),
    _TEXT,
    st.none() | _FIXES,
    _TEXT,
)


@st.composite
def _reports(draw: st.DrawFn) -> Report:
    findings = tuple(draw(st.lists(_FINDINGS, max_size=3)))
    texts = {finding.at.path: draw(_TEXT) for finding in findings if draw(st.booleans())}
    sources = {**SOURCES, **{path: Source(path, text) for path, text in texts.items()}}
    suppressed = tuple(Suppressed(finding, draw(_TEXT), draw(_TEXT), draw(_TEXT)) for finding in findings[:1])
    return REPORT._replace(findings=findings, sources=sources, suppressed=suppressed, is_coloured=draw(st.booleans()))


@given(_reports())
@settings(deadline=None, max_examples=150)
def test_any_report_is_rendered_in_every_format_and_forges_nothing(report: Report) -> None:
    for name in NAMES:
        text = _rendered(name, report)

        assert text.encode("utf-8").endswith(b"\n") or text == "", name
        assert "\r" not in text, name
        for line in lines(text):
            command = read(line)
            assert command is None or (name == "github" and command.name in ("error", "warning", "notice")), (
                name,
                line,
            )
            assert command or name == "azure" or not is_legacy_command(line), (name, line)
            assert name != "azure" or line.startswith("##vso[task.logissue ") or not line, line


@given(_reports())
@settings(deadline=None, max_examples=80)
def test_nothing_steers_a_terminal(report: Report) -> None:
    for name in ("full", "concise", "grouped", "pylint", "junit", "markdown"):
        text = _rendered(name, report._replace(is_coloured=False)).replace("\n", "")
        hidden = {char for char in text if not char.isprintable() and not char.isspace()}

        assert not hidden, name


@pytest.mark.parametrize("name", NAMES)
def test_the_order_of_mappings_and_a_second_run_change_no_byte(name: str) -> None:
    other = REPORT._replace(
        sources=dict(reversed(SOURCES.items())),
        names=dict(sorted(REPORT.names.items(), reverse=True)),
        rules=dict(reversed(list(REPORT.rules.items()))),
        hidden={"error": 0, **REPORT.hidden, "warning": 0},
    )

    assert _rendered(name, REPORT) == _rendered(name, other) == _rendered(name, REPORT)


@pytest.mark.parametrize("name", [name for name in NAMES if name not in ("github", "markdown")])
def test_every_format_carries_every_finding(name: str) -> None:
    findings = tuple(
        FINDINGS[number % 7]._replace(
            message=f"marked {number:03} here", at=FINDINGS[number % 7].at._replace(message="")
        )
        for number in range(200)
    )

    text = _rendered(name, CLEAN._replace(findings=findings))

    assert [number for number in range(200) if f"marked {number:03} here" not in text] == []


@pytest.mark.parametrize("name", ["github", "markdown"])
def test_formats_with_a_budget_carry_every_finding_too(name: str) -> None:
    findings = tuple(FINDINGS[5]._replace(message=f"marked {number:03} here") for number in range(200))

    text = _rendered(name, CLEAN._replace(findings=findings))

    assert [number for number in range(200) if f"marked {number:03} here" not in text] == []


@pytest.mark.parametrize("name", ["json", "json-lines", "sarif", "gitlab", "rdjson", "junit", "azure"])
def test_formats_for_programs_have_no_colours_and_are_ascii_where_they_can(name: str) -> None:
    text = _rendered(name, REPORT._replace(is_coloured=True))

    assert _rendered(name, REPORT) == text
    assert text.isascii()


@pytest.mark.parametrize("cwd", [ROOT, f"{ROOT}/below", "/elsewhere"])
@pytest.mark.parametrize("name", NAMES)
def test_no_output_holds_an_absolute_path(name: str, cwd: str) -> None:
    finding = FINDINGS[0]
    suppressed = (Suppressed(finding, "inline", "", f"{finding.at.path}:3"), Suppressed(finding, "config", ""))

    text = _rendered(name, REPORT._replace(suppressed=suppressed, cwd=cwd))

    assert finding.at.path.startswith(f"{ROOT}/")
    assert finding.at.path not in text


def test_what_a_format_shows_is_made_for_it() -> None:
    """A format that reads what the roof fills on demand is on the list of those that ask for it."""
    bare = REPORT._replace(rules={}), REPORT._replace(support_table=())
    with_rules, with_table = (
        {name for name in NAMES if _rendered(name, REPORT) != _rendered(name, less)} for less in bare
    )

    assert with_rules == {output.name for output in OUTPUTS if output.reads_rules}
    assert with_table == {output.name for output in OUTPUTS if output.reads_table}


def test_json_formats_agree_on_the_places() -> None:
    ours = [(found["path"], found["start"]["line"]) for found in json.loads(_rendered("json", REPORT))["findings"]]
    gitlab = [
        (issue["location"]["path"], issue["location"]["lines"]["begin"])
        for issue in json.loads(_rendered("gitlab", REPORT))
    ]

    assert ours == gitlab
