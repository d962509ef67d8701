import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Severity
from ddlint.core.report import Finding
from ddlint.core.source import Source
from ddlint.core.text import escape, escape_path
from ddlint.outputs import github
from tests.outputs.runner import Command, is_legacy_command, lines, read
from tests.outputs.sample import CLEAN, FINDINGS, FORGED, REPORT, ROOT


def _commands(log: str) -> list[Command]:
    return [command for line in lines(log) if (command := read(line))]


def test_an_annotation_says_where_what_and_what_to_do() -> None:
    actual = github.render(REPORT._replace(findings=FINDINGS[5:6])).splitlines()[0]

    assert actual == (
        "::error title=ddlint (DD301),file=requirements.txt,line=2,endLine=2,col=1,endColumn=16::requirements.txt:2:1: "
        "DD301 `weblib==1.11.29` is outside the supported range >=2.2%0Ahelp: pin `weblib>=2.2`, or remove the pin"
    )


def test_paths_are_relative_to_the_root_whatever_the_working_directory() -> None:
    report = REPORT._replace(cwd=f"{ROOT}/api", findings=FINDINGS[3:4])

    assert [command.properties["file"] for command in _commands(github.render(report))] == ["api/pyproject.toml"]


def test_a_finding_on_several_lines_has_no_columns() -> None:
    (command,) = _commands(github.render(REPORT._replace(findings=FINDINGS[4:5])))

    assert command.properties == {"title": "ddlint (DD301)", "file": "multi.txt", "line": "1", "endLine": "3"}


def test_a_file_name_reaches_the_runner_as_it_is() -> None:
    (command,) = _commands(github.render(REPORT._replace(findings=FINDINGS[:1])))

    assert FORGED.removeprefix(f"{ROOT}/") == command.properties["file"]


def test_a_file_name_may_start_with_what_the_runner_drops() -> None:
    at = FINDINGS[5].at._replace(path=f"{ROOT}/==a")
    (command,) = _commands(github.render(REPORT._replace(findings=(FINDINGS[5]._replace(at=at),))))

    assert command.properties["file"] == "./==a"


@pytest.mark.parametrize("number, left", [(10, 0), (11, 1), (40, 30)])
def test_ten_of_a_level_are_annotated_and_the_last_tells_of_the_rest(number: int, left: int) -> None:
    actual = github.render(CLEAN._replace(findings=(FINDINGS[2], *FINDINGS[5:6] * number)))

    commands = _commands(actual)
    more = f"\n{left} more error{'s' if left > 1 else ''} without an annotation: the log has them" if left else ""
    assert [command.name for command in commands] == ["error"] * 10 + ["warning"]
    assert commands[8].message + more == commands[9].message
    assert left == actual.count("\nrequirements.txt:2:1: DD301 error: ")


def test_worst_first_and_in_order_within_a_level() -> None:
    codes = [(command.name, command.properties["title"]) for command in _commands(github.render(REPORT))]

    assert [name for name, _ in codes] == ["error"] * 3 + ["warning"] * 2 + ["notice"] * 2
    assert [title for _, title in codes[5:]] == ["ddlint (DD602)", "ddlint (DD303)"]


def test_what_is_not_annotated_is_no_command() -> None:
    actual = github.render(REPORT._replace(findings=FINDINGS[:1] * 12, is_coloured=True))

    plain = [line for line in lines(actual) if read(line) is None]
    assert sum(line.startswith("./::error file=a,b%3A::boo\\n.txt:1:1: DD") for line in plain) == 2
    assert len(_commands(actual)) == 10


_TEXT = st.text(
    st.sampled_from("%0ADd253C:,=\r\n\t ;[]#vso`é\U0001f600\x1b\u202e\udcff") | st.characters(exclude_categories=())
)


@given(_TEXT, _TEXT, _TEXT.map(lambda name: name.replace("/", "")), _TEXT)
@settings(deadline=None, max_examples=300)
def test_the_runner_reads_back_any_text(message: str, help_: str, name: str, code: str) -> None:
    at = FINDINGS[5].at._replace(path=f"{ROOT}/a{name}")
    finding = Finding(code, Severity.WARNING, "a", message, at, help=help_)
    report = CLEAN._replace(findings=(finding,), sources={at.path: Source(at.path, message)})

    actual = github.render(report)

    (command,) = _commands(actual)
    is_said = message.endswith(help_)
    expected = f": {escape(code)} {escape(message)}" + ("" if is_said else f"\nhelp: {escape(help_)}")
    assert command.message.endswith(expected)
    assert escape_path(f"a{name}".encode("utf-8", "backslashreplace").decode()) == command.properties["file"]
    assert not any(is_legacy_command(line) for line in lines(actual) if read(line) is None)


def test_a_long_message_leaves_room_for_the_count() -> None:
    finding = FINDINGS[5]._replace(message="x" * 9000)

    commands = _commands(github.render(CLEAN._replace(findings=(finding,) * 12)))

    assert all(len(command.message) <= 4096 for command in commands)
    assert commands[9].message.endswith("...\n2 more errors without an annotation: the log has them")
