"""The compiled form of a pack: one JSON-able dict, indexed by distribution, with evidence as numbers into a table."""

from __future__ import annotations

from ddlint.pack.build.compile_topics import ABOUT, compile_facts
from ddlint.pack.build.examples import complain_of_examples, judged_rows
from ddlint.pack.build.collect import CollectedPack, Place, Row
from ddlint.pack.build.ordering import Order, ascending, complain_of_overlaps, slug
from ddlint.pack.pack import line_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from typing import Any

FORMAT = 1
_BASES = ("declared", "observed", "published", "documented", "tested")


def compile_rows(directory: Traversable) -> tuple[dict[str, Any], CollectedPack]:
    """Read every file of `directory` and give the compiled form, and what was gathered with its mistakes."""
    gathered = CollectedPack(directory)
    releases = gathered.one("releases", {"source": "", "groups": []})
    lines = Order(dict.fromkeys(group["line"] for group in releases["groups"]), "line")
    name = gathered.one("pack", "")
    compiled: dict[str, Any] = {
        "format": FORMAT,
        "name": name,
        "version": gathered.one("version", ""),
        "subject": gathered.one("subject", ""),
        "pythons": ascending(gathered.one("pythons", [])),
        "lines": lines.known,
        **_releases(gathered, lines),
        **_levels(gathered),
        **_integrations(gathered, lines, name),
        "removals": _removals(gathered, name),
    }
    compiled["facts"] = {**compile_facts(gathered, lines), "RangeOnPython": _tested_on(gathered, lines, name)}
    if observed := _observations(gathered, lines, name):
        compiled["facts"]["Observation"] = observed
    for place, row, specifier in judged_rows(gathered):
        complain_of_examples(row, place, specifier)
    compiled["names"] = _names(compiled)
    fields = ("title", "url", "revision", "retrieved")
    compiled["sources"] = {
        key: [source.get(field, "") for field in fields] for key, source in sorted(gathered.sources.items())
    }
    compiled["evidence"] = [list(cited) for cited in gathered.evidence]
    return compiled, gathered


def _names(compiled: dict[str, Any]) -> list[str]:
    """Give every distribution that a row is about; the standard library and specifications are none."""
    about = (row[1] for kind in ABOUT for row in compiled["facts"].get(kind, ()))
    names = {compiled["subject"], *compiled["support"], *(row[2] for row in compiled["removals"]), *about}
    return sorted(name for name in names if name and ":" not in name)


def _releases(gathered: CollectedPack, lines: Order) -> dict[str, Any]:
    """Give (version, day, number of its Requires-Python, yanked) of every release, and the Requires-Pythons."""
    pythons: dict[str, int] = {}
    rows: dict[str, list[Any]] = {}
    for place, value in gathered.topics.get("releases", []):
        if "source" in value:
            gathered.cite(place, value)
        for number, group in enumerate(value["groups"]):
            here = place / "groups" / number
            lines.bounds(group["line"], here, "line")
            requires = group.get("requires_python", "")
            python = pythons.setdefault("" if requires == "*" else requires, len(pythons))
            for version, day in group["released"].items():
                if version in rows:
                    here.complain(f"the release `{version}` stands here twice", "released", version, is_key=True)
                if line_of(version) != group["line"]:
                    message = f"`{version}` is no release of the line {group['line']}"
                    here.complain(message, "released", version, is_key=True)
                rows[version] = [version, day, python, version in group.get("yanked", ())]
            for version in group.get("yanked", ()):
                if version not in group["released"]:
                    here.complain(f"`{version}` is yanked but not released", "yanked")
    return {"releases": [rows[version] for version in ascending(rows)], "requires_python": list(pythons)}


def _levels(gathered: CollectedPack) -> dict[str, Any]:
    compiled: dict[str, Any] = {}
    name = gathered.one("pack", "")
    for topic in ("levels", "level_history"):
        compiled[topic] = [
            [
                f"{name}/lines",
                "" if row["releases"] == "*" else row["releases"],
                row["level"],
                row.get("until", ""),
                row.get("minimum_agent", ""),
                gathered.cite(place, row),
            ]
            for place, row in gathered.many(topic)
        ]
    return compiled


