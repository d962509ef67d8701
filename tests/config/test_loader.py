"""Every key of the config does something, and every mistake in it is told at its place with exit code 2."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ddlint.config.keys import KEYS

if TYPE_CHECKING:
    from tests.folder import Folder

PROJECT = "ddtrace==3.19.9\ndjango==1.11.29\n"
"""DD101 at line 1 and DD301 at line 2."""
BOTH = ["requirements.txt:1:1 DD101", "requirements.txt:2:1 DD301"]


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.put("requirements.txt", PROJECT)
    return folder


def test_without_a_config(project: Folder) -> None:
    assert project.check().places == BOTH


# what every key does


@pytest.mark.parametrize(
    "text, expected",
    [
        ('select = ["DD3"]', ["DD301"]),
        ('select = ["DD101", "DD301"]', ["DD101", "DD301"]),
        ("select = []", []),
        ('ignore = ["DD3"]', ["DD101"]),
        ('ignore = ["DD3"]\nextend-select = ["DD301"]', ["DD101", "DD301"]),
        ('select = ["DD3"]\nextend-select = ["DD1"]', ["DD101", "DD301"]),
        ('select = ["DD"]\nextend-ignore = ["DD301"]', ["DD101"]),
        ('select = ["DD3"]\nignore = ["DD301"]', []),
        ('select = ["DD301"]\nignore = ["DD3"]', ["DD301"]),
        ('select = ["DD3"]\nignore = ["DD3"]', []),
        ('exclude = ["req*"]', []),
        ('exclude = ["/other"]', ["DD101", "DD301"]),
        ('[per-file-ignores]\n"requirements*" = ["DD3"]', ["DD101"]),
        ('[per-file-ignores]\n"other*" = ["DD3"]', ["DD101", "DD301"]),
        ('[severity]\nDD301 = "notice"', ["DD101"]),
        ('[severity]\nDD3 = "error"\nDD301 = "notice"', ["DD101"]),
        ('min-severity = "error"\n[severity]\nDD301 = "error"', ["DD301"]),
        ('[[suppress]]\nrule = "DD3"', ["DD101"]),
        ('[[suppress]]\nrule = "ddtrace/django"', ["DD101"]),
    ],
)
def test_which_findings_are_shown(project: Folder, text: str, expected: list[str]) -> None:
    project.put("ddlint.toml", text)

    assert [place[-5:] for place in project.check().places] == expected


def test_severity_is_what_fails_the_run(project: Folder) -> None:
    project.put("ddlint.toml", '[severity]\nDD = "notice"\n')

    assert project.check().code == 0


@pytest.mark.parametrize("level, code", [("error", 0), ("warning", 1), ("notice", 1)])
def test_fail_on(project: Folder, level: str, code: int) -> None:
    project.put("ddlint.toml", f'ignore = ["DD3"]\nfail-on = "{level}"\n')

    assert project.check().code == code


def test_what_fails_the_run_is_shown(project: Folder) -> None:
    project.put("requirements.txt", "ddtrace==4.16.0\ntornado==6.4\n")
    project.put("ddlint.toml", 'fail-on = "notice"\n')

    ran = project.check("--as-of", "2026-11-21")

    assert ran.code == bool(ran.lines)
    assert "hidden" not in ran.out


def test_tracer_stands_in_where_none_is_declared(folder: Folder) -> None:
    folder.put("a/requirements.txt", "django==1.11.29\n")
    folder.put("b/requirements.txt", "ddtrace==0.57.3\ndjango==1.11.29\n")
    folder.put("ddlint.toml", 'tracer = ">=4,<5"\nselect = ["DD3"]\n')

    assert folder.check().places == ["a/requirements.txt:1:1 DD301"]


def test_python_version(folder: Folder) -> None:
    folder.put("pyproject.toml", '[project]\nrequires-python = ">=3.8,<3.15"\ndependencies = ["ddtrace>=4"]\n')

    assert folder.check().places == ["pyproject.toml:2:20 DD201"]

    folder.put("ddlint.toml", 'python-version = "3.12"\n')

    assert folder.check().places == []


def test_platforms_and_capabilities_reach_the_project(project: Folder) -> None:
    project.put("ddlint.toml", 'platforms = ["musllinux-aarch64"]\ncapabilities = ["iast"]\n')

    out = project.run("inspect").out

    assert "platform musllinux-aarch64" in out
    assert "capabilities iast" in out


def test_groups(folder: Folder) -> None:
    text = """[project]
