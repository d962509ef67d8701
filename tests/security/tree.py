"""Build a folder of projects that are made to break a reader: `python -m tests.security.tree FOLDER`.

Beside `FOLDER/tree`, which is the root, stands `FOLDER/outside`, which nobody may open.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

TRACER = "ddtrace==4.16.0\n"
DEEP = 20_000
DIAMOND = 30
SECRET = "s3cr3t-of-somebody"


def put(path: Path, text: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def build(top: Path) -> Path:
    """Build it all, and give the root."""
    tree, outside = top / "tree", top / "outside"
    put(outside / "requirements.txt", f"{TRACER}django==1.0  # {SECRET}\n")
    put(outside / "folder/requirements.txt", f"{TRACER}django==1.0  # {SECRET}\n")
    (tree / ".git").mkdir(parents=True)
    put(tree / "plain/requirements.txt", f"{TRACER}django==1.11.29\n")
    for part in (_links, _special, _nested, _many, _long, _encoded, _named):
        part(tree)
    return tree


def _links(tree: Path) -> None:
    put(tree / "loop/requirements.txt", TRACER)
    (tree / "loop/again").symlink_to("..")
    (tree / "loop/self").symlink_to("self")
    (tree / "out").mkdir()
    (tree / "out/requirements.txt").symlink_to("../../outside/requirements.txt")
    (tree / "out/folder").symlink_to("../../outside/folder")
    put(tree / "escape/requirements.txt", f"{TRACER}-r /etc/passwd\n-r ../../outside/requirements.txt\n-r over.txt\n")
    (tree / "escape/over.txt").symlink_to("../../outside/requirements.txt")
    put(tree / "zero/requirements.txt", f"{TRACER}-r zero.txt\n")
    (tree / "zero/zero.txt").symlink_to("/dev/zero")


def _special(tree: Path) -> None:
    (tree / "fifo").mkdir()
    os.mkfifo(tree / "fifo/requirements.txt")
    put(tree / "unreadable/requirements.txt", TRACER)
    (tree / "unreadable/requirements.txt").chmod(0)
    put(tree / "huge/requirements.txt", "")
    os.truncate(tree / "huge/requirements.txt", 65 * 1024 * 1024)
    (tree / "device").mkdir()
    try:
        os.mknod(tree / "device/requirements.txt", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    except PermissionError:  # only root makes devices
        (tree / "device/requirements.txt").symlink_to("requirements.txt")


def _nested(tree: Path) -> None:
    put(tree / "toml/pyproject.toml", "[project]\ndependencies = " + "[" * DEEP + "]" * DEEP)
    put(tree / "json/Pipfile.lock", '{"default": ' * DEEP + "1" + "}" * DEEP)
    put(tree / "yaml/environment.yml", "dependencies: " + "[" * DEEP + "]" * DEEP)
    put(tree / "python/setup.py", "x = " + "[" * DEEP + "]" * DEEP)
    os.close(_deepened(tree, os.mkdir))


def _deepened(tree: Path, visit: Callable[..., None]) -> int:
    """Go down all the folders within one another, `visit` each before; no path is long enough for that."""
    here = os.open(tree, os.O_RDONLY)
    for _ in range(DEEP):
        visit("deep", dir_fd=here)
        below = os.open("deep", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    return here


def remove(top: Path) -> None:
    """Remove it all again, the folders within one another from the innermost on."""
    here = _deepened(top / "tree", lambda *_, **__: None)
    for _ in range(DEEP):
        above = os.open("..", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = above
        os.rmdir("deep", dir_fd=here)
    os.close(here)
    shutil.rmtree(top)


def _many(tree: Path) -> None:
    for level in range(DIAMOND):
        for side in "ab":
            put(tree / f"diamond/{level}{side}.inc", f"-r {level + 1}a.inc\n-r {level + 1}b.inc\n")
    put(tree / f"diamond/{DIAMOND}a.inc", "flask==0.1\n")
    put(tree / f"diamond/{DIAMOND}b.inc", "flask==0.1\n")
    put(tree / "diamond/requirements.txt", f"{TRACER}-r 0a.inc\n-r 0b.inc\n")
    put(tree / "cycle/requirements.txt", f"{TRACER}-r a.inc\n")
    put(tree / "cycle/a.inc", "-r requirements.txt\n")
    put(tree / "fan/requirements.txt", TRACER + "".join(f"-r {number}.inc\n" for number in range(600)))
    for number in range(600):
        put(tree / f"fan/{number}.inc", "")
    bomb = "".join(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 40))
    put(
        tree / "bomb/environment.yml", f"a0: &a0 [x, x]\n{bomb}dependencies: [*a39, ddtrace=4.16.0, 'django=1.11.29']\n"
    )
    put(
        tree / "bomb/compose.yaml",
        f"a0: &a0 {{x: y}}\n{bomb}services: {{web: {{image: 'python:3.12', environment: *a39}}}}\n",
    )


def _long(tree: Path) -> None:
    put(tree / "line/requirements.txt", TRACER + "a" * 10_000_000 + "\n")
    put(tree / "lock/uv.lock", 'version = 1\nname = "' + "a" * 10_000_000 + "\n")


def _encoded(tree: Path) -> None:
    put(tree / "nul/requirements.txt", TRACER + "a\0b==1\n")
    put(tree / "utf16/requirements.txt", TRACER.encode("utf-16-le"))
    put(tree / "bytes/requirements.txt", TRACER.encode() + b"na\xefve\n")
    put(tree / "binary/requirements.txt", bytes(range(256)) * 100)


NAMES = (
    "\x1b[31mred\x1b[2J",
    "line\nfeed",
    "back\rspace\x08",
    "::error file=x::forged",
    "\n::error::forged",
    "##[error]forged",
    "##vso[task.complete result=Failed]",
    "%0A::error::forged",
    "\u202egnp.exe",
    "zero\u200bwidth\u2028line",
    "<script>alert(1)</script>",
    "`tick` | pipe",
    "quote\"'&lt;]]>",
)


def _named(tree: Path) -> None:
    for name in NAMES:
        put(tree / "names" / name.replace("/", "∕") / "requirements.txt", f"{TRACER}django==1.11.29\n")
    put(tree / "names" / os.fsdecode(b"\xff\xfe") / "requirements.txt", f"{TRACER}django==1.11.29\n")


EXPECTED = {
    "plain": ["DD301"],
    "loop": [],
    "out": [],
    "escape": ["DD004", "DD004", "DD004"],
    "zero": ["DD004"],
    "fifo": ["DD001"],
    "huge": ["DD001"],
    "device": ["DD001"],
    "toml": ["DD002"],
    "json": ["DD002"],
    "yaml": ["DD002"],
    "diamond": ["DD301"],
    "cycle": ["DD004"],
    "fan": ["DD004"],
    "bomb": ["DD301"],
    "line": ["DD003"],
    "lock": ["DD002"],
    "nul": ["DD001"],
    "utf16": ["DD001"],
    "bytes": ["DD001"],
    "binary": ["DD001"],
}
"""By the folder below the root: what is found there, with `--min-severity notice`."""


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]).absolute())}\n")
