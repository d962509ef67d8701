"""Dockerfiles: each stage with its Python, platform, settings and commands, and with what it installs.

`ARG` counts with its default. A stage that builds on another one has all that this one has. The manifest itself says
what runs in the final stage, and what every stage installs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Command,
    Dependency,
    EnvironmentSpec,
    EnvironmentVariable,
    Image,
    Manifest,
    Platform,
    Problem,
    ProjectInstall,
    PythonRequirement,
)
from ddlint.core.source import Source, Span
from ddlint.inputs.common.container_image import image_platform, is_elsewhere, read_image
from ddlint.inputs.common.dockerfile_syntax import Instruction, Value, fill_in, instructions, named_in
from ddlint.inputs.common.install_commands import below, read_installs
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.other_languages import is_bare
from ddlint.inputs.common.system_python import system_pythons
from ddlint.inputs.syntax.lines import Unclosed, hash_comments, split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re

    from ddlint.inputs.syntax.lines import Line

    Found = Image | PythonRequirement | Platform

NAME = "Dockerfile"

_MOST_STAGES = 200
_MOST_SETTINGS = 1000
_MOST_INSTALLS = 2000
"""No file written by hand comes near it."""
_LONGEST = 250_000
_LONGEST_COMMAND = 2000
_MOST_MOUNTS = 20
_MOST_PYTHONS = 10
_FROM = regex(r"(?P<options>(?>(?:--\S++\s++)*))(?P<image>\S+)(?:\s+[Aa][Ss]\s+(?P<name>\S+))?")
_PLATFORM = regex(r"--platform=(?P<platform>\S+)")
_OLD_SETTING = regex(r"(?P<name>[^\s=]+)\s+(?P<value>.*)")
_JSON = regex(r'\[\s*"')
_OUTSIDE = regex(r'("(?>(?>(?:[^"\\]++|\\[\s\S]?){1,500})*)(?:"|$))|[\[\],]')
"""Strings of the exec form, the last of them perhaps open, and what is between them."""


_COPY_OPTIONS = regex(r"(?>(?:--\S++\s++)*)")
_ORIGIN = regex(r"--from=(?P<name>\S+)")
_MOUNT = regex(r"--mount=(?P<options>\S+)")
_PYTHON = regex(r"(?i)\b(?:python[0-9.]*|pip[0-9.x]*|uv|poetry|pdm|conda)\b")
"""What puts a Python into an image of another language."""


class _Stage:
    """What a stage brings with it so far; a stage that builds on another one begins as its copy."""

    def __init__(self, name: str, at: Span, of_image: tuple[Found, ...] = (), base: _Stage | None = None) -> None:
        self.name = name
        self.at = at
        self.of_image: tuple[Found, ...] = base.of_image if base else of_image
        self.settings: dict[str, EnvironmentVariable] = dict(base.settings) if base else {}
        self.variables: dict[str, Value] = dict(base.variables) if base else {}
        self.installed: list[Dependency] = list(base.installed) if base else []
        self.projects: list[ProjectInstall] = list(base.projects) if base else []
        self.commands: dict[str, Command] = dict(base.commands) if base else {}
        """By instruction: the last one counts."""
        self.copies: dict[tuple[str, str], None] = dict(base.copies) if base else {}
        self.stages: dict[str, None] = dict(base.stages) if base else {}
        self.origins: list[_Stage] = list(base.origins) if base else []
        """The same stages."""
        self.is_system: bool = base.is_system if base else False
        """Whether its Pythons are those of its distribution."""
        self.top: str = base.top if base else ""
        """The first working directory, which is taken for the place of the build context."""
        self.directory: str = base.directory if base else ""

    def system_pythons(self, instruction: Instruction) -> None:
        """Add the Pythons that an instruction installs from the distribution, where the image has none itself."""
        images = [item for item in self.of_image if isinstance(item, Image)]
        has_own = any(isinstance(item, PythonRequirement) for item in self.of_image) and not self.is_system
        is_full = len(self.of_image) > _MOST_PYTHONS
        if not images or has_own or is_full or "python" not in instruction.line.text:
            return
        text = _bare_words(instruction.line.text)
        found = tuple(islice(system_pythons(images[0], text, instruction.line.locate), _MOST_PYTHONS))
        if found:
            self.is_system = True
            specifiers = tuple(dict.fromkeys(each.specifier for each in found))
            platform = image_platform(images[0])._replace(pythons=specifiers)
            self.of_image += (*found, *([platform] if platform not in self.of_image else []))

    def is_other(self) -> bool:
        """Return whether the image is of another language or of a service, or a bare system that copies from one."""
        images = [item.name for item in self.of_image if isinstance(item, Image)]
        if any(map(is_elsewhere, images)):
            return True
        return any(map(is_bare, images)) and any(each is not self and each.is_other() for each in self.origins)

    def spec(self, *, is_final: bool, has_python: bool) -> EnvironmentSpec:
        """Return what is said of the stage."""
        is_foreign = self.is_other() and not has_python
        return EnvironmentSpec(
            "image",
            self.name,
            self.at,
            is_final=is_final,
            dependencies=tuple(self.installed),
            installs=tuple(self.projects),
            pythons=tuple(item for item in self.of_image if isinstance(item, PythonRequirement)),
            platforms=tuple(item for item in self.of_image if isinstance(item, Platform)),
            settings=() if is_foreign else tuple(self.settings.values()),
            commands=tuple(self.commands.values()),
            copies=tuple(self.copies),
            stages=tuple(self.stages),
            is_foreign=is_foreign,
        )


class _Reader:
    """Reads the instructions of one file in their order."""

    def __init__(self) -> None:
        self.arguments: dict[str, Value] = {}
        """What `ARG` says before the first stage."""
        self.stages: list[_Stage] = []
        self.by_name: dict[str, _Stage] = {}
        self.images: list[Item] = []
        self.installed: list[Dependency] = []
        self.problems: list[Item] = []
        self._projects = 0
        self._copies = 0

    def take(self, instruction: Instruction) -> None:
        """Read one instruction."""
        line, final = instruction.line, self.stages[-1] if self.stages else None
        match instruction.keyword:
            case "FROM" if len(self.stages) < _MOST_STAGES:
                self._from(line)
            case "ARG":
                _argument(line, self.arguments if final is None else final.variables, self.arguments)
            case "ENV" if final and len(final.settings) < _MOST_SETTINGS:
                _set(line, final)
            case "RUN":
                self._run(instruction, final)
            case "COPY" | "ADD" if final:
                self._copy(line, final)
            case "WORKDIR" if final:
                _enter(line, final)
            case "CMD" | "ENTRYPOINT" if final:
                _command(instruction.keyword, line, final)
            case _:
                pass

    def _from(self, line: Line) -> None:
        number = str(len(self.stages))
        match = _FROM.match(line.text)
        if match is None:
            stage = _Stage(number, line.locate(0, len(line.text)))
        else:
            name = match["name"] or number
            name = number if name.lower() in self.by_name else name
            at = line.locate(match.start("image"), match.end("name") if match["name"] else match.end("image"))
            base = self.by_name.get((fill_in(match["image"], self.arguments) or "").lower())
            stage = _Stage(name, at, () if base else _image_of(line, match, self.arguments), base)
            self.by_name[(match["name"] or number).lower()] = stage
        self.by_name.setdefault(number, stage)
        self.stages.append(stage)
        self.images += [item for item in stage.of_image if not isinstance(item, PythonRequirement | Platform)]

    def _run(self, instruction: Instruction, stage: _Stage | None) -> None:
        is_full = len(self.installed) >= _MOST_INSTALLS
        for found in () if is_full else _installs(instruction, stage):
            if isinstance(found, ProjectInstall):
                self._projects += 1
                if stage and self._projects <= _MOST_INSTALLS:
                    stage.projects.append(found)
            elif len(self.installed) < _MOST_INSTALLS:
                self.installed.append(found)
                if stage:
                    stage.installed.append(found)
        if stage:
            stage.system_pythons(instruction)
            for mount in islice(_MOUNT.finditer(instruction.line.text), _MOST_MOUNTS):
                options = dict(part.partition("=")[::2] for part in mount["options"].split(","))
                source, target = options.get("source", options.get("src")), options.get("target", options.get("dst"))
                if options.get("type") == "bind" and "from" not in options and target:
                    stage.copies[source or ".", target] = None

    def _copy(self, line: Line, stage: _Stage) -> None:
        """Read `COPY source... target`; with `--from`, only which stage it copies from."""
        options = _COPY_OPTIONS.match(line.text)
        start = options.end() if options else 0
        body = _bare_words(line.text[start:])
        words = split_words(body)
        if isinstance(words, Unclosed) or len(words) < 2:
            return
        if origin := _ORIGIN.search(line.text[:start]):
            if base := self.by_name.get(origin["name"].lower()):
                stage.stages[base.name] = None
                if base not in stage.origins and base is not stage:
                    stage.origins.append(base)
            return
        filled = [fill_in(word.value, stage.variables) for word in words]
        for source in filled[:-1]:
            self._copies += 1
            if source is not None and filled[-1] is not None and self._copies <= _MOST_INSTALLS:
                stage.copies[source, filled[-1]] = None


def parse(source: Source) -> Manifest:
    """Read every instruction that says what runs."""
    reader = _Reader()
    for instruction in instructions(source):
        if len(instruction.line.text) > _LONGEST:
            reader.problems.append(_too_long(instruction))
        else:
            reader.take(instruction)
    has_python = _PYTHON.search(source.text) is not None
    specs = tuple(stage.spec(is_final=stage is reader.stages[-1], has_python=has_python) for stage in reader.stages)
    final = specs[-1:]
    items: list[Item] = [
        *reader.images,
        *(item for spec in final for item in spec.pythons),
        *(item for spec in final for item in spec.platforms),
        *(item for spec in final for item in spec.settings),
        *reader.installed,
        *reader.problems,
    ]
    return gather(source, NAME, items, hash_comments(source.text))._replace(environments=specs)


def _too_long(instruction: Instruction) -> Problem:
    message = f"this instruction has more than {_LONGEST:,} characters and is not read"
    return Problem("DD002", message, instruction.line.locate(0, 1))


def _image_of(line: Line, match: re.Match[str], arguments: dict[str, Value]) -> tuple[Found, ...]:
    """Return what the image of a `FROM` tells, with the place of what an `ARG` gives it where that is."""
    written, start = match["image"], match.start("image")
    image = fill_in(written, arguments)
    option = _PLATFORM.search(match["options"])
    platform = fill_in(option["platform"], arguments) if option else ""

    def locate(first: int, last: int) -> Span:
        if image == written:
            return line.locate(start + first, start + last)
        part = (image or "")[first:last]
        origins = [arguments[name] for name in named_in(written) if name in arguments]
        whole = line.locate(start, start + len(written))
        is_all = last - first == len(image or "")
        return whole if is_all else next((value.at for value in origins if part and part in value.text), whole)

    return tuple(read_image(image, locate, platform or "")) if image else ()


def _bare_words(text: str) -> str:
    """Return a line, of the exec form (`["a", "b"]`) without the brackets and commas between its strings."""
    return _OUTSIDE.sub(lambda match: match[1] or " ", text) if _JSON.match(text) else text


def _enter(line: Line, stage: _Stage) -> None:
    path = fill_in(line.text.strip().strip("\"'"), stage.variables)
    if path:
        stage.directory = below(stage.directory, path.rstrip("/") or "/")
        stage.top = stage.top or stage.directory


def _command(keyword: str, line: Line, stage: _Stage) -> None:
    words = split_words(_bare_words(line.text))
    text = " ".join(line.text.split()) if isinstance(words, Unclosed) else " ".join(word.value for word in words)
    if keyword == "ENTRYPOINT":
        stage.commands.pop("CMD", None)
    stage.commands[keyword] = Command(text[:_LONGEST_COMMAND], line.locate(0, len(line.text)))


def _pairs(line: Line) -> Iterator[tuple[str, str | None, Span]]:
    """Read `NAME=value ...`, with the value as a shell would see it; `None` where there is no `=`."""
    words = split_words(line.text)
    if isinstance(words, Unclosed):
        return
    for word in words:
        name, equals, value = word.value.partition("=")
        start = word.start + len(name) + len(equals)
        raw = line.text[start : word.end]
        quotes = int(raw[:1] in ("'", '"') and raw[-1:] == raw[:1] and len(raw) > 1)
        yield name, value if equals else None, line.locate(start + quotes, word.end - quotes)


def _argument(line: Line, variables: dict[str, Value], arguments: dict[str, Value]) -> None:
    for name, value, at in _pairs(line):
        if len(variables) >= _MOST_SETTINGS:
            return
        if value is None and name in arguments:
            variables[name] = arguments[name]
        elif value is not None and (filled := fill_in(value, variables)) is not None:
            variables[name] = Value(filled, at)


def _set(line: Line, stage: _Stage) -> None:
    """Read `ENV NAME=value ...`, or `ENV NAME value` in the old form."""
    old = _OLD_SETTING.fullmatch(line.text)
    pairs = list(islice(_pairs(line), _MOST_SETTINGS))
    if old and "=" not in old["name"]:
        pairs = [(old["name"], old["value"].strip("\"'"), line.locate(*old.span("value")))]
    for name, value, at in pairs:
        if value is not None:
            filled = fill_in(value, stage.variables)
            stage.settings.pop(name, None)
            stage.settings[name] = EnvironmentVariable(name, filled, at)
            if filled is not None:
                stage.variables[name] = Value(filled, at)


def _installs(instruction: Instruction, stage: _Stage | None) -> Iterator[Dependency | ProjectInstall]:
    line, variables = instruction.line, stage.variables if stage else {}
    directory = ""
    if stage and stage.directory != stage.top:
        is_below = stage.directory.startswith(f"{stage.top}/")
        directory = stage.directory[len(stage.top) + 1 :] if is_below else stage.directory

    def fill(word: str) -> str | None:
        return fill_in(word, variables)

    yield from read_installs(_bare_words(line.text), line.locate, fill, directory)
    for document in instruction.documents:
        yield from read_installs(document.text, document.locate, fill, directory)
