"""Every option changes what comes of a call; the table at the end names the test of each, so that none is left out."""

from __future__ import annotations

import ast
import json
import re
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint import __version__
from ddlint.checks import CHECKS
from ddlint.cli import COMMANDS
from ddlint.cli.argparser import parser
from ddlint.cli.build_request import parsed
from ddlint.core.errors import DdlintError
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.folder import Folder

OWN_PACK = str(ROOT / "examples/own-pack/rules")


@pytest.fixture
def project(folder: Folder) -> Folder:
    """DD101 in line 1 and DD301 in line 2, both shown without options."""
    folder.put("requirements.txt", "ddtrace==3.19.9\ndjango==1.11.29\n")
    return folder


def codes(folder: Folder, *words: str) -> list[str]:
    return [place[-5:] for place in folder.check(*words).places]


# input and config


def test_config(project: Folder) -> None:
    project.put("ddlint.toml", 'select = ["DD1"]')
    project.put("other.toml", 'select = ["DD3"]')

    assert codes(project) == ["DD101"]
    assert codes(project, "--config", "other.toml") == ["DD301"]


@pytest.mark.parametrize("option", ["--isolated", "--no-config"])
def test_isolated(project: Folder, option: str) -> None:
    project.put("ddlint.toml", 'select = ["DD1"]')

    assert codes(project, option) == ["DD101", "DD301"]


def test_exclude(project: Folder) -> None:
    project.put("legacy/requirements.txt", "ddtrace==3.19.9\n")

    assert codes(project) == ["DD101", "DD101", "DD301"]
    assert codes(project, "--exclude", "legacy") == ["DD101", "DD301"]
    assert codes(project, "--exclude", "legacy,*.txt") == []
    assert codes(project, "--exclude", "legacy", "--exclude", "*.txt") == []


def test_force_exclude(project: Folder) -> None:
    words = ("--exclude", "*.txt", "requirements.txt")

    assert codes(project, *words) == ["DD101", "DD301"]
    assert codes(project, *words, "--force-exclude") == []


def test_no_respect_gitignore(folder: Folder) -> None:
    folder.put(".gitignore", "local/\n")
    folder.put("local/requirements.txt", "ddtrace==0.1\n")

    assert codes(folder) == []
    assert codes(folder, "--no-respect-gitignore") == ["DD103"]


def test_stdin_filename(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    text = b'[project]\ndependencies = ["ddtrace==3.19.9"]\n'

    def given(*words: str) -> list[str]:
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text)))
        return folder.check("-", *words).places

    assert given("--stdin-filename", "sub/pyproject.toml") == ["sub/pyproject.toml:2:18 DD101"]
    assert given() != given("--stdin-filename", "sub/pyproject.toml")


