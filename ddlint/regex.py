"""A regular expression that is compiled when it is first used: most runs use few of those that a module names."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, AnyStr


class _Regex:
    """Stands in for a compiled expression, and takes over its methods once it is asked for one of them."""

    def __init__(self, text: Any, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile: the first method that is asked for is not there yet."""
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in _METHODS)
        return getattr(compiled, name)


_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


if TYPE_CHECKING:

    def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Give the expression of a text."""

else:

    def regex(text: Any, flags: int = 0) -> _Regex:
        """Give the expression of a text."""
        return _Regex(text, flags)
