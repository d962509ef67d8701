"""`variables.yaml`: which series read an environment variable, and as what, from the code of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.refresher.comments import head_of
from tools.refresher.runs import Run, compress, expand, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.refresher.settings_source import Settings

Facts = dict[str, dict[str, str]]
"""Variable, series: the type of its value there; empty where the code does not show one."""

_TYPES = {
    frozenset({"asbool"}): "boolean",
    frozenset({"asbool", "flag"}): "boolean",
    frozenset({"flag"}): "flag",
    frozenset({"int"}): "integer",
    frozenset({"float"}): "number",
    frozenset({"int", "float"}): "number",
}
_HEAD = """\
# Written by tools/settings_registry.py and tools/refresh.py from the code of the newest release of each series: which
# series read a variable, and the type of its value where the code shows it. `boolean` takes `true` and `1`, `flag` also
# `yes` and `on`. A family is a variable for each name of its list, in place of the `*`.
variables:
"""
_WIDTH = 120
_PLAIN = re.compile(r"(?!(?:YES|NO|ON|OFF|TRUE|FALSE|NULL|Y|N)$)[A-Z][A-Z0-9_]*")
"""What YAML reads as the text it is."""


class Document(NamedTuple):
    """What the file says, without its form."""

    evidence: dict[str, str]
    families: tuple[str, ...]
    facts: Facts


def read_document(document: Mapping[str, Any], order: Sequence[str]) -> Document:
    """Read what `render` writes."""
    topic = document["variables"]
    facts: Facts = {}
    for pattern, groups in topic["families"].items():
        for reads, parts in groups.items():
            for part in parts:
                facts[pattern.replace("*", part)] = _expanded(reads, order)
    for name, reads in topic["names"].items():
        facts[name] = _expanded(reads, order)
    evidence = {key: value for key, value in topic.items() if key not in {"families", "names"}}
    return Document(evidence, tuple(topic["families"]), facts)


def _expanded(reads: str, order: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in reads.split(", "):
        span, _, type_ = each.partition(" ")
        run = Run(span[:-1], order[-1]) if span.endswith("+") else read(span)
        found.update(dict.fromkeys(expand(run, order), type_))
    return found


def with_series(facts: Facts, series: str, settings: Settings) -> Facts:
    """Give the facts with what a release of a series reads in place of what was known of that series."""
    others = {
        name: {key: type_ for key, type_ in by_series.items() if key != series} for name, by_series in facts.items()
    }
    for name, kinds in settings.names.items():
        others.setdefault(name, {})[series] = _TYPES.get(kinds, "")
    return {name: by_series for name, by_series in others.items() if by_series}


def without_series(document: Document, kept: Sequence[str]) -> Document:
    """Give a document without what is known of other series than those that are kept."""
    facts = {
        name: {series: type_ for series, type_ in by_series.items() if series in kept}
        for name, by_series in document.facts.items()
    }
    return document._replace(facts={name: by_series for name, by_series in facts.items() if by_series})


def render(document: Document, order: Sequence[str], old: str = "") -> str:
    """Write the file."""
    families: dict[str, dict[str, list[str]]] = {pattern: {} for pattern in document.families}
    names: list[str] = []
    for name, by_series in sorted(document.facts.items()):
        reads = _reads(by_series, order)
        if found := _family(name, document.families):
            families[found[0]].setdefault(reads, []).append(found[1])
        else:
            names.append(f'    {name}: "{reads}"\n')
    text = [head_of(old, _HEAD)]
    text += [f'  {key}: "{value}"\n' for key, value in document.evidence.items()]
    text.append("  families:\n")
    for pattern, groups in families.items():
        text.append(f'    "{pattern}":\n')
        for reads, parts in sorted(groups.items(), key=lambda group: group[1]):
            text += _wrapped(f'      "{reads}": [', parts)
    return "".join([*text, "  names:\n", *names])


def _wrapped(lead: str, parts: Iterable[str]) -> Iterator[str]:
    """Write a list over as many lines as it needs."""
    line = lead
    for number, each in enumerate(parts):
        part = each if _PLAIN.fullmatch(each) else f'"{each}"'
        piece = f", {part}" if number else part
        if len(line) + len(piece) > _WIDTH - 2:
            yield f"{line},\n" if number else f"{line}\n"
            line, piece = "        ", part
        line += piece
    yield f"{line}]\n"


def _family(name: str, families: Iterable[str]) -> tuple[str, str] | None:
    """Give the family of a name, the most telling one, and what is in place of its `*`."""
    for pattern in sorted(families, key=len, reverse=True):
        head, tail = pattern.split("*")
        if match := re.fullmatch(rf"{head}([A-Z0-9][A-Z0-9_]*){tail}", name):
            return pattern, match[1]
    return None


def _reads(by_series: Mapping[str, str], order: Sequence[str]) -> str:
    texts = []
    for run, type_ in compress(by_series, order):
        text = f"{run.first}+" if run.last == order[-1] else run.text
        texts.append(f"{text} {type_}".rstrip())
    return ", ".join(texts)
