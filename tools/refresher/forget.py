"""Takes the newest releases out of what a refresh writes: a refresh brings them back, and a test of it shows that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tools.refresher.files import load, load_file, write
from tools.refresher.releases import Floors, Release, render_releases, render_wheels, series_of
from tools.refresher.requirements import render
from tools.refresher.runs import Run, expand, read
from tools.refresher.settings import read_document, without_series
from tools.refresher.settings import render as render_variables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_REQUIRED = "requirements.yaml"
_ROW = re.compile(r' +- \{series: "(?P<series>[^"]*)".*\}')
_HEADER = re.compile(r'(?P<indent> *)("[^"]+"|[^ ":#-][^"]*):')


def forget(folder: Path, count: int) -> list[str]:
    """Forget the `count` newest releases; give their versions."""
    known = known_releases(folder)
    kept = known[:-count]
    order = [release.version for release in kept]
    subject = load_file(folder / "pack.yaml")["subject"]
    old = {name: (folder / name).read_text(encoding="utf-8") for name in ("releases.yaml", "wheels.yaml", _REQUIRED)}
    write(folder / "releases.yaml", render_releases(kept, old["releases.yaml"]))
    write(folder / "wheels.yaml", render_wheels(known_floors(folder, order), order, subject, old["wheels.yaml"]))
    required = load(old[_REQUIRED])["requirements"]["distributions"]
    write(folder / _REQUIRED, render(required, order, {}, old[_REQUIRED]))
    all_series = list(dict.fromkeys(map(series_of, order)))
    for path in sorted((folder / "integrations").glob("*.yaml")):
        _forget_series(path, all_series)
    variables = folder / "variables.yaml"
    if variables.exists():
        text = variables.read_text(encoding="utf-8")
        every = list(dict.fromkeys(series_of(release.version) for release in known))
        write(
            variables, render_variables(without_series(read_document(load(text), every), all_series), all_series, text)
        )
    tags = folder / "tags.yaml"
    kept_tags = [text for text in tags.read_text(encoding="utf-8").splitlines() if _is_kept_tag(text, all_series)]
    write(tags, "\n".join(kept_tags) + "\n")
    return [release.version for release in known[-count:]]


def known_releases(folder: Path) -> list[Release]:
    """Return the releases that `releases.yaml` has, without their files."""
    return [
        Release(version, day, group.get("requires_python", ""), version in group.get("yanked", ()), None, ())
        for group in load_file(folder / "releases.yaml")["releases"]["groups"]
        for version, day in group["released"].items()
    ]


def known_floors(folder: Path, order: Sequence[str]) -> Floors:
    """Return the floors that `wheels.yaml` has for the releases of `order`."""
    floors: Floors = {}
    for python, platforms in load_file(folder / "wheels.yaml")["wheels"]["pythons"].items():
        for platform, runs in platforms.items():
            held = {version: run["floor"] for run in runs for version in expand(read(run["releases"]), order)}
            if held:
                floors.setdefault(python, {})[platform] = held
    return floors


def _forget_series(path: Path, all_series: Sequence[str]) -> None:
    """Cut what a refresh can know at the newest series; what is empty then goes too."""
    cut: list[str] = []
    block = ""
    for row in path.read_text(encoding="utf-8").splitlines():
        header = _HEADER.fullmatch(row)
        block = header[2] if header else block
        kept = _cut(row, all_series) if block in {"declared", "defaults"} else row
        cut += [] if kept is None else [kept]
    while (number := _empty_header(cut)) is not None:
        del cut[number]
    if "distributions:" not in cut:
        path.unlink()
    else:
        write(path, "\n".join(cut) + "\n")


def _cut(text: str, all_series: Sequence[str]) -> str | None:
    found = _ROW.fullmatch(text)
    if not found or "source: runs" in text:  # what was run is not read again
        return text
    run = read(found["series"])
    held = expand(run, all_series)
    if not held:
        return None if _is_after(run.first, all_series) else text
    is_whole = run.last in all_series
    return text if is_whole else text.replace(f'"{found["series"]}"', f'"{Run(run.first, held[-1]).text}"', 1)


def _empty_header(text: list[str]) -> int | None:
    """Return the first header, or key of a header alone, with nothing below it."""
    for number, row in enumerate(text):
        header = _HEADER.fullmatch(row)
        below = text[number + 1] if number + 1 < len(text) else ""
        if header and not below.startswith(header["indent"] + "  "):
            return number
    return None


def _is_kept_tag(text: str, all_series: Sequence[str]) -> bool:
    found = re.match(r'  "([^"]+)": "PyPI sdist', text)
    return not found or not _is_after(found[1], all_series)


def _is_after(series: str, all_series: Sequence[str]) -> bool:
    from packaging.version import Version

    return Version(series) > Version(all_series[-1])
