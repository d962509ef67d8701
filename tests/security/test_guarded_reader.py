"""One reader opens every file: never outside of the root, never below `.git`, never what has no end."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import host
from ddlint.core.source import Unread
from ddlint.outputs import NAMES
from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.folder import Folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")

SECRET = "s3cr3t0fs0mebody"
GIT_CONFIG = f"[core]\n\tbare = false\n[http]\n\textraheader = AUTHORIZATION: basic {SECRET}\n"
PYPIRC = f"[distutils]\nindex-servers = pypi\n[pypi]\nusername = me\npassword = {SECRET}\n"
FILES = {
    ".git/config": GIT_CONFIG,
    ".hg/hgrc": f"[auth]\nx.password = {SECRET}\n",
    ".svn/auth/x": f"K 8\npassword\nV 6\n{SECRET}\n",
    ".pypirc": PYPIRC,
    ".netrc": f"machine index.example login me password {SECRET}\n",
    "creds.json": f'{{\n  "token": "{SECRET}"\n}}\n',
    "passwords": f"DB_PASSWORD={SECRET} # x\nAPI={SECRET} y\n",
    "key.pem": f"-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----\n",
}
EVERY = ("--min-severity", "notice", "--pedantic")


@pytest.fixture
def checkout(folder: Folder) -> Folder:
    for name, text in FILES.items():
        folder.put(name, text)
    return folder


def told(folder: Folder) -> str:
    """What every format, `inspect` and `--diff` say, on both streams."""
    calls = [
        *(("--output-format", name, *EVERY) for name in NAMES),
        ("inspect",),
        ("inspect", "--output-format", "json"),
        ("--diff", "--unsafe-fixes"),
        ("-v",),
    ]
    runs = [folder.run(*words) for words in calls]
    assert {run.code for run in runs} <= {0, 1}, [run.err for run in runs if run.code == 2]
    return "".join(run.out + run.err for run in runs)


@pytest.mark.parametrize("name", FILES)
def test_an_include_of_a_file_that_holds_no_requirements_quotes_nothing(checkout: Folder, name: str) -> None:
    checkout.put("requirements.txt", f"ddtrace==4.2.0\n-r {name}\n")

    assert SECRET not in told(checkout)
    lines = checkout.check(*EVERY).lines
    assert [line for line in lines if "DD003" in line or "DD001" in line] == []
    assert len([line for line in lines if line.startswith("requirements.txt:2:") and "DD004" in line]) == 1


@pytest.mark.parametrize("name", FILES)
def test_a_link_to_a_file_that_holds_no_requirements_quotes_nothing(checkout: Folder, name: str) -> None:
    checkout.put("requirements.txt", "ddtrace==4.2.0\n")
    (checkout.path / "requirements-x.txt").symlink_to(name)

    assert SECRET not in told(checkout)
    assert len([line for line in checkout.check(*EVERY).lines if "requirements-x.txt" in line]) <= 1


def test_a_folder_that_is_a_link_into_git_is_not_read(checkout: Folder) -> None:
    checkout.put(".git/hooks/requirements.txt", f"ddtrace==1\n{SECRET} = 1\n")
    checkout.put("requirements.txt", "ddtrace==4.2.0\n-r hooks/requirements.txt\n")
    (checkout.path / "hooks").symlink_to(".git/hooks")

    assert SECRET not in told(checkout)


def test_an_included_file_with_a_mistake_further_down_is_read_as_ever(checkout: Folder) -> None:
    checkout.put("requirements.txt", "ddtrace==4.2.0\n-r base.txt\n")
    checkout.put("base.txt", "# of the base\nflask==2.0\nflask=2.0\n")

    assert any(line.startswith("base.txt:3:") for line in checkout.check(*EVERY).lines)


def test_a_checkout_that_lies_in_a_folder_of_git_is_read(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some people keep their work trees there."""
    folder.put(".git/trees/one/.git", "gitdir: ../..\n")
    folder.put(".git/trees/one/requirements.txt", "ddtrace==3.19.0\ndjango==1.11.29\n")
    monkeypatch.chdir(folder.path / ".git/trees/one")

    assert any("DD301" in line for line in folder.check().lines)


