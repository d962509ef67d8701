"""Read `[tool.tox]` of a pyproject.toml: its environments as tables, or the text of a tox.ini in `legacy_tox_ini`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Command,
    Dependency,
    EnvironmentSpec,
    EnvironmentVariable,
    Include,
    ProjectInstall,
    PythonRequirement,
    normalize,
)
from ddlint.core.redact import written
from ddlint.core.source import Source, Span
from ddlint.inputs.common.env_vars import is_name
from ddlint.inputs.common.install_commands import read_installs
from ddlint.inputs.common.pip_line import read_pip_line
from ddlint.inputs.common.requirement import directory_of
from ddlint.inputs.common.requires_python import exact_python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.node import Node

_MOST_SPECS = 300
_MOST_LISTED = 1000
_SKIPS = ("skip_install", "no_package")
_BLANKED = regex(r"[^\r\n]")
_EDITABLE = regex(r"^(?:-e|--editable)[ =]\s*")
_FACTOR = regex(r"(?:c?py(?:thon)?-?)?(?P<major>[23])\.?(?P<minor>[0-9]{1,2})")

_Installed = Dependency | ProjectInstall


def tox_environments(tool: Node, source: Source) -> Iterator[EnvironmentSpec]:
    """Yield the environments of `[tool.tox]`."""
    legacy = tool.get("legacy_tox_ini")
    if legacy is not None and legacy.text:
        yield from _legacy(legacy, source)
    base, envs, listed = tool.get("env_run_base"), tool.get("env"), tool.get("env_list")
    named = {each.text: each.at for each in _elements(listed) if each.text}
    for name, node in envs.items() if envs is not None else ():
        named.setdefault(name, node.key_at)
    for name, at in islice(named.items(), _MOST_SPECS):
        own = envs.get(name) if envs is not None else None
        yield _spec(name, at, [each for each in (own, base) if each is not None])


def _legacy(node: Node, source: Source) -> tuple[EnvironmentSpec, ...]:
    """Return the environments of a tox.ini in a string, each line of which keeps its location."""
    from ddlint.inputs import tox_ini

    raw = source.slice(node.at)
    if raw.lstrip("\r\n") != (node.text or "").lstrip("\r\n"):
        return ()  # it has escapes, so that its lines are not where they seem to be
    before, after = source.text[: node.at.start], source.text[node.at.end :]
    text = "".join((_BLANKED.sub(" ", before), raw, _BLANKED.sub(" ", after)))
    return tox_ini.parse(Source(source.path, text)).environments


def _elements(node: Node | None) -> Iterator[Node]:
    return islice(node.elements(), _MOST_LISTED) if node is not None else iter(())


def _spec(name: str, at: Span, nodes: list[Node]) -> EnvironmentSpec:
    def option(key: str) -> Node | None:
        return next((found for node in nodes if (found := node.get(key)) is not None), None)

    def scopes(kind: str, key: str) -> tuple[str, ...]:
        return tuple(f"{kind}:{normalize(each.text)}" for each in _elements(option(key)) if each.text)

    found = [each for element in _elements(option("deps")) for each in _dependency(element)]
    package = option("package")
    is_apart = any((flag := option(key)) is not None and flag.value is True for key in _SKIPS)
    if not is_apart and (package is None or package.text != "skip"):
        found.append(ProjectInstall(".", at, is_file=False, scopes=scopes("extra", "extras")))
    if groups := scopes("group", "dependency_groups"):
        found.append(ProjectInstall("pyproject.toml", at, "tox", scopes=groups))
    commands = tuple(_commands(option("commands_pre"), option("commands")))
    found += [each for command in commands for each in _installed(command)]
    return EnvironmentSpec(
        "tox",
        written(name, 80),
        at,
        dependencies=tuple(dict.fromkeys(each for each in found if isinstance(each, Dependency))),
        installs=tuple(dict.fromkeys(each for each in found if isinstance(each, ProjectInstall))),
        pythons=tuple(islice(_pythons(name, at, option("base_python")), 1)),
        settings=tuple(_settings(option("set_env"))),
        commands=commands,
    )


def _dependency(element: Node) -> Iterator[_Installed]:
    text = element.text or ""
    if (directory := directory_of(_EDITABLE.sub("", text).strip())) is not None:
        yield ProjectInstall(directory[0], element.at, is_file=False, scopes=directory[1])
        return
    for found in read_pip_line(text.strip(), element.locate()) if text.strip() else ():
        if isinstance(found, Include):
            yield ProjectInstall(found.target, found.at, is_constraint=found.is_constraint)
        elif isinstance(found, Dependency) and found.name:
            yield found


def _installed(command: Command) -> Iterator[_Installed]:
    return read_installs(command.text, lambda _start, _end: command.at)


def _commands(*nodes: Node | None) -> Iterator[Command]:
    for node in nodes:
        for command in _elements(node):
            if words := [word.text for word in _elements(command) if word.text]:
                yield Command(" ".join(words), command.at)


def _pythons(name: str, at: Span, stated: Node | None) -> Iterator[PythonRequirement]:
    """Yield the Pythons of `base_python`, or else of the factors of the name."""
    nodes = [] if stated is None else [stated] if stated.text else list(_elements(stated))
    named = [(node.text or "", node.at) for node in nodes] or [(factor, at) for factor in name.split("-")]
    for text, where in named:
        if match := _FACTOR.fullmatch(text.strip()):
            specifier = exact_python(f"{match['major']}.{match['minor']}")
            yield PythonRequirement(specifier, where, written(text.strip()), is_exact=True)


def _settings(table: Node | None) -> Iterator[EnvironmentVariable]:
    for name, value in islice(table.items(), _MOST_LISTED) if table is not None else ():
        if is_name(name):
            text = value.text
            yield EnvironmentVariable(name, None if text is None or "{" in text else text, value.at)
