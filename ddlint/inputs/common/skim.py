"""See quickly that a file has nothing to say in a project without a tracer, so that nothing of it needs to be read.

A file is passed over only where it is written so plainly that reading it would give no problem, no include, no
setting, no comment for ddlint, and no requirement of what is sought. Of every other file nothing is said here.
"""

from __future__ import annotations

from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.model import NormalizedName
from ddlint.core.source import Source
from ddlint.inputs import INCLUDED

_MOST_LINES = 10_000
"""A longer file may have more requirements than are read, which is a problem."""
_NAME = r"[A-Za-z0-9](?>(?:[A-Za-z0-9_.-]{0,60}[A-Za-z0-9])?)"
_EXTRAS = r"\[[A-Za-z0-9]{1,60}+(?>(?:[,-][A-Za-z0-9]{1,60}+){0,30})\]"
_CLAUSE = r"(?:[=!<>]=|[<>]) ?[0-9]{1,9}+(?>(?:\.[0-9]{1,9}+){0,9})(?:(?:a|b|rc|\.post|\.dev)[0-9]{1,9}+)?"
_MARKER = (
    r"(?:python_(?:full_)?version|sys_platform|platform_(?:system|machine|python_implementation)) ?(?:[=!<>]=|[<>]) ?"
    r"(?:'[A-Za-z0-9_.]{1,30}'|\"[A-Za-z0-9_.]{1,30}\")"
)
_REQUIREMENTS = regex(
    rf"(?>(?>(?:(?:{_NAME}(?:{_EXTRAS})?(?> ?(?:{_CLAUSE}(?:, ?(?=[=!<>])|(?=[\s;]))){{1,9}})?"
    rf"(?: ?; ?(?>(?:{_MARKER}(?: (?:and|or) (?=[ps])|(?=\s))){{1,9}}))?"
    r"(?>(?: \\\n {1,9}--hash=sha256:[0-9a-f]++){0,500})(?=\s)"
    r"|(?:-i|--(?:extra-)?index-url)[ =][A-Za-z0-9:/._-]++"
    r")?[ \t]*+(?:(?<![^\s])#[^\\\v\f\x1c-\x1e\n]*+)?\n){1,500})*)"
)
"""Requirements in the plainest form, on a line each."""
_ARCHIVES = (".zip", ".whl", ".tar", ".tgz", ".tbz", ".txz", ".tlz")


def says_nothing(module: str, source: Source, sought: frozenset[NormalizedName]) -> bool:
    """Return whether a file has nothing to say where nothing of `sought` is installed."""
    if module == INCLUDED:
        return _has_plain_requirements(source.text, _words(sought))
    if module == "uv_lock":
        from ddlint.inputs.common.uv_lock_skim import is_whole_without

        return is_whole_without(source, sought)
    return False


@lru_cache(1)
def _words(sought: frozenset[NormalizedName]) -> tuple[str, ...]:
    """Return for each name a word that is in it however the name is spelled."""
    return tuple({max(name.split("-"), key=len) for name in sought})


def _has_plain_requirements(text: str, words: tuple[str, ...]) -> bool:
    if not text.isascii() or text.count("\n") > _MOST_LINES:
        return False
    lower = text.lower()
    if any(word in lower for word in (*words, *_ARCHIVES, "ddlint")):
        return False
    plain = text.replace("\r\n", "\n")
    return "\r" not in plain and _REQUIREMENTS.fullmatch(plain if plain.endswith("\n") else f"{plain}\n") is not None
