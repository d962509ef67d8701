"""The commands of an image, one after the other: a later one replaces what an earlier one has installed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, Manifest
from ddlint.versions.specifiers import Verdict, range_of, verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.project.installs import Installed

_END = regex(r"&&|\|\||;|(?<!\\)\r?\n")
"""Between two words: they are of different commands."""
_COMMENT = regex(r"(?<=\n)[ \t]*+#[^\n]*+\n")
"""A line that is taken out of an instruction before it is run."""
_MOST_SPECIFIERS = 50
"""So many different requirements of one name are compared with what is before them."""
_MOST = 2000
"""Of the words of one image."""


def numbered(manifest: Manifest, words: Iterable[Installed]) -> tuple[tuple[int, Installed], ...]:
    """Return words with the numbers of their commands, in the order in which they run."""
    found: list[tuple[int, Installed]] = []
    number, end = 0, 0
    for word in sorted(words, key=lambda each: each.start)[:_MOST]:
        if found and _END.search(_COMMENT.sub("", manifest.source.text[end : word.start])):
            number += 1
        end = word.start
        found.append((number, word))
    return tuple(found)


def without_replaced(
    manifests: tuple[Manifest, ...], path: str, commands: tuple[tuple[int, Installed], ...]
) -> tuple[Manifest, ...]:
    """Return the files of an image without what a later command replaces, as pip does where the two do not agree."""
    if not commands or commands[-1][0] == 0:
        return manifests
    by_start = {word.start: number for number, word in commands if not word.paths}
    by_path = {each: number for number, word in commands for each in word.paths}
    by_name: dict[str, list[tuple[int, str, Dependency]]] = {}
    for manifest in manifests:
        for dependency in manifest.dependencies:
            number = by_start.get(dependency.at.start) if manifest.path == path else by_path.get(manifest.path)
            if number is not None and dependency.specifier and dependency.is_known:
                by_name.setdefault(dependency.name, []).append((number, manifest.path, dependency))
    gone: set[tuple[str, Dependency]] = set()
    for entries in by_name.values():
        if len({number for number, _, _ in entries}) > 1:
            gone |= _replaced(entries)
    if not gone:
        return manifests
    return tuple(
        each._replace(dependencies=tuple(one for one in each.dependencies if (each.path, one) not in gone))
        for each in manifests
    )


def _replaced(entries: list[tuple[int, str, Dependency]]) -> set[tuple[str, Dependency]]:
    """Return the requirements of one name, each with its file, that one of a later command excludes."""
    gone: set[tuple[str, Dependency]] = set()
    later: dict[str, None] = {}
    for _, group in groupby(sorted(entries, key=lambda each: -each[0]), key=lambda each: each[0]):
        same = [(path, dependency) for _, path, dependency in group]
        gone |= {each for each in same if any(_excludes(one, each[1].specifier) for one in later)}
        if len(later) < _MOST_SPECIFIERS:
            later |= dict.fromkeys(dependency.specifier for _, dependency in same)
    return gone


@lru_cache(maxsize=1024)
def _excludes(one: str, other: str) -> bool:
    if Verdict.UNKNOWN in {verdict(one, ("",)), verdict(other, ("",))}:
        return False
    first, second = range_of(one), range_of(other)
    return first is not None and second is not None and (first & second).is_empty
