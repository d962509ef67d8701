"""What was seen as rows of a pack: `observed_on` below each distribution, by Python and release.

A version that was run stands in one list of its row. What another run has recorded stays, unless the same version was
run again. Only these lines of a file change.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from packaging.version import Version

from tools.observer.outcome import Observed, Outcome
from tools.observer.targets import targets
from tools.refresher.files import load
from tools.refresher.files import write as save

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Cell = tuple[str, str]
"""(Python, release)."""
Rows = dict[Cell, dict[str, dict[str, str]]]
"""Of each cell and version: the kind of the list it is in (`traced`, `breaks`, ...), with what was seen."""
KINDS = ("traced", "patched", "refused", "breaks", "skipped")
_NOTHING = "nothing of it is instrumented"
_LONGEST = 120
_KIND_OF = {
    Outcome.TRACED: "traced",
    Outcome.PATCHED: "patched",
    Outcome.REFUSED: "refused",
    Outcome.PATCH_FAILS: "breaks",
    Outcome.BREAKS: "breaks",
}


def rows_of(records: Iterable[Observed]) -> Rows:
    """Return what records of one distribution of an integration say."""
    found: Rows = {}
    untouched: list[Observed] = []
    for each in sorted(records, key=lambda one: one.trial.mode == "on"):  # what was switched on decides
        trial = each.trial
        kinds = found.setdefault((trial.python, trial.release), {}).setdefault(trial.version, {})
        if trial.mode == "safe":
            if each.outcome is Outcome.REFUSED:
                kinds["skipped"] = ""
        elif each.outcome in _KIND_OF:
            for kind in KINDS[:-1]:
                kinds.pop(kind, None)
            kinds[_KIND_OF[each.outcome]] = plain(each.problem)
        elif each.outcome in {Outcome.UNTOUCHED, Outcome.MARKED}:
            untouched.append(each)
    for each in untouched:
        cell = found[each.trial.python, each.trial.release]
        does_patch = any({"traced", "patched"} & kinds.keys() for kinds in cell.values())
        if does_patch and not set(cell[each.trial.version]) - {"skipped"}:
            cell[each.trial.version]["refused"] = _NOTHING
    told = {cell: {version: kinds for version, kinds in each.items() if kinds} for cell, each in found.items()}
    return {cell: versions for cell, versions in told.items() if versions}


def write(pack: Path, records: Iterable[Observed]) -> list[str]:
    """Write what records say into the files of integrations; return the names of those that changed."""
    found: dict[tuple[str, str], list[Observed]] = {}
    known = {(each.integration, each.distribution) for each in targets(pack, ())}
    for each in records:
        if (each.trial.integration, each.trial.distribution) not in known:
            continue
        found.setdefault((each.trial.integration, each.trial.distribution), []).append(each)
    changed = []
    for path in sorted((pack / "integrations").glob("*.yaml")):
        old = text = path.read_text(encoding="utf-8")
        entry = load(text)
        for distribution in entry["distributions"]:
            seen = found.get((entry["integration"], distribution), [])
            text = merged(text, distribution, rows_of(seen), max((each.day for each in seen), default=""))
        if text != old:
            save(path, text)
            changed.append(path.name)
    if changed and (pack / "pack.yaml").is_file():
        _write_day(pack / "pack.yaml", max(each.day for rows in found.values() for each in rows))
    return changed


def _write_day(path: Path, day: str) -> None:
    """Let the day of the data, and of the runs, be `day`, unless it is a later one already."""
    text = path.read_text(encoding="utf-8")
    known = load(text)
    version = max(known["version"], day.replace("-", "."))
    text = text.replace(f'version: "{known["version"]}"', f'version: "{version}"', 1)
    retrieved = max(known["sources"]["runs"]["retrieved"], day)
    save(path, re.sub(r'(?m)^(  runs:\n(?:    .*\n)*?    retrieved: ")[^"]*', rf"\g<1>{retrieved}", text, count=1))


def failures(pack: Path, changed: Iterable[str]) -> Iterator[str]:
    """Yield each version that does not work with a release, of the files that were written."""
    for name in changed:
        entry = load((pack / "integrations" / name).read_text(encoding="utf-8"))
        for distribution, bases in entry["distributions"].items():
            for python, rows in (bases or {}).get("observed_on", {}).items():
                for row in rows:
                    for kind in ("refused", "breaks"):
                        for version, problem in row.get(kind, {}).items():
                            pair = f"{distribution} {version} with {row['release']} on Python {python}"
                            yield f"{pair}: {kind}: {problem} ({row['as_of']})"


def known_pairs(pack: Path) -> frozenset[tuple[str, ...]]:
    """Return (distribution, version, release, Python) of every pair that is in a row."""
    return frozenset(
        (distribution, version, row["release"], python)
        for path in (pack / "integrations").glob("*.yaml")
        for distribution, bases in load(path.read_text(encoding="utf-8"))["distributions"].items()
        for python, rows in (bases or {}).get("observed_on", {}).items()
        for row in rows
        for kind in KINDS[:-1]
        for version in row.get(kind, ())
    )


def plain(problem: str) -> str:
    """Return what was seen without the places of one machine, on one line of ASCII, and not too long."""
    text = re.sub(r"[\w.+-]+--py3\.\d+--[\w. ()-]*/", "", problem)
    text = re.sub(r"(?<![\w.])(?:/[\w.+@-]+)+/", "", text).encode("ascii", "replace").decode("ascii")
    text = " ".join(text.replace("()", "").split())
    text = re.sub(r"^failed to enable ddtrace support for \S+: ", "the patch fails: ", text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rstrip() + "..."


def merged(text: str, distribution: str, fresh: Rows, day: str) -> str:
    """Return the text of an integration's file with the rows of a distribution brought up to date."""
    lines = text.split("\n")
    head = f'  "{distribution}":' if ":" in distribution else f"  {distribution}:"
    if head not in lines or not fresh:
        return text
    start = lines.index(head, lines.index("distributions:"))
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith("    ")), len(lines))
    block = lines[start + 1 : end]
    if "    observed_on:" in block:
        first = block.index("    observed_on:")
        last = next((n for n in range(first + 1, len(block)) if not block[n].startswith("      ")), len(block))
        kept, days = _read(load("\n".join(block[first:last]))["observed_on"])
        block = block[:first] + block[last:]
    else:
        kept, days = {}, {}
    for cell, versions in fresh.items():
        known = kept.setdefault(cell, {})
        if any(known.get(version) != kinds for version, kinds in versions.items()):
            days[cell] = day
        known.update(versions)
    return "\n".join([*lines[: start + 1], *block, *_written(kept, days), *lines[end:]])


