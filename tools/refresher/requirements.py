"""`requirements.yaml`: what each release requires. Only releases that were not known are read; the others stay."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from email.parser import HeaderParser
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.refresher.examples import examples
from tools.refresher.releases import rewritten
from tools.refresher.runs import Run, compress, expand, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEAD = """\
# Written by tools/refresh.py: what each release requires, by distribution. The source of a row is that of its last
# release.
requirements:
  source: pyproject
  distributions:
"""
_READ_FROM = "sdist-pyproject"
_BY_HAND = ("section", "as_of", "note", "also", "examples")


class Requirement(NamedTuple):
    """One requirement of a release, whatever the release."""

    distribution: str
    extra: str
    specifier: str
    marker: str


def metadata_of(filename: str, content: bytes) -> str:
    """Return the core metadata inside a source distribution or a wheel."""
    if filename.endswith(".whl"):
        with zipfile.ZipFile(io.BytesIO(content)) as wheel:
            name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
            return wheel.read(name).decode("utf-8")
    with tarfile.open(fileobj=io.BytesIO(content)) as sdist:
        members = [member for member in sdist.getmembers() if member.name.count("/") == 1]
        found = next(member for member in members if member.name.endswith("/PKG-INFO"))
        file = sdist.extractfile(found)
        return file.read().decode("utf-8") if file else ""


def requirements(metadata: str) -> list[Requirement]:
    """Return what core metadata requires."""
    from packaging.requirements import Requirement as Parsed
    from packaging.utils import canonicalize_name

    found = []
    for text in HeaderParser().parsestr(metadata).get_all("Requires-Dist", []):
        parsed = Parsed(text)
        marker, extra = _without_extra(str(parsed.marker or ""))
        specifier = ",".join(sorted(str(clause) for clause in parsed.specifier))
        found.append(Requirement(canonicalize_name(parsed.name), extra, specifier, marker))
    return found


def _without_extra(marker: str) -> tuple[str, str]:
    """Split the extra from a marker: builders write it as the last term of a conjunction."""
    terms = marker.split(" and ")
    kept = [term for term in terms if not term.strip("()").startswith("extra ==")]
    extras = [term.split('"')[1] for term in terms if term not in kept]
    rest = " and ".join(kept)
    return (rest[1:-1] if extras and rest.startswith("(") and rest.endswith(")") else rest), "".join(extras)


def is_complete(metadata: str) -> bool:
    """Return whether metadata states the requirements: an old source distribution may leave them to its build."""
    headers = HeaderParser().parsestr(metadata)
    dynamic = {str(name).lower() for name in headers.get_all("Dynamic", [])}
    return headers.get("Metadata-Version", "1.0") >= "2.2" and "requires-dist" not in dynamic


def render(
    distributions: Mapping[str, Sequence[Mapping[str, Any]]],
    order: Sequence[str],
    new: Mapping[str, Sequence[Requirement]],
    old: str = "",
) -> str:
    """Return the text of `requirements.yaml`: the rows it has, with the releases of `new` read again."""
    facts = _Facts({}, {}, {})
    for name, rows in distributions.items():
        for row in rows:
            spec = "" if row["spec"] == "*" else row["spec"]
            requirement = Requirement(name, row.get("extra", ""), spec, row.get("marker", ""))
            run = read(row["releases"])
            facts.sources[requirement, run.last] = {key: row[key] for key in ("source", "revision") if key in row}
            facts.written[requirement, run.first] = {key: row[key] for key in _BY_HAND if key in row}
            held = facts.held.setdefault(requirement, {})
            held.update({version: True for version in expand(run, order) if version not in new})
    for version, required in new.items():
        for requirement in required:
            facts.held.setdefault(requirement, {})[version] = True
            facts.sources.setdefault((requirement, version), {"source": _READ_FROM})
    names = sorted({requirement.distribution for requirement, held in facts.held.items() if held})
    return rewritten(old, _HEAD, "".join(_render_distribution(name, facts, order) for name in names))


class _Facts(NamedTuple):
    held: dict[Requirement, dict[str, bool]]
    """The releases that have a requirement."""
    sources: dict[tuple[Requirement, str], dict[str, str]]
    """What the last release of a run was read from."""
    written: dict[tuple[Requirement, str], dict[str, Any]]
    """What a person wrote at the run that a release begins."""


def _render_distribution(name: str, facts: _Facts, order: Sequence[str]) -> str:
    rows = [
        (requirement, run)
        for requirement, held in facts.held.items()
        if requirement.distribution == name
        for run, _ in compress(held, order)
    ]
    position = {version: number for number, version in enumerate(order)}
    rows.sort(key=lambda row: (row[0].extra, position[row[1].first], row[0].marker))
    return f"    {name}:\n" + "".join(
        _render_row(
            requirement,
            run,
            {**facts.sources.get((requirement, run.last), {}), **facts.written.get((requirement, run.first), {})},
        )
        for requirement, run in rows
    )


def _render_row(requirement: Requirement, run: Run, evidence: Mapping[str, Any]) -> str:
    told = [f'releases: "{run.text}"', f"spec: {json.dumps(requirement.specifier or '*')}"]
    if requirement.marker:
        told.append("marker: '{}'".format(requirement.marker.replace("'", "''")))
    if requirement.extra:
        told.append(f"extra: {requirement.extra}")
    told += [f"{key}: {flow(value, key)}" for key, value in evidence.items()]
    made = "" if "examples" in evidence else examples(requirement.specifier or "*", requirement.distribution)
    return f"      - {{{', '.join(told)}{made}}}\n"


def flow(value: object, key: str = "") -> str:
    """Return a value as YAML on one line; the key of a source has no quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(item, name)}" for name, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return str(value) if key == "source" else json.dumps(value, ensure_ascii=False)
