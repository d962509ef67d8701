"""Environments made from a seed, and the release of the subject in them as ddlint and as `uv pip compile` have it.

`python -m tests.project.generated_environments --number 300 --seed 1` compares them and lists the differences.

Python 3.15 is left out: there uv ignores the upper bound of a release's `Requires-Python`, and pip does not.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from packaging.markers import Marker

from ddlint.cli import host
from ddlint.core.model import Judging, Resolution
from ddlint.core.source import FileSystem
from ddlint.linter.lint_project import Request
from ddlint.linter.run import read
from ddlint.project.environments import environments
from ddlint.project.resolve import resolve_environments
from tests.cases.runner import builtin_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

PYTHONS = ("3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
PLATFORM = ("x86_64-unknown-linux-gnu", "manylinux-x86_64")
"""As uv and as ddlint name it."""
_VALUES = {
    "implementation_name": "cpython",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_system": "Linux",
    "sys_platform": "linux",
}
"""The same machine, for markers."""
SUBJECT = "ddtrace"
RELEASES = (
    *("0.40.2", "0.61.5", "1.0.0", "1.9.0", "1.20.19", "2.0.0", "2.8.5", "2.14.4", "2.21.12", "3.0.0"),
    *("3.9.4", "3.16.2", "3.19.9", "4.0.4", "4.1.0", "4.8.2", "4.12.1", "4.16.0"),
)
_FIRST = {"3": PYTHONS.index("3.8"), "4": PYTHONS.index("3.9")}
"""The first Python that releases of a major install on, which the lock of a real tool heeds."""
_LONGEST = 300
_DAY = "2026-11-28"


class Environment(NamedTuple):
    """One environment: its files, its name in ddlint, and what uv is asked."""

    number: int
    kind: str
    files: dict[str, str]
    name: str
    """As `inspect` shows it."""
    pythons: tuple[str, ...]
    words: tuple[str, ...] = ()
    """The arguments of `uv pip compile`."""
    flat: Mapping[str, str] = MappingProxyType({})
    """Files that uv reads in place of those that it does not know."""
    locked: Mapping[str, str] = MappingProxyType({})
    """By Python: what the lock says, where that is asked and not uv."""


def generated(number: int, seed: int) -> Iterator[Environment]:
    """Yield environments of all kinds in turn; the same for the same seed."""
    for each in range(number):
        chance = random.Random(f"{seed}/{each}")
        yield KINDS[each % len(KINDS)](each, chance)


def _specifier(chance: random.Random) -> str:
    one, other = sorted(chance.sample(range(len(RELEASES)), 2))
    low, high = RELEASES[one], RELEASES[other]
    major, minor = low.split(".")[:2]
    return chance.choice(
        [
            "",
            f"=={low}",
            f"==={low}",
            f"=={major}.{minor}.*",
            f"=={major}.*",
            f"~={low}",
            f"~={major}.{minor}",
            f">={low}",
            f">{low}",
            f"<{high}",
            f"<={high}",
            f">={low},<{high}",
            f">={low}, <={high}",
            f">={low},!={high},<5",
            f"!={RELEASES[-1]}",
            f"<{int(major) + 1}",
        ]
    )


def _clause(chance: random.Random) -> str:
    minor = chance.choice(PYTHONS)
    return chance.choice(
        [
            f'python_version < "{minor}"',
            f'python_version >= "{minor}"',
            f'python_version == "{minor}"',
            f'python_version != "{minor}"',
            f'"{minor}" <= python_version',
            f'python_version in "3.8 {minor}"',
            'sys_platform == "linux"',
            'sys_platform != "win32"',
            'sys_platform == "darwin"',
            'platform_machine == "x86_64"',
            'platform_machine != "aarch64"',
            'os_name == "posix"',
            'platform_system == "Windows"',
            'implementation_name == "cpython"',
        ]
    )


def _marker(chance: random.Random) -> str:
    clauses = [_clause(chance) for _ in range(chance.choice([1, 1, 1, 2, 3]))]
    return clauses[0] if len(clauses) == 1 else chance.choice([" and ", " or "]).join(f"({each})" for each in clauses)


def _requirement(chance: random.Random, *, marked: float = 0.4) -> str:
    extras = chance.choice(["", "", "", "[django]", "[opentracing, openai]"])
    marker = f" ; {_marker(chance)}" if chance.random() < marked else ""
    return f"{SUBJECT}{extras}{_specifier(chance)}{marker}"


def _forked(chance: random.Random) -> list[str]:
    """Return two requirements, each for some Pythons."""
    minor = chance.choice(PYTHONS[1:-1])
    return [
        f'{SUBJECT}{_specifier(chance)}; python_version < "{minor}"',
        f'{SUBJECT}{_specifier(chance)}; python_version >= "{minor}"',
    ]


def _lines(chance: random.Random) -> list[str]:
    if chance.random() < 0.25:
        return _forked(chance)
    return [_requirement(chance) for _ in range(chance.choice([1, 1, 2]))]


def _some(chance: random.Random) -> tuple[str, ...]:
    return tuple(sorted(chance.sample(PYTHONS, 2), key=PYTHONS.index))


def _text(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def _of_requirements(number: int, chance: random.Random) -> Environment:
    files = {"requirements.txt": _text("# what is asked for", *_lines(chance), "attrs")}
    if chance.random() < 0.5:
        files["more/base.txt"] = _text(*_lines(chance))
        files["requirements.txt"] = _text("-r more/base.txt") + files["requirements.txt"]
    if chance.random() < 0.5:
        files["pins/constraints.txt"] = _text(_requirement(chance, marked=0.2))
        files["requirements.txt"] += _text("-c pins/constraints.txt")
    return Environment(number, "requirements", files, "requirements.txt", _some(chance), ("requirements.txt",))


def _array(lines: list[str]) -> str:
    return "[{}]".format(", ".join(f"'{line}'" for line in lines))


def _project(lines: list[str]) -> str:
    return f'[project]\nname = "shop"\nversion = "1"\ndependencies = {_array(lines)}\n'


def _of_extras(number: int, chance: random.Random) -> Environment:
    main = _lines(chance) if chance.random() < 0.4 else ["attrs"]
    extra = [_requirement(chance)]
    text = f"{_project(main)}[project.optional-dependencies]\nTrace_It = {_array(extra)}\nother = ['six']\n"
    words = ("pyproject.toml", "--extra", "trace-it")
    return Environment(
        number, "extras", {"pyproject.toml": text}, "pyproject.toml (extra trace-it)", _some(chance), words
    )


def _of_groups(number: int, chance: random.Random) -> Environment:
    main = [_requirement(chance)] if chance.random() < 0.4 else ["attrs"]
    groups = f"[dependency-groups]\ntrace = {_array([_requirement(chance)])}\ndev = ['six']\n"
    words = ("pyproject.toml", "--group", "trace")
    return Environment(
        number,
        "groups",
        {"pyproject.toml": _project(main) + groups},
        "pyproject.toml (group trace)",
        _some(chance),
        words,
    )


def _of_project(number: int, chance: random.Random) -> Environment:
    text = _project(_lines(chance))
    return Environment(
        number, "project", {"pyproject.toml": text}, "pyproject.toml", _some(chance), ("pyproject.toml",)
    )


def _of_uv(number: int, chance: random.Random) -> Environment:
    """Return a project with constraints and overrides of uv."""
    table = f"[tool.uv]\nconstraint-dependencies = {_array([_requirement(chance, marked=0.2)])}\n"
    if chance.random() < 0.3:
        table += f"override-dependencies = {_array([f'{SUBJECT}{_specifier(chance)}'])}\n"
    text = _project(_lines(chance)) + table
    return Environment(number, "uv", {"pyproject.toml": text}, "pyproject.toml", _some(chance), ("pyproject.toml",))


_POETRY = (
    ("^2.8", ">=2.8,<3"),
    ("^0.40", ">=0.40,<0.41"),
    ("^0", "<1"),
    ("~2.14", ">=2.14,<2.15"),
    ("~3", ">=3,<4"),
    ("3.*", ">=3,<4"),
    ("2.21.12", "==2.21.12"),
    (">=1.9,<3", ">=1.9,<3"),
    (">=2 <2.15", ">=2,<2.15"),
    ("^1.20 || ^2.21", ">=1.20,<3"),
    ("!=2.21.12,<3", "!=2.21.12,<3"),
    ("<4", "<4"),
)
"""A constraint of Poetry, and what it means where no release of 4 is allowed."""


def _of_poetry(number: int, chance: random.Random) -> Environment:
    """Return a project of Poetry whose Pythons all releases allow, so that there is one for all of them."""
    constraint, meant = chance.choice(_POETRY)
    fork = chance.random() < 0.4
    value = f'{{version = "{constraint}"'
    flat = f"{SUBJECT}{meant}"
    if fork:
        value += ', python = "<3.11"'
        flat += ' ; python_version < "3.11"'
    text = (
        '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = ">=3.9,<3.13"\n'
        f'{SUBJECT} = {value}}}\n[tool.poetry.group.dev.dependencies]\nsix = "*"\n'
    )
    files = {"flat.txt": _text(flat)}
    minors = tuple(sorted(chance.sample(PYTHONS[2:6], 2), key=PYTHONS.index))
    return Environment(number, "poetry", {"pyproject.toml": text}, "pyproject.toml", minors, ("flat.txt",), files)


def _of_image(number: int, chance: random.Random) -> Environment:
    minor = chance.choice(PYTHONS)
    files = {"requirements.txt": _text(*_lines(chance))}
    command = "pip install -r requirements.txt"
    words = ["requirements.txt"]
    if chance.random() < 0.6:
        files["constraints.txt"] = _text(_requirement(chance, marked=0.2))
        command += " -c constraints.txt"
        words += ["-c", "constraints.txt"]
    files["Dockerfile"] = f"FROM python:{minor}-slim\nWORKDIR /app\nCOPY . .\nRUN {command}\n"
    return Environment(number, "image", files, "Dockerfile", (minor,), tuple(words))


def _of_path(number: int, chance: random.Random) -> Environment:
    """Return a requirement file that brings a project of its own; uv reads the same on one page, for it is no index."""
    own, brought = _lines(chance), [_requirement(chance)]
    files = {
        "requirements.txt": _text("-e ./lib[trace]", *(own if chance.random() < 0.5 else ["attrs"])),
        "lib/pyproject.toml": f"{_project(['attrs'])}[project.optional-dependencies]\ntrace = {_array(brought)}\n",
    }
    flat = {"flat.txt": _text(*files["requirements.txt"].splitlines()[1:], *brought)}
    return Environment(number, "path", files, "requirements.txt", _some(chance), ("flat.txt",), flat)


def _of_poetry_lock(number: int, chance: random.Random) -> Environment:
    """Return a project with a lock of Poetry 2 that has a release for older Pythons and one for newer ones."""
    minor = chance.choice(PYTHONS[2:-1])
    old, new = (RELEASES[each] for each in sorted(chance.sample(range(4, len(RELEASES)), 2)))
    entries = [(old, f'python_version < "{minor}"'), (new, f'python_version >= "{minor}"')]
    if chance.random() < 0.4:
        entries = [(new, "")]
    lock = "".join(
        f'[[package]]\nname = "{SUBJECT}"\nversion = "{version}"\ndescription = ""\noptional = false\n'
        f'python-versions = ">=3.7"\ngroups = ["main"]\n' + (f"markers = '{marker}'\n" if marker else "") + "\n"
        for version, marker in entries
    )
    lock += '[metadata]\nlock-version = "2.1"\npython-versions = ">=3.7,<3.15"\ncontent-hash = "0"\n'
    text = f'[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = ">=3.7,<3.15"\n{SUBJECT} = ">=0.40"\n'
    pythons = _some(chance)
    locked = {
        each: next(
            (
                version
                for version, marker in entries
                if PYTHONS.index(each) >= _FIRST.get(version.partition(".")[0], 0)
                and (not marker or Marker(marker).evaluate({"python_version": each}))
            ),
            "",
        )
        for each in pythons
    }
    files = {"pyproject.toml": text, "poetry.lock": lock}
    return Environment(number, "poetry.lock", files, "pyproject.toml", pythons, locked=locked)


def _of_compiled(number: int, chance: random.Random) -> Environment:
    """Return a compiled file as pip-compile writes it beside its source: the source is what uv is asked."""
    minor = chance.choice(PYTHONS)
    files = {"requirements.in": _text(*_lines(chance), "attrs")}
    return Environment(number, "compiled", files, "requirements.in", (minor,), ("requirements.in",))


def _of_uv_lock(number: int, chance: random.Random) -> Environment:
    """Return a project that uv locks first; what it exports is asked."""
    minor = chance.choice(PYTHONS[3:-1])
    lines = [f"{SUBJECT}>=2,<4; python_version < '{minor}'", f"{SUBJECT}>=2; python_version >= '{minor}'"]
    chosen = chance.choice([lines, lines[:1], [f"{SUBJECT}{chance.choice(['>=2', '~=3.9', '==2.21.12', '<4'])}"]])
    text = _project([]).replace("[]", _quoted(chosen)) + "[tool.uv]\npackage = false\n"
    text = text.replace('version = "1"\n', 'version = "1"\nrequires-python = ">=3.9,<3.15"\n')
    pythons = tuple(sorted(chance.sample(PYTHONS[2:], 3), key=PYTHONS.index))
    return Environment(number, "uv.lock", {"pyproject.toml": text}, "pyproject.toml", pythons)


def _quoted(lines: list[str]) -> str:
    return "[{}]".format(", ".join(f'"{line}"' for line in lines))


KINDS = (
    *(_of_requirements, _of_image, _of_project, _of_extras, _of_groups, _of_uv, _of_poetry, _of_path),
    *(_of_requirements, _of_image, _of_poetry_lock, _of_compiled, _of_uv_lock),
)


class NotReachedError(Exception):
    """The index cannot be asked here, or uv is not installed."""


class Uv:
    """Calls of uv with a cache of their own, from which all but the first are answered."""

    def __init__(self, cache: Path) -> None:
        beside = Path(sys.executable).parent / "uv"
        tool = str(beside) if beside.exists() else shutil.which("uv")
        if tool is None:
            raise NotReachedError("uv is not installed")
        self._tool = tool
        self._environment = os.environ | {
            "UV_CACHE_DIR": str(cache),
            "UV_NO_PROGRESS": "1",
            "UV_PYTHON_DOWNLOADS": "never",
        }
        ran = self.run(cache.parent, "pip", "compile", "--no-deps", "-q", "-", text=f"{SUBJECT}>=4\n")
        if ran.returncode or SUBJECT not in ran.stdout:
            raise NotReachedError(f"uv resolves nothing here: {ran.stderr.strip()[-200:]}")

    def run(self, directory: Path, *words: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run uv in a directory."""
        return subprocess.run(
            [self._tool, *words],
            cwd=directory,
            env=self._environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
            timeout=_LONGEST,
        )

    def release(self, directory: Path, words: tuple[str, ...], python: str) -> str:
        """Return the release that uv resolves on a Python; empty where it is not asked for or none is allowed."""
        options = ("--no-deps", "--no-header", "--no-annotate", "-q", "--python-version", python)
        ran = self.run(directory, "pip", "compile", *options, "--python-platform", PLATFORM[0], *words)
        return _pinned(ran.stdout) if ran.returncode == 0 else ""


