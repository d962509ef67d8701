"""The compiled rows of the topics beside integrations: each as a list of the fields of its type, evidence last."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from ddlint.pack.build.ordering import Order, complain_of_overlaps, minors, slug

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.pack.build.collect import CollectedPack, Place, Row

Rows = list[list[Any]]
ABOUT = ("Requirement", "Dependent", "BadPair", "Framework", "Sink")
"""Types whose rows are about one distribution, which is their second field."""


class Orders:
    """What ranges of rows are read against."""

    def __init__(self, gathered: CollectedPack, lines: Order) -> None:
        self.gathered = gathered
        self.pack: str = gathered.one("pack", "")
        self.lines = lines
        self.releases = Order(gathered.released, "release")
        self.pythons: list[str] = gathered.one("pythons", [])


def compile_facts(gathered: CollectedPack, lines: Order) -> dict[str, Rows]:
    """Give the rows of every topic that the pack has, by the name of the type they become."""
    orders = Orders(gathered, lines)
    facts: dict[str, Rows] = {
        "Metadata": list(_metadata(orders)),
        "Wheel": list(_wheels(orders)),
        "Requirement": list(_requirements(orders)),
    }
    for topic, (kind, row_of) in _TOPICS.items():
        is_ruling = not topic.endswith("_history")
        for place, row in gathered.many(topic):
            fields = row_of(orders, place, row)
            if kind in {"Runtime", "Capability"}:
                fields.append(is_ruling)
            facts.setdefault(kind, []).append([*fields, gathered.cite(place, row)])
    facts["Extra"] = list(_extras(orders, facts["Requirement"]))
    return {kind: rows for kind, rows in facts.items() if rows}


def _metadata(orders: Orders) -> Iterator[list[Any]]:
    """Give the runs of releases with one Requires-Python, each by the file that states it."""
    stated: dict[str, tuple[str, int | list[int]]] = {}
    for place, value in orders.gathered.topics.get("releases", []):
        if "source" in value:
            cited = orders.gathered.cite(place, value)
            for group in value["groups"]:
                stated |= dict.fromkeys(group["released"], (_any(group.get("requires_python", "")), cited))
    known = [version for version in orders.releases.known if version in stated]
    for (requires, cited), run in groupby(known, key=stated.__getitem__):
        versions = list(run)
        yield [f"{orders.pack}/releases", versions[0], versions[-1], requires, cited]


def _wheels(orders: Orders) -> Iterator[list[Any]]:
    for place, value in orders.gathered.topics.get("wheels", []):
        cited = orders.gathered.cite(place, value)
        for python, platforms in value["pythons"].items():
            for platform, runs in platforms.items():
                seen = []
                for number, run in enumerate(runs):
                    here = place / "pythons" / python / platform / number
                    first, last = orders.releases.bounds(run["releases"], here, "releases")
                    seen.append((first, last, here))
                    yield [f"{orders.pack}/wheels", python, platform, first, last, run["floor"], cited]
                complain_of_overlaps(seen, orders.releases, "releases")


def _requirements(orders: Orders) -> Iterator[list[Any]]:
    for place, value in orders.gathered.topics.get("requirements", []):
        for name, runs in value["distributions"].items():
            for number, run in enumerate(runs):
                here = place / "distributions" / name / number
                first, last = orders.releases.bounds(run["releases"], here, "releases")
                origin = {"source": value["source"], "revision": last, **run}
                cited = orders.gathered.cite(here, origin)
                yield [
                    f"{orders.pack}/{name}",
                    name,
                    run.get("extra", ""),
                    first,
                    last,
                    _any(run["spec"]),
                    run.get("marker", ""),
                    cited,
                ]


def _extras(orders: Orders, requirements: Rows) -> Iterator[list[Any]]:
    """Give the runs of releases that have an extra: those in which any distribution is required with it."""
    dead = {row["extra"]: row for _, row in orders.gathered.many("removals") if row["kind"] == "api" and "extra" in row}
    notes = {row["extra"]: row for _, row in orders.gathered.many("removals") if "extra" in row}
    runs: dict[tuple[str, str, str], Any] = {}
    for _, _, extra, first, last, _, _, cited in requirements:
        if extra:
            runs.setdefault((extra, first, last), cited)
    for (extra, first, last), cited in runs.items():
        note = notes.get(extra, {})
        version = dead.get(extra, {}).get("version", "")
        told = (version, note.get("successor", ""), note.get("note", ""))
        yield [f"{orders.pack}/extra-{extra}", extra, first, last, *told, cited]


def _any(specifier: str) -> str:
    return "" if specifier == "*" else specifier


def _runtime(orders: Orders, place: Place, row: Row) -> list[Any]:
    name = slug(f"{row['system']} {row['implementation']}") or "any"
    pythons = minors(row["pythons"], orders.pythons, place)
    platforms, written = row.get("platforms", []), row.get("written", row["pythons"])
    facts = [row["system"], row["machines"], row["implementation"], platforms, pythons, written]
    return [f"{orders.pack}/runtime-{name}", _any(row["releases"]), *facts]


def _injection(orders: Orders, place: Place, row: Row) -> list[Any]:
    return [
        f"{orders.pack}/injection",
        *orders.lines.bounds(row["lines"], place, "lines"),
        _any(row["pythons"]),
        row["safe"],
    ]


def _source_build(orders: Orders, place: Place, row: Row) -> list[Any]:
    return [f"{orders.pack}/wheels", *orders.releases.bounds(row["releases"], place, "releases"), row["extensions"]]


def _version_check(orders: Orders, place: Place, row: Row) -> list[Any]:
    bounds = orders.lines.bounds(row["lines"], place, "lines")
    return [f"{orders.pack}/{row['variable']}", row["variable"], *bounds, row["values"]]


def _command(orders: Orders, place: Place, row: Row) -> list[Any]:
    bounds = orders.lines.bounds(row["lines"], place, "lines")
    name = row.get("distribution", orders.gathered.one("subject", ""))
    return [f"{orders.pack}/{row['command']}", row["command"], *bounds, name, row.get("module", "")]


def _dependent(orders: Orders, _place: Place, row: Row) -> list[Any]:
    name = row["distribution"]
    others = [[other, _any(spec)] for other, spec in row.get("requires", {}).items()]
    demands = [_any(row["versions"]), _any(row.get("python", "")), _any(row["subject"])]
    return [f"{orders.pack}/{name}", name, *demands, others]


def _bad_pair(orders: Orders, place: Place, row: Row) -> list[Any]:
    is_absence = row.get("absent", False)
    if is_absence is ("versions" in row):
        place.complain("a bad pair has either `versions` or `absent: true`")
    name = row["distribution"]
    runs = [list(orders.releases.bounds(run, place, "releases")) for run in row["releases"]]
    facts = [runs, _any(row.get("python", "")), row["severity"], is_absence, row.get("open", False)]
    return [f"{orders.pack}/{name}", name, _any(row.get("versions", "")), *facts, row["problem"], row["help"]]


def _removed_setting(orders: Orders, _place: Place, row: Row) -> list[Any]:
    facts = [row.get("value", ""), row.get("part", ""), row["version"], row.get("successor", "")]
    more = [row.get("changed", False), row.get("note", ""), row.get("prefix", "")]
    return [f"{orders.pack}/{row['variable']}", row["variable"], row.get("names", []), *facts, *more]


def _setting(orders: Orders, _place: Place, row: Row) -> list[Any]:
    name = row["variable"]
    return [
        f"{orders.pack}/{name}",
        name,
        row.get("says", ""),
        row["kind"],
        row.get("default", ""),
        row.get("overrules", False),
    ]


def _required_setting(orders: Orders, place: Place, row: Row) -> list[Any]:
    if ("distribution" in row) is ("capabilities" in row):
        place.complain("a required setting is for either a `distribution` or `capabilities`")
    who = [row.get("distribution", ""), row.get("capabilities", [])]
    more = [row.get("default_from", ""), row.get("since", ""), [list(pair) for pair in row.get("instead", {}).items()]]
    return [f"{orders.pack}/{row['variable']}", row["variable"], row["value"], *who, *more]


def _capability(orders: Orders, place: Place, row: Row) -> list[Any]:
    is_supported = row["supported"] == "yes"
    if is_supported is not ("version" in row) and "also" not in row and "version" in row:
        place.complain("a capability that is not supported has no `version`", "version")
    variables = [[variable, values] for variable, values in row.get("variables", {}).items()]
    name = row["capability"]
    facts = [row["title"], is_supported, row.get("version", ""), variables, row.get("concerns", [])]
    return [f"{orders.pack}/{name}", name, *facts, row.get("part_of", "")]


def _protection(orders: Orders, _place: Place, row: Row) -> list[Any]:
    facts = [row.get("distributions", []), row["capability"], row["covered"], row.get("note", "")]
    return [f"{orders.pack}/{slug(row['table'])}", row["table"], row["name"], *facts]


def _framework(orders: Orders, _place: Place, row: Row) -> list[Any]:
    name = row["distribution"]
    return [f"{orders.pack}/{name}", name, row["covered"], row.get("built_on_by", []), row.get("since", "")]


def _framework_minimum(orders: Orders, _place: Place, row: Row) -> list[Any]:
    name = row["distribution"]
    return [f"{orders.pack}/{name}", name, row["title"], row["versions"], row["capability"]]


def _sink(orders: Orders, _place: Place, row: Row) -> list[Any]:
    return [f"{orders.pack}/{row['distribution']}", row["distribution"], row["attack"], row["covered"]]


def _site(orders: Orders, _place: Place, row: Row) -> list[Any]:
    return [f"{orders.pack}/{row['site']}", row["site"], row["variable"], row.get("note", "")]


def _agent_image(orders: Orders, _place: Place, row: Row) -> list[Any]:
    return [f"{orders.pack}/{row['subject']}", row["subject"], row["image"]]


_TOPICS: dict[str, tuple[str, Callable[[Orders, Place, Row], list[Any]]]] = {
    "runtimes": ("Runtime", _runtime),
    "runtime_history": ("Runtime", _runtime),
    "injection": ("Injection", _injection),
    "source_builds": ("SourceBuild", _source_build),
    "version_checks": ("VersionCheck", _version_check),
    "commands": ("Command", _command),
    "dependents": ("Dependent", _dependent),
    "bad_pairs": ("BadPair", _bad_pair),
    "removed_settings": ("RemovedSetting", _removed_setting),
    "settings": ("Setting", _setting),
    "required_settings": ("RequiredSetting", _required_setting),
    "capabilities": ("Capability", _capability),
    "capability_history": ("Capability", _capability),
    "protection": ("Protection", _protection),
    "frameworks": ("Framework", _framework),
    "framework_minimums": ("FrameworkMinimum", _framework_minimum),
    "sinks": ("Sink", _sink),
    "sites": ("Site", _site),
    "agent_images": ("AgentImage", _agent_image),
}
"""Each topic that is a list of rows, the type of its rows, and how a row of it becomes one."""
