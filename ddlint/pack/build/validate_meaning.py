"""Statements of a pack that are well formed and make no sense: days, ranges, names, repetitions, contradictions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ddlint.pack.build.examples import requirements
from ddlint.pack.build.ordering import Order, complain_of_overlaps
from ddlint.pack.build.schema import BASES
from ddlint.pack.pack import series_of
from ddlint.pack.shapes import Text
from ddlint.pack.topic import Topic
from ddlint.pack.topics import TOPICS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.pack.build.collect import CollectedPack, Place, Row


def complain_of_meaning(collected: CollectedPack) -> None:
    """Report what makes no sense; of rows beside one another only where no mistake has left one of them out."""
    has_all = not collected.mistakes
    _complain_of_the_unsatisfiable(collected)
    for complain in _COMPLAINTS if has_all else ():
        complain(collected)


def runs_of(collected: CollectedPack) -> Iterator[tuple[Place, Row]]:
    """Return every row of support that states versions of a distribution."""
    for place, entry in collected.integrations:
        for name, bases in entry["distributions"].items():
            for where, rows in _tables(place / "distributions" / name, bases) if ":" not in name else ():
                for number, row in enumerate(rows):
                    if row["spec"] not in {"", "*"}:
                        yield where / number, row


def observations(collected: CollectedPack) -> Iterator[tuple[Place, Row]]:
    """Return every observed row."""
    for place, entry in collected.integrations:
        for name, bases in entry["distributions"].items():
            for number, row in enumerate(bases.get("observed", [])):
                yield place / "distributions" / name / "observed" / number, row


def _tables(place: Place, bases: Row) -> Iterator[tuple[Place, list[Row]]]:
    """Return the rows of every basis, and of every Python."""
    yield from ((place / basis, bases[basis]) for basis in BASES if basis in bases and basis != "observed")
    yield from ((place / "tested_on" / python, rows) for python, rows in bases.get("tested_on", {}).items())


def _complain_of_the_unsatisfiable(collected: CollectedPack) -> None:
    from packaging.specifiers import SpecifierSet

    for place, step, specifier in _specifiers(collected):
        if specifier not in {"", "*"} and SpecifierSet(specifier).is_unsatisfiable():
            place.complain(f"no version can satisfy `{specifier}`", step)


def _specifiers(collected: CollectedPack) -> Iterator[tuple[Place, str, str]]:
    for topic in TOPICS.values():
        steps = _keys_of(topic, "specifier")
        for place, row in collected.many(topic.key) if steps and topic.shape is None else ():
            yield from ((place, step, row[step]) for step in steps if step in row)
    for place, row in (*runs_of(collected), *observations(collected), *requirements(collected)):
        yield place, "spec", row["spec"]
    for place, row in collected.many("dependents"):
        yield from ((place / "requires", name, spec) for name, spec in row.get("requires", {}).items())
    for place, value in collected.topics.get("releases", []):
        for number, group in enumerate(value["groups"]):
            yield place / "groups" / number, "requires_python", group.get("requires_python", "")


def _keys_of(topic: Topic, form: str) -> tuple[str, ...]:
    """Return the keys of a topic's rows that hold text of one format."""
    return tuple(field.name for field in topic.fields if field.shape == Text(form))


def _unknown_releases(collected: CollectedPack) -> None:
    """Report releases that never were; one that is newer than all others may come."""
    from packaging.version import Version

    newest = max(map(Version, collected.released), default=None)
    for topic in TOPICS.values():
        steps = _keys_of(topic, "release")
        for place, row in collected.many(topic.key) if steps else ():
            for step in steps:
                version = row.get(step)
                if version and newest and version not in collected.released and Version(version) <= newest:
                    place.complain(f"the pack knows no release `{version}`", step)


def _repetitions(collected: CollectedPack) -> None:
    for topic in TOPICS.values():
        seen: set[tuple[str, ...]] = set()
        for place, row in collected.many(topic.key) if topic.unique else ():
            name = tuple(str(row.get(step, "")) for step in topic.unique)
            if name in seen:
                words = " ".join(word for word in name if word)
                place.complain(f"`{words}` is in `{topic.key}` already", topic.unique[0])
            seen.add(name)


def _overlapping_requirements(collected: CollectedPack) -> None:
    order = Order(collected.released, "release")
    runs: dict[tuple[str, ...], list[tuple[str, str, Place]]] = {}
    for place, run in requirements(collected):
        first, _, last = run["releases"].removesuffix("+").partition("-")
        last = order.known[-1] if run["releases"].endswith("+") and order.known else last or first
        key = (str(place.steps[-2]), run.get("extra", ""), run.get("marker", ""), run["spec"])
        runs.setdefault(key, []).append((first, last, place))
    for each in runs.values():
        complain_of_overlaps(each, order, "releases")


