"""Every example of the built-in pack beside those of integrations, linted: the `ok` side is silent, the `bad` one is told.

`test_every_row` does the same for what integrations support.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from packaging.markers import Marker
from packaging.specifiers import SpecifierSet

from ddlint.checks.common.context import CheckContext
from ddlint.pack.install_rows import Wheel
from ddlint.plan.removals import removed_between
from ddlint.project.resolve import resolve
from tests.cases.runner import builtin_pack, lint
from tests.pack.yaml_of import yaml_of
from tests.plan.made import JUDGING, ROOT, of, read

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

PACK = builtin_pack()
RELEASES = [release.version for release in PACK.releases]
SIDES = ("ok", "bad")


def examples(topic: str) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Give every row of a topic with each of its examples and the side that is on."""
    for row in yaml_of(topic):
        for side in SIDES:
            yield from ((row, side, version) for version in row.get("examples", {}).get(side, []))


def told(folder: Path, requirements: str, words: str = "", about: str = "", **files: str) -> set[str]:
    """Lint a project and give the codes that are told, with `about` only of lines that have this word."""
    (folder / "requirements.txt").write_text(requirements, encoding="utf-8")
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
    found = lint(folder, f"--isolated {words}")
    lines = [line for line in found.splitlines() if line and not line.startswith(" ") and about in line]
    return {line.split(": ")[1].split()[1] for line in lines}


def say(capsys: pytest.CaptureFixture[str], counts: Counter[str]) -> None:
    with capsys.disabled():
        print(f"\n{dict(counts)}")  # noqa: T201 - how much was covered is to be seen


ENDS = {"integration": "DD304", "extra": "DD106", "api": "DD106", "yanked": "DD104"}
"""Kinds of removals and the check that tells of them; the others end rows silently, or are told by other rows."""


def test_removals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for row, side, version in examples("removals"):
        code = ENDS.get(row["kind"], "DD304")
        extra = f"[{row['extra']}]" if "extra" in row else ""
        for name in row.get("distributions", [""]):
            found = told(tmp_path, f"ddtrace{extra}=={version}\n{name}\n")
            counts[f"{row['kind']} {side}"] += 1
            if (code in found) is not (side == "bad" and row["kind"] in ENDS):
                wrong.append((row["name"], name, side, version, found))
    say(capsys, counts)

    assert wrong == []
    assert counts["integration bad"] > 5


def test_removed_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for row, side, version in examples("removed_settings"):
        value = row.get("value", row.get("part", "1"))
        for name in row.get("names", [row["variable"]]):
            found = told(tmp_path, f"ddtrace=={version}\n", _env=f"{name}={value}\n")
            counts[side] += 1
            if ("DD601" in found) is not (side == "bad"):
                wrong.append((name, value, side, version, found))
    say(capsys, counts)

    assert wrong == []
    assert counts["bad"] >= len(yaml_of("removed_settings"))


def test_capabilities(tmp_path: Path) -> None:
    """Each way of switching one on, at the first release that has it and at the one before."""
    wrong = []
    for row in yaml_of("capabilities"):
        if "version" in row:
            first = RELEASES.index(row["version"])
            for variable, (value, *_) in row["variables"].items():
                for number, is_told in ((first, False), (first - 1, True)):
                    pins = f"ddtrace=={RELEASES[number]}\nflask\n"
                    titles = (row["title"], f"`{variable}={value}` needs")  # a long one is left out
                    texts = {"_env": f"{variable}={value}\n"}
                    found = set().union(*(told(tmp_path, pins, about=title, **texts) for title in titles))
                    if ("DD401" in found) is not is_told:
                        wrong.append((row["capability"], variable, RELEASES[number], found))

    assert wrong == []