dependencies = ["ddtrace==4.16.0"]
[project.optional-dependencies]
web = ["django==1.11.29"]
[dependency-groups]
test = ["django==1.11.28"]
"""
    folder.put("pyproject.toml", text)

    assert len(folder.check("--select", "DD301").places) == 2

    folder.put("ddlint.toml", 'groups = ["Web"]\n')

    assert folder.check("--select", "DD301").places == ["pyproject.toml:4:9 DD301"]

    folder.put("ddlint.toml", "groups = []\n")

    assert folder.check("--select", "DD301").places == []


def test_a_group_brings_those_that_it_includes(folder: Folder) -> None:
    text = """[project]
name = "shop"
dependencies = ["ddtrace==4.16.0"]
[project.optional-dependencies]
web = ["django==1.11.29"]
all = ["Shop[web]"]
[dependency-groups]
test = [{include-group = "lint"}]
lint = [{include-group = "base"}]
base = ["django==1.11.28"]
other = ["django==1.11.27"]
"""
    folder.put("pyproject.toml", text)
    folder.put("ddlint.toml", 'groups = ["test"]\n')

    assert folder.check("--select", "DD301").places == ["pyproject.toml:10:10 DD301"]

    folder.put("ddlint.toml", 'groups = ["all"]\n')

    assert folder.check("--select", "DD301").places == ["pyproject.toml:5:9 DD301"]


def test_what_git_ignores_is_read_on_request(folder: Folder) -> None:
    folder.put(".gitignore", "local/\n")
    folder.put("local/requirements.txt", "ddtrace==0.1\n")

    assert folder.check().places == []

    folder.put("ddlint.toml", "respect-gitignore = false\n")

    assert folder.check().places == ["local/requirements.txt:1:1 DD103"]


def test_pedantic_tells_notices(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango\n")

    assert folder.check().places == []

    folder.put("ddlint.toml", "pedantic = true\n")

    assert folder.check().places == ["requirements.txt:2:1 DD302"]


def test_a_baseline_of_the_config_is_relative_to_it(project: Folder) -> None:
    project.put("ddlint.toml", 'baseline = "known.json"\n')
    project.check("--write-baseline", "known.json")
    (project.path / "sub").mkdir()

    assert project.check().places == []


def test_rules_of_ones_own(folder: Folder) -> None:
    folder.put("svc/requirements.txt", "acme-telemetry==2.0.1\n")
    folder.put("ddlint.toml", 'rules = ["pack"]\n')
    from tests.repository.source_tree import ROOT

    shutil.copytree(ROOT / "examples/own-pack/rules", folder.path / "pack")

    assert "acme" in folder.run("inspect").out


@pytest.mark.parametrize("value, code", [("true", 1), ("false", 0)])
def test_a_tracer_may_be_required(folder: Folder, value: str, code: int) -> None:
    folder.put("requirements.txt", "flask==2.0\n")
    folder.put("ddlint.toml", f"require-tracer = {value}\n")

    assert folder.check().code == code


def test_every_key_has_a_test_here() -> None:
    text = Path(__file__).read_text(encoding="utf-8")

    assert [key for key in KEYS if f"{key} = " not in text and f"[{key}]" not in text] == []


# where it is found


def test_the_nearest_config_wins_and_nothing_is_merged(folder: Folder) -> None:
    folder.put("ddlint.toml", 'ignore = ["DD101"]\n')
    folder.put("a/requirements.txt", PROJECT)
    folder.put("b/requirements.txt", PROJECT)
    folder.put("b/ddlint.toml", 'ignore = ["DD301"]\n')

    assert folder.check().places == ["a/requirements.txt:2:1 DD301", "b/requirements.txt:1:1 DD101"]


@pytest.mark.parametrize(
    "name, text",
    [
        (".ddlint.toml", 'select = ["DD1"]'),
        ("ddlint.toml", 'select = ["DD1"]'),
        ("pyproject.toml", '[tool.ddlint]\nselect = ["DD1"]'),
    ],
)
def test_the_names_of_configs(project: Folder, name: str, text: str) -> None:
    project.put(name, text)

    assert project.check().places == BOTH[:1]


def test_names_are_tried_in_order(project: Folder) -> None:
    project.put(".ddlint.toml", 'select = ["DD1"]')
    project.put("ddlint.toml", "nonsense")
    project.put("pyproject.toml", "[tool.ddlint]\nnonsense = 1")

    assert project.check().places == BOTH[:1]


def test_a_pyproject_without_the_table_is_passed_over(folder: Folder) -> None:
    folder.put("ddlint.toml", 'select = ["DD1"]')
    folder.put("a/pyproject.toml", '[project]\nname = "ddlint-user"\n')
    folder.put("a/requirements.txt", PROJECT)

    assert folder.check().places == ["a/requirements.txt:1:1 DD101"]


def test_a_config_above_the_path_counts_up_to_where_we_are(folder: Folder) -> None:
    folder.put("ddlint.toml", 'select = ["DD1"]')
    folder.put("a/requirements.txt", PROJECT)

    assert folder.check("a").places == ["a/requirements.txt:1:1 DD101"]


def test_a_config_above_the_root_does_not(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("ddlint.toml", 'select = ["DD1"]')
    folder.put("a/requirements.txt", PROJECT)
    monkeypatch.chdir(folder.path / "a")

    assert folder.check().places == BOTH


def test_a_config_that_is_named_holds_for_everything(project: Folder) -> None:
    project.put("ddlint.toml", 'select = ["DD1"]')
    project.put("other/custom.toml", 'select = ["DD3"]\nexclude = ["nothing"]')

    assert project.check("--config", "other/custom.toml").places == BOTH[1:]
    assert project.check("--isolated").places == BOTH


def test_the_environment_names_a_config(project: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    project.put("custom.toml", 'select = ["DD3"]')
    monkeypatch.setenv("DDLINT_CONFIG", "custom.toml")

    assert project.check().places == BOTH[1:]
    assert project.check("--isolated").places == BOTH


def test_extend(folder: Folder) -> None:
    folder.put("base/company.toml", 'select = ["DD"]\nignore = ["DD101"]\nmin-severity = "error"\n')
    folder.put("a/requirements.txt", PROJECT)
    folder.put("a/ddlint.toml", 'extend = "../base/company.toml"\nmin-severity = "notice"\n')

    assert folder.check("--ignore", "DD303").places == ["a/requirements.txt:2:1 DD301"]


def test_extend_adds_suppressions(project: Folder) -> None:
    project.put("base.toml", '[[suppress]]\nrule = "DD101"\n')
    project.put("ddlint.toml", 'extend = "base.toml"\n[[suppress]]\nrule = "DD301"\n')

    assert project.check().places == []


def test_a_broken_pyproject_is_a_finding_and_no_config(project: Folder) -> None:
    project.put("pyproject.toml", '[tool.ddlint]\nselect = ["DD1"\n[x]\n')

    ran = project.check()

    assert ran.code == 1
    assert [place[-5:] for place in ran.places] == ["DD002", "DD101", "DD301"]


# mistakes


@pytest.mark.parametrize(
    "text, expected",
    [
        ('selct = ["DD3"]', "ddlint.toml:1:1: `selct` is no setting of ddlint\n  did you mean `select`?"),
        ('select = ["DD3"', "ddlint.toml:1:10: this array or header is never closed"),
        ('select = ["DD3"', "never closed"),
        ('select = "DD3"', "ddlint.toml:1:11: expected an array of strings, found a string"),
        ("select = [1]", "ddlint.toml:1:11: expected a string, found a number"),
        ('select = ["DD3", "DD777"]', "ddlint.toml:1:19: `DD777` is no code and no check of ddlint"),
        ('select = ["dd3"]', "ddlint.toml:1:12: `dd3` is no code and no check of ddlint"),
        ('select = [""]', "ddlint.toml:1:12: expected a string, found an empty one"),
        ('exclude = ["[z-a]"]', "ddlint.toml:1:13: `[z-a]` is no pattern of paths"),
        ("per-file-ignores = 3", "ddlint.toml:1:20: expected a table, found a number"),
        ('[per-file-ignores]\n"[z-a]" = ["DD3"]', "ddlint.toml:2:2: `[z-a]` is no pattern"),
        ('[per-file-ignores]\na = ["X"]', "ddlint.toml:2:7: `X` is no code"),
        ('[severity]\nDD301 = "eror"', "ddlint.toml:2:10: `eror` is no level\n  did you mean `error`?"),
        ('[severity]\nDX = "error"', "ddlint.toml:2:1: `DX` is no code"),
        ('fail-on = "never"', "ddlint.toml:1:12: `never` is no level\n  known are `error`, `notice`, `warning`"),
        ('min-severity = "x"', "`x` is no level"),
        ("groups = [true]", "expected a string, found a boolean"),
        ('tracer = "ddtrace"', "ddlint.toml:1:11: `ddtrace` is not a specifier such as `>=2.1,<3`, nor a version"),
        ('python-version = "3"', "`3` is not a minor of Python such as `3.12`"),
        ("python-version = 3.12", "ddlint.toml:1:18: expected a string, found a number"),
        ('platforms = ["linux"]', "`linux` is not a platform such as `manylinux-x86_64`"),
        ("capabilities = 1", "expected an array of strings"),
        (
            'capabilities = ["iast", "http-monitorin"]',
            "ddlint.toml:1:26: `http-monitorin` is no capability\n  did you mean `http-monitoring`?",
        ),
        ("pedantic = 1", "expected `true` or `false`, found a number"),
        ("baseline = 1", "expected a string"),
        ("rules = 1", "expected an array of strings"),
        (f"exclude = {['a'] * 1001}", "it has more than 1,000 entries"),
        (f"select = {['DD3'] * 1001}", "it has more than 1,000 entries"),
        ("[[suppress]]\nrule = 'DD301'\n" * 1001, "it has more than 1,000 entries"),
        (
            "[per-file-ignores]\n" + "".join(f"'{number}' = ['DD3']\n" for number in range(1001)),
            "it has more than 1,000 entries",
        ),
        (
            'rules = [\n  "gone"]',
            "ddlint.toml:2:4: `gone` is no folder with a pack\n  a pack is a folder with a pack.yaml",
        ),
        (
            'pedantic = true\nbaseline = "gone"',
            "ddlint.toml:2:13: the baseline `gone` cannot be read: there is no such file\n  write it",
        ),
        ('extend = "gone"', "ddlint.toml:1:11: the config `gone` cannot be read: there is no such file"),
        ('extend = "a/pyproject.toml"', "ddlint.toml:1:11: `a/pyproject.toml` has no table `[tool.ddlint]`"),
        ('extend = "ddlint.toml"', "ddlint.toml:1:11: `ddlint.toml` extends itself"),
        ('extend = "../../x"', "ddlint.toml:1:11: `extend` leaves"),
        (
            '[tool.ddlint]\nselect = ["DD3"]',
            "ddlint.toml:1:2: `tool` is no setting of ddlint\n  in this file settings are written without `[tool.ddlint]`",
        ),
        ('tracer = ">>4"', "`>>4` is not a specifier such as `>=2.1,<3`, nor a version"),
        ('tracer = "ddtrace>=4,<5"', "nor a version\n  write `>=4,<5`"),
        ("python-version = 3.10", "expected a string, found a number\n  put it between quotes"),
        ("suppress = 1", "expected an array of tables"),
        ("[[suppress]]\nreason = 'x'", "a suppression needs a `rule`"),
        ("[[suppress]]\nrule = 'DD3'\nexpires = 2030-13-01", "ddlint.toml:3:"),
        ("[[suppress]]\nrule = 'DD3'\nexpires = 'soon'", "`soon` is not a day such as 2030-01-31"),
        ("[[suppress]]\nrule = 'DD3'\nexpires = 2030-01-01T00:00:00", "is not a day"),
        ("[[suppress]]\nrule = 'DD3'\nexpires = 7", "`7` is not a day"),
        ("[[suppress]]\nrule = 'DD'", "`DD` is no code, no check and no row"),
        ("[[suppress]]\nrul = 'DD3'", "ddlint.toml:2:1: `rul` is no setting of ddlint\n  did you mean `rule`?"),
        ("suppress = ['DD3']", "ddlint.toml:1:14: expected a table, found a string"),
        ('"\\u001b[31m" = 1', "ddlint.toml:1:2: `\\x1b[31m` is no setting"),
    ],
)
def test_a_mistake_is_told_at_its_place(project: Folder, text: str, expected: str) -> None:
    project.put("ddlint.toml", text)
    project.put("a/pyproject.toml", "[project]\n")

    ran = project.check()

    head, _, hint = expected.partition("\n  ")
    assert (ran.code, ran.out) == (2, "")
    assert head in ran.err
    assert not hint or f"\n  {hint}" in ran.err


def test_a_mistake_is_shown_in_its_line(project: Folder) -> None:
    project.put("ddlint.toml", "# ours\n[severity]\nDD301 = 'eror'\n")

    assert project.check().err == (
        "ddlint: ddlint.toml:3:10: `eror` is no level\n3 | DD301 = 'eror'\n  |          ^^^^\n  did you mean `error`?\n"
    )


def test_all_mistakes_of_a_file_are_reported_at_once(project: Folder) -> None:
    text = (
        "select = 'DD3'\nslect = 1\nignore = ['DD301', 3, 'x']\n[[suppress]]\nrule = 'DD'\n[[suppress]]\nreason = 'x'\n"
    )
    project.put("ddlint.toml", text)

    assert [line for line in project.check().err.splitlines() if line.startswith("ddlint: ")] == [
        "ddlint: ddlint.toml:1:11: expected an array of strings, found a string",
        "ddlint: ddlint.toml:2:1: `slect` is no setting of ddlint",
        "ddlint: ddlint.toml:3:20: expected a string, found a number",
        "ddlint: ddlint.toml:3:24: `x` is no code and no check of ddlint",
        "ddlint: ddlint.toml:5:9: `DD` is no code, no check and no row",
        "ddlint: ddlint.toml:6:1: a suppression needs a `rule`",
    ]


def test_a_check_is_selected_by_its_name(project: Folder) -> None:
    project.put("requirements.txt", "ddtrace==3.19.9\ndjango==1.0\n")

    assert project.check("--select", "end-of-life-tracer").places == ["requirements.txt:1:1 DD101"]
    project.put("ddlint.toml", "select = ['end-of-life-tracer']\n[severity]\nend-of-life-tracer = 'error'\n")
    assert [line.split(": ")[1].split()[-1] for line in project.check().lines] == ["error"]
    project.put("ddlint.toml", "[[suppress]]\nrule = 'end-of-life-tracer'\nreason = 'planned'\n")
    assert project.check("--ignore", "unsupported-dependency").places == []


def test_a_mistake_in_pyproject_is_told_there(folder: Folder) -> None:
    folder.put("a/pyproject.toml", "[project]\n[tool.ddlint]\nselect = [\n  'DD3',\n  'x']\n")

    ran = folder.check()

    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "ddlint: a/pyproject.toml:5:4: `x` is no code and no check of ddlint",
    )


def test_tool_ddlint_must_be_a_table(folder: Folder) -> None:
    folder.put("pyproject.toml", "[tool]\nddlint = 3\n")

    assert "pyproject.toml:2:10: expected a table, found a number" in folder.check().err


@pytest.mark.parametrize(
    "name, text, expected",
    [
        ("gone.toml", None, "the config `gone.toml` cannot be read: there is no such file"),
        ("a/pyproject.toml", "[project]\n", "`a/pyproject.toml` has no table `[tool.ddlint]`"),
        ("a/pyproject.toml", "[tool.ddlint\n", "a/pyproject.toml:1:13: this is not TOML: expected"),
        ("c.toml", b"\xff", "c.toml:1:1: byte 1 is not utf-8"),
    ],
)
def test_a_config_that_is_named_must_be_one(
    project: Folder, name: str, text: str | bytes | None, expected: str
) -> None:
    if text is not None:
        project.put(name, text)

    ran = project.check("--config", name)

    assert ran.code == 2
    assert expected in ran.err


def test_a_config_that_is_no_text_is_told(project: Folder) -> None:
    project.put("ddlint.toml", b"\xff")

    assert "ddlint.toml:1:1: byte 1 is not utf-8" in project.check().err


def test_config_and_isolated_contradict(project: Folder) -> None:
    assert project.check("--isolated", "--config", "x").code == 2


def test_extend_in_a_circle(project: Folder) -> None:
    project.put("ddlint.toml", 'extend = "b.toml"')
    project.put("b.toml", 'extend = "c.toml"')
    project.put("c.toml", 'extend = "b.toml"')

    assert "c.toml:1:11: `b.toml` extends itself" in project.check().err