@pytest.mark.parametrize(
    "config, reason",
    [
        ('extend = ".git/config"\n', "version control"),
        ('baseline = ".git/config"\n', "version control"),
        ('baseline = "../outside/baseline.json"\n', "outside"),
        ('baseline = "fifo"\n', "neither a file nor a link"),
        ('rules = ["/etc"]\n', "outside"),
        ('rules = ["/proc"]\n', "outside"),
        ('rules = ["../outside"]\n', "outside"),
        ('rules = ["outside"]\n', "outside"),
        ('rules = [".git"]\n', "version control"),
        ('rules = ["linked"]\n', "outside"),
        ('rules = ["piped"]\n', "neither a file nor a link"),
        ('rules = ["endless"]\n', "outside"),
        ('rules = ["deep"]\n', "deep"),
        ('rules = ["loop"]\n', "pack"),
        ('rules = ["mine"]\n', "built-in"),
    ],
)
def test_what_a_config_of_the_checkout_names_is_opened_inside_it_only(
    tmp_path: Path, folder: Folder, config: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside, tree = folder.path / "outside", folder.path / "tree"
    outside.mkdir()
    folder.put("outside/pack.yaml", SECRET)
    folder.put("outside/baseline.json", SECRET)
    folder.put("tree/.git/config", GIT_CONFIG)
    folder.put("tree/requirements.txt", "ddtrace==3.19.0\n")
    folder.put("tree/ddlint.toml", config)
    (tree / "outside").symlink_to("../outside")
    for name in ("linked", "piped", "endless", "loop"):
        (tree / name).mkdir()
    (tree / "linked/pack.yaml").symlink_to("../../outside/pack.yaml")
    (tree / "endless/pack.yaml").symlink_to("/dev/zero")
    os.mkfifo(tree / "piped/pack.yaml")
    os.mkfifo(tree / "fifo")
    (tree / "loop/a").symlink_to("../loop")
    (tree / "loop/b").symlink_to("../loop")
    folder.put(f"tree/deep/{'d/' * 300}pack.yaml", "x: 1\n")
    shutil.copytree(ROOT / "examples/own-pack/rules", tree / "mine")
    manifest = tree / "mine/pack.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("pack: acme", "pack: ddtrace"), encoding="utf-8")
    monkeypatch.chdir(tree)
    before = time.monotonic()

    ran = folder.check()

    assert ran.code == 2, ran.out
    assert reason in ran.err
    assert SECRET not in ran.err
    assert ran.err.startswith("ddlint: ")
    assert time.monotonic() - before < 10


def test_a_config_that_is_a_link_out_of_the_root_is_not_opened(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.put("outside/ddlint.toml", f'select = ["{SECRET}"]\n')
    folder.put("tree/.git/HEAD", "")
    folder.put("tree/requirements.txt", "ddtrace==3.19.0\n")
    (folder.path / "tree/ddlint.toml").symlink_to("../outside/ddlint.toml")
    monkeypatch.chdir(folder.path / "tree")

    ran = folder.check()

    assert ran.code == 2
    assert SECRET not in ran.err
    assert "outside" in ran.err


def test_a_pack_of_the_command_line_may_replace_the_built_in_one(folder: Folder) -> None:
    shutil.copytree(ROOT / "examples/own-pack/rules", folder.path / "mine")
    manifest = folder.path / "mine/pack.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("pack: acme", "pack: ddtrace"), encoding="utf-8")
    folder.put("requirements.txt", "ddtrace==3.19.0\n")

    assert "built-in" not in folder.check("--rules", "mine").err


def test_a_pipe_that_replaces_a_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was a file when it was looked at may be another thing when it is opened."""
    path = tmp_path / "requirements.txt"
    path.write_text("", encoding="utf-8")
    as_file = path.stat()
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(os, "stat", lambda *_, **__: as_file)

    found = host.read_file(str(path))

    assert isinstance(found, Unread)
    assert found.reason == "it is neither a file nor a link to one"


def test_a_file_that_grows_is_read_up_to_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "requirements.txt"
    path.write_bytes(b"x" * 2000)
    monkeypatch.setattr(host, "_LARGEST", 1000)
    real = os.fstat
    monkeypatch.setattr(os, "fstat", lambda handle: os.stat_result((*real(handle)[:6], 10, *real(handle)[7:10])))

    found = host.read_file(str(path))

    assert isinstance(found, Unread)
    assert "larger than" in found.reason
