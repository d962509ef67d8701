"""Which packs ddlint brings, and of which day: from their first lines, for `--version` takes no time to read a pack."""

from __future__ import annotations

import os

from ddlint.pack import COMPILED, RULES

OLD_AFTER = 60
"""Days after which data counts as old: the banner says so, and a nightly job fails, never a user's run."""
_HEAD = 1000


def banner(version: str, today: str) -> str:
    """Return which ddlint this is, of which day its data is, and how old that is when it is too old."""
    lines = [f"ddlint {version}"]
    for name, day in pack_versions():
        days = age(day, today)
        aside = f", {days} days old: a newer ddlint may know more" if days > OLD_AFTER else ""
        lines.append(f"rules {name} {day}{aside}")
    return "".join(f"{line}\n" for line in lines)


def pack_versions() -> tuple[tuple[str, str], ...]:
    """Return the name and the day, `2026.11.21`, of every pack of a wheel, or of a checkout."""
    found = tuple(_edition(path) for path in _files(COMPILED, ".pack") or _files(RULES, ""))
    return found or (_slowly(),)


def age(day: str, today: str) -> int:
    """Return how many days old data of a day is; `today` is ISO 8601."""
    return _number(*map(int, today.split("-"))) - _number(*map(int, day.split(".")))


def _number(year: int, month: int, day: int) -> int:
    """Count the days up to one. Years begin in March, so that a leap day comes last; `datetime` is slow to import."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day


def _files(folder: str, ending: str) -> list[str]:
    """Return the files of a folder with an ending; without one, the `pack.yaml` of its folders."""
    if not os.path.isdir(folder):
        return []
    paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(ending)]
    paths = paths if ending else [os.path.join(path, "pack.yaml") for path in paths]
    return [path for path in paths if os.path.isfile(path)]


def _edition(path: str) -> tuple[str, str]:
    """Read the head of a pack: `key: value` in YAML, `key`, a tab and a value in its compiled form."""
    with open(path, encoding="utf-8") as file:
        lines = file.read(_HEAD).split("\n")
    told = dict(line.replace("\t", ": ", 1).partition(": ")[::2] for line in lines)
    name, day = told.get("pack", told.get("name", "")), told.get("version", "")
    return (name.strip('"'), day.strip('"')) if name and day else _slowly()


def _slowly() -> tuple[str, str]:
    from ddlint.pack.loader import builtin

    pack = builtin()
    return pack.name, pack.version
