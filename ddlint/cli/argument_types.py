"""How the values of options are read; argparse reports what does not pass."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable

from ddlint.checks import CODES
from ddlint.config.settings import code_hint, code_of, quoted
from ddlint.core.paths import glob


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def all_of(test: Callable[[str], bool], words: str) -> Callable[[str], list[str]]:
    """Return the reader of values parted by commas; of one that does not pass `test`, argparse says it is `words`."""

    def read(text: str) -> list[str]:
        for word in _words(text):
            if not test(word):
                raise argparse.ArgumentTypeError(f"{quoted(word)} is {words}")
        return _words(text)

    return read


def codes(text: str) -> list[str]:
    """Read codes, starts of codes and names of checks, parted by commas."""
    found = []
    for word in _words(text):
        code = code_of(word, CODES)
        if not code:
            hint = code_hint(word, CODES)
            raise argparse.ArgumentTypeError(
                f"{quoted(word)} is no code and no check of ddlint{f'; {hint}' if hint else ''}"
            )
        found.append(code)
    return found


def some_of(read: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Return the reader of codes of which there must be one: none is a variable that was left empty."""

    def read_some(text: str) -> list[str]:
        if not _words(text):
            raise argparse.ArgumentTypeError("no code is named, so nothing would be looked for")
        return read(text)

    return read_some


def one_of(test: Callable[[str], bool], words: str, hint: Callable[[str], str] = lambda _: "") -> Callable[[str], str]:
    """Return the reader of one value, which must pass `test`; `hint` says what may be meant by one that does not."""

    def read(text: str) -> str:
        if not test(text):
            meant = hint(text)
            raise argparse.ArgumentTypeError(f"{quoted(text)} is {words}{f'; {meant}' if meant else ''}")
        return text

    return read


def number(text: str) -> int:
    """Read a number of processes, at most four digits; argparse reports anything else."""
    if not text.isdecimal() or not text.isascii() or len(text) > 4:
        raise argparse.ArgumentTypeError(f"{quoted(text)} is no number of processes such as `4`; 0 decides by itself")
    return int(text)


def is_pattern(text: str) -> bool:
    """Whether `text` is a pattern of paths."""
    try:
        glob(text)
    except re.error:
        return False
    return True
