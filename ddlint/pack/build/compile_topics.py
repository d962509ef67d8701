"""The compiled rows of the topics beside integrations: each as a list of the fields of its type, evidence last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ddlint.pack.build.ordering import Order, complain_of_overlaps, minors
from ddlint.pack.packed_names import pack_names
from ddlint.pack.shapes import Field, Flag, Many, Table, Text
from ddlint.pack.support_rows import Removal, SupportLevel
from ddlint.pack.topic import Topic
from ddlint.pack.topics import TOPICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.build.collect import CollectedPack, Place, Row

Rows = list[list[Any]]
Cited = int | list[int]
_EVIDENCE = ("evidence", "others")
_RUN = "runs"
"""The source of what was seen when it ran."""
_PREFIX = "DD_"
"""What most variables start with."""


class Orders:
    """What ranges of rows are read against."""

    def __init__(self, collected: CollectedPack, all_series: Order) -> None:
        self.collected = collected
        self.pack: str = collected.one("pack", "")
        self.subject: str = collected.one("subject", "")
        self.all_series = all_series
        self.releases = Order(collected.released, "release")
        self.pythons: list[str] = collected.one("pythons", [])


def compile_facts(orders: Orders) -> dict[str, Rows]:
    """Return the rows of every topic that the pack has, by the name of the type they become."""
    facts: dict[str, Rows] = {"Metadata": list(_metadata(orders))}
    for topic in TOPICS.values():
        if topic.key == "variables":
            facts[topic.row.__name__] = list(_variables(orders))
        elif topic.row not in {Removal, SupportLevel}:
            facts.setdefault(topic.row.__name__, []).extend(compile_topic(orders, topic))
    facts["Extra"] = list(_extras(orders, facts["Requirement"]))
    return {kind: rows for kind, rows in facts.items() if rows}


def compile_topic(orders: Orders, topic: Topic) -> Iterator[list[Any]]:
    """Yield the rows of one topic."""
    flatten = {"wheels": _wheels, "requirements": _requirements}.get(topic.key)
    if flatten is not None:
        yield from (compile_row(orders, topic, place, row, cited) for place, row, cited in flatten(orders))
        return
    for place, row in orders.collected.many(topic.key):
        yield compile_row(orders, topic, place, row, orders.collected.cite(place, row))


def compile_row(orders: Orders, topic: Topic, place: Place, row: Row, cited: Cited) -> list[Any]:
    """Return the fields of a row in the order of its type; a field of evidence is the number of what is cited."""
    if topic.mistake and (mistake := topic.mistake(row)):
        place.complain(*mistake)
    values: dict[str, Any] = {"row": f"{orders.pack}/{topic.name(row)}", "note": row.get("note", "")}
    names = [name for name in topic.row._fields if name not in _EVIDENCE]
    for field in topic.fields:
        values |= _read(orders, field, row, place, names)
    if "unconfirmed" in names:
        values["unconfirmed"] = _first_unconfirmed(orders, row)
    if topic.derive:
        values |= topic.derive(row, orders.subject)
    return [*(values[name] for name in names), cited]


def _read(orders: Orders, field: Field, row: Row, place: Place, names: list[str]) -> dict[str, Any]:
    """Return what one key of a row becomes; nothing for a key that only the build needs."""
    name = field.into or (field.name if field.name in names else f"is_{field.name}")
    value = row.get(field.name)
    made: Any
    match field.shape:
        case Text("series range" | "releases" as kind):
            known = orders.all_series if kind == "series range" else orders.releases
            first, last = known.bounds(row[field.name], place, field.name)
            return {"first": first, "last": last}
        case Many(Text("releases")):
            made = [list(orders.releases.bounds(run, place, field.name)) for run in row[field.name]]
        case Text("pythons"):
            made = minors(row[field.name], orders.pythons, place)
        case Text("specifier"):
            made = any_version(value or "")
        case Table(_, Text("specifier")):
            made = [[key, any_version(spec)] for key, spec in (value or {}).items()]
        case Table():
            made = [[key, item] for key, item in (value or {}).items()]
        case Flag():
            made = bool(value)
        case Many():
            made = value or []
        case _:
            return {name: value or ""} if name in names else {}
    return {name: made}


def _first_unconfirmed(orders: Orders, row: Row) -> str:
    """Return the first release after those of a row that was run, if all of them came later than that day."""
    if row["source"] != _RUN or "as_of" not in row:
        return ""
    newest = max((orders.releases.number(run.partition("-")[2] or run) or 0 for run in row["releases"]), default=0)
    later = orders.releases.known[newest + 1 :]
    is_new = later and all(orders.collected.released[version] > row["as_of"] for version in later)
    return later[0] if is_new else ""


def _metadata(orders: Orders) -> Iterator[list[Any]]:
    """Return the runs of releases with one Requires-Python, each by the file that states it."""
    stated: dict[str, tuple[str, int | list[int]]] = {}
    for place, value in orders.collected.topics.get("releases", []):
        if "source" in value:
            cited = orders.collected.cite(place, value)
            for group in value["groups"]:
                stated |= dict.fromkeys(group["released"], (any_version(group.get("requires_python", "")), cited))
    known = [version for version in orders.releases.known if version in stated]
    for (requires, cited), run in groupby(known, key=stated.__getitem__):
        versions = list(run)
        yield [f"{orders.pack}/releases", versions[0], versions[-1], requires, cited]


def _wheels(orders: Orders) -> Iterator[tuple[Place, Row, Cited]]:
    """Yield the wheels as rows: YAML has them by Python and platform."""
    for place, value in orders.collected.topics.get("wheels", []):
        cited = orders.collected.cite(place, value)
        for python, platforms in value["pythons"].items():
            for platform, runs in platforms.items():
                seen = []
                for number, run in enumerate(runs):
                    here = place / "pythons" / python / platform / number
                    seen.append((*orders.releases.bounds(run["releases"], here, "releases"), here))
                    yield here, {"python": python, "platform": platform, **run}, cited
                complain_of_overlaps(seen, orders.releases, "releases")


def _requirements(orders: Orders) -> Iterator[tuple[Place, Row, Cited]]:
    """Yield the requirements as rows: YAML has them by distribution; the last release is the revision of a run."""
    for place, value in orders.collected.topics.get("requirements", []):
        for name, runs in value["distributions"].items():
            for number, run in enumerate(runs):
                here = place / "distributions" / name / number
                _, last = orders.releases.bounds(run["releases"], here, "releases")
                cited = orders.collected.cite(here, {"source": value["source"], "revision": last, **run})
                yield here, {"distribution": name, **run}, cited


def _variables(orders: Orders) -> Iterator[list[Any]]:
    """Yield all variables as one packed row: thousands of rows would be a third of what a run has to read."""
    for place, value in orders.collected.topics.get("variables", []):
        cited = orders.collected.cite(place, value)
        families = {pattern: dict(groups) for pattern, groups in value["families"].items()}
        for name, reads in value["names"].items():
            head, part = (_PREFIX, name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else ("", name)
            families.setdefault(f"{head}*", {}).setdefault(reads, []).append(part)
        known: set[str] = set()
        packed = []
        for pattern, groups in families.items():
            here = place / "families" / pattern if pattern in value["families"] else place / "names"
            for reads, parts in groups.items():
                runs = [orders.all_series.bounds(run.partition(" ")[0], here, "") for run in reads.split(", ")]
                complain_of_overlaps([(*run, here) for run in runs], orders.all_series, "")
                for name in (pattern.replace("*", part) for part in parts):
                    if name in known:
                        here.complain(f"`{name}` is in `variables` already")
                    known.add(name)
                packed.append((pattern, reads, tuple(parts)))
        yield [pack_names(packed), cited]


def _extras(orders: Orders, requirements: Rows) -> Iterator[list[Any]]:
    """Return the runs of releases that have an extra: those in which any distribution is required with it."""
    dead = {
        row["extra"]: row for _, row in orders.collected.many("removals") if row["kind"] == "api" and "extra" in row
    }
    notes = {row["extra"]: row for _, row in orders.collected.many("removals") if "extra" in row}
    runs: dict[tuple[str, str, str], Any] = {}
    for _, _, extra, first, last, _, _, cited in requirements:
        if extra:
            runs.setdefault((extra, first, last), cited)
    for (extra, first, last), cited in runs.items():
        note = notes.get(extra, {})
        version = dead.get(extra, {}).get("version", "")
        told = (version, note.get("successor", ""), note.get("note", ""))
        yield [f"{orders.pack}/extra-{extra}", extra, first, last, *told, cited]


def any_version(specifier: str) -> str:
    """Return a specifier, which is empty where packs write `*`."""
    return "" if specifier == "*" else specifier
