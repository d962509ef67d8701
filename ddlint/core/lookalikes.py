"""What is meant by characters and operators that people write where a requirement has others."""

from __future__ import annotations

import unicodedata

_MEANT = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u2260": "!=",
    "\u2264": "<=",
    "\u2265": ">=",
}
OPERATORS = {"=>": ">=", "=<": "<=", "<>": "!="}
"""Operators of other languages, and those of PEP 440 that mean the same."""


def lookalike(character: str) -> str:
    """Return the ASCII text that a character looks like; empty where it looks like none, or is ASCII itself."""
    meant = _MEANT.get(character) or unicodedata.normalize("NFKC", character)
    return meant if meant != character and meant.isascii() and meant.isprintable() and not meant.isspace() else ""
