"""`tox.ini`: what the environments of tox install. Their factors name no Python here, as tox decides that per run."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Include, Manifest
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.pip_line import read_pip_line
from ddlint.inputs.common.tox_environments import environments
from ddlint.inputs.syntax.ini import Option, Piece, read_ini

NAME = "tox.ini"

_FACTORS = regex(r"(?P<factors>[\w {}.!,-]+):(?:\s+|$)")
_REFERENCE = regex(r"\{\[(?P<section>[^\]{}]+)\](?P<key>[\w-]+)\}")
_HERE = regex(r"\{(?:toxinidir|tox_root)\}/")
_PADDING = regex(r"^\.//+")


def parse(source: Source) -> Manifest:
    """Read `deps` of every environment, `requires` of tox itself, and the options that those refer to."""
    ini = read_ini(source)
    texts = "\n".join(line.text for option in ini.options if option.key == "deps" for line in option.lines)
    named = {(match["section"], match["key"]) for match in _REFERENCE.finditer(texts)}
    items = (
        item
        for option in ini.options
        if (scope := _scope(option, named))
        for line in option.lines
        for item in _line(line, scope)
    )
    manifest = gather(source, NAME, items, ini.comments, ini.problem)
    specs = environments(ini.options, lambda line: list(_line(line, "")))
    return manifest._replace(environments=tuple(specs))


def _scope(option: Option, named: set[tuple[str, str]]) -> str:
    kind, _, name = option.section.partition(":")
    if option.key == "deps" and kind == "testenv":
        return f"env:{name.strip() or kind}"
    if option.key == "requires" and kind == "tox":
        return "env:tox"
    return f"env:{option.section}" if (option.section, option.key) in named else ""


def _line(line: Piece, scope: str) -> Iterator[Item]:
    """Read one line; those of other factors are alternatives to each other, so each has a scope of its own."""
    body = line.cut(0, line.text.find(" #") if " #" in line.text else None)
    if match := _FACTORS.match(body.text):
        scope = f"{scope}:{''.join(match['factors'].split())}"
        body = body.cut(match.end())
    if not body.text or body.text.startswith("#") or _REFERENCE.fullmatch(body.text):
        return
    # A substitution such as `{env:X}` is shown to the reader of requirements as a variable, which it knows.
    text = _HERE.sub(lambda here: "." + "/" * (len(here[0]) - 1), body.text).replace("{", "$")
    for found in read_pip_line(text, body.locate, scope=scope):
        if isinstance(found, Dependency):
            yield found._replace(written=written(body.text))
        elif isinstance(found, Include):
            yield found._replace(target=_PADDING.sub("", found.target))
        else:
            yield found
