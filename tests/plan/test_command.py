"""`ddlint plan` on a shell: its options, formats, files, exit codes and streams."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from ddlint.cli.main import run
from ddlint.pack import loader as load
from ddlint.plan import FORMATS
from tests.plan.made import DAY, pack
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

cached_builtin = cache(load.builtin)
_Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> _Call:
    """Run in a folder with a project, under the small pack alone."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(load, "builtin", pack)
    for name in ("DDLINT_OUTPUT_FORMAT", "DDLINT_CONFIG", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "requirements.txt").write_text("tracelib==2.0.0\nwebby==1.0\n", encoding="utf-8")

    def made(*words: str) -> tuple[int, str, str]:
        code = run(["plan", "--as-of", DAY, *words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return made


def data(call: _Call, *words: str) -> dict[str, Any]:
    code, out, err = call("--output-format", "json", *words)
    assert (code, err) == (0, "")
    made: dict[str, Any] = json.loads(out)["plans"][0]
    return made


def test_it_exits_with_0_also_where_nothing_fits(call: _Call, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("tracelib==2.0.0\nwebby==0.1\n", encoding="utf-8")
    code, out, err = call()

    assert (code, err) == (0, "")
    assert out.startswith("tracelib in .: 2.0.0 → 3.0.0: 2 changes, 1 of them already overdue\n")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_printed_the_same_each_time(call: _Call, name: str) -> None:
    first, second = call("--output-format", name), call("--output-format", name)

    assert first == second
    assert first[0] == 0
    assert first[1].endswith("\n")
    assert ("webby" in first[1]) == (name != "renovate")


def test_several_formats_are_written_by_one_run(call: _Call, tmp_path: Path) -> None:
    code, out, err = call("-o", "html:plan.html", "-o", "markdown:plan.md", "-o", "plan.txt")

    assert (code, out, err) == (0, "", "")
    assert (tmp_path / "plan.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "plan.md").read_text(encoding="utf-8").startswith("# tracelib 2.0.0 → 3.0.0: 2 changes")
    assert (tmp_path / "plan.txt").read_text(encoding="utf-8").startswith("tracelib in .: 2.0.0 → 3.0.0: 2 changes")


@pytest.mark.parametrize(
    "words, target, changes",
    [
        ((), "3.0.0", [None, "DD301"]),
        (("--to", "2"), "2.1.0", [None, "DD301"]),
        (("--to", "2.0"), "2.0.0", []),
        (("--to", "3.0.0"), "3.0.0", [None, "DD301"]),
    ],
)
def test_to(call: _Call, words: tuple[str, ...], target: str, changes: list[str | None]) -> None:
    plan = data(call, *words)

    assert (plan["target"], [change["code"] for change in plan["changes"]]) == (target, changes)


def test_an_unknown_release_is_a_wrong_call(call: _Call) -> None:
    code, out, err = call("--to", "9")

    assert (code, out) == (2, "")
    assert err.startswith("ddlint: `--to 9`: the rules of 2026.11.02 know no such release of tracelib\n")


def test_of_several_packs_one_knows_the_release(call: _Call, tmp_path: Path) -> None:
    """The others go to their newest."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "requirements.txt").write_text("acme-telemetry==1.8.1\n", encoding="utf-8")
    words = ("--rules", str(ROOT / "examples" / "own-pack" / "rules"), "--output-format", "json", "--to")
    code, out, _ = call(*words, "3.0")

    assert code == 0
    assert [(plan["subject"], plan["target"]) for plan in json.loads(out)["plans"]] == [
        ("tracelib", "3.0.0"),
        ("acme-telemetry", "2.1.0"),
    ]
    assert call(*words, "9")[0] == 2


def test_tracer_replaces_what_is_used_today(call: _Call) -> None:
    assert [one["release"] for one in data(call, "--tracer", "1.0.1")["current"]] == ["1.0.1"]


def test_python_version_and_platform(call: _Call) -> None:
    plan = data(call, "--python-version", "3.11", "--platform", "macos-arm64")

    assert [(row["kind"], row["name"]) for row in plan["rows"]] == [
        ("python", "3.11"),
        ("platform", "macos-arm64"),
        ("library", "webby"),
    ]
    assert plan["series"][-1]["pythons"] == {"supported": 1, "total": 1}


def test_the_config_counts(call: _Call, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("webby==1.0\n", encoding="utf-8")
    (tmp_path / "other.toml").write_text('tracer = "==1.1.0"\n', encoding="utf-8")

    assert call()[1] == "No plan where no tracer is required: `.`; `--tracer` gives one.\n"
    assert data(call, "--config", "other.toml")["current"][0]["release"] == "1.1.0"


def test_the_day_decides_about_levels(call: _Call) -> None:
    assert data(call)["series"][2]["level"] == "maintenance"
    assert data(call, "--as-of", "2027-01-01")["series"][2]["level"] == "end-of-life"


def test_several_projects_have_an_overview(call: _Call, tmp_path: Path) -> None:
    (tmp_path / "worker").mkdir()
    (tmp_path / "worker" / "requirements.txt").write_text("tracelib>=3\n", encoding="utf-8")
    code, out, err = call()

    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        "project  today  goal   verdict",
        ".        2.0.0  3.0.0  2 changes",
        "worker   3.0.0  3.0.0  nothing has to change",
    ]


def test_nothing_to_plan(call: _Call, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").unlink()

    assert call() == (0, "No plan: no project was found.\n", "ddlint: nothing to lint: no dependency file was found\n")
    assert call("-q")[2] == ""


def test_colour(call: _Call) -> None:
    assert "\x1b[1;33m" in call("--color", "always")[1]
    assert "\x1b[" not in call("--color", "auto")[1]


@pytest.mark.parametrize("options", [["--fix"], ["--select", "DD3"], ["--output-format", "sarif"]])
def test_options_of_check_are_refused(call: _Call, options: list[str]) -> None:
    assert call(*options)[0] == 2


def test_an_edit_names_exactly_the_text_that_it_replaces(call: _Call) -> None:
    edits = [edit for change in data(call)["changes"] for edit in change["edits"]]

    assert edits == [
        {
            "path": "requirements.txt",
            "start": {"line": 1, "column": 9, "offset": 8},
            "end": {"line": 1, "column": 16, "offset": 15},
            "was": "==2.0.0",
            "text": "==3.0.0",
            "encoding": "utf-8",
        },
        {
            "path": "requirements.txt",
            "start": {"line": 2, "column": 6, "offset": 21},
            "end": {"line": 2, "column": 11, "offset": 26},
            "was": "==1.0",
            "text": ">=2.0",
            "encoding": "utf-8",
        },
    ]


def test_the_example_with_the_built_in_pack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(load, "builtin", cached_builtin)
    code = run(["plan", "examples/shop", "--isolated", "--as-of", DAY, "--output-format", "json"])
    plans = json.loads(capsys.readouterr().out)["plans"]

    assert code == 0
    assert [(plan["project"], plan["newest_fit"]) for plan in plans] == [
        ("examples/shop", None),
        ("examples/shop/worker", None),
    ]
    assert [(change["code"], change["subject"]) for change in plans[0]["changes"] if change["required"]] == [
        ("DD201", "python"),
        ("DD301", "celery"),
        ("DD304", "aioredis"),
    ]
