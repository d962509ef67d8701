"""`--fix`, `--unsafe-fixes` and `--diff` on the command line: what is written, what is said, how it ends."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import host
from ddlint.core.errors import DdlintError

if TYPE_CHECKING:
    from tests.folder import Folder

OLD = "ddtrace==4.16.0\nflask==0.12\nrequests>=2.0\n"
NEW = "ddtrace==4.16.0\nflask>=1.1.4\nrequests>=2.25.1\n"
LOCKED = 'version = 1\nrequires-python = ">=3.9, <3.14"\n' + "".join(
    f'\n[[package]]\nname = "{name}"\nversion = "{version}"\nsource = {{ registry = "https://index.example/simple" }}\n'
    for name, version in (("ddtrace", "4.16.0"), ("flask", "3.0.0"), ("requests", "2.1.0"))
)
DECLARED = (
    '[project]\nname = "shop"\nversion = "1"\nrequires-python = ">=3.9,<3.14"\n'
    'dependencies = ["ddtrace>=4", "flask>=0.12", "requests"]\n'
)


def test_nothing_is_written_without_an_option(folder: Folder) -> None:
    folder.put("requirements.txt", OLD)
    folder.check()

    assert folder.read("requirements.txt") == OLD


def test_unsafe_fixes_are_made_on_request_only(folder: Folder) -> None:
    folder.put("requirements.txt", OLD)
    ran = folder.check("--fix", "--min-severity", "notice")

    assert (ran.code, folder.read("requirements.txt")) == (1, OLD)
    assert ran.err == "ddlint: nothing to fix safely; 2 findings with `--unsafe-fixes`\n"
    assert len(ran.lines) == 2
    assert folder.check("--diff", "--min-severity", "notice").err == ran.err
    assert folder.check("--diff", "--min-severity", "notice", "--select", "DD302").err.endswith(
        "; 1 finding with `--unsafe-fixes`\n"
    )


def test_what_is_fixed_is_told_and_gone(folder: Folder) -> None:
    folder.put("requirements.txt", OLD)
    ran = folder.check("--fix", "--unsafe-fixes", "--min-severity", "notice")

    assert (ran.code, ran.lines, folder.read("requirements.txt")) == (0, [], NEW)
    assert ran.err.splitlines() == [
        "ddlint: fixed 2 findings in 1 file",
        "ddlint:   requirements.txt:2: DD301 change `==0.12` to `>=1.1.4`",
        "ddlint:   requirements.txt:3: DD302 change `>=2.0` to `>=2.25.1`",
    ]


def test_a_named_file_is_fixed_although_another_one_has_findings(folder: Folder) -> None:
    broken = "-r requirements.txt\ncelery==\n"
    folder.put("requirements.txt", OLD)
    folder.put("requirements-dev.txt", broken)
    folder.check("--fix", "--unsafe-fixes", "--min-severity", "notice", "requirements.txt")

    assert (folder.read("requirements.txt"), folder.read("requirements-dev.txt")) == (NEW, broken)


def test_quiet_fixes_say_nothing(folder: Folder) -> None:
    folder.put("requirements.txt", OLD)
    ran = folder.check("--fix", "--unsafe-fixes", "-q", "--min-severity", "notice")

    assert ran.err == ""
    assert folder.read("requirements.txt") == NEW


def test_what_is_left_is_printed_and_decides_the_exit_code(folder: Folder) -> None:
    folder.put("requirements.txt", OLD + "django<2\n")
    ran = folder.check("--fix", "--unsafe-fixes")

    assert ran.code == 1
    assert ran.places == ["requirements.txt:4:1 DD301"]


def test_a_diff_is_printed_and_nothing_written(folder: Folder) -> None:
    folder.put("requirements.txt", OLD)
    ran = folder.check("--diff", "--unsafe-fixes", "--min-severity", "notice")

    assert (ran.code, folder.read("requirements.txt")) == (1, OLD)
    assert ran.err == "ddlint: would fix 2 findings in 1 file\n"
    assert ran.out.splitlines() == [
        "--- requirements.txt",
        "+++ requirements.txt",
        "@@ -1,3 +1,3 @@",
        " ddtrace==4.16.0",
        "-flask==0.12",
        "-requests>=2.0",
        "+flask>=1.1.4",
        "+requests>=2.25.1",
    ]


@pytest.mark.parametrize("options", [("--diff",), ("--diff", "--fix")])
def test_without_a_fix_the_diff_is_empty_and_all_is_well(folder: Folder, options: tuple[str, ...]) -> None:
    folder.put("requirements.txt", OLD)
    ran = folder.check(*options)

    assert (ran.code, ran.out) == (0, "")


def test_exit_zero_holds_for_a_diff(folder: Folder) -> None:
    folder.put("requirements.txt", OLD)

    assert folder.check("--diff", "--unsafe-fixes", "--exit-zero").code == 0


@pytest.mark.parametrize("text", [OLD, OLD[:-1], OLD.replace("\n", "\r\n"), OLD + "\n\n# end", "\n" * 9 + OLD])
def test_patch_understands_the_diff(folder: Folder, text: str) -> None:
    folder.put("sub dir/requirements.txt", text)
    diff = folder.check("--diff", "--unsafe-fixes").out
    folder.put("fixes.diff", diff)
    subprocess.run(["git", "apply", "-p0", "fixes.diff"], cwd=folder.path, check=True)
    patched = folder.read("sub dir/requirements.txt")
    folder.put("sub dir/requirements.txt", text)
    folder.check("--fix", "--unsafe-fixes")

    assert folder.read("sub dir/requirements.txt") == patched != text


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (("--unsafe-fixes",), "add `--fix` or `--diff`"),
        (("--fix", "--write-baseline", "b.json"), "fix first, then write the baseline"),
        (("--diff", "-o", "report.txt"), "leave `--output-file` out"),
        (("--fix", "-"), "use `--diff`, which prints what it would do"),
    ],
)
def test_options_that_do_not_go_together(folder: Folder, arguments: tuple[str, ...], expected: str) -> None:
    folder.put("requirements.txt", OLD)
    ran = folder.run(*arguments)

    assert (ran.code, ran.out) == (2, "")
    assert expected in ran.err
    assert folder.read("requirements.txt") == OLD


def test_a_finding_that_is_silenced_known_or_hidden_is_not_fixed(folder: Folder) -> None:
    text = "ddtrace==4.16.0\nflask==0.12  # ddlint: ignore[DD301] it is vendored\nrequests>=2.0\n"
    folder.put("requirements.txt", text)
    folder.check("--write-baseline", "baseline.json")
    known = folder.check("--fix", "--unsafe-fixes", "--baseline", "baseline.json")
    hidden = folder.check("--fix", "--unsafe-fixes", "--min-severity", "error")

    assert known.err == hidden.err == "ddlint: nothing to fix\n"
    assert folder.read("requirements.txt") == text


def test_only_files_that_were_named_are_written(folder: Folder) -> None:
    folder.put("requirements.txt", "-c constraints.txt\nddtrace==4.16.0\nflask\n")
    folder.put("constraints.txt", "flask==0.12\n")
    folder.put("other/requirements.txt", OLD)
    ran = folder.check("requirements.txt", "--fix", "--unsafe-fixes")

    assert folder.read("constraints.txt") == "flask==0.12\n"
    assert folder.read("other/requirements.txt") == OLD
    assert "constraints.txt:1: DD301 change `==0.12` to `>=1.1.4`: this file was not named in the call" in ran.err


def test_an_edit_that_would_bring_another_finding_is_refused(folder: Folder) -> None:
    folder.put("requirements.txt", "-c constraints.txt\nddtrace==4.16.0\nflask==0.12\nrequests>=2.0\n")
    folder.put("constraints.txt", "flask<1\n")
    ran = folder.check("--fix", "--unsafe-fixes", "--min-severity", "notice")

    assert folder.read("requirements.txt") == "-c constraints.txt\nddtrace==4.16.0\nflask==0.12\nrequests>=2.25.1\n"
    assert ran.err.splitlines()[-1] == (
        "ddlint: not fixed, requirements.txt:3: DD301 change `==0.12` to `>=1.1.4`: it would bring DD005 at "
        "constraints.txt:1: `flask<1` and `flask>=1.1.4` are installed together and exclude one another"
    )
    assert ran.places == ["requirements.txt:3:1 DD301"]


def test_a_notice_behind_a_warning_does_not_keep_it_from_being_fixed(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==3.12.5\nflask-caching~=0.12.0\n")
    ran = folder.check(
        "--fix", "--unsafe-fixes", "--min-severity", "notice", "--select", "DD3", "--as-of", "2026-05-01"
    )

    assert folder.read("requirements.txt") == "ddtrace==3.12.5\nflask-caching~=0.13.0\n"
    assert ran.places == ["requirements.txt:2:1 DD303"]


def test_a_new_finding_counts_also_where_it_is_in_a_file_that_was_not_named(folder: Folder) -> None:
    folder.put("requirements.txt", "-c constraints.txt\nddtrace==4.16.0\nflask==0.12\n")
    folder.put("constraints.txt", "flask<1\n")
    ran = folder.check("requirements.txt", "--fix", "--unsafe-fixes")

    assert "it would bring DD005 at constraints.txt:1" in ran.err


def test_a_constraint_that_says_the_same_is_edited_too(folder: Folder) -> None:
    folder.put("requirements.txt", "-c constraints.txt\nddtrace==4.16.0\nflask==0.12\n")
    folder.put("constraints.txt", "flask==0.12\n")
    ran = folder.check("--fix", "--unsafe-fixes")

    assert (ran.code, ran.lines) == (0, [])
    assert folder.read("constraints.txt") == "flask>=1.1.4\n"
    assert "fixed 1 finding in 2 files" in ran.err


def test_a_lock_is_left_alone_and_the_command_for_it_told(folder: Folder) -> None:
    folder.put("api/pyproject.toml", DECLARED)
    folder.put("api/uv.lock", LOCKED)
    ran = folder.check("--fix", "--min-severity", "notice", "--select", "DD3")

    assert folder.read("api/pyproject.toml") == DECLARED.replace("flask>=0.12", "flask>=1.1.4")
    assert folder.read("api/uv.lock") == LOCKED
    assert "ddlint: `api/uv.lock` stays as it is; run `uv lock` in `api` to make it again" in ran.err
    assert "uv lock --upgrade-package requests" in folder.run("--as-of", "2026-11-21").out


def test_a_pin_beside_its_lock_is_raised_although_the_lock_is_to_be_made_again(folder: Folder) -> None:
    folder.put("pyproject.toml", DECLARED.replace('"requests"', '"requests<=2.2"'))
    folder.put("uv.lock", LOCKED)
    ran = folder.check("--fix", "--unsafe-fixes", "--select", "DD3")

    assert ran.places == ["pyproject.toml:5:47 DD301"]
    folder.put("pyproject.toml", DECLARED.replace('"requests"', '"requests==2.1.0"'))
    ran = folder.check("--fix", "--unsafe-fixes", "--select", "DD3")

    assert "requests>=2.25.1" in folder.read("pyproject.toml")
    assert ran.places == ["uv.lock:16:12 DD301"]


def test_a_compiled_file_and_hashes_are_left_alone(folder: Folder) -> None:
    hashed = "ddtrace==4.16.0\nflask==0.12 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
    folder.put("hashed/requirements.txt", hashed)
    folder.put("made/requirements.in", "ddtrace==4.16.0\nflask\n")
    made = "# This file is autogenerated by pip-compile\nddtrace==4.16.0\nflask==0.12\n    # via -r requirements.in\n"
    folder.put("made/requirements.txt", made)
    folder.put("alone/requirements.txt", made)
    ran = folder.run("--fix", "--unsafe-fixes", "--as-of", "2026-11-21")

    assert folder.read("hashed/requirements.txt") == hashed
    assert folder.read("made/requirements.txt") == folder.read("alone/requirements.txt") == made
    assert "`--fix` leaves it alone: the hashes beside it are those of this version" in ran.out
    assert ran.out.count("lock again: `pip-compile --upgrade-package flask requirements.in`") == 2


def test_a_hint_is_left_alone(folder: Folder) -> None:
    folder.put("Dockerfile", "FROM python:3.12\nRUN pip install ddtrace==4.16.0 flask==0.12\n")
    ran = folder.check("--fix", "--unsafe-fixes")

    assert ran.places == ["Dockerfile:2:33 DD301"]
    assert ran.err == "ddlint: nothing to fix\n"


@pytest.mark.parametrize(
    "text",
    [
        "ddtrace==4.16.0\nhttpx \\\n  # ddlint: ignore[DD301]\n",  # taking the line out would join others
        "ddtrace==4.16.0  # ddlint: ignore[DD999]\n",  # it may be a slip of the pen
        "ddtrace==4.16.0  # ddlint: ignore\n",
    ],
)
def test_a_comment_that_may_be_meant_otherwise_stays(folder: Folder, text: str) -> None:
    folder.put("requirements.txt", text)
    ran = folder.check("--fix")

    assert folder.read("requirements.txt") == text
    assert "DD009" in ran.out


@pytest.mark.parametrize(
    "line", ["jinja2\u2013=3", "foo=1.0=py39", "foo==1 <2", "foo==\u00e9", "foo==1; python_version = '3'"]
)
def test_a_slip_that_may_be_meant_otherwise_stays(folder: Folder, line: str) -> None:
    text = f"ddtrace==4.16.0\n{line}\n"
    folder.put("requirements.txt", text)
    ran = folder.check("--fix", "--unsafe-fixes")

    assert ran.places == [f"requirements.txt:2:{ran.places[0].split(':')[2].split()[0]} DD003"]
    assert folder.read("requirements.txt") == text


def test_a_comment_is_not_taken_out_because_of_a_question(folder: Folder) -> None:
    """It silences nothing if the tracer were another, which it is not."""
    text = "ddtrace==4.16.0\nflask==0.12  # ddlint: ignore[DD301]\n"
    folder.put("requirements.txt", text)
    ran = folder.check("--fix", "--tracer", "==1.0.0", "--select", "DD301,DD009")

    assert ran.places == ["requirements.txt:2:31 DD009"]
    assert folder.read("requirements.txt") == text


def test_a_comment_in_a_hint_stays(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\n")
    text = "FROM python:3.12\nRUN pip install flask  # ddlint: ignore[DD301]\n"
    folder.put("Dockerfile", text)
    folder.check("--fix")

    assert folder.read("Dockerfile") == text


def test_a_script_is_edited_in_its_comment_alone(folder: Folder) -> None:
    text = (
        '# /// script\n# requires-python = ">=3.8"\n# dependencies = [\n#   "ddtrace==4.16.0",\n#   "flask==0.12",\n# ]\n'
        '# ///\nprint("flask==0.12", ">=3.8")\n'
    )
    folder.put("run.py", text)
    folder.check("run.py", "--fix", "--unsafe-fixes")

    assert folder.read("run.py") == text.replace(">=3.8", ">=3.9", 1).replace("==0.12", ">=1.1.4", 1)


@pytest.mark.parametrize(
    "name, text",
    [
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = ["ddtrace==4.16.0", "flask\\u003d=0.12"]\n'),
        ("setup.py", 'setup(install_requires=["ddtrace==4.16.0", "flask==" "0.12"])\n'),
        ("environment.yml", 'dependencies:\n  - pip:\n    - ddtrace==4.16.0\n    - "flask\\x3d=0.12"\n'),
    ],
)
def test_a_text_that_does_not_stand_there_as_it_is_meant_stays(folder: Folder, name: str, text: str) -> None:
    folder.put(name, text)
    ran = folder.check("--fix", "--unsafe-fixes")

    assert [line.split()[1] for line in ran.lines] == ["DD301"]
    assert folder.read(name) == text


def test_a_link_is_not_replaced(folder: Folder) -> None:
    target = folder.put("shared/base.txt", OLD)
    (folder.path / "requirements.txt").symlink_to(target)
    ran = folder.check("--fix", "--unsafe-fixes")

    assert (folder.path / "requirements.txt").is_symlink()
    assert target.read_text() == OLD
    assert "it is a link to another file" in ran.err


def test_a_file_that_is_reached_twice_is_written_once(folder: Folder) -> None:
    folder.put("api/requirements.txt", "-r ../base.txt\nddtrace==4.16.0\n")
    folder.put("web/requirements.txt", "-r ../base.txt\nddtrace==4.16.0\n")
    folder.put("base.txt", "flask==0.12\n")
    folder.put(".git/HEAD")
    ran = folder.check("--fix", "--unsafe-fixes")

    assert folder.read("base.txt") == "flask>=1.1.4\n"
    assert "fixed 1 finding in 1 file" in ran.err


def test_standard_input_is_shown_as_a_diff(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "read_input", OLD.encode)
    ran = folder.run("--diff", "--unsafe-fixes", "--stdin-filename", "requirements.txt", "-")

    assert ran.code == 1
    assert "+flask>=1.1.4\n" in ran.out


def test_the_other_formats_tell_what_is_left(folder: Folder) -> None:
    folder.put("requirements.txt", OLD)
    ran = folder.run("--fix", "--unsafe-fixes", "--output-format", "json", "--as-of", "2026-11-21")

    assert '"findings": []' in ran.out


def test_the_mode_of_a_file_stays_and_nothing_is_left_beside_it(folder: Folder) -> None:
    path = folder.put("requirements.txt", OLD)
    path.chmod(0o640)
    folder.check("--fix", "--unsafe-fixes")

    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in folder.path.iterdir()] == ["requirements.txt"]


def test_a_file_that_changed_meanwhile_is_not_written(folder: Folder) -> None:
    path = folder.put("requirements.txt", OLD)

    with pytest.raises(DdlintError, match="has changed since it was read"):
        host.replace_file(path.as_posix(), b"something else", b"x")
    assert path.read_text() == OLD


def test_what_cannot_be_written_is_told_and_leaves_nothing_behind(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    folder.put("requirements.txt", OLD)
    monkeypatch.setattr(os, "replace", fail)
    ran = folder.check("--fix", "--unsafe-fixes")

    assert (ran.code, ran.out) == (2, "")
    assert "requirements.txt` cannot be written: no space left on device" in ran.err
    assert [each.name for each in folder.path.iterdir()] == ["requirements.txt"]
    assert folder.read("requirements.txt") == OLD


def test_a_file_that_is_write_protected_is_left_alone(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("requirements.txt", OLD)
    monkeypatch.setattr(os, "access", lambda path, _: not path.endswith("requirements.txt"))
    ran = folder.check("--fix", "--unsafe-fixes")

    assert ran.code == 1
    assert "not fixed, requirements.txt:2: DD301 change `==0.12` to `>=1.1.4`: it is write-protected" in ran.err
