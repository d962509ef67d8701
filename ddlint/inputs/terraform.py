"""Terraform files, read as text: the functions and modules of AWS Lambda with their layers, runtime and settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain, islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import EnvironmentVariable, InjectionHint, Manifest, Platform, PythonRequirement, Workload
from ddlint.core.source import Source, Span
from ddlint.inputs.common.env_vars import known_value
from ddlint.inputs.common.injection_hints import MOST_HINTS, MOST_MATCHES, MOST_WORKLOADS, layer_versions_in, layers_in
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.syntax.lines import hash_comments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _Found = TypeVar("_Found", InjectionHint, PythonRequirement, EnvironmentVariable)

NAME = "terraform"

_M = re.MULTILINE
_IS_ABOUT_LAYERS = regex(r"(?i):layer:|layer_?version")
_BLOCK = regex(
    r"^(?:resource|module)[ \t]+\"(?P<one>[^\"\n]{1,200})\"[ \t]*(?:\"(?P<two>[^\"\n]{1,200})\"[ \t]*)?\{", re.MULTILINE
)
_TOKEN = regex(r"(?P<open>\{)|(?P<close>\})|(?P<string>\")|(?P<comment>(?:#|//)[^\n]*)|/\*")
_IN_STRING = regex(r"[\"\\\n]")
_RUNTIME = regex(r"^[ \t]*runtime[ \t]*=[ \t]*\"(?P<runtime>python(?P<version>[23]\.[0-9]{1,2}))\"", _M)
_CPU = regex(r"^[ \t]*architectures[ \t]*=[ \t]*\[[ \t]*\"(?P<cpu>arm64|x86_64)\"", _M)
_SETTING = regex(r"^[ \t]*\"?(?P<name>[A-Z][A-Z0-9_]{2,100})\"?[ \t]*=[ \t]*\"(?P<value>[^\"\\\n]{0,500})\"", _M)
_COMMENT = regex(r"[ \t]*(?:#|//)")
_MOST_BLOCKS = 2_000


def parse(source: Source) -> Manifest:
    """Read the blocks that name a layer; a file without one has nothing to say."""
    if not _IS_ABOUT_LAYERS.search(source.text):
        return gather(source, NAME, ())
    made = gather(source, NAME, (), hash_comments(source.text, []))
    return made._replace(workloads=tuple(islice(_workloads(source.text), MOST_WORKLOADS)))


def _workloads(text: str) -> Iterator[Workload]:
    """Yield each block with a layer, with the functions and modules that are one by themselves."""
    position = 0
    for _ in range(_MOST_BLOCKS):
        match = _BLOCK.search(text, position)
        if match is None:
            return
        position = _end_of(text, match.end())
        body = text[match.end() : position]
        hints = tuple(islice(_live(body, match.end(), _hints), MOST_HINTS))
        if hints:
            cpu = _CPU.search(body)
            machine = "aarch64" if cpu is not None and cpu["cpu"] == "arm64" else "x86_64"
            pythons = tuple(_live(body, match.end(), _pythons))[:1]
            yield Workload(
                "function",
                match["two"] or match["one"],
                Span(*match.span("two" if match["two"] else "one")),
                hints,
                pythons=pythons,
                platforms=tuple(
                    Platform(f"manylinux-{machine}", each.at, pythons=(each.specifier,)) for each in pythons
                ),
                settings=tuple(islice(_live(body, match.end(), _settings), MOST_HINTS)),
            )


def _end_of(text: str, start: int) -> int:
    """Return where the block ends that is open at `start`: braces of strings and comments do not count."""
    depth, position = 1, start
    while depth and (match := _TOKEN.search(text, position)):
        position = match.end()
        if match["open"]:
            depth += 1
        elif match["close"]:
            depth -= 1
        elif match["string"]:
            position = _end_of_string(text, position)
        elif match[0] == "/*":
            closed = text.find("*/", position)
            position = len(text) if closed < 0 else closed + 2
    return position if depth == 0 else len(text)


def _end_of_string(text: str, position: int) -> int:
    """Return where a string ends whose first character is at `position`: behind its quote, or with its line."""
    while match := _IN_STRING.search(text, position):
        if match[0] != "\\":
            return match.end()
        position = match.end() + 1
    return len(text)


def _live(
    body: str, offset: int, find: Callable[[str, Callable[[int, int], Span]], Iterator[_Found]]
) -> Iterator[_Found]:
    """Yield what is found in the lines of a block that are no comments."""
    for found in islice(find(body, lambda start, end: Span(offset + start, offset + end)), MOST_MATCHES):
        if not _COMMENT.match(body, body.rfind("\n", 0, found.at.start - offset) + 1):
            yield found


def _hints(body: str, locate: Callable[[int, int], Span]) -> Iterator[InjectionHint]:
    yield from chain(layers_in(body, locate), layer_versions_in(body, locate))


def _pythons(body: str, locate: Callable[[int, int], Span]) -> Iterator[PythonRequirement]:
    for match in _RUNTIME.finditer(body):
        at = locate(*match.span("runtime"))
        yield PythonRequirement(exact_python(match["version"]), at, match["runtime"], is_exact=True)


def _settings(body: str, locate: Callable[[int, int], Span]) -> Iterator[EnvironmentVariable]:
    for match in _SETTING.finditer(body):
        yield EnvironmentVariable(match["name"], known_value(match["value"]), locate(*match.span("value")))
