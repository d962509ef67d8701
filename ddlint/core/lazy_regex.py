"""A regular expression that is compiled when it is first used: most runs use few of those that a module names.

No group is repeated with a possessive quantifier, `(...)*+`: CPython 3.11.0 to 3.11.4 (Debian 12 ships one) keeps what
its last, broken-off turn has matched, https://github.com/python/cpython/issues/106052. Write `(?>(...)*)` instead.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, AnyStr


class _Regex:
    """An expression that compiles itself when one of its methods is asked for."""

    def __init__(self, text: Any, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile, and keep the methods."""
        compiled = re.compile(self.pattern, self._flags)
        self.__dict__.update((each, getattr(compiled, each)) for each in _METHODS)
        return getattr(compiled, name)


_METHODS = ("findall", "finditer", "fullmatch", "match", "search", "split", "sub")


if TYPE_CHECKING:

    def regex(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Return the expression of a text."""

else:

    def regex(text: Any, flags: int = 0) -> _Regex:
        """Return the expression of a text."""
        return _Regex(text, flags)
