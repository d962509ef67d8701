from xml.etree import ElementTree as ET

from ddlint.core.report import Report
from ddlint.outputs import junit
from tests.outputs.sample import CLEAN, FINDINGS, REPORT

_ATTRIBUTES = {
    "testsuites": {"name"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"message", "type"},
    "skipped": {"message"},
}


def _suites(report: Report) -> ET.Element:
    return ET.fromstring(junit.render(report))


def test_only_what_the_schema_of_jenkins_knows() -> None:
    for element in _suites(REPORT).iter():
        assert _ATTRIBUTES[element.tag] == set(element.attrib)


def test_counts_are_those_of_the_suite() -> None:
    for suite in _suites(REPORT):
        cases = list(suite)
        counts = [len(cases), len(suite.findall("*/failure")), 0, len(suite.findall("*/skipped"))]
        assert counts == [int(suite.attrib[key]) for key in ("tests", "failures", "errors", "skipped")]


def test_a_failure_has_its_place_notes_and_help() -> None:
    suites = _suites(REPORT._replace(findings=FINDINGS[3:4]))

    failure = suites.find("testsuite[@name='api/pyproject.toml']/testcase/failure")
    assert failure is not None
    assert failure.attrib == {
        "type": "warning",
        "message": "`weblib>=1.8` admits 1.8 to 2.1; tracer 4.2 supports >=2.2",
    }
    assert failure.text == (
        "api/pyproject.toml:5:4: DD302 warning: `weblib>=1.8` admits 1.8 to 2.1; tracer 4.2 supports >=2.2\n"
        "note: Python 3.8 to 3.12\nhelp: raise the lower bound to >=2.2"
    )


def test_a_clean_file_passed_and_an_unjudged_one_was_skipped() -> None:
    suites = {suite.attrib["name"]: suite for suite in _suites(CLEAN)}

    assert [[element.tag for element in suites[name][0]] for name in ("requirements.txt", "tools/reqs|`x`.txt")] == [
        [],
        ["skipped"],
    ]


def test_tests_of_a_suite_have_names_of_their_own() -> None:
    suites = _suites(REPORT._replace(findings=FINDINGS[5:6] * 3))

    names = [case.attrib["name"] for case in suites.iterfind("testsuite[@name='requirements.txt']/testcase")]
    assert names == ["DD301 weblib", "DD301 weblib (2)", "DD301 weblib (3)", "DD304 weblib"]


def test_what_was_suppressed_was_skipped_with_the_reason() -> None:
    reasons = [element.attrib["message"] for element in _suites(REPORT).iterfind("*/testcase/skipped")]

    assert [reasons[0], reasons[2]] == ["inline: planned for June | see <b>@ana</b>", "baseline"]


def test_no_character_that_xml_forbids() -> None:
    finding = FINDINGS[0]._replace(message='<&">]]>\x00\x1b\ufffe\udcff é', subject="]]>")

    failure = _suites(CLEAN._replace(findings=(finding,))).find("*/testcase/failure")

    assert failure is not None
    assert failure.attrib["message"] == '<&">]]>\\x00\\x1b\\ufffe\\udcff é'
