import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Project, Resolution, Tracer
from ddlint.outputs import json as output
from ddlint.outputs import json_lines
from tests.outputs.sample import CLEAN, FINDINGS, REPORT, ROOT
from tests.outputs.schema import mismatches

_POSITION = {"line": int, "column": int}
_PLACE = {"path": str, "start": _POSITION, "end": _POSITION}
_FIX = {"title": str, "safety": {"safe", "unsafe"}, "edits": [{**_PLACE, "text": str}]}
_LEVELS = {"error", "warning", "notice"}
_STRINGS = dict.fromkeys(("code", "name", "row", "subject", "message", "help", "url"), str)
_FINDING = {
    **_STRINGS,
    **_PLACE,
    "severity": _LEVELS,
    "related": [{**_PLACE, "message": str}],
    "evidence": [dict.fromkeys(("title", "section", "as_of", "url", "says"), str)],
}
_CONTRACT = {
    "version": 1,
    "tool": {"name": "ddlint", "version": str},
    "packs": [{"name": str, "version": str}],
    "as_of": str,
    "projects": [{"path": str, "tracer": [{"python": {"3.8", "3.10"}, "release": {None, "4.2.0"}, "origin": str}]}],
    "findings": list,
    "suppressed": [
        {"code": str, "by": str, "reason": str, "subject": str, "path": str, "start": _POSITION, "place": str}
    ],
    "summary": dict.fromkeys(("error", "warning", "notice", "suppressed", "files", "projects"), int),
}


def _loaded(report: Any) -> Any:
    return json.loads(output.render(report))


def test_the_contract() -> None:
    data = _loaded(REPORT)

    assert mismatches(data, _CONTRACT) == []
    assert [
        text
        for number, finding in enumerate(data["findings"])
        for text in mismatches(finding, {**_FINDING, "fix": _FIX if finding["fix"] else None}, f"[{number}]")
    ] == []
    assert list(_CONTRACT) == list(data)


def test_a_finding() -> None:
    (finding,) = _loaded(REPORT._replace(findings=FINDINGS[3:4]))["findings"]

    assert finding == {
        "code": "DD302",
        "name": "partly-supported-dependency",
        "row": "tracer/weblib",
        "severity": "warning",
        "subject": "weblib",
        "message": "`weblib>=1.8` admits 1.8 to 2.1; tracer 4.2 supports >=2.2",
        "help": "raise the lower bound to >=2.2",
        "path": "api/pyproject.toml",
        "start": {"line": 5, "column": 4},
        "end": {"line": 5, "column": 15},
        "related": [
            {
                "path": "requirements.txt",
                "start": {"line": 3, "column": 2},
                "end": {"line": 3, "column": 11},
                "message": "4.2.0 is what an installer takes on Python 3.10",
            }
        ],
        "evidence": [
            {
                "title": "Compatibility Requirements",
                "section": "Integrations",
                "as_of": "2026-11-21",
                "url": "https://docs.example/compatibility",
                "says": "documented for 4.0\N{EN DASH}4.2",
            }
        ],
        "fix": {
            "title": "raise the lower bound to `>=2.2`",
            "safety": "safe",
            "edits": [
                {
                    "path": "api/pyproject.toml",
                    "start": {"line": 5, "column": 10},
                    "end": {"line": 5, "column": 15},
                    "text": ">=2.2",
                }
            ],
        },
        "url": "",
    }


def test_the_summary_counts_what_is_hidden() -> None:
    expected = {"error": 3, "warning": 2, "notice": 4, "suppressed": 2, "files": 7, "projects": 2}

    assert expected == _loaded(REPORT)["summary"]


def test_suppressed_findings_say_by_whom_and_why() -> None:
    first, second = _loaded(REPORT)["suppressed"]

    assert (first["code"], first["by"], first["reason"]) == ("DD304", "inline", "planned for June | see <b>@ana</b>")
    assert (second["code"], second["by"], second["path"]) == ("DD501", "baseline", "uv.lock")


def test_a_release_is_told_once_for_each_python_and_null_stands_for_none() -> None:
    resolutions = (
        Resolution("", "4.2.0", "locked"),
        Resolution("3.9", "", "declared"),
        Resolution("3.9", "", "declared"),
    )
    project = Project(f"{ROOT}/api", tracers=(Tracer(frozenset(), resolutions),) * 2)

    (actual,) = _loaded(CLEAN._replace(projects=(project,)))["projects"]

    assert actual == {
        "path": "api",
        "tracer": [
            {"python": None, "release": "4.2.0", "origin": "locked"},
            {"python": "3.9", "release": None, "origin": "declared"},
        ],
    }


def test_json_lines_are_the_findings_of_json_with_a_version() -> None:
    lines = [json.loads(line) for line in json_lines.render(REPORT).splitlines()]

    assert [{"version": 1, **finding} for finding in _loaded(REPORT)["findings"]] == lines
    assert json_lines.render(CLEAN) == ""


@given(st.text(), st.sampled_from(["##[error]", "##vso[task]", "\\##[", "##\\[", ""]))
@settings(deadline=None, max_examples=200)
def test_any_text_comes_back_as_it_was(text: str, forged: str) -> None:
    message = f"{text}{forged}{text}"
    report = REPORT._replace(findings=(FINDINGS[0]._replace(message=message),))

    assert message == _loaded(report)["findings"][0]["message"]
    assert "##[" not in output.render(report)


def test_half_pairs_are_written_out() -> None:
    (finding,) = _loaded(CLEAN._replace(findings=(FINDINGS[0]._replace(message="a\udcff"),)))["findings"]

    assert finding["message"] == "a\\udcff"
