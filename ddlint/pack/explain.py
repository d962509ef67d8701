"""The statements that packs make in one row: in words, as fields, and with the documents they rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.report import Evidence
from ddlint.pack.describe import run
from ddlint.pack.releases import release_index
from ddlint.pack.support import applicable_rows, default_of
from ddlint.pack.support_rows import Removal, Support, SupportLevel
from ddlint.pack.topic import slug
from ddlint.pack.topics import STATEMENTS, TOPICS, sentence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ddlint.pack.pack import Pack

KINDS = tuple(kind for kind in STATEMENTS if kind not in {Support, Removal, SupportLevel})
"""The types of rows that `Pack.rows` gives."""


class Statement(NamedTuple):
    """One statement of a row."""

    topic: str
    """What it is about, as a heading."""
    words: str
    """What it says, on one line."""
    fields: tuple[tuple[str, str], ...]
    evidence: tuple[Evidence, ...]


def rows(pack: Pack) -> frozenset[str]:
    """Return the names of the rows of a pack."""
    return frozenset(str(each.row) for each in all_rows(pack))


def statements(row: str, pack: Pack) -> tuple[Statement, ...]:
    """Return what a pack states in a row, in its order."""
    return tuple(_statement(each) for each in all_rows(pack) if each.row == row)


def statements_by_row(pack: Pack) -> dict[str, tuple[Statement, ...]]:
    """Return what a pack states in every row."""
    found: dict[str, list[Statement]] = {}
    for each in all_rows(pack):
        found.setdefault(str(each.row), []).append(_statement(each))
    return {row: tuple(made) for row, made in found.items()}


def rules_by_series(name: str, pack: Pack) -> tuple[str, ...]:
    """Describe which statement about a distribution decides, by runs of series; nothing where none ever does."""
    runs: list[tuple[str, str, str]] = []
    for series in pack.all_series:
        words = _ruling(name, series, pack)
        if runs and runs[-1][2] == words:
            runs[-1] = (runs[-1][0], series, words)
        else:
            runs.append((series, series, words))
    return tuple(f"{run(first, last):<14}{words}" for first, last, words in runs if words)


def _ruling(name: str, series: str, pack: Pack) -> str:
    newest = release_index(pack).newest_of.get(series)
    found = applicable_rows(pack, name, newest.version if newest else "", series)
    if found.removal:
        return f"no longer instrumented, since {found.removal.version}"
    if not found.rows:
        return "only tested: what lies outside is a notice" if found.tested else ""
    specifiers = " or ".join(dict.fromkeys(row.specifier or "every version" for row in found.rows))
    defaults = {each.is_on for row in found.rows if (each := default_of(pack, row.integration, series))}
    off = ", off by default" if defaults == {"no"} else ""
    return f"{specifiers} ({found.rows[0].basis.value}{off})"


_NOT_IN_ANCHORS = regex(r"[^A-Za-z0-9_]+")
_PREFIXES = ("DD", "DATADOG")


def page_of(row: str, pack: Pack) -> str:
    """Return the page of a row in the site, with its anchor; empty for a row of a pack that ddlint does not bring."""
    name = row.removeprefix(f"{pack.name}/")
    if not pack.is_builtin or name == row:
        return ""
    if found := pack.support(name):
        integrations = [each.integration for each in found]
        own = next((each for each in integrations if slug(each) == slug(name)), integrations[0])
        return f"integrations/{slug(own)}/#{anchor(name)}"
    if name.isupper():
        return f"settings/{setting_family(name)}/#{anchor(name)}"
    topic = topic_of(row, pack)
    return f"rules/{topic}/#{anchor(name)}" if topic else ""


def topic_of(row: str, pack: Pack) -> str:
    """Return the topic of a row, as the site names its page; empty for no row of the pack."""
    return _topics(pack).get(row, "")


@lru_cache(maxsize=4)
def _topics(pack: Pack) -> dict[str, str]:
    keys: dict[type, str] = {kind: slug(f"{kind.__name__}s") for kind in STATEMENTS}
    keys |= {topic.row: slug(topic.key) for topic in reversed(TOPICS.values())}
    found: dict[str, str] = {}
    for each in all_rows(pack):
        found.setdefault(str(each.row), keys[type(each)])
    return found


def anchor(name: str) -> str:
    """Return the anchor of a row on its page, by its name without the pack."""
    return _NOT_IN_ANCHORS.sub("-", name.replace("*", "any")).strip("-")


def setting_family(variable: str) -> str:
    """Return the page of an environment variable: `django` of `DD_DJANGO_USE_HANDLER` and `DD_TRACE_DJANGO_ENABLED`."""
    words = variable.strip("_").split("_")
    words = words[1:] if words[0] in _PREFIXES else words
    words = words[1:] if words[0] == "TRACE" and len(words) > 2 else words
    return words[0].lower() if len(words) > 1 and words[0].isalnum() else "general"


def all_rows(pack: Pack) -> Iterator[Any]:
    """Return every row."""
    for name in pack.distributions:
        yield from pack.support(name)
    yield from (*pack.removals(), *pack.levels)
    for kind in KINDS:
        yield from pack.rows(kind)


def _statement(row: Any) -> Statement:
    fields = row._asdict()
    evidence = [each for name in ("evidence", "others") for each in _documents(fields.pop(name, None))]
    fields.pop("row")
    shown = tuple(
        (name.removeprefix("is_").replace("_", " "), text) for name, value in fields.items() if (text := _text(value))
    )
    return Statement(*sentence(row), shown, tuple(evidence))


def _documents(value: object) -> Iterable[Evidence]:
    if isinstance(value, Evidence):
        return (value,)
    return tuple(each for each in value if isinstance(each, Evidence)) if isinstance(value, tuple) else ()


def _text(value: object) -> str:
    """Return a field in words; empty where it says nothing."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, tuple):
        return ", ".join(" ".join(map(str, each)) if isinstance(each, tuple) else str(each) for each in value)
    return str(value)
