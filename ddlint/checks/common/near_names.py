"""Which known name of a variable somebody meant who wrote another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ddlint.core.text import edit_distance

_PREFIX = "DD_"
_ENDINGS = frozenset({"", "E", "S", "ES", "ED", "ER", "ERS", "ING", "ION", "IONS", "ATION", "NAME"})
"""What a word may end in and still mean the same: `PROFILE` and `PROFILING`, `HOST` and `HOSTNAME`."""
_STEM = 4
"""The letters that words with such endings share."""
_FILLERS = ("TRACE", "ENABLED")
"""Words that are put into names that have none of them, and left out of those that do."""
_SHORT, _LONG = 5, 7
"""Shorter words than the first differ by a letter that is left out or added; by two letters only longer ones do."""


class NearNames:
    """The names that may be meant, by the words in them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._names: dict[tuple[str, ...], str] = {}
        self._but_one: dict[tuple[int, tuple[str, ...], tuple[str, ...]], list[str]] = {}
        self._sorted: dict[tuple[str, ...], str] = {}
        self._joined: dict[str, str] = {}
        for name in known:
            if name.startswith(_PREFIX):
                words = _words(name)
                self._names[words] = name
                self._sorted[tuple(sorted(words))] = name
                self._joined["".join(words)] = name
                for at, word in enumerate(words):
                    self._but_one.setdefault((at, words[:at], words[at + 1 :]), []).append(word)

    def nearest(self, name: str) -> str:
        """Return the known name that is nearest to a name; empty where none is near."""
        if not name.startswith(_PREFIX):
            return ""
        return min(self._near(_words(name)), default=(0.0, ""))[1]

    def _near(self, words: tuple[str, ...]) -> Iterator[tuple[float, str]]:
        """Yield each near name with how far it is away."""
        for at, word in enumerate(words):
            for other in self._but_one.get((at, words[:at], words[at + 1 :]), ()):
                if distance := _distance(word, other, is_all=len(words) == 1):
                    yield distance, self._names[*words[:at], other, *words[at + 1 :]]
        if len("".join(words)) >= _LONG and (joined := self._joined.get("".join(words))):
            yield 1.0, joined
        if reordered := self._sorted.get(tuple(sorted(words))):
            yield 1.5, reordered
        if len(words) > 1:
            for filler in _FILLERS:
                for others in ((filler, *words), (*words, filler), _without(words, filler)):
                    if len(others) > 1 and others != words and others in self._names:
                        yield 1.6, self._names[others]


def _words(name: str) -> tuple[str, ...]:
    return tuple(name.removeprefix(_PREFIX).split("_"))


def _without(words: tuple[str, ...], filler: str) -> tuple[str, ...]:
    """Return the words without a filler at the start or the end."""
    if words[0] == filler:
        return words[1:]
    return words[:-1] if words[-1] == filler else words


def _distance(left: str, right: str, *, is_all: bool) -> float:
    """Return how far two words are apart; 0 for too far, and with digits. `is_all`: they are the whole names."""
    if not left.isalpha() or not right.isalpha():
        return 0.0
    shorter, longer = sorted((left, right), key=len)
    edits = _edits(shorter, longer)
    if edits == 1 and (len(shorter) >= _SHORT or (not is_all and len(longer) > len(shorter) >= _STEM - 1)):
        return 1.0
    if is_all:
        return 0.0
    shared = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    if shared >= _STEM and shorter[shared:] in _ENDINGS and longer[shared:] in _ENDINGS:
        return 1.4
    return 2.0 if edits == 2 and len(shorter) >= _LONG else 0.0


def _edits(left: str, right: str) -> int:
    """Count the letters to change; 3 for more than 2 that only one of the names has."""
    return 3 if len(right) - len(left) > 2 else edit_distance(left, right)
