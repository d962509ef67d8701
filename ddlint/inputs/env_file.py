"""`.env` files: the settings they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import EnvironmentVariable, Manifest
from ddlint.core.source import Source, Span
from ddlint.inputs.common.env_vars import known_value
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.syntax.lines import hash_comments

NAME = ".env"

_SETTING = regex(
    r"[ \t]*+(?:export[ \t]++)?(?P<name>[A-Za-z_][A-Za-z0-9_.]*+)[ \t]*+=[ \t]*+"
    r"(?:'(?P<single>[^']*+)'|\"(?P<double>(?>(?>(?:[^\"\\]++|\\.){1,500})*))\"|(?P<plain>[^\r\n]*+))",
    re.DOTALL,
)
_MOST = 15_000
"""Nobody sets so many; those behind are left out."""
_COMMENT = regex(r"(?:^|\s)#.*")


def parse(source: Source) -> Manifest:
    """Read the file as docker and python-dotenv do; of what is set twice, the last counts."""
    settings = {setting.name: setting for setting in islice(_settings(source), _MOST)}
    return gather(source, NAME, settings.values(), hash_comments(source.text))


def _settings(source: Source) -> Iterator[EnvironmentVariable]:
    starts = source.line_starts
    position = 0
    for start in starts:
        if start < position:  # within a quoted value of several lines
            continue
        match = _SETTING.match(source.text, start)
        if match is None:
            continue
        position = match.end()
        kind = "single" if match["single"] is not None else "double" if match["double"] is not None else "plain"
        text = match[kind]
        if kind == "plain":
            text = _COMMENT.sub("", text).rstrip()
        value = text if kind == "single" else known_value(text)
        yield EnvironmentVariable(match["name"], value, Span(match.start(kind), match.start(kind) + len(text)))
