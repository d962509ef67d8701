"""Bring the built-in pack up to date: releases, wheels, requirements, declared specifiers, defaults, variables.

python tools/refresh.py [--pack rules/ddtrace] [--as-of DATE] [--changelog CHANGELOG.md] [--summary FILE] [--forget N]

It reads the package index that pip is configured for, and of series with new releases the newest source distribution.
What a person wrote stays. A run with nothing new changes not one byte; what needs a decision is printed.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.refresher.dependents import read_versions, refreshed  # noqa: E402  the checkout is on the path only now
from tools.refresher.files import load, load_file, write  # noqa: E402  as above
from tools.refresher.forget import forget  # noqa: E402  as above
from tools.refresher.index import Index  # noqa: E402  as above
from tools.refresher.integrations import SeriesFacts, Subject, create, update  # noqa: E402  as above
from tools.refresher.layers import FILE as LAYERS  # noqa: E402  as above
from tools.refresher.layers import refreshed as with_layers  # noqa: E402  as above
from tools.refresher.look import Files, Found, look  # noqa: E402  as above
from tools.refresher.releases import render_pre_releases, render_releases, render_wheels, series_of  # noqa: E402  as above
from tools.refresher.requirements import render  # noqa: E402  as above
from tools.refresher.review import review  # noqa: E402  as above
from tools.refresher.runs import read  # noqa: E402  as above
from tools.refresher.settings import read_document, with_series  # noqa: E402  as above
from tools.refresher.settings import render as render_settings  # noqa: E402  as above
from tools.refresher.settings_source import read_settings  # noqa: E402  as above
from tools.refresher.summary import summary  # noqa: E402  as above
from tools.refresher.tasks import tasks  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.refresher.declared import Source

SWITCH = "DD_TRACE_{}_ENABLED"
READ = ("index", "sdist", "monkey")
"""The sources of the pack that a refresh reads."""


class Refreshed(NamedTuple):
    """What a run did."""

    new: tuple[str, ...]
    """Versions the pack did not know."""
    changed: tuple[str, ...]
    """Names of the files that changed."""
    notes: tuple[str, ...]
    """What a person has to decide."""


def refresh(folder: Path, index: Files, as_of: str = "") -> Refreshed:
    """Bring the pack in `folder` up to date. Nothing is written before everything was read."""
    found = look(folder, index, as_of)
    before = _texts(folder)
    _write_facts(folder, found, before, _dependents(folder, index, found))
    notes = [*found.notes, *_write_integrations(folder, found)]
    changed = [name for name, text in _texts(folder).items() if before.get(name) != text]
    if changed:
        _write_day(folder, as_of or max(release.released for release in found.releases))
        notes += review(folder) or tasks(folder, found, before)
    new = tuple(release.version for release in found.new)
    return Refreshed(new, tuple(changed), tuple(notes))


def _dependents(folder: Path, index: Files, found: Found) -> dict[str, str]:
    """Read what the distributions of `dependents.yaml` require now, and what layers were built with."""
    if not (folder / "dependents.yaml").exists():
        return {}
    names = dict.fromkeys(row["distribution"] for row in load_file(folder / "dependents.yaml")["dependents"])
    subject = load_file(folder / "pack.yaml")["subject"]
    shared = load_file(folder / "requirements.yaml")["requirements"]["distributions"]
    texts = {"dependents.yaml": refreshed(names, subject, shared, index)}
    if (folder / LAYERS).exists():
        layers = dict.fromkeys(row["name"] for row in load_file(folder / LAYERS)["layers"])
        versions = {name: read_versions(name, subject, shared, index) for name in layers}
        released = {each.version: each.released for each in found.releases if not each.is_yanked}
        texts[LAYERS] = with_layers(versions, released)
    return texts


def _write_facts(folder: Path, found: Found, old: Mapping[str, str], others: Mapping[str, str]) -> None:
    order = [release.version for release in found.releases]
    subject = load_file(folder / "pack.yaml")["subject"]
    required = load_file(folder / "requirements.yaml")["requirements"]["distributions"]
    texts = {
        "releases.yaml": render_releases(found.releases, old["releases.yaml"]),
        "wheels.yaml": render_wheels(found.floors, order, subject, old["wheels.yaml"]),
        "requirements.yaml": render(required, order, found.required, old["requirements.yaml"]),
        **others,
    }
    if (name := "pre_releases.yaml") in old:
        texts[name] = render_pre_releases(found.early, old[name])
    if (name := "variables.yaml") in old and found.contents:
        texts[name] = _variables(found, old[name], subject)
    for name, text in texts.items():
        if load(text) != load(old[name]):
            write(folder / name, text)


def _variables(found: Found, old: str, subject: str) -> str:
    """Give the variables that the newest releases read in place of what was known of their series."""
    order = list(dict.fromkeys(series_of(release.version) for release in found.releases))
    document = read_document(load(old), order)
    for version, content in found.contents.items():
        settings = read_settings(content, subject.replace("-", "_"))
        document = document._replace(facts=with_series(document.facts, series_of(version), settings))
    return render_settings(document, order, old)


def _write_integrations(folder: Path, found: Found) -> list[str]:
    """Write what the sources say, oldest series first."""
    all_series = list(dict.fromkeys(series_of(release.version) for release in found.releases))
    entries = {path: load_file(path) for path in sorted((folder / "integrations").glob("*.yaml"))}
    files = {entry["integration"]: path for path, entry in entries.items()}
    section = load_file(folder / "pack.yaml")["sources"]["sdist"]["section"]
    subject = Subject(SWITCH, section.replace("{integration}", "{}"))
    parents = {entry["integration"]: entry["parent"] for entry in entries.values() if "parent" in entry}
    notes: list[str] = []
    for series in sorted(found.sources, key=all_series.index):
        revision, source = found.sources[series]
        for integration, facts in _facts(source, series, revision, parents).items():
            path = files.get(integration)
            if path:
                text, told = update(path.read_text(encoding="utf-8"), facts, all_series, subject)
                write(path, text)
                notes += told
            elif facts.specifiers:
                files[integration] = folder / "integrations" / f"{integration}.yaml"
                write(files[integration], create(integration, facts, all_series, subject))
                notes.append(f"{integration}: new in {series}; look at the names of its distributions")
            else:
                notes.append(f"{integration}: {series} patches it and declares no versions, so it has no file yet")
        notes += _gone(files, source, series, all_series)
        _write_tag(folder / "tags.yaml", series, revision)
    return notes


def _facts(source: Source, series: str, revision: str, parents: Mapping[str, str]) -> dict[str, SeriesFacts]:
    defaults = dict(source.defaults)
    defaults |= {name: defaults[parent] for name, parent in parents.items() if parent in defaults}
    facts = {
        each.integration: SeriesFacts(series, revision, each.path, each.specifiers, defaults.get(each.integration, ""))
        for each in source.declared
    }
    for integration, default in defaults.items():
        facts.setdefault(integration, SeriesFacts(series, revision, "", (), default))
    return facts


def _gone(files: Mapping[str, Path], source: Source, series: str, all_series: Sequence[str]) -> list[str]:
    """Report the integrations that a series declares no more, while the one before it did."""
    before = all_series[all_series.index(series) - 1] if all_series.index(series) else ""
    there = {each.integration for each in source.declared} | {name for name, _ in source.defaults}
    notes = []
    for name in sorted(files.keys() - there):
        bases = load_file(files[name])["distributions"].values()
        if any(read(run["series"]).last == before for each in bases for run in (each or {}).get("declared", [])):
            notes.append(f"{name}: not declared in {series} any more; if it is gone, it needs a removal")
    return notes


def _write_tag(path: Path, series: str, revision: str) -> None:
    text = path.read_text(encoding="utf-8")
    if f'"{series}":' not in text:
        write(path, f'{text}  "{series}": "PyPI sdist {revision}"\n')


def _write_day(folder: Path, day: str) -> None:
    """Let the day of the data, and of what was read, be `day`, unless it is a later one already."""
    path = folder / "pack.yaml"
    text = path.read_text(encoding="utf-8")
    pack = load_file(path)
    text = text.replace(f'version: "{pack["version"]}"', f'version: "{max(pack["version"], day.replace("-", "."))}"', 1)
    for key in READ:
        known = pack["sources"].get(key, {}).get("retrieved", "")
        block = re.compile(rf'(?m)^(  {key}:\n(?:    .*\n)*?    retrieved: ")[^"]*')
        text = block.sub(rf"\g<1>{max(known, day)}", text, count=1)
    write(path, text)


def _texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))
    }


def changelog(text: str, refreshed: Refreshed, subject: str) -> str:
    """Return a changelog with a line about what is new, first under `Unreleased`."""
    news = (
        f"know {subject} {_and(refreshed.new)}" if refreshed.new else f"follow the index: {_files(refreshed.changed)}"
    )
    line = f"- The built-in rules {news}.\n"
    head = "## Unreleased\n\n"
    if head in text:
        return text.replace(head, head + line, 1)
    return re.sub(r"(?m)^(?=## )", f"{head}{line}\n", text, count=1)


def _files(changed: Sequence[str]) -> str:
    """Name the files, and count those of integrations."""
    named = [name for name in changed if "/" not in name]
    count = len(changed) - len(named)
    return ", ".join([*named, *([f"{count} of integrations"] if count else [])])


def _and(words: Sequence[str]) -> str:
    *head, last = words
    return f"{', '.join(head)} and {last}" if head else last


def main(arguments: Sequence[str] | None = None, index: Files | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pack", type=Path, default=ROOT / "rules" / "ddtrace")
    parser.add_argument("--as-of", default="", help="the day of the data when something changed, YYYY-MM-DD")
    parser.add_argument("--changelog", type=Path, help="add a line about what changed to this file")
    parser.add_argument("--forget", type=int, default=0, metavar="N", help="only take the N newest releases out")
    parser.add_argument("--summary", type=Path, help="write what changed, by integration, to this file")
    options = parser.parse_args(arguments)
    if options.forget:
        print("forgot " + ", ".join(forget(options.pack, options.forget)))
        return 0
    before = _texts(options.pack)
    refreshed = refresh(options.pack, index or Index(), options.as_of)
    print(f"new releases: {', '.join(refreshed.new) or 'none'}")
    print(f"changed files: {_files(refreshed.changed) or 'none'}")
    for note in refreshed.notes:
        print(f"look at {note}")
    if options.summary:
        write(options.summary, summary(before, _texts(options.pack), refreshed.new, refreshed.notes))
    if options.changelog and refreshed.changed:
        subject = load_file(options.pack / "pack.yaml")["subject"]
        text = options.changelog.read_text(encoding="utf-8")
        write(options.changelog, changelog(text, refreshed, subject))
    return 0


if __name__ == "__main__":
    sys.exit(main())
