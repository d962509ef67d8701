"""Whatever reads the output, or does not: no traceback, nothing garbled, colours only where they are wanted."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import host
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from tests.folder import Folder

TEXT = "ddtrace==3.19.9  # café 😀 naïve\n"
COLOURS = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM")
posix = pytest.mark.skipif(sys.platform == "win32", reason="asks a shell of POSIX")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def call(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ddlint in a process of its own."""
    variables = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "ddlint", "--as-of", "2026-11-21", *words]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False)


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell, in which `ddlint` is this one."""
    text = f'ddlint() {{ "{sys.executable}" -m ddlint "$@"; }}; {line}'
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        ["/bin/sh", "-c", text], cwd=folder, env=variables, capture_output=True, text=True, check=False
    )


# encodings


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "utf-8"])
def test_what_cannot_be_encoded_is_written_out(project: Path, encoding: str) -> None:
    done = call(project, LC_ALL="C", PYTHONIOENCODING=encoding, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    shown = done.stdout.decode(encoding)

    assert (done.returncode, done.stderr) == (1, b"")
    assert TEXT.strip().encode(encoding, "backslashreplace").decode(encoding) in shown


def test_a_pipe_gets_utf_8_whatever_the_locale_is(project: Path) -> None:
    """The locale of Windows is no UTF-8, and neither is that of a container without one."""
    done = call(project, LC_ALL="C", PYTHONIOENCODING="", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert (done.returncode, done.stderr) == (1, b"")
    assert TEXT.strip().encode() in done.stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_standard_error_cannot_fail_either(project: Path, encoding: str) -> None:
    done = call(project, "--select", "é😀", PYTHONIOENCODING=f"{encoding}:strict", LC_ALL="C.UTF-8")

    assert done.returncode == 2
    assert b"is no code and no check of ddlint" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_is_utf_8_whatever_the_locale(project: Path) -> None:
    call(project, "-o", "out.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert "café 😀" in (project / "out.txt").read_text(encoding="utf-8")


def test_lines_end_alike_everywhere(project: Path) -> None:
    call(project, "-o", "out.txt")

    assert b"\r" not in call(project).stdout + (project / "out.txt").read_bytes()


@posix
def test_a_name_that_is_no_text_is_shown(project: Path) -> None:
    folder = os.fsencode(project) + b"/caf\xe9"
    os.mkdir(folder)  # noqa: PTH102 - a path of bytes
    with open(folder + b"/requirements.txt", "w", encoding="utf-8") as file:  # noqa: PTH123 - as above
        file.write(TEXT)

    for name in ("full", "json", "sarif", "junit", "github"):
        done = call(project, "--format", name)

        assert (name, done.returncode, done.stderr) == (name, 1, b"")
        assert b"udce9" in done.stdout or b"%5Cudce9" in done.stdout


# pipes


@posix
@pytest.mark.parametrize(
    "line",
    [
        "ddlint --min-severity notice | head -1",
        "ddlint rule --all | head -1",
        "ddlint rule --all | true",
        "ddlint --help | true",
        "ddlint --version | true",
        "ddlint inspect | true",
        "ddlint nonsense 2>&1 | true",
    ],
)
def test_whoever_stops_reading_is_not_bothered(project: Path, line: str) -> None:
    done = shell(project, line)

    assert (done.returncode, done.stderr) == (0, "")


@posix
@pytest.mark.parametrize(
    "line, code",
    [("ddlint >&-", 1), ("ddlint --version >&-", 0), ("ddlint 2>&-", 1), ("ddlint nonsense 2>&-", 2)],
)
def test_a_stream_may_be_closed(project: Path, line: str, code: int) -> None:
    done = shell(project, line)

    assert (done.returncode, done.stderr) == (code, "")


@posix
@pytest.mark.parametrize(
    "line, expected",
    [
        ("ddlint - <&-", "ddlint: standard input is closed\n  name a file, or pipe one in\n"),
        ("ddlint - 0> written", "ddlint: standard input cannot be read: bad file descriptor\n"),
    ],
)
def test_standard_input_may_be_closed(project: Path, line: str, expected: str) -> None:
    done = shell(project, line)

    assert (done.returncode, done.stdout, done.stderr) == (2, "", expected)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full, a disk that is always full")
@pytest.mark.parametrize(
    "line, expected",
    [
        ("ddlint > /dev/full", "ddlint: the output cannot be written: no space left on device\n"),
        ("ddlint --help > /dev/full", "ddlint: the output cannot be written: no space left on device\n"),
        ("ddlint -o /dev/full", "ddlint: `/dev/full` cannot be written: no space left on device\n"),
    ],
)
def test_a_full_disk_is_told(project: Path, line: str, expected: str) -> None:
    done = shell(project, line)

    assert (done.returncode, done.stderr) == (2, expected)


# colours


def is_coloured(
    monkeypatch: pytest.MonkeyPatch,
    choice: str,
    variables: dict[str, str],
    *,
    is_terminal: bool,
    is_printed: bool = True,
) -> bool:
    for name in COLOURS:
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(host, "is_terminal", lambda _: is_terminal)
    return host.is_coloured(choice, is_printed=is_printed)


@pytest.mark.parametrize(
    "choice, is_terminal, variables, expected",
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": ""}, False),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"CLICOLOR_FORCE": "0"}, False),
        ("auto", True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colours_are_decided_as_is_usual(
    choice: str, is_terminal: bool, variables: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_coloured(monkeypatch, choice, variables, is_terminal=is_terminal) is expected


def test_a_file_is_coloured_only_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_coloured(monkeypatch, "auto", {}, is_terminal=True, is_printed=False)
    assert is_coloured(monkeypatch, "always", {}, is_terminal=True, is_printed=False)


def test_colours_reach_the_output(project: Path) -> None:
    assert b"\x1b[" in call(project, FORCE_COLOR="1", NO_COLOR="").stdout
    assert b"\x1b[" not in call(project, FORCE_COLOR="1", NO_COLOR="1").stdout
    assert b"\x1b[" not in call(project, FORCE_COLOR="", NO_COLOR="").stdout
    assert b"\x1b[" not in call(project, "--format", "json", "--color", "always").stdout


# wrong calls


@pytest.mark.parametrize(
    "words, expected",
    [
        (["--slect", "DD3"], "`--slect` is no option of `ddlint`; did you mean `--select`?"),
        (["--x"], "`--x` is no option of `ddlint`"),
        (["inspect", "--fail-on", "error"], "`--fail-on` is no option of `ddlint inspect`"),
        (["--select", "DD31x"], "--select: `DD31x` is no code and no check of ddlint; known are `DD301`, `DD302`"),
        (["--ignore", "X"], "--ignore: `X` is no code and no check of ddlint\n"),
        (["--ignore", "ddtrace"], "--ignore: `ddtrace` is no code and no check of ddlint\n"),
        (["--ignore", "DD7"], "no check of ddlint; known are `DD0xx`, `DD1xx`, `DD2xx`, `DD3xx`, `DD4xx`"),
        (["--ignore", "dd301"], "no check of ddlint; did you mean `DD301`?"),
        (["--ignore", "unsuported-dependency"], "no check of ddlint; did you mean `unsupported-dependency`?"),
        (["--foo"], "`--foo` is no option of `ddlint`\n"),
        (["ddtrace"], "there is no file or folder `ddtrace`\n  name a file or a folder that is there"),
        (["--output-format", "sariff"], "--output-format does not take `sariff`: did you mean `sarif`?"),
        (["--fail-on", "warn"], "--fail-on does not take `warn`: did you mean `warning`?"),
        (["--color", "x"], "--color does not take `x`: known are `always`, `auto`, `never`"),
        (["--as-of", "2026-13-01"], "--as-of: `2026-13-01` is no day such as `2030-01-31`"),
        (["--python-version", "3"], "--python-version: `3` is no minor of Python such as `3.12`"),
        (["--platform", "linux"], "--platform: `linux` is no platform such as `manylinux-x86_64`"),
        (["--tracer", "newest"], "--tracer: `newest` is no specifier such as `>=2.1,<3`, and no version"),
        (["--exclude", "[z-a]"], "--exclude: `[z-a]` is no pattern of paths"),
        (["-j", "many"], "-j: `many` is no number of processes such as `4`; 0 decides by itself"),
        (["-j", "-2"], "-j: `-2` is no number of processes such as `4`; 0 decides by itself"),
        (["-o"], "-o: expected one argument"),
        (["-o", "sarf:x"], "--output-file: `sarf` is no format\n  did you mean `sarif`?"),
        (["-o", "sarif:"], "--output-file: `sarif:` names no file\n  write `FORMAT:FILE`; `-` prints"),
        (["-o", "json:x", "-o", "sarif:x"], "--output-file: `x` is named for two reports\n  name a file for each"),
        (["-o", "gone/x"], "`gone/x` cannot be written: no such file or directory"),
        (["--write-baseline", "gone/x"], "ddlint: `gone/x` cannot be written: no such file or directory"),
        (["chek"], "there is no file or folder `chek`\n  did you mean `check`? it is a command"),
        (["inspct", "x"], "there is no file or folder `inspct`\n  did you mean `inspect`? it is a command"),
        (["gone.txt"], "there is no file or folder `gone.txt`\n  name a file or a folder that is there"),
        ([""], "there is no file or folder ``"),
        (["--config", "gone.toml"], "the config `gone.toml` cannot be read: there is no such file"),
        (
            ["--baseline", "gone"],
            "the baseline `gone` cannot be read: there is no such file\n  write it: `--write-baseline`",
        ),
        (["--rules", "gone"], "gone"),
        (["rule", "DD3011"], "`DD3011` is no code of ddlint, and no row of a pack\n  did you mean `DD301`?"),
        (["rule", "ddtrace/djang"], "did you mean `ddtrace/django`?"),
        (["rule", "x"], "every finding names its row"),
        (["rule", "flsk"], "`flsk` is no code of ddlint, and no row of a pack\n  did you mean `ddtrace/flask`?"),
        (["rule", "Flask"], "did you mean `ddtrace/flask`?"),
        (["rule", "unsuported-dependency"], "did you mean `unsupported-dependency`?"),
        (["rule", "DD101", "DD102"], "`ddlint rule` takes no further `DD102`"),
        (["pack", "gone"], "`gone` is no folder"),
        (["pack", ".", "other"], "`ddlint pack` takes no further `other`"),
        (["--select", ""], "--select: no code is named, so nothing would be looked for"),
        (["--select", " , "], "--select: no code is named, so nothing would be looked for"),
        (["--tracer", "ddtrace>=4"], "`ddtrace>=4` is no specifier such as `>=2.1,<3`, and no version; write `>=4`"),
        (["--stdin-filename", "x.txt"], "`--stdin-filename` does nothing alone\n  add `-`, which reads standard input"),
        (["--platform", "macos"], "such as `manylinux-x86_64`, `macos-arm64` or `win-amd64`"),
    ],
)
def test_a_wrong_call_names_the_mistake_and_the_nearest_word(folder: Folder, words: list[str], expected: str) -> None:
    folder.put("requirements.txt", "ddtrace==3.19.9\n")

    ran = folder.run(*words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("ddlint: ")
    assert expected in ran.err
    assert [line for line in ran.err.splitlines() if len(line) > 120 and "known are" not in line] == []


@posix
def test_two_slashes_are_one(folder: Folder) -> None:
    folder.put("requirements.txt", "-r sub/more.txt\n")
    folder.put("sub/more.txt", "ddtrace==3.19.9\n")

    assert folder.check(f"/{folder.path}").places == ["sub/more.txt:1:1 DD101"]


@posix
def test_a_path_that_cannot_be_reached_is_not_called_missing(folder: Folder) -> None:
    (folder.path / "loop").symlink_to("loop")

    assert folder.run("loop/requirements.txt").err.startswith("ddlint: `loop/requirements.txt` cannot be reached: too")
    assert folder.run("a" * 300).err.endswith(" cannot be reached: file name too long\n")


def test_a_bug_exits_with_2_and_shows_where(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from ddlint.cli import main as cli
    from ddlint.cli import startup

    def broken(_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "run", broken)

    assert startup.main() == 2
    assert "ZeroDivisionError" in (told := capsys.readouterr().err)
    assert told.endswith("this is a bug of ddlint, not of your project; please report it with the lines above\n")


def test_an_interrupted_run_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from ddlint.cli import main as cli
    from ddlint.cli import startup

    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)

    assert startup.main() == 130
    assert capsys.readouterr() == ("", "")
