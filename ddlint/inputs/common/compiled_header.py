"""Read what the header of a compiled requirement file says: the sources it was made from, and the Python."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.inputs.common.shell import Word, commands

_HEADER = regex(r"(?:[ \t]*+(?:#[^\r\n]*+)?\r?\n){1,40}")
_MADE = regex(
    r"(?i)#[^\r\n]*(?:auto-?generated|@generated) by (?P<tool>[\w-]+)(?: with Python (?P<python>[23]\.[0-9]+))?"
)
_COMMAND = regex(r"#[ \t]*((?:\S*/)?(?:pip-compile|uv|python[0-9.]*)\b[^\r\n]*)")
_SOURCE = regex(r"[^\s-].*\.(?:in|txt|pip|toml|py|cfg)")
_PYTHON = regex(r"(?:c?python)?(?P<version>[23]\.[0-9]+)(?:\.[0-9]+)?")
_LONGEST = 4000
_MOST = 50
_NO_SOURCE = frozenset(
    (
        *("-o", "--output-file", "-c", "--constraint", "--constraints", "-b", "--build-constraint"),
        *("--build-constraints", "--override", "--overrides", "--config", "--exclude", "--excludes"),
    )
)
"""Options whose value is a file that is no source."""
_OF_PYTHON = frozenset({"-p", "--python", "--python-version"})


class Compiled(NamedTuple):
    """The sources as they are written, and the Python `3.12`; empty where the header does not say."""

    sources: tuple[str, ...] = ()
    python: str = ""


def read_header(text: str) -> Compiled | None:
    """Read the comments at the head of a file; `None` where no tool says that it wrote it."""
    header = _HEADER.match(text[:_LONGEST])
    made = _MADE.search(header[0]) if header else None
    if header is None or made is None:
        return None
    found = _COMMAND.search(header[0], made.end())
    words = next(commands(found[1][:_LONGEST]), []) if found else []
    sources = tuple(dict.fromkeys(_sources(words)))
    if not sources and (made["tool"].lower() == "pdm" or [word.value for word in words[:2]] == ["uv", "export"]):
        sources = ("pyproject.toml",)
    return Compiled(sources[:_MOST], made["python"] or _python(words))


def _sources(words: list[Word]) -> list[str]:
    values = [word.value for word in words]
    pairs = zip(values[1:], values, strict=False)
    return [value for value, before in pairs if before not in _NO_SOURCE and _SOURCE.fullmatch(value)]


def _python(words: list[Word]) -> str:
    for number, word in enumerate(words):
        name, equals, value = word.value.partition("=")
        if name in _OF_PYTHON:
            following = value if equals else "".join(each.value for each in words[number + 1 : number + 2])
            if match := _PYTHON.fullmatch(following):
                return match["version"]
    return ""