def _integrations(gathered: CollectedPack, lines: Order, pack: str) -> dict[str, Any]:
    support: dict[str, list[list[Any]]] = {}
    defaults: dict[str, list[list[Any]]] = {}
    seen: dict[str, str] = {}
    for place, entry in gathered.integrations:
        name = entry["integration"]
        if name in seen:
            place.complain(f"the integration `{name}` stands in `{seen[name]}` already", "integration")
        seen[name] = place.document.path
        if rows := _defaults(gathered, lines, place, entry):
            defaults[name] = rows
        for distribution, bases in entry["distributions"].items():
            for basis in _BASES:
                here = place / "distributions" / distribution / basis
                if basis == "observed":
                    rows = _seen_to_work(gathered, lines, here, bases.get(basis, []), name)
                else:
                    rows = _runs(gathered, lines, here, bases.get(basis, []), name)
                support.setdefault(distribution, []).extend(
                    [f"{pack}/{distribution}", name, distribution, basis, *row] for row in rows
                )
    for place, entry in gathered.integrations:
        if "parent" in entry and entry["parent"] not in defaults:
            place.complain(f"no integration `{entry['parent']}` has defaults", "parent")
        elif "parent" in entry:
            defaults[entry["integration"]] = defaults[entry["parent"]]
    return {"support": dict(sorted(support.items())), "defaults": defaults}


def _defaults(gathered: CollectedPack, lines: Order, place: Place, entry: Row) -> list[list[Any]]:
    rows, runs = [], []
    for number, row in enumerate(entry.get("defaults", [])):
        here = place / "defaults" / number
        first, last = lines.bounds(row["lines"], here, "lines")
        runs.append((first, last, here))
        cited = gathered.cite(here, row, entry["integration"])
        switch = row.get("switch", entry.get("switch", ""))
        rows.append([entry["integration"], first, last, row["default"], switch, cited])
    complain_of_overlaps(runs, lines, "lines")
    return rows


def _runs(gathered: CollectedPack, lines: Order, place: Place, rows: list[Row], integration: str) -> list[list[Any]]:
    """Give (first, last, specifier, pinned, default, evidence) of each run of one basis."""
    compiled = []
    by_source: dict[str, list[tuple[str, str, Place]]] = {}
    for number, row in enumerate(rows):
        here = place / number
        first, last = lines.bounds(row["lines"], here, "lines")
        kind = row["source"] if place.steps[-1] == "published" else ""
        by_source.setdefault(kind, []).append((first, last, here))
        complain_of_examples(row, here, row["spec"])
        cited = gathered.cite(here, row, integration)
        compiled.append([first, last, row["spec"], row.get("pinned", False), row.get("default", ""), cited])
    for runs in by_source.values():
        complain_of_overlaps(runs, lines, "lines")
    return compiled


def _seen_to_work(
    gathered: CollectedPack, lines: Order, place: Place, rows: list[Row], integration: str
) -> list[list[Any]]:
    """Return the observed rows that state what is supported, in the form of the other bases."""
    return [
        [*lines.bounds(row["lines"], place / number, "lines"), row["spec"], False, "", gathered.cite(place / number, row, integration)]
        for number, row in enumerate(rows)
        if row["effect"] == "works"
    ]


def _observations(gathered: CollectedPack, lines: Order, pack: str) -> list[list[Any]]:
    """Return every observed row."""
    compiled = []
    for place, entry in gathered.integrations:
        name = entry["integration"]
        for distribution, bases in entry["distributions"].items():
            for number, row in enumerate(bases.get("observed", [])):
                here = place / "distributions" / distribution / "observed" / number
                bounds = lines.bounds(row["lines"], here, "lines")
                if (row["effect"] == "works") is ("problem" in row):
                    here.complain("an observation has a `problem` unless it works")
                complain_of_examples(row, here, row["spec"])
                spec = "" if row["spec"] == "*" else row["spec"]
                seen = [[each["release"], each["python"], each["version"]] for each in row["seen"]]
                facts = [spec, row["effect"], row.get("problem", ""), row.get("invisible", False), seen]
                cited = gathered.cite(here, row, name)
                compiled.append([f"{pack}/{distribution}", distribution, name, *bounds, *facts, cited])
    return compiled


def _tested_on(gathered: CollectedPack, lines: Order, pack: str) -> list[list[Any]]:
    tested = []
    for place, entry in gathered.integrations:
        name = entry["integration"]
        for distribution, bases in entry["distributions"].items():
            for python, rows in bases.get("tested_on", {}).items():
                here = place / "distributions" / distribution / "tested_on" / python
                for first, last, spec, _, _, cited in _runs(gathered, lines, here, rows, name):
                    tested.append([f"{pack}/{distribution}", distribution, name, python, first, last, spec, cited])
    return tested


def _removals(gathered: CollectedPack, pack: str) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for place, row in gathered.many("removals"):
        cited = gathered.cite(place, row)
        rows.extend(
            [
                f"{pack}/{distribution or slug(row['name'])}",
                row["kind"],
                distribution,
                row.get("integration", ""),
                row.get("version", ""),
                row.get("deprecated_in", ""),
                row.get("successor", ""),
                row.get("note", ""),
                row["name"],
                row.get("extra", ""),
                row.get("severity", "warning"),
                cited,
            ]
            for distribution in row.get("distributions", [""])
        )
    return rows
