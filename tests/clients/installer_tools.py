"""Real installers: what they lock or take for a project, read from what they write.

Each runs on a Python that the project declares. Which Pythons are on the machine does not matter: the interpreter that
runs the tests is told to call itself another version (`interpreter`), since none of the tools runs code on it.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import sys
import tomllib
import venv
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from packaging.markers import Marker
from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOOLS = ("uv", "poetry", "pdm", "pip")
_MODULES = {
    "poetry": "poetry.console.application",
    "pdm": "pdm.core",
    "pip": "pip._internal.cli.main",
}
"""Where the tools that are written in Python begin."""
_LONGEST = 120
"""Seconds of processor time that a call may take; of the clock where the tool is a program of its own."""
_CALLS_ITSELF = """\
import platform, sys
class _Version(tuple):
    major, minor, micro, releaselevel, serial = {parts}
sys.version_info = _Version({parts})
sys.hexversion = {parts}[0] << 24 | {parts}[1] << 16 | {parts}[2] << 8 | 0xF0
sys.version = "{version} (main, Jan  1 2026, 00:00:00) [GCC 12.2.0]"
platform.python_version = lambda: "{version}"
platform.python_version_tuple = lambda: tuple("{version}".split("."))
"""
_SHIM = """\
#!/bin/sh
if [ "$1" = -EsSc ]; then
    exec "{real}" -EsSc "import sys; sys.executable = '$0'; exec(open('{code}').read())
