"""A regular expression that is compiled when it is first used: most runs use few of those that a module names."""

from __future__ import annotations

import re
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, AnyStr


class _Regex:
    """A placeholder of a compiled expression, which takes over its methods when one is first used."""

    def __init__(self, text: Any, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile: the first method that is asked for is not there yet."""
        pattern = with_atomic_groups(self.pattern) if _IS_GREEDY and isinstance(self.pattern, str) else self.pattern
        compiled = re.compile(pattern, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in _METHODS)
        return getattr(compiled, name)


_IS_GREEDY = sys.version_info < (3, 11, 5)
"""These keep what the last, broken-off turn of `(...)*+` has taken: https://github.com/python/cpython/issues/106052."""
_PIECE = r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)(?P<often>[*+?]|\{[0-9,]+\})?(?P<all>\+)?|[^\\\[()]+"


def with_atomic_groups(pattern: str) -> str:
    """Write every `(...)*+` as `(?>(...)*)`, which is the same and which every Python matches rightly."""
    written: list[str] = []
    opened: list[int] = []
    for piece in re.finditer(_PIECE, pattern, re.DOTALL):
        text = piece[0]
        if text == "(":
            opened.append(len(written))
        elif text.startswith(")"):
            start = opened.pop()
            if piece["often"] and piece["all"]:
                written[start] = f"(?>{written[start]}"
                text = f"){piece['often']})"
        written.append(text)
    return "".join(written)


_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


if TYPE_CHECKING:

    def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Return the expression of a text."""

else:

    def regex(text: Any, flags: int = 0) -> _Regex:
        """Return the expression of a text."""
        return _Regex(text, flags)