@pytest.mark.parametrize("option", [("-j", "2"), ("--jobs", "2"), ("--jobs=2",)])
def test_jobs(project: Folder, option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """What several processes find is held against what one finds in test_jobs.py."""
    from ddlint.cli import build_request as asking

    asked: list[int] = []
    monkeypatch.setattr(asking, "pool_of", asked.append)

    project.check()
    project.check(*option)

    assert asked == [0, 2]


# judging


def test_tracer(project: Folder) -> None:
    assert codes(project, "--tracer", ">=4,<5") == ["DD301"]
    assert codes(project, "--tracer", "0.40.0", "--ignore", "DD502") == ["DD101"]


def test_python_version(folder: Folder) -> None:
    folder.put("pyproject.toml", '[project]\nrequires-python = ">=3.8,<3.15"\ndependencies = ["ddtrace>=4"]\n')

    assert codes(folder) == ["DD201"]
    assert codes(folder, "--python-version", "3.12") == []


def test_platform(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\n")

    assert codes(folder, "--python-version", "3.12") == []
    assert codes(folder, "--python-version", "3.12", "--platform", "manylinux-i686") == ["DD203"]
    assert codes(folder, "--python-version", "3.12", "--platform", "manylinux-x86_64,manylinux-i686") == ["DD203"]


def test_as_of(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==3.19.9\n")

    assert folder.run("--format=concise", "--as-of", "2026-05-31").places == []
    assert folder.run("--format=concise", "--as-of", "2026-06-01").places == ["requirements.txt:1:1 DD101"]


def test_rules(folder: Folder) -> None:
    folder.put("requirements.txt", "acme-telemetry==2.0.1\nhuey==1.0\n")

    assert codes(folder) == []
    assert codes(folder, "--rules", OWN_PACK) != []


# what is told


def test_select(project: Folder) -> None:
    assert codes(project, "--select", "DD3") == ["DD301"]
    assert codes(project, "--select", "DD3,DD101") == ["DD101", "DD301"]
    assert codes(project, "--select", "DD3", "--select", "DD101") == ["DD101", "DD301"]


def test_ignore(project: Folder) -> None:
    assert codes(project, "--ignore", "DD3") == ["DD101"]


def test_extend_select(project: Folder) -> None:
    project.put("ddlint.toml", 'select = ["DD1"]')

    assert codes(project, "--extend-select", "DD301") == ["DD101", "DD301"]


def test_extend_ignore(project: Folder) -> None:
    project.put("ddlint.toml", 'ignore = ["DD1"]')

    assert codes(project, "--extend-ignore", "DD301") == []
    assert codes(project, "--ignore", "DD301") == []
    assert codes(project, "--select", "DD1,DD3") == ["DD101", "DD301"]


def test_min_severity(project: Folder) -> None:
    project.put("requirements.txt", "ddtrace==3.19.9\nfalcon==2.0.0\nsqlalchemy==2.0.0\n")

    assert codes(project, "--min-severity", "error") == ["DD301"]
    assert codes(project) == ["DD101", "DD301"]
    assert "DD305" in codes(project, "--min-severity", "notice")


def test_fail_on(project: Folder) -> None:
    words = ("--ignore", "DD3")

    assert [project.check(*words, "--fail-on", level).code for level in ("error", "warning", "notice")] == [0, 1, 1]
    assert project.check(*words).code == 1


def test_what_fails_a_run_is_shown(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\nsqlalchemy==2.0.0\n")

    assert (folder.check().code, codes(folder)) == (0, [])
    assert (folder.check("--fail-on", "notice").code, codes(folder, "--fail-on", "notice")) == (1, ["DD305"])


def test_pedantic(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango\n")

    assert codes(folder, "--min-severity", "notice") == []
    assert codes(folder, "--pedantic") == ["DD302"]


def test_baseline(project: Folder) -> None:
    project.put("known.json", '{"version": 1, "findings": []}')
    project.check("--write-baseline", "known.json", "--select", "DD3")

    assert codes(project, "--baseline", "known.json") == ["DD101"]


def test_write_baseline(project: Folder) -> None:
    ran = project.check("--write-baseline", "known.json")

    assert (ran.code, ran.out, ran.err) == (0, "", "ddlint: wrote 2 findings to `known.json`\n")
    assert [entry["code"] for entry in json.loads(project.read("known.json"))["findings"]] == ["DD101", "DD301"]


@pytest.mark.parametrize("option", ["-e", "--exit-zero"])
def test_exit_zero(project: Folder, option: str) -> None:
    ran = project.check(option)

    assert (ran.code, len(ran.places)) == (0, 2)


def test_exit_zero_does_not_hide_a_wrong_call(project: Folder) -> None:
    assert project.check("--exit-zero", "gone").code == 2


# output


@pytest.mark.parametrize("option", ["--output-format", "--format"])
def test_output_format(project: Folder, option: str) -> None:
    assert project.run(option, "pylint").out.startswith("requirements.txt:1: [DD101] ")
    assert project.run().out.startswith("warning[DD101]: ")


def test_output_format_from_the_environment(project: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DDLINT_OUTPUT_FORMAT", "pylint")

    assert project.run().out.startswith("requirements.txt:1: [DD101] ")
    assert project.run("--format", "full").out.startswith("warning[DD101]: ")

    monkeypatch.setenv("DDLINT_OUTPUT_FORMAT", "pylnt")

    assert project.run().err == "ddlint: DDLINT_OUTPUT_FORMAT does not take `pylnt`\n  did you mean `pylint`?\n"


@pytest.mark.parametrize("option", ["-o", "--output-file"])
def test_output_file(project: Folder, option: str) -> None:
    ran = project.run(option, "out.txt")

    assert (ran.code, ran.out) == (1, "")
    assert project.read("out.txt").startswith("warning[DD101]: ")


@pytest.mark.parametrize(
    "words, printed, written",
    [
        (("-o", "a"), "", {"a": "warning["}),
        (("-o", "a", "--format", "pylint"), "", {"a": "requirements.txt:1: ["}),
        (("-o", "json:a"), "", {"a": "{"}),
        (("-o", "json:a", "-o", "sarif:b"), "", {"a": "{", "b": "{"}),
        (("-o", "json:a", "--format", "pylint"), "requirements.txt:1: [", {"a": "{"}),
        (("-o", "json:a", "-o", "pylint:-"), "requirements.txt:1: [", {"a": "{"}),
        (("-o", "json:a", "-o", "b", "--format", "pylint"), "", {"a": "{", "b": "requirements.txt:1: ["}),
        (("-o", "-"), "warning[", {}),
        (("-o", "C:a"), "", {"C:a": "warning["}),
    ],
)
def test_one_run_writes_several(project: Folder, words: tuple[str, ...], printed: str, written: dict[str, str]) -> None:
    ran = project.run(*words)

    assert ran.code == 1
    assert ran.out.startswith(printed)
    assert bool(ran.out) is bool(printed)
    assert {name: project.read(name).startswith(start) for name, start in written.items()} == dict.fromkeys(
        written, True
    )


def test_statistics(project: Folder) -> None:
    project.put("sub/requirements.txt", "ddtrace==3.19.9\n")

    assert project.check("--statistics").err.splitlines() == [
        "     2 DD101 end-of-life-tracer",
        "     1 DD301 unsupported-dependency",
    ]
    assert project.check().err == ""


def test_color(project: Folder) -> None:
    assert "\x1b[" in project.run("--color", "always").out
    assert "\x1b[" not in project.run("--color", "never").out
    assert "\x1b[" not in project.run("--color", "auto").out


@pytest.mark.parametrize("option", ["-q", "--quiet"])
def test_quiet(folder: Folder, option: str) -> None:
    assert folder.check().err == "ddlint: nothing to lint: no dependency file was found\n"
    assert folder.check(option).err == ""


@pytest.mark.parametrize("style", ["full", "concise", "grouped", "github"])
def test_quiet_prints_findings_and_nothing_else(project: Folder, style: str) -> None:
    whole, quiet = project.run("--format", style).out, project.run("--format", style, "-q").out

    assert "Found 2 warnings." in whole
    assert whole.startswith(quiet.rstrip("\n"))
    assert "DD101" in quiet
    assert "Found" not in quiet
    assert "explains" not in quiet
    assert project.run("--format", style, "-q", "--select", "DD4").out == ""


def test_behind_two_dashes_stand_paths(folder: Folder) -> None:
    folder.put("-q/requirements.txt", "ddtrace==3.19.9\n")
    folder.put("--fix", "nothing\n")

    assert folder.check("--", "-q").places == ["-q/requirements.txt:1:1 DD101"]
    assert folder.check("-q/requirements.txt").code == 2
    assert folder.check("--", "-q", "--fix").err == "ddlint: `--fix` is no file that ddlint reads\n"
    assert "ddtrace==3.19.9" in folder.run("inspect", "--", "-q").out
    assert folder.run("rule", "--", "DD301").out.startswith("# DD301")


def test_what_is_left_out_is_not_called_missing(project: Folder) -> None:
    words = ("--exclude", "*.txt", "--force-exclude", "requirements.txt")

    assert project.check(*words).err == "ddlint: nothing to lint: what was named is left out by `exclude`\n"
    assert project.check("--exclude", "*.txt").err == "ddlint: nothing to lint: `exclude` leaves out 1 path\n"


@pytest.mark.parametrize("option", ["-v", "--verbose"])
def test_verbose(folder: Folder, option: str) -> None:
    """It says which release, which row, and which marker."""
    text = """[project]
requires-python = ">=3.9,<3.13"
dependencies = [
  "ddtrace>=4,<4.17",
  "django==1.11.29",
  "celery==4.3.0; python_version < '3.9'",
  "redis>=3; python_version < '3.11'",
  "aioredis",
  "unheard-of",
]
"""
    folder.put("pyproject.toml", text)

    assert folder.check().err == ""
    assert folder.check(option).err.splitlines() == [
        "ddlint: project .",
        "ddlint:   environment pyproject.toml (project)",
        "ddlint:     Python 3.9 to 3.12 (bounded)",
        (
            "ddlint:     ddtrace 4.16.0 on Python 3.9 to 3.12, the newest that installs there and meets what is asked for: "
            "`ddtrace>=4,<4.17` at pyproject.toml:4:4"
        ),
        "ddlint:   pyproject.toml:5:4: `django==1.11.29` is outside `>=2.2.8` (row `ddtrace/django`, declared) for ddtrace 4.16.0 on Python 3.9 to 3.12",
        "ddlint:   pyproject.toml:6:4: `celery==4.3.0; python_version < '3.9'` is left out: its marker `python_version < '3.9'` holds on no Python of the project",
        "ddlint:   pyproject.toml:7:4: `redis>=3; python_version < '3.11'` is within every version (row `ddtrace/redis`, declared) for ddtrace 4.16.0 on Python 3.9 and 3.10; its marker leaves Python 3.9 and 3.10",
        "ddlint:   pyproject.toml:8:4: `aioredis` lost its integration by row `ddtrace/aioredis`, for ddtrace 4.16.0",
    ]


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(folder: Folder, option: str) -> None:
    ran = folder.run(option)

    assert ran.code == 0
    assert ran.out.startswith(f"ddlint {__version__}")


# help


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS)
def test_help(folder: Folder, command: str, option: str) -> None:
    ran = folder.run(command, option)

    assert ran.code == 0
    assert [line for line in ran.out.splitlines() if len(line) > 80] == []
    assert "exit codes: " in ran.out


def test_help_is_grouped_and_names_every_option(folder: Folder) -> None:
    text = folder.run("--help").out
    groups = [line.removesuffix(":") for line in text.splitlines() if line.endswith(":") and not line.startswith(" ")]

    assert groups[-6:] == ["judging", "what is reported", "fixes", "output", "examples", "environment variables"]
    assert [word for word in options("check") if word not in text] == []
    assert [command for command in COMMANDS if f"ddlint {command}" not in text] == ["check"]


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_and_is_printed_by_the_command_help_too(folder: Folder, command: str) -> None:
    ran = folder.run("help", command)

    assert ran == folder.run(command, "--help")
    assert re.search(r"^examples:\n  ddlint", ran.out, re.MULTILINE)
    assert folder.run("help").out == folder.run("--help").out


VARIABLES = ("DDLINT_CONFIG", "DDLINT_OUTPUT_FORMAT", "DDLINT_FILES_URL", "COLUMNS", "NO_COLOR")


def test_help_names_the_product_and_every_variable(folder: Folder) -> None:
    text = folder.run("help").out

    assert "Datadog's Python tracer ddtrace" in text
    assert [name for name in VARIABLES if name not in text] == []


def test_help_of_an_unknown_command(folder: Folder) -> None:
    assert folder.run("help", "paln").err == "ddlint: there is no command `paln`\n  did you mean `plan`?\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_with_few_values_names_them_and_its_default(command: str) -> None:
    """Where a value is left out, the help says what is taken instead."""
    limited = [action for action in parser(command)._actions if action.choices]

    assert [
        (each.dest, each.help) for each in limited if not all(str(one) in str(each.help) for one in each.choices or ())
    ] == []
    assert [
        each.dest for each in limited if each.dest != "print_completion" and "default: " not in str(each.help)
    ] == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_print_completion(folder: Folder, shell: str) -> None:
    """`--print-completion` knows the commands, the options and their values."""
    pytest.importorskip("shtab", reason="completion is made by shtab, the extra `completion`")
    ran = folder.run("--print-completion", shell)

    assert ran.code == 0
    assert [word for word in ("inspect", "plan", "min-severity", "notice", "json-lines") if word not in ran.out] == []


def test_without_shtab_it_is_said_what_to_install(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "shtab", None)

    assert folder.run("--print-completion", "bash").err == (
        "ddlint: completion needs shtab\n  install `ddlint[completion]`\n"
    )


def test_an_option_says_what_it_does() -> None:
    silent = [(command, action.dest) for command in COMMANDS for action in parser(command)._actions if not action.help]

    assert silent == []


# the other commands


def test_inspect(project: Folder) -> None:
    assert "1:1       declared    ddtrace==3.19.9" in project.run("inspect").out
    assert json.loads(project.run("inspect", "--output-format", "json").out)["version"] == 1
    assert project.run("inspect", "-o", "seen.txt").out == ""
    assert "ddtrace==3.19.9" in project.read("seen.txt")
    assert project.run("inspect", "gone").code == 2


def test_inspect_obeys_config_and_options(project: Folder) -> None:
    project.put("ddlint.toml", 'exclude = ["*.txt"]\npython-version = "3.12"\n')
    project.put("pyproject.toml", '[project]\ndependencies = ["ddtrace"]\n')

    assert "requirements.txt" not in project.run("inspect").out
    assert "requirements.txt" in project.run("inspect", "--isolated").out
    assert "ddtrace 4.16.0 on Python 3.12, " in project.run("inspect").out


def test_rule(folder: Folder) -> None:
    assert folder.run("rule", "DD301").out.startswith("# DD301 unsupported-dependency\n")
    assert folder.run("rule", "dd3").out.count("\n# DD3") >= 4
    assert folder.run("rule", "unsupported-dependency").out == folder.run("rule", "DD301").out
    assert folder.run("rule", "ddtrace/django").out.startswith("# ddtrace/django\n")
    assert folder.run("rule", "--all").out.count("\nLevel: ") == len(CHECKS)
    assert len(folder.run("rule").out.splitlines()) == len(CHECKS)
    assert len(json.loads(folder.run("rule", "--all", "--output-format", "json").out)["rules"]) == len(CHECKS)
    assert folder.run("rule", "acme-telemetry/huey", "--rules", OWN_PACK).code in (0, 2)


def test_pack(folder: Folder) -> None:
    folder.put("bad/pack.yaml", "subject: 3\n")

    good, bad = folder.run("pack", OWN_PACK), folder.run("pack", "bad")

    assert (good.code, bad.code) == (0, 1)
    assert bad.out.startswith("bad/pack.yaml:")
    assert folder.run("pack", "gone").code == 2


def options(command: str) -> list[str]:
    return [word for action in parser(command)._actions for word in action.option_strings]


HERE = "tests/cli/test_options.py"
FIX = "tests/cli/test_fix.py"
TESTED = {
    "--all": f"{HERE}::test_rule",
    "--as-of": f"{HERE}::test_as_of",
    "--baseline": f"{HERE}::test_baseline",
    "--color": f"{HERE}::test_color",
    "--config": f"{HERE}::test_config",
    "--diff": FIX,
    "--exclude": f"{HERE}::test_exclude",
    "--exit-zero": f"{HERE}::test_exit_zero",
    "--extend-ignore": f"{HERE}::test_extend_ignore",
    "--extend-select": f"{HERE}::test_extend_select",
    "--fail-on": f"{HERE}::test_fail_on",
    "--fix": FIX,
    "--force-exclude": f"{HERE}::test_force_exclude",
    "--no-respect-gitignore": "tests/cli/test_options.py::test_no_respect_gitignore",
    "--format": f"{HERE}::test_output_format",
    "--help": f"{HERE}::test_help",
    "--ignore": f"{HERE}::test_ignore",
    "--isolated": f"{HERE}::test_isolated",
    "--jobs": f"{HERE}::test_jobs",
    "--no-cache": "tests/cli/test_cache.py::test_which_calls_are_kept",
    "--cache-dir": "tests/cli/test_cache.py::test_where_the_cache_is",
    "--min-severity": f"{HERE}::test_min_severity",
    "--no-config": f"{HERE}::test_isolated",
    "--output-file": f"{HERE}::test_output_file",
    "--output-format": f"{HERE}::test_output_format",
    "--pedantic": f"{HERE}::test_pedantic",
    "--platform": f"{HERE}::test_platform",
    "--print-completion": f"{HERE}::test_print_completion",
    "--python-version": f"{HERE}::test_python_version",
    "--quiet": f"{HERE}::test_quiet",
    "--require-tracer": "tests/linter/test_coverage.py::test_a_tracer_may_be_required",
    "--ignore-suppressions": "tests/linter/test_coverage.py::test_suppressions_of_the_checkout_can_be_ignored",
    "--rules": f"{HERE}::test_rules",
    "--select": f"{HERE}::test_select",
    "--statistics": f"{HERE}::test_statistics",
    "--stdin-filename": f"{HERE}::test_stdin_filename",
    "--to": "tests/plan/test_command.py::test_to",
    "--via": "tests/plan/test_write.py::test_of_a_way_in_steps_the_first_one_is_made",
    "--write": "tests/plan/test_write.py::write",
    "--tracer": f"{HERE}::test_tracer",
    "--unsafe-fixes": FIX,
    "--verbose": f"{HERE}::test_verbose",
    "--version": f"{HERE}::test_version",
    "--write-baseline": f"{HERE}::test_write_baseline",
}
"""The test of each option: it fails where the option does nothing."""


def test_every_option_has_a_test() -> None:
    named = {word for command in COMMANDS for word in options(command) if word.startswith("--")}

    assert set(TESTED) == named


@pytest.mark.parametrize("option", TESTED)
def test_the_test_is_there_and_speaks_of_the_option(option: str) -> None:
    name, _, function = TESTED[option].partition("::")
    text = Path(ROOT, name).read_text(encoding="utf-8")
    bodies = {
        node.name: ast.get_source_segment(text, node) or ""
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }
    decorated = {
        node.name: "".join(ast.get_source_segment(text, each) or "" for each in node.decorator_list)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef)
    }

    assert option in (bodies[function] + decorated[function] if function else text)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text("ab./ =:,é", max_size=6).filter(lambda word: not word.startswith("-")), max_size=3))
def test_paths_alone_mean_what_the_parser_makes_of_them(words: list[str]) -> None:
    assert vars(parsed("check", words)) == vars(parser("check").parse_intermixed_args(words))


FLAGS = [
    action.option_strings[-1]
    for action in parser("check")._actions
    if action.nargs == 0 and action.dest not in ("help", "version")
]


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            [*FLAGS, "-q", "--version", "--output-format", "json", "concise", "a.txt", "", "-", "--jobs", "2"]
        ),
        max_size=5,
    )
)
def test_flags_and_a_format_mean_what_the_parser_makes_of_them(words: list[str]) -> None:
    def made(parse: Callable[[list[str]], object]) -> object:
        try:
            return vars(parse(words))
        except DdlintError as error:
            return str(error)

    assert made(lambda given: parsed("check", given)) == made(parser("check").parse_intermixed_args)


def test_a_call_of_a_hook_needs_no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("ddlint.cli.argparser.parser")
    words = ["--output-format", "concise", "--force-exclude", "--no-cache", "--isolated", "a.txt"]

    assert parsed("check", words).paths == ["a.txt"]
