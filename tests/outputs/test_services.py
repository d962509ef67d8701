"""The formats of GitLab, reviewdog and Azure Pipelines, against what their readers demand."""

import json
import re
from typing import Any

import pytest

from ddlint.core.model import Place, Severity
from ddlint.core.source import Source, Span
from ddlint.outputs import azure, gitlab, rdjson
from tests.outputs.sample import CLEAN, FINDINGS, FORGED, REPORT, ROOT
from tests.outputs.schema import mismatches

_GITLAB = [
    {
        "description": str,
        "check_name": str,
        "fingerprint": str,
        "severity": {"info", "minor", "major", "critical", "blocker"},
        "location": {"path": str, "lines": {"begin": int, "end": int}},
    }
]


def test_gitlab_takes_every_entry() -> None:
    issues = json.loads(gitlab.render(REPORT._replace(findings=FINDINGS * 3)))

    assert mismatches(issues, _GITLAB) == []
    assert len(FINDINGS) * 3 == len({issue["fingerprint"] for issue in issues})
    assert not [issue for issue in issues if issue["location"]["path"].startswith(("./", "/"))]
    assert all(issue["description"] for issue in issues)


def test_gitlab_levels_and_text() -> None:
    first, *_, last = json.loads(gitlab.render(REPORT))

    assert (first["severity"], last["severity"]) == ("major", "info")
    assert first["description"] == "DD301 `sqllib==1.0` is outside the supported range >=2.2"
    assert FORGED.removeprefix(f"{ROOT}/") == first["location"]["path"]


def test_gitlab_paths_are_relative_to_the_root_whatever_the_working_directory() -> None:
    assert gitlab.render(REPORT) == gitlab.render(REPORT._replace(cwd=f"{ROOT}/api"))


def test_gitlab_has_an_empty_list_where_nothing_was_found() -> None:
    assert gitlab.render(CLEAN) == "[]\n"


_POSITION = {"line": int, "column": int}
_RANGE = {"start": _POSITION, "end": _POSITION}
_LOCATION = {"path": str, "range?": _RANGE}
_RDJSON = {
    "source": {"name": "ddlint", "url?": str},
    "diagnostics": [
        {
            "message": str,
            "location": _LOCATION,
            "severity": {"ERROR", "WARNING", "INFO"},
            "code": {"value": str, "url?": str},
            "suggestions?": [{"range": _RANGE, "text": str}],
            "related_locations?": [{"message": str, "location": _LOCATION}],
        }
    ],
}


def test_reviewdog_takes_every_diagnostic() -> None:
    assert mismatches(json.loads(rdjson.render(REPORT)), _RDJSON) == []
    assert json.loads(rdjson.render(CLEAN._replace(home="https://a.example"))) == {
        "source": {"name": "ddlint", "url": "https://a.example"},
        "diagnostics": [],
    }


@pytest.mark.parametrize(
    "source, quoted, expected",
    [
        (Source("/a", "é\U0001f600 lib\n"), "lib", ((1, 8), (1, 11))),
        (Source("/a", "a\r\né = lib\r\n"), "lib", ((2, 6), (2, 9))),
        (Source("/a", "lib", bom=b"\xef\xbb\xbf"), "lib", ((1, 4), (1, 7))),
        (Source("/a", "a\nlib", bom=b"\xef\xbb\xbf"), "lib", ((2, 1), (2, 4))),
        (Source("/a", "é\nb"), "é\nb", ((1, 1), (2, 2))),
    ],
)
def test_reviewdog_counts_bytes(source: Source, quoted: str, expected: tuple[tuple[int, int], tuple[int, int]]) -> None:
    start = source.text.index(quoted)
    finding = FINDINGS[0]._replace(at=Place("/a", Span(start, start + len(quoted))))

    (diagnostic,) = json.loads(rdjson.render(CLEAN._replace(findings=(finding,), sources={"/a": source})))[
        "diagnostics"
    ]

    at = diagnostic["location"]["range"]
    assert expected == tuple((at[end]["line"], at[end]["column"]) for end in ("start", "end"))


def test_reviewdog_gets_a_fix_of_one_file_as_suggestions_and_no_part_of_another() -> None:
    one, two = json.loads(rdjson.render(REPORT._replace(findings=FINDINGS[3:6:2])))["diagnostics"]

    expected = {"start": {"line": 5, "column": 10}, "end": {"line": 5, "column": 15}}
    assert [{"range": expected, "text": ">=2.2"}] == one["suggestions"]
    assert "suggestions" not in two


def _read_azure(line: str) -> Any:
    """Read a logging command as the agent does; escapes are undone in its order."""
    match = re.fullmatch(r"##vso\[task\.logissue ([^\]]*)\](.*)", line)
    assert match

    def plain(text: str) -> str:
        for code, char in (("%3B", ";"), ("%0D", "\r"), ("%0A", "\n"), ("%5D", "]"), ("%AZP25", "%")):
            text = text.replace(code, char)
        return text

    pairs = (pair.split("=", 1) for pair in match[1].split(";") if pair)
    return {key: plain(value) for key, value in pairs}, plain(match[2])


def test_azure_reads_back_names_and_messages() -> None:
    at = FINDINGS[5].at._replace(path=f"{ROOT}/a;b]c%3B\n=.txt")
    finding = FINDINGS[5]._replace(at=at, message="100%; [a] %0A ##vso[x]")

    (line,) = azure.render(CLEAN._replace(findings=(finding,))).splitlines()

    properties = {
        "type": "error",
        "sourcepath": "a;b]c%3B\n=.txt",
        "linenumber": "1",
        "columnnumber": "1",
        "code": "DD301",
    }
    assert (properties, "100%; [a] %0A ##vso\\[x]") == _read_azure(line)


@pytest.mark.parametrize(
    "severity, expected", [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.NOTICE, "warning")]
)
def test_azure_knows_no_notice(severity: Severity, expected: str) -> None:
    finding = FINDINGS[5]._replace(severity=severity)

    properties, _ = _read_azure(azure.render(CLEAN._replace(findings=(finding,))).rstrip("\n"))
    assert expected == properties["type"]
