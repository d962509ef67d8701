"""Reports, baselines and fixes replace a file at once: a write that fails leaves what was there."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folder import Folder

TEXT = "ddtrace==3.19.9\ndjango==1.11.29\n"
CALLS = {"a report": ("--output-file", "out"), "a baseline": ("--write-baseline", "out")}
posix = pytest.mark.skipif(sys.platform == "win32", reason="modes, links and pipes of POSIX")


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.put("requirements.txt", TEXT)
    return folder


def full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".ddlint")]


@pytest.mark.parametrize("words", CALLS.values(), ids=CALLS)
def test_an_old_file_survives_a_full_disk(
    project: Folder, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    project.put("out", "old")
    monkeypatch.setattr(os, "fsync", full_disk)

    ran = project.check(*words)

    assert (ran.code, project.read("out")) == (2, "old")
    assert ran.err == "ddlint: `out` cannot be written: no space left on device\n"
    assert left_over(project.path) == []


@posix
@pytest.mark.parametrize("words", CALLS.values(), ids=CALLS)
def test_a_link_is_replaced_and_what_it_leads_to_stays(project: Folder, words: tuple[str, ...]) -> None:
    """A pull request may bring a link out of the checkout under the name of a report."""
    project.put("elsewhere", "mine")
    (project.path / "out").symlink_to("elsewhere")

    assert project.check(*words).code in (0, 1)
    assert project.read("elsewhere") == "mine"
    assert not (project.path / "out").is_symlink()
    assert "ddtrace" in project.read("out") or "findings" in project.read("out")


@posix
def test_a_folder_that_is_a_link_is_written_to(project: Folder) -> None:
    (project.path / "reports").mkdir()
    (project.path / "latest").symlink_to("reports")

    project.check("-o", "latest/out")

    assert "DD301" in project.read("reports/out")


@posix
def test_the_mode_of_a_report_stays_and_a_new_one_has_the_usual(project: Folder) -> None:
    project.put("old", "")
    (project.path / "old").chmod(0o640)
    before = os.umask(0o027)
    try:
        project.check("-o", "concise:old", "-o", "json:new")
    finally:
        os.umask(before)

    modes = [stat.S_IMODE((project.path / name).stat().st_mode) for name in ("old", "new")]
    assert modes == [0o640, 0o640]


@posix
def test_what_is_no_file_is_written_to_as_it_is(project: Folder) -> None:
    """`--output-file /dev/stderr`, a pipe of a shell, `/dev/null`."""
    project.check("-o", "/dev/null")

    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)  # noqa: PTH116 - a device


@posix
def test_hard_links_are_said_and_the_file_stays(project: Folder) -> None:
    """A replaced file would part from its other names; an edited one would change them."""
    project.put("requirements.txt", "ddtrace==4.2.0  # ddlint: ignore[DD302] x\n")
    os.link(project.path / "requirements.txt", project.path / "twin.cfg")
    before = project.read("requirements.txt")

    ran = project.check("--fix", "--unsafe-fixes")

    assert "it has 2 names (hard links)" in ran.err
    assert project.read("requirements.txt") == before


def test_of_two_files_the_first_is_named_where_the_second_fails(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        folder.put(f"{name}/requirements.txt", "ddtrace==4.2.0  # ddlint: ignore[DD302] x\n")
    real = os.replace
    done: list[str] = []

    def replace(source: str, target: str) -> None:
        if len(done) == 1:
            full_disk()
        done.append(target)
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)

    ran = folder.check("--fix")

    assert ran.code == 2
    assert "`b/requirements.txt` cannot be written: no space left on device" in ran.err
    assert "1 of 3 files was written before: `a/requirements.txt`" in ran.err
    assert "ddlint" not in folder.read("a/requirements.txt")
    assert "ddlint" in folder.read("b/requirements.txt")
    assert left_over(folder.path) == []
