"""Find what commands install: requirements, requirement files, projects and their locks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, ProjectInstall, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Span
from ddlint.inputs.common.pip_line import read_pip_line
from ddlint.inputs.common.requirement import directory_of, is_template
from ddlint.inputs.common.shell import Word, commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    Found = Dependency | ProjectInstall

_TOOL = regex(
    r"(?:\S*/)?(?P<name>pip-sync|pip|uv|poetry|pdm|pipenv|conda|mamba|micromamba|tox|nox|hatch|python|py)[0-9.]*"
)
_PYTHON = regex(r"(?:\S*/)?python[0-9.]*")
_BEFORE = regex(r"sudo|exec|env|time|then|do|set|-\S*|[A-Za-z_]\w*=.*|if|!|\{")
"""What may come before a command."""
_WITH_VALUE = regex(
    r"-[bcCefiprtPw]|--(?:abi|build-constraint|cache-dir|cert|client-cert|config-settings?|constraints?|default-index|editable"
    r"|exclude-newer|exists-action|extra|extra-index-url|find-links|global-option|group|hash|implementation|index"
    r"|index-strategy|index-url|install-option|keyring-provider|link-mode|log|no-binary|no-binary-package"
    r"|no-build-package|only-binary|only-group|overrides?|platform|prefix|prerelease|progress-bar|proxy|python"
    r"|python-platform|python-version|refresh-package|reinstall-package|report|requirements?|resolution|retries|root"
    r"|src|target|timeout|trusted-host|upgrade-package|upgrade-strategy|use-feature|wheel-dir)"
)
_FILE = regex(r"\.(?:txt|in|pip|toml|py|cfg)$")
_REQUIREMENT = frozenset({"-r", "--requirement", "--requirements"})
_CONSTRAINT = frozenset({"-c", "--constraint", "--constraints"})
_EDITABLE = frozenset({"-e", "--editable"})
_SHORT = frozenset({"-r", "-c", "-e"})
"""Options that their value may touch: `-rrequirements.txt`."""


class _Installer(NamedTuple):
    """An installer of projects: which extras and groups it takes by itself, and by which options."""

    default: tuple[str, ...] = ()
    scopes: Mapping[str, tuple[str, ...]] = {}
    """The kinds of scope that the value of an option may name; `!` before what is left out."""
    flags: Mapping[str, str] = {}
    """The scope that an option without a value adds; `!` before one of the default that it drops."""
    folders: tuple[str, ...] = ()
    """The options whose value is the directory of the project."""
    only: frozenset[str] = frozenset()
    """The options that drop the default."""
    is_off: frozenset[str] = frozenset()
    """The options with which nothing is installed."""


_GROUP = ("group",)
_ANY = ("extra", "group")
_INSTALLERS = {
    "uv": _Installer(
        ("group:dev",),
        {"--extra": ("extra",), "--group": _GROUP, "--only-group": _GROUP, "--no-group": ("!group",)},
        {
            "--all-extras": "extra:*",
            "--all-groups": "group:*",
            "--dev": "group:dev",
            "--only-dev": "group:dev",
            "--no-dev": "!group:dev",
            "--no-default-groups": "!group:dev",
        },
        ("--directory", "--project"),
        frozenset({"--only-group", "--only-dev"}),
        frozenset({"--no-project", "--no-sync", "--help"}),
    ),
    "poetry": _Installer(
        ("group:*",),
        {"-E": ("extra",), "--extras": ("extra",), "--with": _GROUP, "--only": _GROUP, "--without": ("!group",)},
        {"--all-extras": "extra:*", "--all-groups": "group:*", "--no-dev": "!group:*"},
        ("-C", "--directory", "-P", "--project"),
        frozenset({"--only"}),
    ),
    "pdm": _Installer(
        ("group:*",),
        {"-G": _ANY, "--group": _ANY, "--with": _ANY, "--without": ("!group",)},
        {"--prod": "!group:*", "--production": "!group:*", "--no-dev": "!group:*"},
        ("-p", "--project"),
        frozenset({"--no-default"}),
    ),
    "pipenv": _Installer(flags={"--dev": "group:dev", "-d": "group:dev"}),
}
_PIP = _Installer(scopes={"--extra": ("extra",), "--group": _GROUP}, flags={"--all-extras": "extra:*"})
_GLOBAL = regex(r"-C|--directory|-P|--project|--config-file|--cache-dir|--color|--log|--python")
"""Options with a value that may come before the command of a tool."""
_CONDA = ("-f", "--file", "-n", "--name", "-p", "--prefix", "-c", "--channel")
_RUNNERS = ("-e", "-s", "--session", "--sessions", "-c", "-f", "--conf", "--noxfile")
_NAMED = frozenset({"-e", "-s", "--session", "--sessions"})
_HATCH = regex(r"(?P<name>[\w.-]+):[\w.-]+")


def read_installs(
    text: str,
    locate: Callable[[int, int], Span],
    fill: Callable[[str], str | None] = lambda word: word,
    directory: str = "",
) -> Iterator[Found]:
    """Yield the requirements that the commands in `text` name, and the files and projects that they install.

    `fill` gives a word with its variables filled in, or `None` where they are not known. Paths are relative to what
    `directory` is relative to; `cd` counts.
    """
    for words in commands(text):
        if [word.value for word in words[:1]] == ["cd"] and len(words) == 2:
            directory = below(directory, fill(words[1].value) or "")
        elif command := _launched(words):
            for found in _Command(command, locate, fill).read():
                if isinstance(found, ProjectInstall) and directory:
                    yield found._replace(target=below(directory, found.target))
                else:
                    yield found


def read_words(words: list[Word], locate: Callable[[int, int], Span]) -> Iterator[Found]:
    """Yield what one command installs whose words are known; their offsets are those that `locate` takes."""
    if command := _launched(words):
        yield from _Command(command, locate, lambda word: word).read()


def below(directory: str, path: str) -> str:
    """Return a path that is written relative to `directory` as relative to what that is relative to."""
    if path.startswith(("/", "~")) or not directory:
        return path
    parts: list[str] = []
    for part in f"{directory}/{path}".split("/"):
        if part == ".." and parts and parts[-1] not in ("..", ""):
            parts.pop()
        elif part != "." and (part or not parts):
            parts.append(part)
    return "/".join(parts) or "."


def _launched(words: list[Word]) -> list[Word]:
    """Return a command without what only starts it: `sudo`, `exec`, `python -m`, variables and options."""
    for index, word in enumerate(words):
        if not _TOOL.fullmatch(word.value) or [each.value for each in words[index + 1 : index + 2]] == ["-m"]:
            continue
        is_module = index >= 2 and words[index - 1].value == "-m" and _PYTHON.fullmatch(words[index - 2].value)
        if index == 0 or is_module or all(_BEFORE.fullmatch(each.value) for each in words[:index]):
            return words[index:]
    return []


class _Command:
    """One command of an installer: its words, and the way from their offsets to the source."""

    def __init__(
        self, words: list[Word], locate: Callable[[int, int], Span], fill: Callable[[str], str | None]
    ) -> None:
        tool = _TOOL.fullmatch(words[0].value)
        self._tool = tool["name"] if tool else ""
        self._words = words[1:]
        if self._tool == "uv" and [word.value for word in words[1:2]] == ["pip"]:
            self._tool, self._words = "pip", words[2:]
        self._at = locate(words[0].start, words[0].end)
        self._locate = locate
        self._fill = fill

    def read(self) -> Iterator[Found]:
        words = [word for option, word in _options(self._words, _GLOBAL) if not option]
        first = next((index for index, word in enumerate(words) if not word.value.startswith("-")), None)
        verb = "" if first is None else words[first].value
        rest = [] if first is None else self._words[self._words.index(words[first]) + 1 :]
        match self._tool, verb:
            case "pip", "install" | "sync" | "wheel":
                found = self._pip(rest, is_sync=verb == "sync")
                # Wheels of a project are released; those of anything else are installed later.
                yield from filter(_is_no_project, found) if verb == "wheel" else found
            case "pip-sync", _:
                yield from self._pip(self._words, is_sync=True)
            case ("uv", "sync" | "run") | ("poetry" | "pdm", "install" | "sync"):
                yield from self._project(_INSTALLERS[self._tool])
            case "pipenv", "install" | "sync":
                if all(word.value.startswith("-") for word in rest):
                    yield from self._project(_INSTALLERS[self._tool])
            case "conda" | "mamba" | "micromamba", _:
                yield from self._conda()
            case "tox" | "nox" | "hatch", _:
                yield self._runner()
            case "python" | "py", "setup.py":
                if [word.value for word in rest[:1]] in (["install"], ["develop"]):
                    yield ProjectInstall(".", self._at, is_file=False)
            case _:
                pass

    def _value(self, word: Word) -> str:
        """Return a word with its variables filled in; empty where that is not known, and for a URL."""
        filled = self._fill(word.value)
        return "" if filled is None or "://" in filled or is_template(filled) else filled

    def _pip(self, words: list[Word], *, is_sync: bool) -> Iterator[Found]:
        """Read what is behind `pip install`, `uv pip install` or `pip-sync`."""
        scopes = _scopes(words, _PIP)
        for option, word in _options(words, _WITH_VALUE):
            is_word = not option and not word.value.startswith("-")
            value = self._value(word)
            at = self._locate(word.start, word.end)
            if option in _REQUIREMENT or option in _CONSTRAINT or (is_sync and is_word):
                if value:
                    is_constraint = option in _CONSTRAINT
                    yield ProjectInstall(value, at, is_constraint=is_constraint, scopes=() if is_constraint else scopes)
            elif (option in _EDITABLE or is_word) and (found := directory_of(value)):
                yield ProjectInstall(found[0], at, is_file=False, scopes=found[1])
            elif is_word and not _FILE.search(word.value):
                yield from self._requirement(word)

    def _requirement(self, word: Word) -> Iterator[Dependency]:
        filled = self._fill(word.value)
        is_same = filled is None or filled == word.value
        yield from _requirement(word if is_same else word._replace(value=filled or "", is_exact=False), self._locate)

    def _project(self, installer: _Installer) -> Iterator[ProjectInstall]:
        if installer.is_off & {word.value for word in self._words}:
            return
        folders = regex("|".join(installer.folders) or "(?!)")
        named = (self._value(word) for option, word in _options(self._words, folders) if option)
        yield ProjectInstall(
            next(named, "") or ".",
            self._at,
            self._tool,
            is_file=False,
            uses_lock=True,
            scopes=_scopes(self._words, installer),
        )

    def _conda(self) -> Iterator[ProjectInstall]:
        """Read `conda env create -f FILE` and its relatives."""
        verbs = [word.value for word in self._words if not word.value.startswith("-")][:2]
        if not verbs or verbs[0] not in ("env", "create", "install", "update") or verbs == ["env", "export"]:
            return
        named = _options(self._words, regex("|".join(_CONDA)))
        files = [word for option, word in named if option in ("-f", "--file") and self._value(word)]
        for word in files:
            yield ProjectInstall(self._value(word), self._locate(word.start, word.end), "conda")
        if not files and verbs[0] == "env":
            yield ProjectInstall("environment.yml", self._at, "conda")

    def _runner(self) -> ProjectInstall:
        """Read `tox -e a,b`, `nox -s a`, `hatch run a:b`: which of their environments are run."""
        named = [word.value for option, word in _options(self._words, regex("|".join(_RUNNERS))) if option in _NAMED]
        if self._tool == "hatch":
            named = [found["name"] for word in self._words if (found := _HATCH.fullmatch(word.value))]
        names = dict.fromkeys(name for each in named for name in each.split(",") if name and not is_template(name))
        scopes = tuple(f"env:{name}" for name in names)
        return ProjectInstall(".", self._at, self._tool, is_file=False, scopes=scopes)


def _options(words: list[Word], takes: re.Pattern[str]) -> Iterator[tuple[str, Word]]:
    """Yield (option, value) of the options that take one, and ("", word) for all other words."""
    rest = iter(words)
    for word in rest:
        name, equals, value = word.value.partition("=")
        if equals and takes.fullmatch(name):
            yield name, word._replace(value=value, start=word.start + (len(name) + 1) * word.is_exact)
        elif takes.fullmatch(word.value):
            if (following := next(rest, None)) is not None:
                yield word.value, following
        elif word.value[:2] in _SHORT and takes.fullmatch(word.value[:2]):
            yield word.value[:2], word._replace(value=word.value[2:], start=word.start + 2 * word.is_exact)
        else:
            yield "", word


def _is_no_project(found: Found) -> bool:
    return not isinstance(found, ProjectInstall) or found.is_file


def _scopes(words: list[Word], installer: _Installer) -> tuple[str, ...]:
    """Return the extras and groups that a command takes: those of the installer, and what options add and leave out."""
    values = dict.fromkeys(word.value.partition("=")[0] for word in words)
    flags = [installer.flags[value] for value in values if value in installer.flags]
    found = [] if installer.only & values.keys() else [each for each in installer.default if f"!{each}" not in flags]
    found += [flag for flag in flags if not flag.startswith("!")]
    named = _options(words, regex("|".join(installer.scopes) or "(?!)"))
    for option, word in named:
        for name in re.split(r"[,\s]+", word.value) if option else ():
            if name == ":all":
                found.append("*")
            elif name and name != "main" and not is_template(name):
                found += [f"{kind}:{normalize(name)}" for kind in installer.scopes[option]]
    return tuple(dict.fromkeys(found))


def _requirement(word: Word, locate: Callable[[int, int], Span]) -> Iterator[Dependency]:
    text = word.value.strip()
    shift = word.start + len(word.value) - len(word.value.lstrip())

    def at(start: int, end: int) -> Span:
        return locate(shift + start, shift + end) if word.is_exact else locate(word.start, word.end)

    for found in read_pip_line(text, at, is_explained=False) if text else ():
        if isinstance(found, Dependency) and found.name:
            yield found
