"""The phrases that messages of checks share: what was found, which release, on which Pythons."""

from __future__ import annotations

from collections.abc import Iterable

from ddlint.checks.common.context import CheckContext
from ddlint.core.model import Located, Place, Resolution
from ddlint.core.text import cropped
from ddlint.pack.support_rows import Support
from ddlint.versions.specifiers import alternatives, clauses, list_minors, pin, range_of

_LONGEST_QUOTE = 40


def quoted(context: CheckContext, located: Located) -> str:
    """Quote what was found: the requirement as it is written, or the version that is locked.

    A long requirement is quoted without its marker, and a longer one is cut with `...`.
    """
    dependency = located.dependency
    version = pin(dependency.specifier)
    if version and context.is_resolved(located):
        return f"`{cropped(f'{dependency.name} {version}', _LONGEST_QUOTE)}`"
    written = dependency.written
    if len(written) > _LONGEST_QUOTE and dependency.marker:
        written = written.partition(";")[0].rstrip()
    return f"`{cropped(written, _LONGEST_QUOTE)}`"


def subject(context: CheckContext, releases: Iterable[str]) -> str:
    """Name the subject with its releases: `tracelib 3.1.1`, `tracelib 2.1.1 and 3.2.0`."""
    return f"{context.pack.subject} {joined(dict.fromkeys(release for release in releases if release))}".rstrip()


def has(releases: Iterable[str]) -> str:
    """Return the verb for one release or several."""
    return "has" if len(set(releases)) == 1 else "have"


def joined(words: Iterable[str], last: str = "and") -> str:
    """Join words as a sentence does."""
    parts = list(words)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def on_pythons(context: CheckContext, minors: Iterable[str]) -> str:
    """Return ` on Python 3.9 and 3.10`; nothing where none is declared."""
    named = tuple(dict.fromkeys(minor for minor in minors if minor))
    known = tuple(python.minor for python in context.project.pythons) or context.pack.pythons
    return f" on Python {list_minors(named, known)}" if named else ""


def supported(rows: Iterable[Support]) -> str:
    """Quote the range that rows support: "`>=1.1`", "`<2` or `>=3`"; what lies within another is left out."""
    every = tuple(dict.fromkeys(row.specifier for row in rows))
    return joined((f"`{each}`" for each in every if len(every) == 1 or not _is_within(each, every)), "or")


def _is_within(specifier: str, others: tuple[str, ...]) -> bool:
    """Return whether another range has all of one, and more, or the same as an earlier one."""
    own = range_of(specifier)
    for number, other in enumerate(others):
        wider = range_of(other)
        if other != specifier and own is not None and wider is not None and (own - wider).is_empty:
            is_same = (wider - own).is_empty
            if not is_same or number < others.index(specifier):
                return True
    return False


def key(specifier: str) -> str:
    """Return the normal form of a specifier, for baselines: clauses sorted, blanks gone."""
    parts = []
    for part in alternatives(specifier):
        written = clauses(part)
        parts.append(",".join(sorted(str(clause) for clause in written)) if written is not None else part)
    return " || ".join(parts)


def tracer_places(context: CheckContext, resolutions: Iterable[Resolution]) -> tuple[Place, ...]:
    """Return the places that decide the release, each with what it gives."""
    places: dict[tuple[str, int, int], Place] = {}
    for each in resolutions:
        for located in each.by[:1]:
            at = located.dependency.at
            gives = f"gives {subject(context, (each.release,))}" if each.release else "no release fits"
            places.setdefault((located.path, at.start, at.end), Place(located.path, at, gives))
    return tuple(places.values())