def _levels(collected: CollectedPack) -> None:
    """Report releases with no level or two, at the rows: a pack without levels says nothing of support.

    A release newer than all that have one may come before its level is published.
    """
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version

    held: dict[str, str] = {}
    rows = list(collected.many("levels"))
    for place, row in rows:
        specifier = SpecifierSet(_plain(row["releases"]))
        for version in collected.released:
            if specifier.contains(version) and version in held and held[version] != row["releases"]:
                place.complain(f"`{version}` has a level already, that of `{held[version]}`", "releases")
                break
        held |= {version: row["releases"] for version in collected.released if specifier.contains(version)}
    newest = max(map(Version, held), default=None)
    without = [
        version
        for version in collected.released
        if version not in held and (newest is None or Version(version) < newest)
    ]
    if rows and without:
        rows[-1][0].complain(f"no level holds for the release `{without[0]}`")


def _plain(specifier: str) -> str:
    return "" if specifier == "*" else specifier


def _removals(collected: CollectedPack) -> None:
    from packaging.version import Version

    known = {entry["integration"] for _, entry in collected.integrations}
    for place, row in collected.many("removals"):
        if "integration" in row and row["integration"] not in known:
            place.complain(f"no integration `{row['integration']}` is known", "integration")
        if row["kind"] in {"integration", "rename"} and "distributions" not in row:
            place.complain(f"a removal of the kind `{row['kind']}` needs `distributions`", "kind")
        if "version" in row and Version(row.get("deprecated_in", "0")) > Version(row["version"]):
            place.complain(f"it is deprecated after it was removed in `{row['version']}`", "deprecated_in")


def _contradictions(collected: CollectedPack) -> None:
    """Report distributions that an integration still declares in a series without it."""
    all_series = Order((group["series"] for group in collected.one("releases", {"groups": []})["groups"]), "series")
    declared = {
        (entry["integration"], name): max(_ends(bases.get("declared", ()), all_series), default=-1)
        for _, entry in collected.integrations
        for name, bases in entry["distributions"].items()
    }
    for place, row in collected.many("removals"):
        is_end = row["kind"] == "integration" and "version" in row
        gone = all_series.number(series_of(row["version"])) if is_end else None
        for name in row.get("distributions", ()):
            last = declared.get((row.get("integration", ""), name), -1)
            if gone is not None and last >= gone >= 0:
                words = f"`{name}` is declared by `{row['integration']}` up to {all_series.known[last]}"
                place.complain(f"{words}, and gone from `{row['version']}` on", "version")


def _ends(runs: Iterable[Row], all_series: Order) -> Iterator[int]:
    """Return the position of the last series of each run."""
    for run in runs:
        last = all_series.known[-1:] if run["series"].endswith("+") else [run["series"].rpartition("-")[2]]
        yield from (number for series in last if (number := all_series.number(series)) is not None)


def _references(collected: CollectedPack) -> None:
    """Report names of other rows that are not there."""
    capabilities = {row["capability"] for _, row in collected.many("capabilities")}
    covered = {row["distribution"] for _, row in collected.many("frameworks") if row["covered"]}
    for place, row in collected.many("required_settings"):
        _complain_of_unknown(row.get("capabilities", ()), capabilities, "capability", place / "capabilities")
    for place, row in collected.many("capabilities"):
        if "part_of" in row:
            _complain_of_unknown([row["part_of"]], capabilities, "capability", place, "part_of")
    for place, row in collected.many("frameworks"):
        _complain_of_unknown(row.get("built_on_by", ()), covered, "covered framework", place / "built_on_by")
    pythons = set(collected.one("pythons", ()))
    for place, value in collected.topics.get("wheels", []):
        for python in value["pythons"].keys() - pythons:
            place.complain(f"`{python}` is not among the `pythons` of the pack", "pythons", python, is_key=True)
    all_series = {group["series"] for group in collected.one("releases", {"groups": []})["groups"]}
    for place, value in collected.topics.get("tags", []):
        for series in value:
            if series not in all_series and Order(all_series, "series").number(series) != -1:
                place.complain(f"the pack knows no series `{series}`", series, is_key=True)


def _complain_of_unknown(names: Iterable[str], known: set[str], word: str, place: Place, step: str = "") -> None:
    for number, name in enumerate(names):
        if name not in known:
            place.complain(f"no {word} `{name}` is known", step or number)


def _days(collected: CollectedPack) -> None:
    """Report what was released, read or said after the day of the pack."""
    day = collected.one("version", "")
    today = day.replace(".", "-")
    for place, value in collected.topics.get("releases", []):
        for number, group in enumerate(value["groups"]):
            for release, released in group["released"].items():
                if released > today:
                    steps = ("groups", number, "released", release)
                    place.complain(f"`{release}` was released after the day of the pack, {day}", *steps)
    for place, value in collected.topics.get("sources", []):
        for key, source in value.items():
            for step in ("retrieved", "as_of"):
                if source.get(step, "") > today:
                    place.complain(f"`{source[step]}` is after the day of the pack, {day}", key, step)


_COMPLAINTS: tuple[Callable[[CollectedPack], None], ...] = (
    _days,
    _unknown_releases,
    _repetitions,
    _overlapping_requirements,
    _levels,
    _removals,
    _contradictions,
    _references,
)
