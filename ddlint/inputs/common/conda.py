"""Read match specifications of conda, as far as they mean the same in PEP 440; the rest is not guessed."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple

_SPEC = regex(r"\s*+(?:(?P<channel>[^\s:\[\]]+)::?)?(?P<name>[A-Za-z0-9_][A-Za-z0-9_.-]*)\s*+(?P<rest>.*)$")
_BRACKET = regex(r"\[(?P<keys>[^\[\]]*)\]\s*$")
_VERSION_KEY = regex(r"(?:^|,)\s*version\s*=\s*(?P<quote>['\"]?)(?P<version>[^'\"]*)(?P=quote)")
_RELEASE = r"[0-9]{1,9}(?>(?:\.[0-9]{1,9})*)"
_PLAIN = regex(_RELEASE)
_CLAUSE = regex(
    rf"(?P<operator>===?|=|!=|~=|[<>]=?)?\s*(?P<version>{_RELEASE}(?:(?:a|b|rc|\.post|\.dev)[0-9]{{1,9}})?)(?P<star>\.?\*)?"
)
_BUILD = regex(r"(?P<version>[^\s=<>!~,|]+)(?:\s*=\s*|\s+)(?P<build>[^\s=<>!~,|]+)")


_LONGEST = 2000


class Match(NamedTuple):
    """A match specification: the offsets of its name and of its version part, and what that is in PEP 440."""

    name: tuple[int, int]
    version: tuple[int, int]
    specifier: str | None
    """`None` where it cannot be said in PEP 440."""


def conda_specifier(text: str, *, is_fuzzy: bool = False) -> str | None:
    """Translate a version specification: `>=1,<2`, `1.8.*`, `1.8|1.9`; `None` where it has no like in PEP 440.

    `is_fuzzy` is for a lone `=`, which comes before a version that may go on: `=1.8` is `1.8.*`.
    """
    if len(text) > _LONGEST:
        return None
    alternatives = []
    for alternative in text.split("|"):
        clauses = [_clause(clause.strip(), is_fuzzy=is_fuzzy) for clause in alternative.split(",")]
        if None in clauses:
            return None
        joined = ",".join(clause for clause in clauses if clause)
        if not joined:
            return ""
        alternatives.append(joined)
    return " || ".join(alternatives)


def _clause(text: str, *, is_fuzzy: bool) -> str | None:
    if text in ("", "*"):
        return ""
    match = _CLAUSE.fullmatch(text)
    if match is None:
        return None
    operator, version, star = match["operator"] or "", match["version"], match["star"]
    if operator in ("", "=", "=="):
        is_prefix = star or operator == "=" or (is_fuzzy and not operator)
        return f"=={version}.*" if is_prefix and version[-1:].isdigit() and _is_plain(version) else f"=={version}"
    if operator == "!=":
        return f"!={version}.*" if star else f"!={version}"
    if operator == "~=":
        return f"~={version}" if "." in version and not star else None
    return None if operator == "===" else f"{operator}{version}"


def _is_plain(version: str) -> bool:
    return _PLAIN.fullmatch(version) is not None


def read_match(text: str) -> Match | None:
    """Read `channel::name version build` in its spellings; `None` where there is no name."""
    match = _SPEC.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    start, end = match.start("rest"), len(text.rstrip())
    bracket = _BRACKET.search(text, start)
    key = _VERSION_KEY.search(bracket["keys"]) if bracket else None
    if bracket and key:
        shift = bracket.start("keys")
        span = (shift + key.start("version"), shift + key.end("version"))
        return Match(match.span("name"), span, conda_specifier(key["version"]))
    if bracket:
        end = start + len(text[start : bracket.start()].rstrip())
    rest = text[start:end].strip()
    if not rest:
        return Match(match.span("name"), (match.end("name"), match.end("name")), "")
    return Match(match.span("name"), (start, max(start, end)), _rest(rest))


def _rest(rest: str) -> str | None:
    """Translate what follows the name: `=1.8` is any 1.8; `==1.8`, and with a build `=1.8=x` or ` 1.8 x`, is one."""
    operator = next((each for each in ("===", "==", "=") if rest.startswith(each)), "")
    is_single = operator == "="
    body = rest if operator == "===" else rest.removeprefix(operator).strip()
    if build := _BUILD.fullmatch(body):
        return conda_specifier(build["version"])
    return conda_specifier(body, is_fuzzy=is_single)