def _pinned(text: str) -> str:
    for line in text.splitlines():
        name, _, version = line.partition(";")[0].strip().partition("==")
        if name.partition("[")[0] == SUBJECT:
            return version
    return ""


def _write(directory: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def by_uv(environment: Environment, directory: Path, uv: Uv) -> dict[str, str]:
    """Return the release on each Python as uv, or the lock, has it; a lock that uv writes is left in the directory."""
    if environment.locked:
        return dict(environment.locked)
    if environment.kind == "uv.lock":
        return _by_lock_of_uv(environment, directory, uv)
    beside = directory.with_name(f"{directory.name}.flat")
    _write(beside, environment.flat or environment.files)
    found = {python: uv.release(beside, environment.words, python) for python in environment.pythons}
    if environment.kind == "compiled" and (version := found[environment.pythons[0]]):
        header = (
            f"#\n# This file is autogenerated by pip-compile with Python {environment.pythons[0]}\n# by the following"
            " command:\n#\n#    pip-compile requirements.in\n#\n"
        )
        lines = f"attrs==24.2.0\n    # via -r requirements.in\n{SUBJECT}=={version}\n    # via -r requirements.in\n"
        _write(directory, {"requirements.txt": header + lines})
    return found


def _by_lock_of_uv(environment: Environment, directory: Path, uv: Uv) -> dict[str, str]:
    ran = uv.run(directory, "lock", "-q")
    if ran.returncode:
        return dict.fromkeys(environment.pythons, "")
    exported = uv.run(directory, "export", "-q", "--no-hashes", "--no-header", "--no-annotate").stdout
    found = dict.fromkeys(environment.pythons, "")
    for line in exported.splitlines():
        if line.partition("==")[0] == SUBJECT:
            version, _, marker = line.partition("==")[2].partition(";")
            for python in environment.pythons:
                values = {"python_version": python, "python_full_version": f"{python}.0"}
                if not marker.strip() or Marker(marker.strip()).evaluate(values):
                    found[python] = version.strip()
    return found


def _holds(marker: str, values: Mapping[str, str]) -> bool:
    return not marker or Marker(marker).evaluate(dict(values))


def by_ddlint(environment: Environment, directory: Path) -> dict[str, str]:
    """Return the release on each Python as ddlint has it, for a machine of the same platform."""
    pack = builtin_pack()
    here = directory.as_posix()
    files = FileSystem(host.read_file, host.real_path)
    run = read(Request((here,), here, _DAY, files, lambda _: (pack,), is_isolated=True))
    found = {}
    for python in environment.pythons:
        judging = Judging(_DAY, python_version=python, platforms=(PLATFORM[1],))
        holds = partial(_holds, values=_VALUES | {"python_version": python, "python_full_version": f"{python}.0"})
        found[python] = ""
        for gathered in run.projects:
            assert gathered.layout is not None
            every = environments(gathered.manifests, gathered.layout)
            for project in resolve_environments(every, gathered.directory, pack, judging):
                if project.name == environment.name:
                    made = [on_machine(tracer.resolutions, holds) for tracer in project.tracers]
                    found[python] = " and ".join(dict.fromkeys(each.release for each in made if each and each.release))
    return found


def on_machine(resolutions: tuple[Resolution, ...], holds: Callable[[str], bool]) -> Resolution | None:
    """Return what one kind of machine gets, of which `holds` says whether a marker holds there.

    Of the resolutions whose requirements all hold there it is the one with the most: what holds elsewhere alone is not
    in it.
    """
    met = [each for each in resolutions if all(holds(by.dependency.marker) for by in each.by)]
    return max(met, key=lambda each: len(each.by), default=None)


def differences(number: int, seed: int, uv: Uv, scratch: Path, only: str = "") -> Iterator[str]:
    """Yield a line for each environment whose releases differ; `only` is the kind to compare."""
    for environment in generated(number, seed):
        if only and environment.kind != only:
            continue
        directory = scratch / f"{environment.kind}-{environment.number}"
        _write(directory, environment.files)
        expected = by_uv(environment, directory, uv)
        found = by_ddlint(environment, directory)
        if found != expected:
            yield f"{directory.name}: uv or the lock has {expected}, ddlint {found}, for {environment.files}"


def main() -> int:
    """Compare and print; exit 1 where something differs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--number", type=int, default=300)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--only", default="", help="a kind such as `uv.lock`")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        uv = Uv(Path(scratch, "cache"))
        found = list(differences(given.number, given.seed, uv, Path(scratch), given.only))
    print(*found, f"{given.number} environments, {len(found)} differences", sep="\n")  # noqa: T201 - its purpose
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
