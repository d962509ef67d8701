"""The compiled form of a pack: one JSON-able dict, indexed by distribution, with evidence as numbers into a table."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.pack.build.collect import CollectedPack, Place, Row
from ddlint.pack.build.compile_topics import Orders, any_version, compile_facts, compile_row, compile_topic
from ddlint.pack.build.examples import complain_of_examples, judged_rows
from ddlint.pack.build.ordering import Order, ascending, complain_of_overlaps
from ddlint.pack.build.schema import BASES
from ddlint.pack.install_rows import Dependent
from ddlint.pack.pack import series_of
from ddlint.pack.packed_names import packed
from ddlint.pack.topics import TOPICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from typing import Any

FORMAT = 1


def compile_rows(directory: Traversable) -> tuple[dict[str, Any], CollectedPack]:
    """Read every file of `directory` and give the compiled form, and what was collected with its mistakes."""
    collected = CollectedPack(directory)
    releases = collected.one("releases", {"source": "", "groups": []})
    all_series = Order(dict.fromkeys(group["series"] for group in releases["groups"]), "series")
    name = collected.one("pack", "")
    orders = Orders(collected, all_series)
    compiled: dict[str, Any] = {
        "format": FORMAT,
        "name": name,
        "version": collected.one("version", ""),
        "subject": collected.one("subject", ""),
        "pythons": ascending(collected.one("pythons", [])),
        "series": all_series.known,
        **_releases(collected, all_series),
        "levels": list(compile_topic(orders, TOPICS["levels"])),
        "level_history": list(compile_topic(orders, TOPICS["level_history"])),
        **_integrations(collected, all_series, name),
        "sightings": packed(_sightings(collected, all_series, name)),
        "tested_on": packed(_tested_on(collected, all_series, name)),
        "removals": list(_removals(orders)),
    }
    compiled["facts"] = compile_facts(orders)
    if observed := _observations(collected, all_series, name):
        compiled["facts"]["Observation"] = observed
    for place, row, specifier in judged_rows(collected):
        complain_of_examples(row, place, specifier)
    compiled["names"] = _names(compiled)
    about = Dependent._fields.index("distribution")
    compiled["dependents"] = " ".join(sorted({row[about] for row in compiled["facts"].get(Dependent.__name__, ())}))
    asked = Dependent._fields.index("requires")
    compiled["required_by_dependents"] = " ".join(
        sorted({name for row in compiled["facts"].get(Dependent.__name__, ()) for name, _ in row[asked]})
    )
    fields = ("title", "url", "revision", "retrieved")
    compiled["sources"] = {
        key: [source.get(field, "") for field in fields] for key, source in sorted(collected.sources.items())
    }
    compiled["evidence"] = [
        f"{source}|{revision}|{day}|{section}" for source, section, revision, day in collected.evidence
    ]
    return compiled, collected


def _names(compiled: dict[str, Any]) -> list[str]:
    """Return every distribution that a row is about; the standard library and specifications are none."""
    kinds = [topic.row for topic in TOPICS.values() if topic.is_known]
    about = (
        row[kind._fields.index("distribution")] for kind in kinds for row in compiled["facts"].get(kind.__name__, ())
    )
    names = {compiled["subject"], *compiled["support"], *(row[2] for row in compiled["removals"]), *about}
    return sorted(name for name in names if name and ":" not in name)


def _releases(collected: CollectedPack, all_series: Order) -> dict[str, Any]:
    """Return (version, day, number of its Requires-Python, yanked) of every release, and the Requires-Pythons."""
    pythons: dict[str, int] = {}
    rows: dict[str, list[Any]] = {}
    for place, value in collected.topics.get("releases", []):
        if "source" in value:
            collected.cite(place, value)
        for number, group in enumerate(value["groups"]):
            here = place / "groups" / number
            all_series.bounds(group["series"], here, "series")
            requires = group.get("requires_python", "")
            python = pythons.setdefault("" if requires == "*" else requires, len(pythons))
            for version, day in group["released"].items():
                if version in rows:
                    here.complain(f"the release `{version}` is given twice", "released", version, is_key=True)
                if series_of(version) != group["series"]:
                    message = f"`{version}` is no release of the series {group['series']}"
                    here.complain(message, "released", version, is_key=True)
                rows[version] = [version, day, python, version in group.get("yanked", ())]
            for version in group.get("yanked", ()):
                if version not in group["released"]:
                    here.complain(f"`{version}` is yanked but not released", "yanked")
    return {"releases": [rows[version] for version in ascending(rows)], "requires_python": list(pythons)}


def _integrations(collected: CollectedPack, all_series: Order, pack: str) -> dict[str, Any]:
    support: dict[str, list[list[Any]]] = {}
    defaults: dict[str, list[list[Any]]] = {}
    seen: dict[str, str] = {}
    for place, entry in collected.integrations:
        name = entry["integration"]
        if name in seen:
            place.complain(f"the integration `{name}` is in `{seen[name]}` already", "integration")
        seen[name] = place.document.path
        if rows := _defaults(collected, all_series, place, entry):
            defaults[name] = rows
        for distribution, bases in entry["distributions"].items():
            for basis in BASES:
                here = place / "distributions" / distribution / basis
                if basis == "observed":
                    rows = _seen_to_work(collected, all_series, here, bases.get(basis, []), name)
                else:
                    rows = _runs(collected, all_series, here, bases.get(basis, []), name)
                support.setdefault(distribution, []).extend(
                    [f"{pack}/{distribution}", name, distribution, basis, *row] for row in rows
                )
    for place, entry in collected.integrations:
        if "parent" in entry and entry["parent"] not in defaults:
            place.complain(f"no integration `{entry['parent']}` has defaults", "parent")
        elif "parent" in entry:
            defaults[entry["integration"]] = defaults[entry["parent"]]
    return {"support": dict(sorted(support.items())), "defaults": defaults}


def _defaults(collected: CollectedPack, all_series: Order, place: Place, entry: Row) -> list[list[Any]]:
    rows, runs = [], []
    for number, row in enumerate(entry.get("defaults", [])):
        here = place / "defaults" / number
        first, last = all_series.bounds(row["series"], here, "series")
        runs.append((first, last, here))
        cited = collected.cite(here, row, entry["integration"])
        switch = row.get("switch", entry.get("switch", "")).replace("none", "")
        rows.append([entry["integration"], first, last, row["default"], switch, row.get("command", ""), cited])
    complain_of_overlaps(runs, all_series, "series")
    return rows


def _runs(
    collected: CollectedPack, all_series: Order, place: Place, rows: list[Row], integration: str
) -> list[list[Any]]:
    """Return (first, last, specifier, pinned, default, evidence) of each run of one basis."""
    compiled = []
    by_source: dict[str, list[tuple[str, str, Place]]] = {}
    for number, row in enumerate(rows):
        here = place / number
        first, last = all_series.bounds(row["series"], here, "series")
        kind = row["source"] if place.steps[-1] == "published" else ""
        by_source.setdefault(kind, []).append((first, last, here))
        complain_of_examples(row, here, row["spec"])
        cited = collected.cite(here, row, integration)
        compiled.append(
            [first, last, any_version(row["spec"]), row.get("pinned", False), row.get("default", ""), cited]
        )
    for runs in by_source.values():
        complain_of_overlaps(runs, all_series, "series")
    return compiled


def _seen_to_work(
    collected: CollectedPack, all_series: Order, place: Place, rows: list[Row], integration: str
) -> list[list[Any]]:
    """Return the observed rows that state what is supported, in the form of the other bases."""
    return [
        [
            *all_series.bounds(row["series"], place / number, "series"),
            any_version(row["spec"]),
            False,
            "",
            collected.cite(place / number, row, integration),
        ]
        for number, row in enumerate(rows)
        if row["effect"] == "works"
    ]


def _observations(collected: CollectedPack, all_series: Order, pack: str) -> list[list[Any]]:
    """Return every observed row."""
    compiled = []
    for place, entry in collected.integrations:
        name = entry["integration"]
        for distribution, bases in entry["distributions"].items():
            for number, row in enumerate(bases.get("observed", [])):
                here = place / "distributions" / distribution / "observed" / number
                bounds = all_series.bounds(row["series"], here, "series")
                if (row["effect"] == "works") is ("problem" in row):
                    here.complain("an observation has a `problem` unless it works")
                complain_of_examples(row, here, row["spec"])
                spec = any_version(row["spec"])
                seen = [[each["release"], each["python"], each["version"]] for each in row["seen"]]
                facts = [spec, row["effect"], row.get("problem", ""), row.get("invisible", False), seen]
                cited = collected.cite(here, row, name)
                compiled.append([f"{pack}/{distribution}", distribution, name, *bounds, *facts, cited])
    return compiled


def _sightings(collected: CollectedPack, all_series: Order, pack: str) -> dict[str, list[list[Any]]]:
    """Return what each release did with each version that was run, by distribution, versions ascending."""
    seen: dict[str, list[list[Any]]] = {}
    for place, entry in collected.integrations:
        name = entry["integration"]
        for distribution, bases in entry["distributions"].items():
            for python, rows in bases.get("observed_on", {}).items():
                for number, row in enumerate(rows):
                    here = place / "distributions" / distribution / "observed_on" / python / number
                    all_series.bounds(series_of(row["release"]), here, "release")
                    failed = [
                        [version, effect, row[effect][version]]
                        for effect in ("refused", "breaks")
                        for version in ascending(row.get(effect, {}))
                    ]
                    facts = [ascending(row.get("traced", ())), ascending(row.get("patched", ())), failed]
                    cited = collected.cite(here, {"revision": row["release"], "section": "tools/observe.py", **row})
                    told = [name, python, row["release"], *facts, ascending(row.get("skipped", ())), cited]
                    seen.setdefault(distribution, []).append([f"{pack}/{distribution}", distribution, *told])
    return dict(sorted(seen.items()))


def _tested_on(collected: CollectedPack, all_series: Order, pack: str) -> dict[str, list[list[Any]]]:
    """Return what was tested on each Python, by distribution."""
    tested: dict[str, list[list[Any]]] = {}
    for place, entry in collected.integrations:
        name = entry["integration"]
        for distribution, bases in entry["distributions"].items():
            for python, rows in bases.get("tested_on", {}).items():
                here = place / "distributions" / distribution / "tested_on" / python
                for first, last, spec, _, _, cited in _runs(collected, all_series, here, rows, name):
                    facts = [f"{pack}/{distribution}", distribution, name, python, first, last, spec, cited]
                    tested.setdefault(distribution, []).append(facts)
    return tested


def _removals(orders: Orders) -> Iterator[list[Any]]:
    """Yield the removals, a row for each distribution; those of none are called by their name."""
    topic = TOPICS["removals"]
    for place, row in orders.collected.many("removals"):
        cited = orders.collected.cite(place, row)
        for distribution in row.get("distributions", [""]):
            one = {**row, "distribution": distribution, "severity": row.get("severity", "warning")}
            yield compile_row(orders, topic, place, one, cited)
