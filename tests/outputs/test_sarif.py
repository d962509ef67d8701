import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.report import Report, RuleText
from ddlint.core.source import Source, Span
from ddlint.outputs import sarif
from ddlint.outputs.common.fingerprint import line_hashes, semantic
from tests.outputs.sample import CLEAN, FINDINGS, FORGED, REPORT, ROOT

_LAST = "c129715d7a2bc9a3:1"


@pytest.mark.parametrize(
    "text, expected",
    [
        ("flask\nddtrace==1.20.0\n", ["2e060186550001b4:1", "f38e9fcb6103da41:1", _LAST]),
        ("flask\r\nddtrace==1.20.0\r\n", ["2e060186550001b4:1", "f38e9fcb6103da41:1", _LAST]),
        ("a\na\na\n", ["e5109e06824fe778:1", "ee4468fa4a9bc719:1", "243cbaa4685aab12:1", _LAST]),
        ('  x = "é\U0001f600"  # c\n\n\ty\n', ["26b6618bb1db448b:1", "eb5c369bc8f9bd24:1", "c33be7e0cf7c3ca:1", _LAST]),
    ],
)
def test_the_line_hash_is_the_one_of_github(text: str, expected: list[str]) -> None:
    """The vectors are from the code that uploads SARIF to GitHub."""
    assert dict(enumerate(expected, 1)) == line_hashes(Source("/a", text), set(range(1, len(expected) + 1)))


def _rolled_by_character(text: str) -> dict[int, str]:
    """Hash every line as the uploader does: character by character through a window of 100."""
    window, lines = [0] * 100, [0] * 100
    hashes: dict[int, str] = {}
    seen: dict[int, int] = {}
    value = index = line = 0
    is_start, is_after_cr = True, False

    def put(unit: int) -> None:
        nonlocal value, index
        value = (value * 37 + unit - 37**100 * window[index]) % 2**64
        window[index] = unit
        index = (index + 1) % 100

    def flush() -> None:
        if lines[index]:
            seen[value] = seen.get(value, 0) + 1
            hashes[lines[index]] = f"{value:x}:{seen[value]}"
            lines[index] = 0

    units = text.encode("utf-16-le")
    for unit in [*(int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2)), 65535]:
        if unit in (32, 9) or (is_after_cr and unit == 10):
            is_after_cr = False
            continue
        is_after_cr = unit == 13
        flush()
        if is_start:
            line += 1
            lines[index] = line
        is_start = unit in (10, 13)
        put(10 if unit == 13 else unit)
    for _ in range(100):
        flush()
        put(0)
    return hashes


@given(st.text(st.sampled_from("ab \t\n\r=é\U0001f600"), max_size=400))
@settings(deadline=None, max_examples=200)
def test_the_line_hash_is_that_of_a_rolling_window(text: str) -> None:
    expected = _rolled_by_character(text)

    assert expected == line_hashes(Source("/a", text), set(expected))


def test_the_line_hash_sees_a_byte_order_mark_and_other_encodings_as_the_uploader_does() -> None:
    marked = Source("/a", "a\n", bom=b"\xef\xbb\xbf")
    latin = Source("/a", "é\n", encoding="latin-1")

    assert _rolled_by_character("\ufeffa\n")[1] == line_hashes(marked, {1})[1]
    assert _rolled_by_character("\ufffd\n")[1] == line_hashes(latin, {1})[1]


def test_our_own_fingerprint_outlives_moved_lines_and_new_words_but_not_another_specifier() -> None:
    finding = FINDINGS[5]
    moved = finding._replace(at=finding.at._replace(at=Span(0, 1)), message="other words")

    (before,) = semantic(CLEAN._replace(findings=(finding,)))
    assert [before] == semantic(CLEAN._replace(findings=(moved,), cwd="/"))
    assert [before] != semantic(CLEAN._replace(findings=(finding._replace(key="==1.12"),)))
    elsewhere = finding._replace(at=finding.at._replace(path=f"{ROOT}/other.txt"))
    assert [before] != semantic(CLEAN._replace(findings=(elsewhere,)))
    assert [before, before[:-1] + "2"] == semantic(CLEAN._replace(findings=(finding, moved)))


def _run(report: Report) -> Any:
    log = json.loads(sarif.render(report))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    return log["runs"][0]


def _texts(value: Any) -> list[str]:
    match value:
        case dict():
            own = [value["text"]] if isinstance(value.get("text"), str) else []
            return own + [text for inner in value.values() for text in _texts(inner)]
        case list():
            return [text for inner in value for text in _texts(inner)]
        case _:
            return []