def test_bad_pairs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At both ends of every run of releases."""
    counts: Counter[str] = Counter()
    wrong = []
    for row, side, version in examples("bad_pairs"):
        words = f"--python-version {python_of(row)}" if "python" in row else ""
        names = dict.fromkeys(each.integration for each in PACK.support(row["distribution"]))
        switches = {each.switch for name in names for each in PACK.defaults(name) if each.is_on == "no"}
        for release in {end for run in row["releases"] for end in run.split("-")}:
            pins = f"ddtrace=={release}\n{row['distribution']}=={version}\n"
            on = "".join(f"{switch}=true\n" for switch in sorted(switches - {""}))
            found = told(tmp_path, pins, words, row["distribution"], **({".env": on} if on else {}))
            counts[side] += 1
            if ("DD502" in found) is not (side == "bad"):
                wrong.append((row["distribution"], version, release, words, side, found))
    say(capsys, counts)

    assert wrong == []


def python_of(row: dict[str, Any]) -> str:
    """Give the newest Python of a row, of those that the newest lines have."""
    pythons = PACK.pythons[: PACK.pythons.index("3.14") + 1]
    return next(python for python in reversed(pythons) if python in SpecifierSet(row.get("python", "")))


def test_dependents(tmp_path: Path) -> None:
    wrong = []
    for row, side, version in examples("dependents"):
        python = python_of(row)
        first = row["versions"].partition(",")[0].replace(">=", "==")
        pins = f"ddtrace=={version}\n{row['distribution']}{first}\n"
        if version not in RELEASES:  # the edge of a range need not be a release
            continue
        found = told(tmp_path, pins, f"--python-version {python}")
        if ("DD501" in found) is not (side == "bad"):
            wrong.append((row["versions"], version, python, side, found))

    assert wrong == []


def test_levels(tmp_path: Path) -> None:
    """A release outside has another level, which is told, or none, of the newest lines."""
    codes = {"end-of-life": "DD101", "maintenance": "DD102", "general-availability": ""}
    wrong = []
    for row, side, version in examples("levels"):
        code = codes[row["level"]]
        if version not in RELEASES or not code:
            continue
        found = told(tmp_path, f"ddtrace=={version}\n", "--as-of 2026-05-31") & {"DD101", "DD102"}
        is_same = any(
            SpecifierSet(other.specifier).contains(version) and other.level.value == row["level"]
            for other in PACK.levels
        )
        if (found == {code}) is not (side == "ok" or is_same):
            wrong.append((row["releases"], version, side, found))

    assert wrong == []


def test_runtimes(tmp_path: Path) -> None:
    """What no row of the newest table holds for is told; Windows on ARM is meant by its 64 bits."""
    wrong = []
    for row, side, version in examples("runtimes"):
        if version not in RELEASES:
            continue
        for platform in row["platforms"]:
            is_held = any(
                platform in other["platforms"] and version in SpecifierSet(other["releases"])
                for other in yaml_of("runtimes")
            )
            found = told(tmp_path, f"ddtrace=={version}\n", f"--platform {platform}")
            if ("DD203" in found) is is_held or (side == "ok" and not is_held):
                wrong.append((platform, side, version, found))

    assert wrong == []


def requirements() -> Iterator[tuple[str, dict[str, Any], str, str, str, str]]:
    """Give (distribution, row, release, Python, side, version) of what every installation of a release requires."""
    for name, rows in yaml_of("requirements")["distributions"].items():
        for row in rows:
            release = row["releases"].rpartition("-")[2]
            pythons = [each for each in PACK.pythons if _is_for(row.get("marker", ""), each)]
            for side in SIDES:
                for version in row.get("examples", {}).get(side, []):
                    yield from ((name, row, release, python, side, version) for python in pythons[-1:])


def _is_for(marker: str, python: str) -> bool:
    return not marker or Marker(marker).evaluate({"python_version": python, "python_full_version": f"{python}.1"})


def test_requirements(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for name, row, release, python, side, version in requirements():
        extra = f"[{row['extra']}]" if "extra" in row else ""
        pins = f"ddtrace{extra}=={release}\n{name}=={version}\n"
        found = told(tmp_path, pins, f"--python-version {python}")
        if "DD201" in found:
            counts["on a Python without that release"] += 1
            continue
        counts[side] += 1
        if ("DD501" in found) is not (side == "bad") and not _others_refuse(name, row, python, version):
            wrong.append((name, release, row["spec"], python, side, version, found))
    say(capsys, counts)

    assert wrong == []
    assert counts["bad"] > 60


def _others_refuse(name: str, row: dict[str, Any], python: str, version: str) -> bool:
    """Tell whether another row of the same release asks for more."""
    release = row["releases"].rpartition("-")[2]
    return any(
        other is not row
        and _holds(other["releases"], release)
        and other.get("extra", "") in {"", row.get("extra", "")}
        and _is_for(other.get("marker", ""), python)
        and other["spec"] != "*"
        and version not in SpecifierSet(other["spec"])
        for other in yaml_of("requirements")["distributions"][name]
    )


def _holds(run: str, release: str) -> bool:
    first, _, last = run.partition("-")
    return RELEASES.index(first) <= RELEASES.index(release) <= RELEASES.index(last or first)


def test_wheels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At the ends of every run there is a wheel; beside them there is none, unless another run begins."""
    counts: Counter[str] = Counter()
    wrong = []
    runs = PACK.rows(Wheel)
    has = {
        (wheel.python, wheel.platform, release)
        for wheel in runs
        for release in RELEASES[RELEASES.index(wheel.first) : RELEASES.index(wheel.last) + 1]
    }
    for wheel in runs:
        first, last = RELEASES.index(wheel.first), RELEASES.index(wheel.last)
        for release in {RELEASES[max(0, first - 1)], wheel.first, wheel.last, *RELEASES[last + 1 : last + 2]}:
            is_there = (wheel.python, wheel.platform, release) in has
            words = f"--python-version {wheel.python} --platform {wheel.platform}"
            found = told(tmp_path, f"ddtrace=={release}\n", words)
            counts["a wheel" if is_there else "no wheel"] += 1
            if ("DD202" in found) is is_there and not found & {"DD201", "DD203"}:
                wrong.append((wheel.python, wheel.platform, release, found))
    say(capsys, counts)

    assert wrong == []
    assert min(counts["a wheel"], counts["no wheel"]) > 100


