"""What a run over the hostile tree asks of the system, however its processes are started: watched with strace."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.fuzz.whole import DAY
from tests.repository.source_tree import ROOT
from tests.security.test_foreign_code import IN_CHILDREN, METHODS, SCRIPT
from tests.security.tree import build, put, remove

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]
WATCHED = "trace=execve,execveat,%network,open,openat,openat2,creat"
CALL = ("-j", "2", "--output-format", "concise", "--min-severity", "notice", "--as-of", DAY)
PLANT = "open(__file__ + '.ran', 'w')\n"
FOR_PYTHON = ("/proc/", "/sys/", "/dev/null", "/dev/urandom", "/dev/shm/", "/etc/ld.so", "/etc/localtime", "/usr/share/zoneinfo", "/usr/share/locale/", "/lib", "/usr/lib", "/usr/local/lib")  # fmt: skip
"""What Python, its allocator and the C library open for themselves."""


class Asked(NamedTuple):
    """What the processes of a run asked of the system."""

    opened: frozenset[str]
    """Absolute paths."""
    ran: tuple[str, ...]
    """The calls that start a program."""
    network: tuple[str, ...]


@pytest.fixture(scope="module")
def top() -> Iterator[Path]:
    """The hostile tree, with modules of Python's own names, secrets below `.git` and ways that lead there."""
    memory = "/dev/shm"
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    tree = build(folder)
    put(tree / ".git/config", "[http]\nextraheader = AUTHORIZATION: basic s3cr3t\n")
    put(tree / "git/requirements.txt", "ddtrace==4.16.0\n-r ../.git/config\n-r linked.txt\n")
    (tree / "git/linked.txt").symlink_to("../.git/config")
    for name in IN_CHILDREN:
        put(tree / name, PLANT)
    put(tree / "setup.py", PLANT)
    put(tree / "conftest.py", PLANT)
    yield folder
    remove(folder)


def asked(method: str, top: Path, tmp_path: Path) -> Asked:
    """Run over the tree with processes that are started by `method`, and return what they asked of the system."""
    start, log = tmp_path / "run.py", tmp_path / "calls"
    start.write_text(SCRIPT.format(paths=[str(ROOT)], method=method), encoding="utf-8")
    words = [
        "strace",
        "-f",
        "-yy",
        "-qq",
        "-s",
        "4096",
        "-e",
        WATCHED,
        "-o",
        str(log),
        sys.executable,
        "-B",
        str(start),
        *CALL,
    ]
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONSAFEPATH")}

    done = subprocess.run(
        words, cwd=top / "tree", env=environment, capture_output=True, text=True, check=False, timeout=300
    )

    if "ptrace" in done.stderr and "Operation not permitted" in done.stderr:
        pytest.skip("processes may not be watched here")
    assert done.returncode == 1, done.stderr[-1000:]
    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    opened = re.compile(
        r'\b(?:open|creat)\("((?:[^"\\]|\\.)*)"|\bopenat2?\((?:AT_FDCWD|\d+)<([^>]*)>, "((?:[^"\\]|\\.)*)"'
    )
    paths = set()
    for call in calls:
        if (match := opened.search(call)) and not re.search(r"= -1 E\w+", call):
            where, name = match[2] or str(top / "tree"), match[1] or match[3]
            paths.add(os.path.normpath(str(Path(where, name))))
    ran = tuple(call for call in calls if re.search(r"\bexecve(?:at)?\(", call))
    network = tuple(
        call for call in calls if re.search(r"\b(?:socket|connect|bind|listen|accept4?|send\w+|recv\w+)\(", call)
    )
    return Asked(frozenset(paths), ran, network)


@pytest.mark.parametrize("method", METHODS)
def test_a_run_asks_for_nothing_but_the_tree(method: str, top: Path, tmp_path: Path) -> None:
    found = asked(method, top, tmp_path)
    tree = str(top / "tree")
    own = {
        str(ROOT),
        str(tmp_path),
        sys.prefix,
        sys.base_prefix,
        *sysconfig.get_paths().values(),
        *filter(os.path.isabs, sys.path),
    }
    pools = re.compile(rf"{re.escape(tempfile.gettempdir())}/(?:pymp-|[a-z0-9_]{{8}}$)")

    elsewhere = [
        path for path in found.opened if not path.startswith((tree, *own, *FOR_PYTHON)) and not pools.match(path)
    ]
    below = [path for path in found.opened if path.startswith(f"{tree}/")]
    assert f"{tree}/plain/requirements.txt" in below, "it watches what it should"
    assert elsewhere == []
    assert [path for path in below if path.startswith(f"{tree}/.git/")] == [], "nothing of version control"
    assert [path for path in found.opened if path.startswith(str(top / "outside"))] == []
    assert [path for path in below if path.endswith(".ran")] == [], "no code of the folder ran"
    planted = (*IN_CHILDREN, "setup.py", "conftest.py")
    assert [name for name in planted if Path(tree, f"{name}.ran").exists()] == []
    programs = [match[1] for call in found.ran if (match := re.search(r'execve(?:at)?\((?:[^"]*)"([^"]*)"', call))]
    assert {os.path.realpath(program) for program in programs} == {os.path.realpath(sys.executable)}
    assert len(programs) == 1 or method != "fork"
    assert [call for call in found.network if "AF_UNIX" not in call and "UNIX" not in call] == []
