"""The environments that a tox.ini describes: each name of its list and sections, with what its factors choose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice, product

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Command,
    Dependency,
    EnvironmentSpec,
    EnvironmentVariable,
    Include,
    Platform,
    ProjectInstall,
    PythonRequirement,
    normalize,
)
from ddlint.core.source import Span
from ddlint.inputs.common.env_vars import is_name
from ddlint.inputs.common.install_commands import read_installs
from ddlint.inputs.common.python_implementation import implementation
from ddlint.inputs.common.requirement import directory_of
from ddlint.inputs.common.requires_python import exact_python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.ini import Option, Piece

_FACTORS = regex(r"(?P<factors>[\w {}.!,-]+):(?:\s+|$)")
_REFERENCE = regex(r"\{\[(?P<section>[^\]{}]+)\](?P<key>[\w-]+)\}")
_PYTHON = regex(r"(?:c?py(?:thon)?-?)?(?P<major>[23])\.?(?P<minor>[0-9]{1,2})")
_RANGE = regex(r"(?P<first>[0-9]{1,3})-(?P<last>[0-9]{1,3})")
_HERE = regex(r"\{(?:toxinidir|tox_root)\}/*")
_TRUE = frozenset({"true", "yes", "1"})
_MOST_NAMES = 300
_MOST_CHOICES = 50
_LONGEST, _LONGEST_LIST = 500, 20_000
"""The choices in a name, the characters of a name and those of a list: a limit on memory above any real file."""
_MOST_LINES = 20_000
"""Of all environments together: a line counts for each that it holds for."""
_MOST_DEEP = 5

_Sections = dict[str, dict[str, "tuple[Piece, ...]"]]


def expanded(text: str) -> Iterator[str]:
    """Yield the names that `py3{8-10}-{a,b}` expands to, in order."""
    parts = re.split(r"\{([^{}]*)\}", text, maxsplit=_MOST_CHOICES)
    choices = [
        [part] if index % 2 == 0 else list(islice(_choices(part), _MOST_NAMES)) for index, part in enumerate(parts)
    ]
    for chosen in islice(product(*choices), _MOST_NAMES):
        yield "".join(chosen).strip()


def _choices(text: str) -> Iterator[str]:
    for part in text.split(","):
        found = _RANGE.fullmatch(part.strip())
        if found is None:
            yield part.strip()
        else:
            yield from map(str, range(int(found["first"]), int(found["last"]) + 1))


def _split(text: str) -> Iterator[str]:
    """Split a list at commas and blanks outside of braces."""
    yield from re.findall(r"(?:\{[^{}]*\}|[^\s,{}]++)+", text[:_LONGEST_LIST])


class _Tox:
    """The options of a file, and what was read of its lines."""

    def __init__(self, options: tuple[Option, ...], read_line: Callable[[Piece], list[Item]]) -> None:
        self._sections: _Sections = {}
        for option in options:
            self._sections.setdefault(option.section.strip(), {}).setdefault(option.key.replace("-", "_"), option.lines)
        self._read_line = read_line
        self._read: dict[int, list[Item]] = {}
        self._rest = _MOST_LINES
        self._section_of: dict[str, str] = {}
        self.names: dict[str, Piece] = {}
        """The names of all environments, with what names them first."""
        for name, at in islice(self._named(), _MOST_NAMES):
            if name:
                self.names.setdefault(name, at)

    def _named(self) -> Iterator[tuple[str, Piece]]:
        core = self._sections.get("tox", {})
        for line in chain(core.get("envlist", ()), core.get("env_list", ())):
            body = line.cut(0, line.text.find("#") if "#" in line.text else None)
            yield from ((name, body) for part in _split(body.text) if len(part) <= _LONGEST for name in expanded(part))
        for section, options in self._sections.items():
            kind, _, listed = section.partition(":")
            if kind == "testenv" and listed and options:
                first = next(iter(options.values()))[0]
                for name in (name for part in _split(listed) for name in expanded(part)):
                    self._section_of.setdefault(name, section)
                    yield name, first
        if not self.names and (base := self._sections.get("testenv")):
            yield "py", next(iter(base.values()))[0]

    def lines(self, name: str, *keys: str) -> Iterator[Piece]:
        """Yield the lines of an option that hold for an environment, without their factors."""
        for section in (self._section_of.get(name, ""), "testenv"):
            for key in keys:
                if (found := self._sections.get(section, {}).get(key)) is not None:
                    yield from self._resolved(found, frozenset(name.split("-")) | {name}, 0)
                    return

    def _resolved(self, lines: tuple[Piece, ...], factors: frozenset[str], depth: int) -> Iterator[Piece]:
        for line in lines:
            self._rest -= 1
            if self._rest < 0:
                return
            body = line.cut(0, line.text.find(" #") if " #" in line.text else None)
            if match := _FACTORS.match(body.text):
                if not _holds(match["factors"], factors):
                    continue
                body = body.cut(match.end())
            if reference := _REFERENCE.fullmatch(body.text):
                named = self._sections.get(reference["section"], {}).get(reference["key"].replace("-", "_"), ())
                if depth < _MOST_DEEP:
                    yield from self._resolved(named, factors, depth + 1)
            elif body.text and not body.text.startswith("#"):
                yield body

    def items(self, line: Piece) -> list[Item]:
        """Return what a line of `deps` holds; each is read once."""
        if line.start not in self._read:
            self._read[line.start] = self._read_line(line)
        return self._read[line.start]

    def is_set(self, name: str, *keys: str) -> bool:
        """Return whether a flag of an environment, or of tox itself, is on."""
        values = {line.text.lower() for line in self.lines(name, *keys)}
        core = self._sections.get("tox", {})
        values |= {line.text.lower() for key in keys for line in core.get(key, ())}
        return bool(values & _TRUE)


def _holds(condition: str, factors: frozenset[str]) -> bool:
    """Return whether `a-b,!c` holds: a comma is "or", a dash is "and"."""
    return any(
        all((part[1:] not in factors) if part.startswith("!") else (part in factors) for part in each.split("-"))
        or each in factors
        for text in _split(condition)
        for each in expanded(text)
    )


def environments(options: tuple[Option, ...], read_line: Callable[[Piece], list[Item]]) -> Iterator[EnvironmentSpec]:
    """Yield the environments of a file; `read_line` reads a line of `deps`."""
    tox = _Tox(options, read_line)
    for name, named in tox.names.items():
        yield _environment(tox, name, named)


def _environment(tox: _Tox, name: str, named: Piece) -> EnvironmentSpec:
    at = named.locate(0, len(named.text))
    found = [item for line in tox.lines(name, "deps") for item in tox.items(line)]
    installs = [each for line in tox.lines(name, "deps") for each in _of_directory(line)]
    installs += [
        ProjectInstall(each.target, each.at, is_constraint=each.is_constraint)
        for each in found
        if isinstance(each, Include)
    ]
    dependencies = [each for each in found if isinstance(each, Dependency) and each.name]
    if not tox.is_set(name, "skip_install", "skipsdist", "no_package"):
        installs.append(ProjectInstall(".", at, is_file=False, scopes=tuple(_listed(tox, name, "extra", "extras"))))
    if groups := tuple(_listed(tox, name, "group", "dependency_groups")):
        installs.append(ProjectInstall("pyproject.toml", at, "tox", scopes=groups))
    commands = [*tox.lines(name, "commands_pre"), *tox.lines(name, "commands")]
    for line in commands:
        for each in read_installs(line.text, line.locate):
            if isinstance(each, ProjectInstall):
                installs.append(each)
            else:
                dependencies.append(each)
    pythons, platforms = _pythons(tox, name, at)
    return EnvironmentSpec(
        "tox",
        name,
        at,
        dependencies=tuple(dict.fromkeys(dependencies)),
        installs=tuple(dict.fromkeys(installs)),
        pythons=pythons,
        platforms=platforms,
        settings=tuple(_settings(tox, name)),
        commands=tuple(Command(" ".join(line.text.split()), line.locate(0, len(line.text))) for line in commands),
    )


def _of_directory(line: Piece) -> Iterator[ProjectInstall]:
    """Yield the project that `-e .` or `.[extra]` installs."""
    text = _HERE.sub("./", line.text)
    text = re.sub(r"^(?:-e|--editable)[ =]\s*", "", text).strip().strip("\"'")
    if (found := directory_of(text)) is not None:
        yield ProjectInstall(found[0], line.locate(0, len(line.text)), is_file=False, scopes=found[1])


def _listed(tox: _Tox, name: str, kind: str, key: str) -> Iterator[str]:
    for line in tox.lines(name, key):
        yield from (f"{kind}:{normalize(each)}" for each in _split(line.text) if "{" not in each)


def _pythons(tox: _Tox, name: str, at: Span) -> tuple[tuple[PythonRequirement, ...], tuple[Platform, ...]]:
    """Return the Python of an environment: of `base_python`, or else of the factor that names one."""
    stated = [(line.text, line.locate(0, len(line.text))) for line in tox.lines(name, "base_python", "basepython")]
    for text, where in stated or [(factor, at) for factor in name.split("-")]:
        match = _PYTHON.fullmatch(text.strip())
        if match is not None:
            specifier = exact_python(f"{match['major']}.{match['minor']}")
            return (PythonRequirement(specifier, where, text.strip(), is_exact=True),), ()
        if other := implementation(text, where):
            return (), (other,)
    return (), ()


def _settings(tox: _Tox, name: str) -> Iterator[EnvironmentVariable]:
    for line in tox.lines(name, "set_env", "setenv"):
        key, equals, value = line.text.partition("=")
        if equals and is_name(key.strip()):
            text = value.strip()
            start = len(key) + 1 + len(value) - len(value.lstrip())
            known = None if "{" in text else text
            yield EnvironmentVariable(key.strip(), known, line.locate(start, start + len(text)))
