"""The cache of results: what comes from it is what a run without it says, and an entry that is not ours is none."""

from __future__ import annotations

import ast
import multiprocessing
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ddlint.cli import cache, startup, terminal
from ddlint.cli import main as command_line
from ddlint.core import watch
from ddlint.linter import process_pool
from ddlint.outputs import NAMES
from ddlint.pack import loader
from tests.folder import DAY, cached_builtin
from tests.repository.source_tree import PACKAGE, ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

pytestmark = pytest.mark.skipif(not cache._IS_KNOWN, reason="this system cannot say who owns a folder")
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
OWN_PACK = ROOT / "examples/own-pack/rules"


class Result(NamedTuple):
    code: int
    out: str
    err: str


class Cached:
    """A project, and calls of `ddlint` in it with a cache beside it."""

    def __init__(self, top: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.project, self.home = top / "project", top / "home"
        self.folder = self.home / ".cache/ddlint"
        self.worked = 0
        self._monkeypatch, self._capsys = monkeypatch, capsys
        self.empty()
        for name in (*terminal._CI, *cache.VARIABLES, "DDLINT_NO_CACHE", "DDLINT_CACHE_DIR", "XDG_CACHE_HOME"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HOME", str(self.home))
        monkeypatch.setattr(loader, "builtin", cached_builtin)
        run = command_line.run

        def counted(words: Sequence[str]) -> int:
            self.worked += 1
            return run(words)

        monkeypatch.setattr(command_line, "run", counted)

    def empty(self) -> None:
        """Begin with an empty project and no cache."""
        os.chdir("/")
        for path in (self.project, self.home):
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
        self._monkeypatch.chdir(self.project)

    def put(self, name: str, text: str) -> Path:
        path = self.project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def run(self, *words: str) -> Result:
        self._monkeypatch.setattr(sys, "argv", ["ddlint", *words])
        code = startup.main()
        read = self._capsys.readouterr()
        return Result(code, read.out, read.err)

    def is_kept(self, *words: str) -> bool:
        """Whether the second of two calls does no work, and says the same."""
        first = self.run(*words)
        before = self.worked
        assert self.run(*words) == first
        return self.worked == before

    @property
    def entries(self) -> list[Path]:
        return sorted(self.folder.glob("*.results")) if self.folder.is_dir() else []


@pytest.fixture
def cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Cached:
    """A project with findings; what has only just been written is compared by its content."""
    made = Cached(tmp_path, monkeypatch, capsys)
    made.put("requirements.txt", "ddtrace==3.19.9\nflask==0.5\n")
    return made


@pytest.fixture
def by_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trust the times of files that have only just been written, as those of older ones are trusted."""
    monkeypatch.setattr(watch, "RESTING", 0)


# Which calls are kept.


@pytest.mark.parametrize("name", NAMES)
def test_every_format_comes_from_the_cache(cached: Cached, name: str) -> None:
    assert cached.is_kept("--output-format", name, "--as-of", DAY)


@pytest.mark.parametrize(
    "words, is_kept",
    [
        ((), True),
        (("check",), True),
        (("requirements.txt", "-v"), True),
        (("--statistics", "-q"), True),
        (("-j", "2"), True),
        (("--no-cache",), False),
        (("--fix",), False),
        (("--diff",), False),
        (("-o", "../report.txt"), False),
        (("--write-baseline", "../baseline.json"), False),
        (("inspect",), False),
        (("plan",), False),
        (("rule", "DD301"), False),
        (("--config", "gone.toml"), False),
        (("--rules", str(OWN_PACK)), True),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else "",
)
def test_which_calls_are_kept(cached: Cached, words: tuple[str, ...], is_kept: bool) -> None:
    assert cached.is_kept(*words) is is_kept
    assert bool(cached.entries) is is_kept


@pytest.mark.parametrize(
    "name, value",
    [*((name, "true") for name in terminal._CI), ("DDLINT_NO_CACHE", "1"), ("HOME", ""), ("HOME", "relative")],
)
def test_where_nothing_is_kept(cached: Cached, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    assert not cached.is_kept("--output-format", "concise")


def test_standard_input_is_not_kept(cached: Cached, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO, TextIOWrapper

    for text, code in (("ddtrace==0.1\n", 1), ("ddtrace\n", 0)):
        monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(text.encode())))
        assert cached.run("-").code == code


_DEFAULT = "home/Library/Caches/ddlint" if sys.platform == "darwin" else "home/.cache/ddlint"


@pytest.mark.parametrize(
    "variables, words, where",
    [
        ({}, (), _DEFAULT),
        ({"XDG_CACHE_HOME": "{top}/xdg"}, (), "xdg/ddlint"),
        ({"XDG_CACHE_HOME": "relative"}, (), _DEFAULT),
        ({"DDLINT_CACHE_DIR": "{top}/a/b"}, (), "a/b"),
        ({"DDLINT_CACHE_DIR": "../c"}, (), "c"),
        ({"DDLINT_CACHE_DIR": "{top}/a"}, ("--cache-dir", "../d"), "d"),
        ({}, ("--cache-dir=../d",), "d"),
    ],
)
def test_where_the_cache_is(
    cached: Cached, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], words: tuple[str, ...], where: str
) -> None:
    top = cached.home.parent
    for name, value in variables.items():
        monkeypatch.setenv(name, value.format(top=top))

    assert cached.is_kept(*words)
    assert sorted(path.name for path in (top / where).iterdir() if path.name == "CACHEDIR.TAG") == ["CACHEDIR.TAG"]


@pytest.mark.parametrize("place", ["cache", "sub/cache", "../project/cache", "../linked"])
def test_a_folder_that_a_checkout_may_bring_is_refused(
    cached: Cached, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Entries are trusted by their folder, and git makes files of the user's own."""
    (cached.project / "cache").mkdir()
    (cached.home.parent / "linked").symlink_to(cached.project / "cache")
    named = cached.run("--cache-dir", place)
    monkeypatch.setenv("DDLINT_CACHE_DIR", place)

    assert (named.code, named.err.partition("\n")[0]) == (
        2,
        f"ddlint: --cache-dir: `{place}` is in a checkout or in what is linted",
    )
    assert not cached.is_kept()
    assert list((cached.project / "cache").iterdir()) == []


def test_a_folder_in_another_checkout_is_refused(cached: Cached) -> None:
    (cached.home / ".git").mkdir()

    assert not cached.is_kept()


# What an entry depends on.


@pytest.mark.parametrize(
    "name, change",
    [
        ("another version", lambda patch: patch.setattr(cache, "__version__", "999")),
        ("another Python", lambda patch: patch.setattr(sys, "version", "3.99")),
        ("another day", lambda patch: patch.setattr(time, "strftime", lambda _: "2099-01-01")),
        ("colours", lambda patch: patch.setenv("FORCE_COLOR", "1")),
        ("columns", lambda patch: patch.setenv("COLUMNS", "60")),
        ("a format", lambda patch: patch.setenv("DDLINT_OUTPUT_FORMAT", "json")),
        ("a terminal", lambda patch: patch.setattr(terminal, "is_terminal", lambda _: True)),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_what_is_no_file(
    cached: Cached, monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[pytest.MonkeyPatch], None]
) -> None:
    assert cached.is_kept(), name
    change(monkeypatch)
    before = cached.worked
    cached.run()

    assert cached.worked == before + 1


def test_the_code_and_the_rules_are_part_of_it(cached: Cached, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A checkout that is installed as it is never gets what older code said."""
    code = tmp_path / "module.py"
    code.touch()
    of_run = cache._code()
    monkeypatch.setattr(cache, "_code", lambda: [*of_run, str(code)])

    assert not cached.is_kept(), "it has only just changed"
    monkeypatch.setattr(watch, "RESTING", 0)
    assert cached.is_kept()
    code.write_text("changed = True\n", encoding="utf-8")
    before = cached.worked
    assert cached.is_kept()
    assert cached.worked == before + 1
    names = {os.path.relpath(path, ROOT) for path in of_run if path.startswith(str(ROOT))}
    assert {"ddlint/linter/run.py", "ddlint/cli/cache.py", "rules/ddtrace/pack.yaml"} <= names


def test_variables_of_the_environment_are_part_of_it() -> None:
    """Each that is read is in the key, or changes nothing of what is kept."""
    without_effect = {"PYTHONIOENCODING", "DDLINT_NO_CACHE", "DDLINT_CACHE_DIR", "HOME", "XDG_CACHE_HOME"}
    read = {
        node.args[0].value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "variable"
        if node.args and isinstance(node.args[0], ast.Constant)
    }

    assert "DDLINT_CONFIG" in read
    assert read - set(cache.VARIABLES) == without_effect


def test_only_what_is_kept_asks_the_file_system() -> None:
    """A module that asks by itself would get answers that no entry holds."""
    asking = {"stat", "lstat", "scandir", "listdir", "readlink", "walk", "access"}
    asking |= {"isdir", "isfile", "exists", "lexists", "islink", "realpath", "getsize", "getmtime"}
    allowed = {"cli/cache", "cli/host", "cli/startup", "project/walk", "pack/loader", "pack/version"}
    found = {
        path.relative_to(PACKAGE).with_suffix("").as_posix()
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in asking and ast.unparse(node.value) in ("os", "os.path")
    }

    assert found == allowed


TREES: dict[str, str] = {
    "requirements.txt": "ddtrace==3.19.9\nflask==0.5\n-r more/base.txt\n-r gone.txt\n",
    "more/base.txt": "django==1.11\n",
    "a/pyproject.toml": '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.9"\ndependencies = ["ddtrace>=4"]\n',
    "a/ddlint.toml": 'ignore = ["DD1"]\n',
    "b/setup.cfg": "[options]\ninstall_requires =\n  ddtrace>=2\n  redis\n",
    "b/Dockerfile": "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\nENV DD_TRACE_ENABLED=true\n",
    "b/requirements.txt": "ddtrace\nredis<3\n",
    "b/deep/er/requirements.txt": "ddtrace<2\n",
    ".gitignore": "ignored/\n",
    "ignored/requirements.txt": "ddtrace==0.1\n",
    "baseline.json": "{}",
}
TEXTS = (
    *("", "ddtrace==4.0.0\n", "ddtrace>=3\nflask==0.5\ndjango\n", "-r ../requirements.txt\n", "ddtrace ===\n"),
    *('[tool.ddlint]\nselect = ["DD3"]\n', 'ignore = ["DD3"]\n', "b\n", "!ignored\n", "*.txt\n", 'exclude = ["b"]\n'),
)
NAMED = (
    *TREES, "b/.gitignore", "ddlint.toml", ".ddlint.toml", "gone.txt", "c/requirements.txt", "a/uv.lock", "b/pyvenv.cfg",
    "a/.python-version", "pack/pack.yaml", "pack/integrations/flask.yaml",
)  # fmt: skip
EDITS = st.one_of(
    st.tuples(st.just("write"), st.sampled_from(NAMED), st.sampled_from(TEXTS)),
    st.tuples(st.just("append"), st.sampled_from(NAMED), st.sampled_from(TEXTS)),
    st.tuples(st.just("delete"), st.sampled_from((*NAMED, "a", "b", "more")), st.just("")),
    st.tuples(st.just("rename"), st.sampled_from((*NAMED, "a", "b")), st.sampled_from((*NAMED, "z", "b/z"))),
    st.tuples(st.just("touch"), st.sampled_from(NAMED), st.just("")),
    st.tuples(st.just("link"), st.sampled_from(NAMED), st.sampled_from((*NAMED, "a", "..", "../home"))),
    st.tuples(st.just("backdate"), st.sampled_from(NAMED), st.sampled_from(TEXTS)),
    st.tuples(st.just("nothing"), st.just(""), st.just("")),
)
CALLS = (
    (),
    ("b",),
    ("requirements.txt", "a/pyproject.toml"),
    ("--rules", "pack"),
    ("-j", "2"),
    ("--isolated", "b/deep"),
)


def edit(top: Path, kind: str, name: str, other: str) -> None:
    """Change the project, as far as that can be done."""
    path = top / name
    before = path.stat() if path.is_file() else None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "delete" and path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif kind == "delete":
            path.unlink()
        elif kind == "rename":
            (top / other).parent.mkdir(parents=True, exist_ok=True)
            path.rename(top / other)
        elif kind == "touch" and before:
            os.utime(path, ns=(before.st_mtime_ns, before.st_mtime_ns + 1))
        elif kind == "link":
            path.unlink(missing_ok=True)
            path.symlink_to(top / other)
        elif kind == "backdate" and before:
            data = other.encode().ljust(before.st_size)[: before.st_size]
            path.write_bytes(data)
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        elif kind in ("write", "append"):
            with path.open("a" if kind == "append" else "w", encoding="utf-8") as file:
                file.write(other)
    except OSError:
        return


@pytest.mark.long
@pytest.mark.parametrize("resting", [0, watch.RESTING], ids=["by times", "by content"])
@example(edits=[("backdate", "requirements.txt", "ddtrace==4.0.0\n")], call=(), name="concise")
@example(edits=[("write", "ddlint.toml", 'select = ["DD3"]\n'), ("nothing", "", "")], call=(), name="json")
@example(edits=[("link", "a", "b"), ("delete", "b", "")], call=("a",), name="full")
@example(edits=[("append", "pack/integrations/flask.yaml", "#\n")], call=("--rules", "pack"), name="full")
@given(
    edits=st.lists(EDITS, min_size=1, max_size=4), call=st.sampled_from(CALLS), name=st.sampled_from(NAMES)
)  # fmt: skip
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_run_with_the_cache_says_what_one_without_it_says(
    cached: Cached,
    monkeypatch: pytest.MonkeyPatch,
    resting: int,
    edits: list[tuple[str, str, str]],
    call: tuple[str, ...],
    name: str,
) -> None:
    monkeypatch.setattr(watch, "RESTING", resting)
    cached.empty()
    for path, text in TREES.items():
        cached.put(path, text)
    shutil.copytree(OWN_PACK, cached.project / "pack")
    words = ("--output-format", name, "--as-of", DAY, "-v", *call)
    cached.run(*words)

    for each in edits:
        edit(cached.project, *each)
        with_cache = cached.run(*words)
        assert cached.run(*words) == with_cache
        assert cached.run("--no-cache", *words) == with_cache


def test_a_part_of_a_checkout_is_kept(cached: Cached, by_times: None) -> None:
    """Its workflows are looked for at the top, and may not be there."""
    (cached.project / ".git").mkdir()
    cached.put("a/b/requirements.txt", "ddtrace==4.0.0\n")

    assert cached.is_kept("a/b")
    cached.put(".github/workflows/ci.yml", "jobs: {}\n")
    assert cached.run("a/b") == cached.run("a/b", "--no-cache")


@pytest.mark.parametrize("start", multiprocessing.get_all_start_methods())
def test_what_other_processes_ask_is_part_of_it(
    cached: Cached, monkeypatch: pytest.MonkeyPatch, by_times: None, start: str
) -> None:
    monkeypatch.setattr(process_pool, "START", start)
    monkeypatch.setattr(process_pool, "run_batches", counted := Counted(process_pool.run_batches))
    for name in ("a", "b", "c"):
        cached.put(f"{name}/requirements.txt", "-r common.txt\n-r gone.txt\n")
        cached.put(f"{name}/common.txt", "ddtrace==4.0.0\n")
    words = ("-j", "2", "--output-format", "concise", "--as-of", DAY)
    assert cached.is_kept(*words)
    assert counted.calls == 1

    for name, text in (("c/common.txt", "ddtrace==3.19.9\n"), ("c/gone.txt", "flask==0.5\n")):
        cached.put(name, text)
        assert cached.run(*words) == cached.run(*words, "--no-cache")


class Counted:
    """A function that counts its calls."""

    def __init__(self, function: Callable[..., object]) -> None:
        self.calls = 0
        self._function = function

    def __call__(self, *values: object) -> object:
        self.calls += 1
        return self._function(*values)


def test_what_was_only_touched_is_not_read_again_and_again(cached: Cached, by_times: None) -> None:
    assert cached.is_kept()
    path = cached.project / "requirements.txt"
    (cached.project / "new").mkdir()
    (cached.project / "new").rmdir()
    os.utime(path)
    entry = cached.entries[0].read_bytes()
    before = cached.worked
    cached.run()

    assert cached.worked == before, "the content is the same"
    assert cached.entries[0].read_bytes() != entry, "the new times are kept"


# Entries that are not as they should be.


BROKEN: dict[str, Callable[[bytes, list[bytes]], bytes]] = {
    "empty": lambda _, __: b"",
    "random": lambda _, __: bytes(range(256)) * 100,
    "cut": lambda data, _: data[:-1],
    "one field less": lambda _, fields: b"\0".join(fields[:-2] + fields[-1:]),
    "negative counts": lambda _, fields: b"\0".join([*fields[:2], b"-1", *fields[3:]]),
    "huge counts": lambda _, fields: b"\0".join([*fields[:2], b"9" * 5000, *fields[3:]]),
    "exit code": lambda _, fields: b"\0".join([*fields[:-2], b"zero", fields[-1]]),
    "code of a failure": lambda _, fields: b"\0".join([*fields[:-2], b"7", fields[-1]]),
    "question": lambda data, _: data.replace(b"\0exists\0", b"\0system\0"),
    "another version": lambda data, _: data.replace(b"ddlint results 1", b"ddlint results 2"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_entry_is_none(cached: Cached, how: str) -> None:
    first = cached.run()
    data = cached.entries[0].read_bytes()
    cached.entries[0].write_bytes(BROKEN[how](data, data.split(b"\0")))
    before = cached.worked

    assert cached.run() == first
    assert cached.worked == before + 1
    assert cached.is_kept()


def test_an_entry_may_be_cut_off_anywhere(cached: Cached) -> None:
    first = cached.run()
    data = cached.entries[0].read_bytes()
    for size in range(0, len(data), max(1, len(data) // 20)):
        cached.entries[0].write_bytes(data[:size])
        assert cached.run() == first


@pytest.mark.parametrize("how", ["a link", "writable", "a pipe", "a folder", "too large"])
def test_an_entry_that_others_may_have_written_is_none(cached: Cached, how: str, tmp_path: Path) -> None:
    first = cached.run()
    entry = cached.entries[0]
    if how == "writable":
        entry.chmod(0o666)
    elif how == "too large":
        os.truncate(entry, cache._LARGEST + 1)
    else:
        entry.rename(tmp_path / "moved")
        if how == "a link":
            entry.symlink_to(tmp_path / "moved")
        elif how == "a pipe":
            os.mkfifo(entry)
        else:
            entry.mkdir()
    before = cached.worked

    assert cached.run() == first
    assert cached.worked == before + 1


@pytest.mark.parametrize("how", ["a link", "writable", "a file", pytest.param("of another", marks=pytest.mark.skipif(not AS_ROOT, reason="only root gives files away"))])  # fmt: skip
def test_a_folder_that_others_may_have_written_is_not_used(cached: Cached, how: str, tmp_path: Path) -> None:
    first = cached.run()
    if how == "writable":
        cached.folder.chmod(0o777)
    elif how == "of another":
        os.chown(cached.folder, 12345, 12345)
    else:
        cached.folder.rename(tmp_path / "moved")
        if how == "a link":
            cached.folder.symlink_to(tmp_path / "moved")
        else:
            cached.folder.write_text("", encoding="utf-8")
    before = cached.worked

    assert cached.run() == cached.run() == first
    assert cached.worked == before + 2


def test_only_the_user_can_read_it(cached: Cached) -> None:
    old = os.umask(0)
    try:
        cached.run()
    finally:
        os.umask(old)

    assert cached.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in cached.folder.iterdir()} == {0o600}


@pytest.mark.parametrize("fails", ["makedirs", "open", "replace"])
def test_a_home_that_cannot_be_written_is_no_mistake(
    cached: Cached, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    expected = cached.run("--no-cache")
    function = getattr(os, fails)

    def failing(path: str, *args: object, **more: object) -> object:
        if fails != "open" or more.get("dir_fd") is not None:
            raise OSError(30, "Read-only file system")
        return function(path, *args, **more)

    monkeypatch.setattr(os, fails, failing)

    assert cached.run() == expected
    assert cached.entries == []


def test_it_may_be_deleted_at_any_time(cached: Cached) -> None:
    assert cached.is_kept()
    shutil.rmtree(cached.folder)

    assert cached.is_kept()


def test_it_stays_small(cached: Cached, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_MOST_ENTRIES", 3)
    cached.run()
    own = {"0000000a.results": 10, "0000000b.results": 40 * 24 * 3600, "0000000c.results.77": 7200, "mine.txt": 10**8}
    for name, age in own.items():
        path = cached.folder / name
        path.write_text("", encoding="utf-8")
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    for day in range(1, 4):
        cached.run("--as-of", f"2026-11-0{day}")

    assert len(cached.entries) == 3
    assert {path.name for path in cached.folder.iterdir()} & set(own) == {"mine.txt"}
    monkeypatch.setattr(cache, "_MOST_BYTES", 1)
    cached.run("--as-of", "2026-11-09")
    assert cached.entries == []


def test_calls_at_the_same_time_disturb_nobody(cached: Cached) -> None:
    """Each writes a file of its own and puts it in its place as a whole."""
    from concurrent.futures import ThreadPoolExecutor
    from subprocess import run

    program = f"import sys; sys.path[:] = {sys.path!r}; from ddlint.__main__ import process; process()"
    words = [sys.executable, "-c", program, "--output-format", "concise", "--as-of", DAY]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: run(words, capture_output=True, text=True, check=False), range(4)))

    assert {(each.returncode, each.stdout, each.stderr) for each in done} == {
        tuple(cached.run("--no-cache", *words[3:]))
    }
    assert len(cached.entries) == 1
    assert [path.name for path in cached.folder.iterdir() if ".results." in path.name] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full, a disk that is always full")
def test_a_result_that_cannot_be_printed_again_is_reported(cached: Cached, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cached.is_kept()
    before = cached.worked
    with Path("/dev/full").open("w", encoding="utf-8") as full, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", full)
        patch.setattr(terminal, "_drop", lambda _: None)
        code = startup.main()
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())

    assert code == 2
    assert cached.worked == before
