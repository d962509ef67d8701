"""Write what the explorer shows as JSON: the answers of the engine for every library, series, Python and platform.

    python -m tools.site.explorer_data FOLDER

`explorer.json` has the answers, `evidence.json` the statements and documents that they rest on. The answer for a
version of a library is stored by interval: the bounds of all specifiers about it (`points`) divide its versions, and
within a part the answer is the same. `status` has one letter for each part: below the first point, at the first point,
between it and the second, at the second, and so on.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from ddlint import __version__  # noqa: E402  the checkout is on the path only now
from ddlint.checks.common.tracer import level_status  # noqa: E402  as above
from ddlint.checks.common.wheels import wheels_of  # noqa: E402  as above
from ddlint.core.model import Dependency, NormalizedName, Span  # noqa: E402  as above
from ddlint.pack.install_rows import BadPair, RangeOnPython, Wheel  # noqa: E402  as above
from ddlint.pack.loader import builtin  # noqa: E402  as above
from ddlint.pack.releases import release_index, supported_pythons  # noqa: E402  as above
from ddlint.pack.support import (  # noqa: E402  as above
    SupportStatus,
    applicable_rows,
    consequence_of,
    default_of,
    evaluate,
)
from ddlint.pack.support_rows import Effect, Observation  # noqa: E402  as above
from ddlint.pack.topics import sentence  # noqa: E402  as above
from ddlint.versions.specifiers import allows, clauses  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ddlint.core.report import Evidence
    from ddlint.pack.pack import Pack

SILENT, REMOVED, SUPPORTED, UNTESTED, PARTLY = "-", "x", "s", "t", "p"
OUTSIDE = {Effect.BREAKS: "b", Effect.REFUSED: "r", Effect.PATCHED: "u", Effect.WORKS: "w"}
"""Outside what is supported, by what happens then."""
ABOVE = "a"
"""Above the upper bound of a document alone: nothing says that newer versions fail."""


def answer(pack: Pack, name: str, version: str, series: str) -> str:
    """Return the letter for a version of a library under the newest release of a series."""
    release = release_index(pack).newest_of[series].version
    known = applicable_rows(pack, name, release, series)
    if known.removal:
        return REMOVED
    if known.is_silent:
        return SILENT
    specifier = f"=={version}"
    found = evaluate(pack, dependency(name, specifier), release, series)
    match found.status:
        case SupportStatus.UNSUPPORTED:
            effect = consequence_of(pack, found.rows, series, specifier).effect
            is_only_above = found.is_ceiling and effect in {Effect.PATCHED, Effect.WORKS}
            return ABOVE if is_only_above else OUTSIDE[effect]
        case SupportStatus.UNTESTED:
            return UNTESTED
        case SupportStatus.SUPPORTED:
            return SUPPORTED
        case _:
            return PARTLY


def dependency(name: str, specifier: str) -> Dependency:
    """Return a requirement as the engine takes it."""
    return Dependency(NormalizedName(name), specifier, Span(0, 0), Span(0, 0), "")


def bounds(pack: Pack, name: str) -> list[Version]:
    """Return every version at which an answer about a library may change, ascending."""
    rows = (*pack.support(name), *pack.about(Observation, name))
    texts = (*(row.specifier for row in rows), *(row.versions for row in pack.about(BadPair, name)))
    found = [bound for text in texts for part in text.split("||") for bound in _bounds(part.strip())]
    for seen in pack.sightings(name):
        found += (Version(each) for each in (*seen.traced, *seen.patched, *(failed[0] for failed in seen.failed)))
    return sorted(dict.fromkeys(sorted(found, key=str)))  # of 1.0 and 1.0.0, always the first is shown


def _bounds(specifier: str) -> Iterator[Version]:
    for clause in clauses(specifier) or ():
        try:
            bound = Version(clause.version.removesuffix(".*"))
        except InvalidVersion:
            continue
        yield bound
        if clause.operator == "~=" or clause.version.endswith(".*"):
            head = bound.release[:-1] if clause.operator == "~=" else bound.release
            yield Version(".".join(map(str, (*head[:-1], head[-1] + 1))))


def parts(points: list[Version]) -> list[str]:
    """Return one version of each part: below the first point, at it, above it and so on."""
    found = ["0.dev0"]
    for point in points:
        found += [str(point), f"{point.base_version}.0.0.0.1"]
    return found


class Evidences:
    """The statements and documents that answers rest on, each written once."""

    def __init__(self) -> None:
        self.statements: dict[tuple[Any, ...], int] = {}
        self.documents: dict[Evidence, int] = {}

    def statement(self, row: Any) -> int:
        """Return the number of a row of the pack, described in words."""
        cited = (*((row.evidence,) if row.evidence else ()), *getattr(row, "others", ()))
        numbers = tuple(self.documents.setdefault(each, len(self.documents)) for each in cited)
        heading, words = sentence(row)
        key = (heading, " ".join(words.split()), getattr(row, "row", ""), numbers)
        return self.statements.setdefault(key, len(self.statements))

    def data(self) -> dict[str, Any]:
        """Return what is written."""
        documents = [[each.title, each.section, each.as_of, each.url] for each in self.documents]
        return {"statements": [[*each[:3], list(each[3])] for each in self.statements], "documents": documents}


def all_series(pack: Pack, platforms: list[str]) -> list[dict[str, Any]]:
    """Return each series with its newest release: its day, its level, its Pythons, and the wheels for each."""
    index, found = release_index(pack), []
    for series in pack.all_series:
        newest = index.newest_of.get(series)
        if newest is None:
            continue
        status = level_status(pack, series, pack.version.replace(".", "-"))
        pythons = supported_pythons(pack, newest.version)
        found.append(
            {
                "name": series,
                "release": newest.version,
                "released": newest.released,
                "level": status.level.level.value if status else "",
                "until": status.level.until if status else "",
                "ended": bool(status and status.has_ended),
                "pythons": pythons,
                "wheels": [_platforms(pack, newest.version, python, platforms) for python in pythons],
            }
        )
    return found


def _platforms(pack: Pack, release: str, python: str, platforms: list[str]) -> list[int] | None:
    """Return the numbers of the platforms with a wheel; `None` where none is needed, so that any will do."""
    wheels = wheels_of(pack, release, python)
    return None if wheels is None else sorted({platforms.index(each.platform) for each in wheels})


def library(pack: Pack, name: str, names: list[str], evidences: Evidences) -> dict[str, Any]:
    """Return the answers about one library, by runs of series with the same one."""
    points = bounds(pack, name)
    versions = parts(points)
    runs: list[dict[str, Any]] = []
    for number, series in enumerate(names):
        cell = _cell(pack, name, series, versions, evidences)
        if runs and runs[-1]["cell"] == cell:
            runs[-1]["last"] = number
        else:
            runs.append({"first": number, "last": number, "cell": cell})
    return {
        "name": name,
        "integrations": sorted({row.integration for row in pack.support(name)}),
        "points": [str(point) for point in points],
        "runs": [{"first": each["first"], "last": each["last"], **each["cell"]} for each in runs if each["cell"]],
        "bad": [_bad(each, versions, evidences) for each in pack.about(BadPair, name)],
    }


def _cell(pack: Pack, name: str, series: str, versions: list[str], evidences: Evidences) -> dict[str, Any]:
    """Return what rules for a library in a series; empty where the pack says nothing."""
    release = release_index(pack).newest_of[series].version
    known = applicable_rows(pack, name, release, series)
    if known.is_silent:
        return {}
    defaults = {row.integration: default_of(pack, row.integration, series) for row in (*known.rows, *known.tested)}
    rows = [*known.rows, *known.tested, *((known.removal,) if known.removal else ())]
    seen = [
        *(row for row in pack.about(Observation, name) if pack.holds(series, row.first, row.last)),
        *(row for row in pack.about(RangeOnPython, name) if pack.holds(series, row.first, row.last)),
    ]
    return {
        "ranges": list(dict.fromkeys(row.specifier or "*" for row in known.rows)),
        "basis": known.rows[0].basis.value if known.rows else "tested" if known.tested else "",
        "tested": list(dict.fromkeys(row.specifier or "*" for row in known.tested)),
        "removed": [known.removal.version, known.removal.successor] if known.removal else [],
        "on": sorted({each.is_on for each in defaults.values() if each}),
        "switches": sorted({each.switch for each in defaults.values() if each and each.switch}),
        "status": "".join(answer(pack, name, version, series) for version in versions),
        "because": list(dict.fromkeys(evidences.statement(row) for row in (*rows, *seen))),
    }


def _bad(pair: BadPair, versions: list[str], evidences: Evidences) -> dict[str, Any]:
    return {
        "hits": "".join("1" if not pair.versions or allows(pair.versions, each) else "0" for each in versions),
        "absent": pair.is_absence,
        "releases": [list(run) for run in pair.releases],
        "python": pair.python,
        "severity": pair.severity,
        "problem": pair.problem,
        "help": pair.help,
        "because": evidences.statement(pair),
    }


def explorer(pack: Pack) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the data of both files."""
    evidences = Evidences()
    platforms = sorted({row.platform for row in pack.rows(Wheel)})
    listed = all_series(pack, platforms)
    names = [each["name"] for each in listed]
    answers = {
        "tool": __version__,
        "pack": pack.version,
        "subject": pack.subject,
        "pythons": pack.pythons,
        "platforms": platforms,
        "releases": [each.version for each in pack.releases],
        "series": listed,
        "libraries": [library(pack, name, names, evidences) for name in pack.distributions],
    }
    return answers, evidences.data()


def dumps(data: dict[str, Any]) -> str:
    """Return data as JSON on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def main(arguments: Iterable[str]) -> None:
    """Write both files into a folder."""
    (folder,) = map(Path, arguments)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in zip(("explorer.json", "evidence.json"), explorer(builtin()), strict=True):
        (folder / name).write_text(dumps(data), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
