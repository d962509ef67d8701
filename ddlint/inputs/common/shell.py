"""Find what the commands of a shell line install with pip. It runs and expands nothing."""

from __future__ import annotations

import re
from itertools import chain

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency
from ddlint.core.namedtuple import NamedTuple
from ddlint.inputs.common.pip_line import read_pip_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.core.source import Span

_TOKEN = regex(
    r"(?P<blank>[ \t\r]+)|(?P<comment>(?:(?<=[\s;&|])|^)#[^\n]*)|(?P<end>&&|\|\||[;&|\n()])|(?P<redirect>[0-9]?[<>]+&?)"
    r"|(?P<single>'[^']*'?)|(?P<double>\"(?:[^\"\\]|\\.)*+\"?)|(?P<escaped>\\(?:.|\n|$))|(?P<plain>[^\s'\"\\;&|()<>]+)",
    re.DOTALL,
)
_PIP = regex(r"(?:\S*/)?pip[0-9.]*")
_PYTHON = regex(r"(?:\S*/)?python[0-9.]*")
_WITH_VALUE = regex(
    r"-[bcCefiprtP]|--(?:abi|build-constraint|cache-dir|cert|client-cert|config-settings?|constraints?|default-index|editable"
    r"|exclude-newer|exists-action|extra|extra-index-url|find-links|global-option|group|hash|implementation|index"
    r"|index-strategy|index-url|install-option|keyring-provider|link-mode|log|no-binary|no-binary-package"
    r"|no-build-package|only-binary|only-group|overrides?|platform|prefix|prerelease|progress-bar|proxy|python"
    r"|python-platform|python-version|refresh-package|reinstall-package|report|requirements?|resolution|retries|root"
    r"|src|target|timeout|trusted-host|upgrade-package|upgrade-strategy|use-feature)"
)
_MOST = 5000
"""Nobody writes so many words in a command, or parts in a word; those behind are left out."""
_FILE = regex(r"\.(?:txt|in|pip|toml|py|cfg)$")


class _Word(NamedTuple):
    value: str
    start: int
    end: int
    is_exact: bool
    """Every character of the value stands at its offset from `start`."""


def _commands(text: str) -> Iterator[list[_Word]]:
    """Split a shell line into commands, each a list of words; a redirection's target belongs to none."""
    words: list[_Word] = []
    current: list[tuple[str, int, int]] = []
    is_redirected = False
    for match in chain(_TOKEN.finditer(text), [None]):
        kind = match.lastgroup if match else "end"
        if len(current) >= _MOST and kind in ("single", "double", "plain", "escaped"):
            continue
        if match and kind in ("single", "double", "plain"):
            strip = kind != "plain"
            current.append((match[0].strip(match[0][0]) if strip else match[0], match.start() + strip, match.end()))
            continue
        if match and kind == "escaped":
            current.append((match[0][1:].strip("\n"), match.start() + 1, match.end()))
            continue
        if current:
            if not is_redirected and len(words) < _MOST:
                words.append(_joined(current))
            current, is_redirected = [], False
        is_redirected = is_redirected or kind == "redirect"
        if kind == "end":
            yield words
            words, is_redirected = [], False


def _joined(parts: list[tuple[str, int, int]]) -> _Word:
    value = "".join(part for part, _, _ in parts)
    return _Word(value, parts[0][1], parts[-1][2], len(parts) == 1)


def _arguments(words: list[_Word]) -> list[_Word]:
    """Give what stands behind `pip install`, `python -m pip install` or `uv pip install`; nothing for others."""
    for index, word in enumerate(words):
        is_module = index >= 2 and words[index - 1].value == "-m" and _PYTHON.fullmatch(words[index - 2].value)
        if _PIP.fullmatch(word.value) and (index == 0 or is_module or _is_launched(words[:index])):
            rest = words[index + 1 :]
            install = next((i for i, each in enumerate(rest) if not each.value.startswith("-")), None)
            if install is not None and rest[install].value == "install":
                return rest[install + 1 :]
    return []


def _is_launched(before: list[_Word]) -> bool:
    """Whether a command may stand behind these words: `sudo`, `uv`, `exec`, `env`, variables and options of them."""
    return all(
        re.fullmatch(r"sudo|uv|exec|env|time|then|do|set|-\S*|[A-Za-z_]\w*=.*|if|!|\{", each.value) for each in before
    )


def read_installs(
    text: str, locate: Callable[[int, int], Span], fill: Callable[[str], str | None] = lambda word: word
) -> Iterator[Dependency]:
    """Read the requirements that the commands in `text` name; what is none (a path, a file) is passed over.

    `fill` gives a word with its variables filled in, or `None` where they are not known.
    """
    for words in _commands(text):
        arguments = iter(_arguments(words))
        for word in arguments:
            if word.value.startswith("-"):
                if _WITH_VALUE.fullmatch(word.value):
                    next(arguments, None)
            elif not _FILE.search(word.value):
                filled = fill(word.value)
                is_same = filled is None or filled == word.value
                yield from _requirement(word if is_same else word._replace(value=filled or "", is_exact=False), locate)


def _requirement(word: _Word, locate: Callable[[int, int], Span]) -> Iterator[Dependency]:
    text = word.value.strip()
    shift = word.start + len(word.value) - len(word.value.lstrip())

    def at(start: int, end: int) -> Span:
        return locate(shift + start, shift + end) if word.is_exact else locate(word.start, word.end)

    for found in read_pip_line(text, at) if text else ():
        if isinstance(found, Dependency) and found.name:
            yield found
