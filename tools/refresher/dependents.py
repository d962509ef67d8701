"""`dependents.yaml`: what other distributions require of the subject, by runs of versions that require the same."""

from __future__ import annotations

import json
import re
from email.parser import HeaderParser
from typing import TYPE_CHECKING, NamedTuple

from tools.refresher.examples import examples
from tools.refresher.requirements import metadata_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tools.refresher.index import File
    from tools.refresher.look import Files

_HEAD = """\
# Written by tools/refresh.py: what other distributions require of the tracer, for every version on the index. To follow
# another one, add a row of it by hand; the next refresh writes the rest.
dependents:
"""
_WHEEL = re.compile(r"[^-]+-(?P<version>[^-]+)-(?:.*-)?(?P<python>py[23.py]*)-none-any\.whl")
_PYTHON = re.compile(r"python_version\s*(?P<clause>[<>=!~]+)\s*[\"'](?P<version>[\d.]+)[\"']")


class Demand(NamedTuple):
    """What one version requires on some Pythons."""

    python: str
    """PEP 440; empty for every Python."""
    subject: str
    requires: tuple[tuple[str, str], ...]
    """What it requires of distributions that the subject requires too."""


class Version(NamedTuple):
    """A version of a dependent."""

    text: str
    uploaded: str
    demands: tuple[Demand, ...]


def read_versions(name: str, subject: str, shared: Iterable[str], index: Files) -> list[Version]:
    """Return every final version of a distribution that the index has a wheel of, ascending."""
    from packaging.version import Version as Parsed

    wheels: dict[str, File] = {}
    for file in index.files(name):
        match = _WHEEL.fullmatch(file.name)
        if match and not file.is_yanked and (match["version"] not in wheels or "py3" in match["python"]):
            wheels[match["version"]] = file
    return [
        Version(text, wheels[text].uploaded, demands(_metadata(wheels[text], index), subject, frozenset(shared)))
        for text in sorted(wheels, key=Parsed)
        if not Parsed(text).is_prerelease
    ]


def _metadata(wheel: File, index: Files) -> str:
    return index.metadata(wheel) if wheel.has_metadata else metadata_of(wheel.name, index.fetch(wheel))


def demands(metadata: str, subject: str, shared: frozenset[str]) -> tuple[Demand, ...]:
    """Return what core metadata requires of the subject, by its markers; an extra requires nothing by itself."""
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: list[tuple[str, str]] = []
    others: dict[str, str] = {}
    for text in HeaderParser().parsestr(metadata).get_all("Requires-Dist", []):
        parsed = Requirement(text)
        name, marker = canonicalize_name(parsed.name), str(parsed.marker or "")
        specifier = ",".join(sorted(map(str, parsed.specifier), key=_order))
        if "extra" in marker:
            continue
        if name == subject:
            found.append((_pythons(marker), specifier))
        elif name in shared and not marker:
            others[name] = specifier
    return tuple(Demand(python, specifier or "*", tuple(sorted(others.items()))) for python, specifier in found)


def _order(clause: str) -> tuple[int, str]:
    """Sort clauses as people write them: the lower end, the upper end, what is excluded."""
    return ("><~=!".index(clause[0]), clause)


def _pythons(marker: str) -> str:
    """Return the Pythons of a marker as a specifier; empty where it is about none."""
    return ",".join(match["clause"] + match["version"] for match in _PYTHON.finditer(marker))


def render(name: str, versions: Sequence[Version]) -> Iterable[str]:
    """Yield a row for each run of versions that require the same; the last run ends at the newest version there is."""
    runs: list[list[Version]] = []
    for each in versions:
        if runs and runs[-1][-1].demands == each.demands:
            runs[-1].append(each)
        else:
            runs.append([each])
    for number, run in enumerate(runs):
        first, last = run[0], run[-1]
        end = f"<{runs[number + 1][0].text}" if number + 1 < len(runs) else f"<={last.text}"
        spec = f"=={first.text}" if len(run) == 1 else f">={first.text},{end}"
        for demand in first.demands:
            yield _row(name, spec, demand, last)


def _row(name: str, versions: str, demand: Demand, last: Version) -> str:
    quoted = json.dumps
    python = f", python: {quoted(demand.python)}" if demand.python else ""
    others = ", ".join(f"{other}: {quoted(spec or '*')}" for other, spec in demand.requires)
    requires = f", requires: {{{others}}}" if others else ""
    day = f", as_of: {quoted(last.uploaded)}" if last.uploaded else ""
    return (
        f"  - {{distribution: {name}, versions: {quoted(versions)}{python}, subject: {quoted(demand.subject)}{requires}"
        f", source: dependent-wheel, revision: {quoted(last.text)}{day}{examples(demand.subject, name)}}}\n"
    )


def refreshed(names: Iterable[str], subject: str, shared: Iterable[str], index: Files) -> str:
    """Return the text of the file; a distribution that the index has no wheel of leaves no row."""
    shared = tuple(shared)
    return _HEAD + "".join(row for name in names for row in render(name, read_versions(name, subject, shared, index)))
