"""Files that are included: each read once, none outside the root, and every way to get it wrong told at its place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import host as machine
from ddlint.cli.host import real_path
from ddlint.core.source import FileSystem, Unread
from ddlint.project.workspace import Reader

if TYPE_CHECKING:
    from tests.folder import Folder

TRACER = "ddtrace==4.16.0\n"
OLD = "django==1.11.29\n"


def test_what_is_included_is_judged_at_its_own_place(folder: Folder) -> None:
    folder.put("requirements.txt", f"{TRACER}-r sub/base\n")
    folder.put("sub/base", f"# more\n{OLD}")

    assert folder.check().places == ["sub/base:2:1 DD301"]


def test_includes_count_from_the_file_that_includes(folder: Folder) -> None:
    folder.put("requirements.txt", f"{TRACER}-r a/one\n")
    folder.put("a/one", "-r ../b/two\n")
    folder.put("b/two", OLD)

    assert folder.check().places == ["b/two:1:1 DD301"]


@pytest.mark.parametrize(
    "line, column, words",
    [
        ("-r missing.txt", 4, "`missing.txt` cannot be followed: there is no such file"),
        ("-c missing.txt", 4, "`missing.txt` cannot be followed: there is no such file"),
        ("-r .", 4, "`.` cannot be followed: it is a folder"),
        ("-r requirements.txt", 4, "`requirements.txt` is this file itself"),
        ("-r requirements.txt/x", 4, "`requirements.txt/x` cannot be followed: there is no such folder"),
    ],
)
def test_a_wrong_include_is_an_error_at_its_target(folder: Folder, line: str, column: int, words: str) -> None:
    folder.put("requirements.txt", f"{TRACER}{line}\n{OLD}")

    ran = folder.check()

    assert ran.code == 1
    assert ran.places == [f"requirements.txt:2:{column} DD004", "requirements.txt:3:1 DD301"]
    assert words in ran.out


@pytest.mark.parametrize(
    "line, words",
    [
        ("-r https://index.example/r.txt", "`https://index.example/r.txt` is not followed: ddlint fetches nothing"),
        ("-r https://me:hidden@index.example/r.txt", "`https://***@index.example/r.txt`"),
        ("-r ../outside.txt", "`../outside.txt` is outside the project, so it is not opened"),
        ("-r ../../../../../../../../../../etc/hostname", "is outside the project"),
        ("-r /etc/hostname", "`/etc/hostname` is outside the project"),
    ],
)
def test_what_is_not_opened_is_a_notice(folder: Folder, line: str, words: str) -> None:
    folder.put("outside.txt", OLD)
    folder.put("repo/requirements.txt", f"{TRACER}{line}\n")

    ran = folder.check("--min-severity", "notice", "repo")

    assert (ran.code, ran.places) == (0, ["repo/requirements.txt:2:4 DD004"])
    assert words in ran.out
    assert "hidden" not in ran.out


def test_a_link_inside_that_leads_outside_is_not_opened(folder: Folder) -> None:
    folder.put("secret", OLD)
    folder.put("repo/requirements.txt", f"{TRACER}-r link\n")
    (folder.path / "repo/link").symlink_to("../secret")

    assert folder.check("--min-severity", "notice", "repo").places == ["repo/requirements.txt:2:4 DD004"]


def test_an_include_may_lead_anywhere_inside_the_repository(folder: Folder) -> None:
    folder.put(".git/HEAD")
    folder.put("shared/base", OLD)
    folder.put("svc/requirements.txt", f"{TRACER}-r ../shared/base\n")

    assert folder.check("svc").places == ["shared/base:1:1 DD301"]


@pytest.mark.parametrize("target", ["${WHERE}/base.txt", "{{ where }}.txt"])
def test_a_variable_is_not_followed_and_not_told(folder: Folder, target: str) -> None:
    folder.put("requirements.txt", f"{TRACER}-r {target}\n")

    assert folder.check("--pedantic", "--select", "DD004").places == []


def test_a_cycle_is_told_once_where_it_closes(folder: Folder) -> None:
    folder.put("requirements.txt", f"{TRACER}-r a\n")
    folder.put("a", "-r b\n")
    folder.put("b", f"-r requirements.txt\n{OLD}")

    ran = folder.check()

    assert ran.places == ["b:1:4 DD004", "b:2:1 DD301"]
    assert "`requirements.txt` includes this file in turn, through `a`" in ran.out


def test_a_cycle_through_links_ends(folder: Folder) -> None:
    folder.put("requirements.txt", f"{TRACER}-r here/requirements.txt\n")
    (folder.path / "here").symlink_to(".")

    assert folder.check().places == ["requirements.txt:2:4 DD004"]


def test_both_halves_of_a_cycle_are_named(folder: Folder) -> None:
    """A changed file that is part of a cycle shows it, wherever the cycle closes."""
    folder.put("requirements.txt", f"{TRACER}-r requirements-b.txt\n")
    folder.put("requirements-b.txt", "-r requirements.txt\n")

    for name in ("requirements.txt", "requirements-b.txt"):
        assert len(folder.check(name).places) == 1


def test_a_diamond_is_read_once(folder: Folder) -> None:
    """Thirty layers of two files that both include the next two are 2^30 ways, and sixty files."""
    folder.put("requirements.txt", f"{TRACER}-r a0\n-r b0\n")
    for layer in range(30):
        text = f"-r a{layer + 1}\n-r b{layer + 1}\n" if layer < 29 else OLD
        folder.put(f"a{layer}", text)
        folder.put(f"b{layer}", text)

    assert folder.check().places == ["a29:1:1 DD301"]


def test_a_long_chain_is_followed(folder: Folder) -> None:
    for number in range(1500):
        folder.put(f"r{number}", f"-r r{number + 1}\n" if number < 1499 else OLD)
    folder.put("requirements.txt", f"{TRACER}-r r0\n")

    assert folder.check().places == ["r1499:1:1 DD301"]


def test_more_includes_than_anybody_writes_are_cut(folder: Folder) -> None:
    folder.put("requirements.txt", TRACER + "".join(f"-r m{number}\n" for number in range(600)))

    ran = folder.check("--select", "DD004")

    assert len(ran.places) == 501
    assert "requirements.txt:502:4: DD004 error: only the first 500 of 600 includes" in ran.out


def test_constraints_narrow_and_do_not_declare(folder: Folder) -> None:
    folder.put("requirements.txt", f"{TRACER}-c limits\ndjango\n")
    folder.put("limits", "flask==0.10\ndjango==1.11.29\n")

    assert folder.check().places == ["limits:2:1 DD301"]


def test_an_included_file_that_is_no_text_is_told_there(folder: Folder) -> None:
    folder.put("requirements.txt", f"{TRACER}-r base\n")
    folder.put("base", b"caf\xe9==1\n")

    assert folder.check().places == ["base:1:1 DD001"]


def test_each_file_is_opened_once(tmp_path: Folder) -> None:
    texts = {
        "/r/a/requirements.txt": "-r ../base\n-r ../base\n",
        "/r/b/requirements.txt": "-r ../base\n",
        "/r/base": "flask\n",
    }
    opened: list[str] = []

    def read(path: str) -> bytes | Unread:
        opened.append(path)
        return texts[path].encode() if path in texts else Unread("gone", is_missing=True)

    reader = Reader(FileSystem(read, lambda path: path))
    both = [reader.project([(f"/r/{name}/requirements.txt", "requirements_txt")], "/r") for name in "ab"]

    assert opened == ["/r/a/requirements.txt", "/r/base", "/r/b/requirements.txt"]
    assert [[manifest.path for manifest in each] for each in both] == [
        ["/r/a/requirements.txt", "/r/base"],
        ["/r/b/requirements.txt", "/r/base"],
    ]


# what cannot be read


def test_a_pipe_is_never_opened(folder: Folder) -> None:
    folder.put("requirements.txt", f"{TRACER}-r pipe\n")
    os.mkfifo(folder.path / "pipe")
    os.mkfifo(folder.path / "requirements-dev.txt")

    ran = folder.check()

    assert ran.places == ["pipe:1:1 DD001"]
    assert "it is neither a file nor a link to one" in ran.out


def test_a_link_to_itself_is_told(folder: Folder) -> None:
    (folder.path / "requirements.txt").symlink_to("requirements.txt")

    ran = folder.check("requirements.txt")

    assert (ran.code, ran.places) == (1, ["requirements.txt:1:1 DD001"])


def test_a_link_to_nothing_is_told(folder: Folder) -> None:
    (folder.path / "requirements.txt").symlink_to("gone.txt")

    assert "it cannot be read: there is no such file" in folder.check("--min-severity", "notice").out


def test_a_file_above_the_limit_is_not_read(folder: Folder) -> None:
    path = folder.put("requirements.txt")
    with path.open("r+b") as file:
        file.truncate(65 * 1024 * 1024)

    assert "it is larger than 64 MiB" in folder.check("--min-severity", "notice").out


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 300])
def test_a_name_that_no_file_can_have(name: str) -> None:
    assert isinstance(machine.read_file(f"/tmp/{name}"), Unread)
    assert real_path(f"/tmp/{name}").startswith("/")


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read_is_told(folder: Folder) -> None:
    folder.put("requirements.txt", TRACER).chmod(0)

    assert "it cannot be read: permission denied" in folder.check("--min-severity", "notice").out


def test_the_rest_is_judged_beside_what_is_broken(folder: Folder) -> None:
    """One finding each, at its place; exit 1; no traceback."""
    folder.put("a/requirements.txt", f"{TRACER}this is bad\n{OLD}")
    folder.put("b/requirements.txt", b"ddtrace==4.16.0\nna\xefve\n")
    folder.put("c/pyproject.toml", '[project]\ndependencies = ["ddtrace==4.16.0"\n')
    folder.put("d/requirements.txt", f"{TRACER}-r requirements.txt\n{OLD}")

    ran = folder.check()

    assert ran.code == 1
    assert [place.split(":")[0] + place[-6:] for place in ran.places] == [
        "a/requirements.txt DD003",
        "a/requirements.txt DD301",
        "b/requirements.txt DD001",
        "c/pyproject.toml DD002",
        "d/requirements.txt DD004",
        "d/requirements.txt DD301",
    ]
    assert ran.err == ""