def test_every_result_names_its_rule() -> None:
    run = _run(REPORT)

    rules = run["tool"]["driver"]["rules"]
    assert sorted(REPORT.names) == [rule["id"] for rule in rules]
    assert [finding.code for finding in FINDINGS] == [result["ruleId"] for result in run["results"]]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_a_rule_is_documented_and_no_text_of_it_is_empty_or_too_long() -> None:
    report = REPORT._replace(rules={**REPORT.rules, "DD302": RuleText("x" * 3000, "y" * 3000)})
    rules = {rule["id"]: rule for rule in _run(report)["tool"]["driver"]["rules"]}

    assert rules["DD301"] == {
        "id": "DD301",
        "name": "UnsupportedDependency",
        "shortDescription": {"text": "A dependency is outside the supported range"},
        "fullDescription": {"text": "The tracer skips what it does not support, and says nothing."},
        "help": {
            "text": "# unsupported-dependency\n\nThe whole page.",
            "markdown": "# unsupported-dependency\n\nThe whole page.",
        },
        "helpUri": "https://docs.example/DD301",
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "precision": "very-high",
            "problem.severity": "error",
            "tags": ["dependencies", "python"],
        },
    }
    assert tuple(len(rules["DD302"][f"{kind}Description"]["text"]) for kind in ("short", "full")) == (1024, 1024)
    assert rules["DD601"]["shortDescription"]["text"] == "removed setting"
    assert all(_texts(rules["DD601"]))


def test_a_code_that_nobody_named_has_a_rule() -> None:
    run = _run(REPORT._replace(names={}, rules={}))

    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["DD301", "DD302", "DD303", "DD601", "DD602"]
    assert all(_texts(run["tool"]["driver"]))


def test_a_result_has_one_place_on_one_line_links_and_both_fingerprints() -> None:
    (result,) = _run(REPORT._replace(findings=FINDINGS[5:6]))["results"]

    place = {
        "artifactLocation": {"uri": "requirements.txt", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 16},
    }
    assert [{"physicalLocation": place}] == result["locations"]
    assert result["message"]["text"] == (
        "`weblib==1.11.29` is outside the supported range >=2.2. Help: pin `weblib>=2.2`, or remove the pin. "
        "See [requirements.txt:3](1): 4.2.0 is what an installer takes on Python 3.10. "
        "See [api/pyproject.toml:3](2): größe."
    )
    assert [related["id"] for related in result["relatedLocations"]] == [1, 2]
    assert {"primaryLocationLineHash", "ddlint/v1"} == set(result["partialFingerprints"])
    assert [change["artifactLocation"]["uri"] for change in result["fixes"][0]["artifactChanges"]] == [
        "requirements.txt",
        "api/pyproject.toml",
    ]


def test_a_region_ends_with_its_first_line() -> None:
    (result,) = _run(REPORT._replace(findings=FINDINGS[4:5]))["results"]

    region = result["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 9}


@pytest.mark.parametrize(
    "path, expected",
    [
        (FORGED, {"uri": "%3A%3Aerror%20file%3Da%2Cb%253A%3A%3Aboo%0A.txt", "uriBaseId": "%SRCROOT%"}),
        (f"{ROOT}/my dir/größe.txt", {"uri": "my%20dir/gr%C3%B6%C3%9Fe.txt", "uriBaseId": "%SRCROOT%"}),
        (f"{ROOT}/a\\b", {"uri": "a%5Cb", "uriBaseId": "%SRCROOT%"}),
        ("/home/ana/other/a.txt", {"uri": "../other/a.txt"}),
    ],
)
def test_uris(path: str, expected: dict[str, str]) -> None:
    finding = FINDINGS[0]._replace(at=FINDINGS[0].at._replace(path=path))

    (result,) = _run(CLEAN._replace(findings=(finding,)))["results"]

    assert expected == result["locations"][0]["physicalLocation"]["artifactLocation"]


def test_no_text_of_a_file_makes_a_link() -> None:
    finding = FINDINGS[0]._replace(message="`a[b](1)` is [x](https://bad.example)")

    (result,) = _run(CLEAN._replace(findings=(finding,)))["results"]

    assert result["message"]["text"] == "`a[b] (1)` is [x] (https://bad.example)."


def test_a_link_keeps_the_brackets_of_a_path() -> None:
    finding = FINDINGS[0]._replace(related=(FINDINGS[5].at._replace(path=f"{ROOT}/[a]\\.txt", message=""),))

    (result,) = _run(CLEAN._replace(findings=(finding,)))["results"]

    assert result["message"]["text"].endswith(". See [\\[a\\]\\\\.txt:1](1).")


def test_paths_are_relative_to_the_root_whatever_the_working_directory() -> None:
    assert _run(REPORT)["results"] == _run(REPORT._replace(cwd=f"{ROOT}/api"))["results"]


def test_suppressed_findings_are_properties_and_no_results() -> None:
    """GitHub does not read `suppressions`: a result would be an alert."""
    run = _run(REPORT)

    assert len(FINDINGS) == len(run["results"])
    assert run["properties"]["suppressed"][0] == {
        "ruleId": "DD304",
        "path": "requirements.txt",
        "line": 2,
        "by": "inline",
        "reason": "planned for June | see <b>@ana</b>",
    }


def test_a_clean_run_has_results_and_says_where_the_tool_lives() -> None:
    run = _run(CLEAN._replace(home="https://docs.example/ddlint"))

    assert run["results"] == []
    assert run["tool"]["driver"]["informationUri"] == "https://docs.example/ddlint"
    assert "informationUri" not in _run(CLEAN)["tool"]["driver"]
