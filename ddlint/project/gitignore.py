"""What git ignores by the patterns of `.gitignore` in each folder (gitignore(5)); nothing below `.git` is opened.

Written here, as `pathspec` takes longer to import than a project takes to lint; a law holds it to git itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import glob, is_inside, name_of, parent, relative
from ddlint.core.source import Unread

NAME = ".gitignore"
_WILD = frozenset("*?[")
_MOST = 5_000
"""So many patterns of one file are read: guards against hostile files."""
_LONGEST = 1_000
"""Characters of a pattern, likewise."""


class _Rule(NamedTuple):
    """One pattern. Most are a name or an ending, which need no expression."""

    is_negated: bool
    is_folder: bool
    """Whether it holds for folders only."""
    name: str
    """A plain name at any depth; empty where the pattern is more than that."""
    ending: str
    """`.pyc` of `*.pyc`, likewise."""
    pattern: str
    """As `paths.glob` takes it; empty where one of the former says it all."""
    word: str
    """The longest plain part of the pattern, which is in every path that it matches."""

    def holds(self, path: str, name: str) -> bool:
        """Return whether it matches a path relative to the folder of its file, whose last part is `name`."""
        if self.name:
            return name == self.name
        if self.ending:
            return name.endswith(self.ending)
        return self.word in path and glob(self.pattern, holds_below=False).fullmatch(path) is not None


class GitIgnore:
    """Tells which files and folders below a root git ignores; every pattern file is read once."""

    def __init__(self, root: str, read: Callable[[str], bytes | Unread]) -> None:
        self._root = root
        self._read = read
        self._chains: dict[str, tuple[tuple[str, tuple[_Rule, ...]], ...]] = {}
        """For a folder: (folder, its rules, the last one first) of itself and of those above, the deepest first."""

    def enter(self, directory: str, *, has_patterns: bool) -> None:
        """Note a folder that is listed, so that nothing is looked for where no patterns are."""
        above = self._chain(parent(directory)) if directory != self._root else ()
        self._chains[directory] = self._with_own(directory, above) if has_patterns else above

    def is_ignored(self, path: str, *, is_folder: bool) -> bool:
        """Return whether git ignores `path`, no folder above which is ignored: the deepest and last pattern decides."""
        name = name_of(path)
        for directory, rules in self._chain(parent(path)):
            below = relative(path, directory)
            for rule in rules:
                if (is_folder or not rule.is_folder) and rule.holds(below, name):
                    return not rule.is_negated
        return False

    def _chain(self, directory: str) -> tuple[tuple[str, tuple[_Rule, ...]], ...]:
        """Return the rules that hold in a folder; of folders that were not listed, the files are looked for."""
        unknown = []
        while directory not in self._chains and is_inside(directory, self._root):
            unknown.append(directory)
            if directory == self._root:
                break
            directory = parent(directory)
        chain = self._chains.get(directory, ())
        for each in reversed(unknown):
            chain = self._chains[each] = self._with_own(each, chain)
        return chain

    def _with_own(
        self, directory: str, above: tuple[tuple[str, tuple[_Rule, ...]], ...]
    ) -> tuple[tuple[str, tuple[_Rule, ...]], ...]:
        rules = tuple(reversed(tuple(self._read_rules(f"{directory.rstrip('/')}/{NAME}"))))
        return ((directory, rules), *above) if rules else above

    def _read_rules(self, path: str) -> Iterator[_Rule]:
        data = self._read(path)
        if isinstance(data, Unread):
            return
        for line in data.decode("utf-8", "replace").removeprefix("\ufeff").splitlines()[:_MOST]:
            rule = _rule(line)
            if rule is not None:
                yield rule


def _rule(line: str) -> _Rule | None:
    """Return the rule of a line; nothing for comments, and for escapes within a pattern."""
    text = line.rstrip("\r\n")
    while text.endswith(" ") and not text.endswith("\\ "):
        text = text[:-1]
    if not text or text.startswith("#") or len(text) > _LONGEST:
        return None
    is_negated = text.startswith("!")
    text = text.removeprefix("!")
    if text.startswith(("\\#", "\\!")):
        text = text[1:]
    text = text.replace("\\ ", " ")
    is_folder = text.endswith("/")
    bare = text.rstrip("/")
    if not bare or "\\" in bare or not _is_valid(bare):
        return None
    is_anywhere = "/" not in bare
    if is_anywhere and not _WILD & set(bare):
        return _Rule(is_negated, is_folder, bare, "", "", "")
    if is_anywhere and bare.startswith("*") and not _WILD & set(bare[1:]):
        return _Rule(is_negated, is_folder, "", bare[1:], "", "") if bare != "*" else _any(is_negated, is_folder)
    return _Rule(is_negated, is_folder, "", "", bare, _longest_word(bare))


def _any(is_negated: bool, is_folder: bool) -> _Rule:
    return _Rule(is_negated, is_folder, "", "", "*", "")


def _is_valid(pattern: str) -> bool:
    import re

    try:
        return "[" not in pattern or bool(glob(pattern))
    except re.error:
        return False


def _longest_word(pattern: str) -> str:
    words, depth = [""], 0
    for character in pattern:
        if character == "[" or depth:
            depth = 0 if character == "]" and words[-1:] == [""] and depth > 1 else depth + 1
            if words[-1]:
                words.append("")
        elif character in _WILD or character == "/":
            words.append("")
        else:
            words[-1] += character
    return max(words, key=len)