def _read(table: dict[str, list[dict[str, Any]]]) -> tuple[Rows, dict[Cell, str]]:
    rows: Rows = {}
    days: dict[Cell, str] = {}
    for python, found in table.items():
        for row in found:
            cell = (python, row["release"])
            days[cell] = row["as_of"]
            versions = rows.setdefault(cell, {})
            for kind in KINDS:
                told = row.get(kind, ())
                for version in told:
                    versions.setdefault(version, {})[kind] = told[version] if isinstance(told, dict) else ""
    return rows, days


def _written(rows: Rows, days: dict[Cell, str]) -> Iterator[str]:
    yield "    observed_on:"
    for python in sorted({python for python, _ in rows}, key=Version):
        yield f'      "{python}":'
        for release in sorted((release for each, release in rows if each == python), key=Version):
            told = "".join(_list(kind, rows[python, release]) for kind in KINDS)
            yield f'        - {{release: "{release}"{told}, source: runs, as_of: "{days[python, release]}"}}'


def _list(kind: str, versions: dict[str, dict[str, str]]) -> str:
    found = sorted((version for version, kinds in versions.items() if kind in kinds), key=Version)
    if not found:
        return ""
    if kind in {"refused", "breaks"}:
        return f", {kind}: {{{', '.join(f'{json.dumps(v)}: {json.dumps(versions[v][kind])}' for v in found)}}}"
    return f", {kind}: [{', '.join(map(json.dumps, found))}]"