$2"
fi
exec "{python}" "$@"
"""
"""What PDM asks without the `site` module, which is what reads the code for everybody else."""


class Point(NamedTuple):
    """A kind of machine: what its markers say."""

    python: str
    """With the patch."""
    system: str = "linux"

    @property
    def values(self) -> dict[str, str]:
        """The names of markers."""
        return {
            "implementation_name": "cpython",
            "implementation_version": self.python,
            "os_name": "nt" if self.system == "win32" else "posix",
            "platform_machine": "x86_64",
            "platform_python_implementation": "CPython",
            "platform_system": "Windows" if self.system == "win32" else "Linux",
            "python_full_version": self.python,
            "python_version": self.python.rpartition(".")[0],
            "sys_platform": self.system,
        }

    def meets(self, marker: str) -> bool:
        """Return whether a marker holds there."""
        return not marker or Marker(marker).evaluate(self.values)


class Entry(NamedTuple):
    """A release in a lock, and the markers that all hold where it is installed."""

    version: str
    markers: tuple[str, ...]


class Answer(NamedTuple):
    """What a tool made of a project."""

    entries: tuple[Entry, ...] = ()
    error: str = ""
    """The end of what it wrote, where it failed."""

    def at(self, point: Point) -> str:
        """Return the release on one kind of machine; empty where none is installed."""
        found = [each.version for each in self.entries if all(point.meets(marker) for marker in each.markers)]
        return " and ".join(sorted(set(found)))


def executable(tool: str) -> str:
    """Return the program of a tool beside this Python or on the path; empty where it does not start."""
    beside = Path(sys.executable).with_name(tool)
    found = str(beside) if beside.exists() else shutil.which(tool) or ""
    return found if found and _starts(found) else ""


@cache
def _starts(program: str) -> bool:
    return subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0


def interpreter(folder: Path, version: str) -> Path:
    """Return a Python in a virtual environment that calls itself `version`; it is made once in a folder."""
    home = folder / f"python-{version}"
    python, shim = home / "bin" / "python", home / "shim" / "python"
    if not shim.exists():
        venv.create(home, symlinks=True)
        code = home / "calls_itself.py"
        code.write_text(_CALLS_ITSELF.format(parts=(*map(int, version.split(".")), "final", 0), version=version))
        packages = next(home.glob("lib/python*/site-packages"))
        (packages / "calls_itself.pth").write_text(f"import sys; exec(open({str(code)!r}).read())\n")
        shim.parent.mkdir()
        shim.write_text(_SHIM.format(real=Path(sys.executable).resolve(), code=code, python=python))
        shim.chmod(0o755)
    return python


def _environment(cache_folder: Path, python: Path) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_", "PDM_", "POETRY_"))
    }
    kept.pop("PYTHONPATH", None)
    folders = ("UV_CACHE_DIR", "POETRY_CACHE_DIR", "PDM_CACHE_DIR", "PIP_CACHE_DIR")
    return (
        kept
        | {name: str(cache_folder / name.lower()) for name in folders}
        | {"PDM_PYTHON": str(python.parents[1] / "shim" / "python"), "PDM_USE_VENV": "false"}
        | {"PDM_CHECK_UPDATE": "false"}
        | {"POETRY_VIRTUALENVS_CREATE": "false", "VIRTUAL_ENV": str(python.parents[1])}
        | {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "PIP_CONFIG_FILE": os.devnull, "LC_ALL": "C.UTF-8"}
    )


def lock(tool: str, folder: Path, subject: str, version: str, scratch: Path, command: Sequence[str] = ()) -> Answer:
    """Return what a tool locks for the pyproject.toml in a folder, on a Python of that version.

    A command that is given goes on from the lock that is there.
    """
    python = interpreter(scratch, version)
    words = {"uv": ["lock", "--python", str(python)], "poetry": ["lock", "-n"], "pdm": ["lock"]}[tool]
    for path in folder.glob("*.lock") if not command else ():
        path.unlink()
    ran = _run(tool, list(command) or words, folder, _environment(scratch / "cache", python))
    if ran.code:
        return Answer(error=_reason(ran))
    locked = tomllib.loads((folder / f"{tool}.lock").read_text(encoding="utf-8"))
    return Answer(tuple(_entries(locked.get("package", []), subject)))


class Ended(NamedTuple):
    """A call of a tool that ended."""

    code: int
    output: str


def _reason(ran: Ended) -> str:
    """Return why a call failed; of one that was ended by a signal, as for its limit, that alone."""
    return f"ended with {ran.code}" if ran.code < 0 or not ran.output else ran.output[-800:]


def _run(tool: str, words: list[str], folder: Path, environment: dict[str, str]) -> Ended:
    program = executable(tool)
    warm = _warm(program, _MODULES[tool]) if tool in _MODULES else None
    if warm is None:
        ran = subprocess.run(
            [program, *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
        )
        return Ended(ran.returncode, ran.stdout + ran.stderr)
    call = {"folder": str(folder), "environment": environment, "words": words, "limit": _LONGEST}
    assert warm.stdin is not None
    assert warm.stdout is not None
    print(json.dumps(call), file=warm.stdin, flush=True)
    return Ended(**json.loads(warm.stdout.readline()))


@cache
def _warm(program: str, module: str) -> subprocess.Popen[str] | None:
    """Return the tool as a process that forks for each call, where its program says which Python it is of."""
    with Path(program).open("rb") as file:
        head = file.readline().decode("utf-8", "replace").strip()
    python = head.removeprefix("#!")
    if head == python or not Path(python).exists():
        return None
    made = subprocess.Popen(
        [python, "-W", "ignore", str(Path(__file__).with_name("warm_tool.py")), module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"FINDPYTHON_GET_VERSION_TIMEOUT": "60"},  # which PDM reads when it is imported
        text=True,
    )
    atexit.register(made.kill)
    return made


def _entries(packages: list[dict[str, Any]], subject: str) -> Iterator[Entry]:
    edges = [edge for each in packages if each["name"] == "shop" for edge in each.get("dependencies", [])]
    edges = [edge for edge in edges if edge["name"] == subject]
    for each in packages:
        if each["name"] != subject:
            continue
        written = each.get("markers", each.get("marker", ""))
        own = written.get("main", "") if isinstance(written, dict) else written
        parts = " or ".join(each.get("resolution-markers", []))
        if not edges:
            yield Entry(each["version"], (own, parts))
        for edge in edges:
            if edge.get("version", each["version"]) == each["version"]:
                yield Entry(each["version"], (own, parts, edge.get("marker", "")))


def taken(requirements: tuple[str, ...], subject: str, index: str, point: Point, scratch: Path) -> Answer:
    """Return the release that `pip install` takes on one kind of machine.

    pip reads markers for the Python that runs it alone, so that those which do not hold are left out before.
    """
    asked = [str(each.specifier) for each in map(Requirement, requirements) if point.meets(str(each.marker or ""))]
    if not asked:
        return Answer()
    words = [
        "install",
        "--dry-run",
        "--ignore-installed",
        "--quiet",
        "--report",
        "-",
        "--target",
        str(scratch / "none"),
    ]
    options = ["--no-deps", "--only-binary", ":all:", "--disable-pip-version-check", "--index-url", index]
    named = [f"{subject}{specifier}" for specifier in asked]
    environment = _environment(scratch / "cache", Path(sys.executable))
    ran = _run("pip", [*words, *options, "--python-version", point.python, *named], scratch, environment)
    if ran.code:
        return Answer(error=_reason(ran))
    installed = [each["metadata"] for each in json.loads(ran.output[ran.output.index("{") :])["install"]]
    return Answer(tuple(Entry(each["version"], ()) for each in installed if each["name"] == subject))
