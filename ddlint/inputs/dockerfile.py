"""Dockerfiles: the Python and platform of the final stage, the settings in it, and what every stage installs with pip.

`ARG` counts with its default. A stage that builds on another one has that one's Python and settings.
"""

from __future__ import annotations

from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import EnvironmentVariable, Image, Platform, Problem, PythonRequirement
from ddlint.core.namedtuple import NamedTuple
from ddlint.inputs.common.container_image import is_elsewhere, read_image
from ddlint.inputs.common.dockerfile_syntax import instructions
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.shell import read_installs
from ddlint.inputs.common.variables import Value, fill_in, named_in
from ddlint.inputs.syntax.comments import hash_comments
from ddlint.inputs.syntax.shell_words import Unclosed, split_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Dependency, Manifest
    from ddlint.core.source import Source, Span
    from ddlint.inputs.common.dockerfile_syntax import Instruction
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.syntax.logical_lines import Line

NAME = "Dockerfile"

_MOST_STAGES = 200
_MOST_SETTINGS = 1000
_MOST_INSTALLS = 2000
"""No file that a person wrote comes near it."""
_LONGEST = 250_000
_FROM = regex(r"(?P<options>(?:--\S++\s++)*+)(?P<image>\S+)(?:\s+[Aa][Ss]\s+(?P<name>\S+))?")
_PLATFORM = regex(r"--platform=(?P<platform>\S+)")
_OLD_SETTING = regex(r"(?P<name>[^\s=]+)\s+(?P<value>.*)")
_JSON = regex(r'\[\s*"')
_OUTSIDE = regex(r'("(?:[^"\\]|\\[\s\S]?)*+(?:"|$))|[\[\],]')
"""Strings of the exec form, the last of them perhaps open, and what stands between them."""


_PYTHON = regex(r"(?i)\b(?:python[0-9.]*|pip[0-9.x]*|uv|poetry|pdm|conda)\b")
"""What puts a Python into an image of another language."""


class _Stage(NamedTuple):
    """What a stage brings with it so far; stages that build on it copy that."""

    of_image: tuple[Image | PythonRequirement | Platform, ...]
    settings: dict[str, EnvironmentVariable]
    variables: dict[str, Value]


def parse(source: Source) -> Manifest:
    """Read every instruction that says what runs."""
    arguments: dict[str, Value] = {}
    stages: dict[str, _Stage] = {}
    images: list[Item] = []
    installed: list[Dependency] = []
    final: _Stage | None = None
    problems: list[Item] = []
    for number, instruction in enumerate(instructions(source)):
        if len(instruction.line.text) > _LONGEST:
            problems.append(_too_long(instruction))
            continue
        match instruction.keyword:
            case "FROM" if len(stages) < _MOST_STAGES:
                final = _from(instruction.line, arguments, stages, str(number))
                images += [item for item in final.of_image if not isinstance(item, PythonRequirement | Platform)]
            case "ARG":
                _argument(instruction.line, arguments if final is None else final.variables, arguments)
            case "ENV" if final and len(final.settings) < _MOST_SETTINGS:
                _set(instruction.line, final)
            case "RUN":
                rest = _MOST_INSTALLS - len(installed)
                installed += islice(_installs(instruction, final.variables if final else {}), rest)
            case _:
                pass
    chosen: list[Item] = (
        [item for item in final.of_image if isinstance(item, PythonRequirement | Platform)] if final else []
    )
    is_other = final is not None and _is_other(final) and not _PYTHON.search(source.text)
    settings = list(final.settings.values()) if final and not is_other else []
    return gather(source, NAME, [*images, *chosen, *settings, *installed, *problems], hash_comments(source.text))


def _too_long(instruction: Instruction) -> Problem:
    message = f"this instruction has more than {_LONGEST:,} characters and is not read"
    return Problem("DD002", message, instruction.line.locate(0, 1))


def _is_other(stage: _Stage) -> bool:
    return any(isinstance(item, Image) and is_elsewhere(item.name) for item in stage.of_image)


def _from(line: Line, arguments: dict[str, Value], stages: dict[str, _Stage], number: str) -> _Stage:
    match = _FROM.match(line.text)
    if match is None:
        return _Stage((), {}, {})
    written, start = match["image"], match.start("image")
    image = fill_in(written, arguments)
    base = stages.get((image or "").lower())
    if base is None:
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

        base = _Stage(tuple(read_image(image, locate, platform or "")) if image else (), {}, {})
    stage = _Stage(base.of_image, dict(base.settings), dict(base.variables))
    stages[(match["name"] or number).lower()] = stage
    return stage


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


def _installs(instruction: Instruction, variables: dict[str, Value]) -> Iterator[Dependency]:
    line = instruction.line
    text = _OUTSIDE.sub(lambda match: match[1] or " ", line.text) if _JSON.match(line.text) else line.text

    def fill(word: str) -> str | None:
        return fill_in(word, variables)

    yield from read_installs(text, line.locate, fill)
    for document in instruction.documents:
        yield from read_installs(document.text, document.locate, fill)