def test_interfaces() -> None:
    """No check reads code, so their edge is that of the way: what is gone between the two examples."""
    names = {row["distribution"] for row in yaml_of("interfaces") if "distribution" in row}
    context = CheckContext(resolve(ROOT, read(of("ddtrace", *names)), PACK, JUDGING), PACK)
    for row in yaml_of("interfaces"):
        if "version" in row:
            ok, bad = (row["examples"][side][0] for side in SIDES)
            found = [name for each in removed_between(context, ok, bad) for name in each.names]

            assert set(row["names"]) <= set(found)
            assert RELEASES.index(ok) < RELEASES.index(bad)
            assert not any(name in row["names"] for each in removed_between(context, bad, bad) for name in each.names)


def test_every_row_that_holds_a_range_has_examples() -> None:
    """Rows without a range of their own (a wheel, a cell of a table, a setting) are tested from what they say."""
    topics = ("levels", "level_history", "runtimes", "runtime_history", "injection", "dependents", "removed_settings")
    rows = [row for topic in topics for row in yaml_of(topic)]
    rows += [row for row in yaml_of("bad_pairs") if row.get("versions", "*") != "*"]
    rows += [row for topic in ("removals", "interfaces") for row in yaml_of(topic) if "version" in row]
    rows += [row for runs in yaml_of("requirements")["distributions"].values() for row in runs]
    rows += [row for entry in yaml_of("integrations") for row in _rows_of(entry)]

    assert [row for row in rows if "examples" not in row] == []
    assert len(rows) > 1500


def _rows_of(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for name, bases in entry["distributions"].items():
        if ":" not in name:
            for basis in ("declared", "published", "documented", "tested"):
                yield from (row for row in bases.get(basis, ()) if row["spec"])
            yield from bases.get("observed", ())
            yield from (row for rows in bases.get("tested_on", {}).values() for row in rows)
