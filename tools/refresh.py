"""Bring the built-in pack up to date: releases, Requires-Python, wheels, requirements, declared specifiers, defaults.

python tools/refresh.py [--pack rules/ddtrace] [--as-of DATE] [--changelog CHANGELOG.md] [--forget N]

It reads the package index that pip is configured for, and of releases that the pack does not know the source
distributions. What a person wrote stays. A run with nothing new changes not one byte; what needs a decision is printed.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.refresher.declared import Source, read_sdist  # noqa: E402  the checkout is on the path only now
from tools.refresher.files import load_file, write  # noqa: E402  as above
from tools.refresher.forget import forget, known_releases  # noqa: E402  as above
from tools.refresher.index import Index  # noqa: E402  as above
from tools.refresher.integrations import LineFacts, Subject, create, update  # noqa: E402  as above
from tools.refresher.releases import (  # noqa: E402  as above
    Release,
    floors_of,
    line_of,
    releases,
    render_releases,
    render_wheels,
)
from tools.refresher.requirements import is_complete, metadata_of, render, requirements  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SUBJECT = Subject(switch="DD_TRACE_{}_ENABLED", path="ddtrace/contrib/internal/{}/patch.py")


class Refreshed(NamedTuple):
    """What a run found."""

    new: tuple[str, ...]
    """Versions the pack did not know."""
    changed: tuple[str, ...]
    """Names of the files that changed."""
    notes: tuple[str, ...]
    """What a person has to decide."""


def refresh(folder: Path, index: Index, as_of: str = "") -> Refreshed:
    """Bring the pack in `folder` up to date."""
    before = _texts(folder)
    subject = load_file(folder / "pack.yaml")["subject"]
    days = {release.version: release.released for release in known_releases(folder)}
    found = releases(index.files(subject), days)
    if not found:
        raise SystemExit(f"the configured index lists no release of {subject}")
    order = [release.version for release in found]
    new = [release for release in found if release.version not in days]
    notes = [f"{version} is gone from the index" for version in days if version not in order]
    write(folder / "releases.yaml", render_releases(found))
    write(folder / "wheels.yaml", render_wheels(floors_of(found), order, subject))
    contents = {release.version: index.fetch(release.sdist) for release in new if release.sdist}
    _write_requirements(folder, index, new, contents, order)
    notes += _write_integrations(folder, new, contents, order)
    changed = [name for name, text in _texts(folder).items() if before.get(name) != text]
    if changed:
        _write_version(folder, as_of or max(release.released for release in found))
    return Refreshed(tuple(release.version for release in new), tuple(changed), tuple(notes))


def _write_requirements(
    folder: Path, index: Index, new: Sequence[Release], contents: dict[str, bytes], order: Sequence[str]
) -> None:
    required = {}
    for release in new:
        metadata = metadata_of(".tar.gz", contents[release.version]) if release.version in contents else ""
        if not is_complete(metadata) and release.wheels:
            wheel = release.wheels[0]
            metadata = metadata_of(wheel.name, index.fetch(wheel))
        required[release.version] = requirements(metadata)
    known = load_file(folder / "requirements.yaml")["requirements"]["distributions"]
    write(folder / "requirements.yaml", render(known, order, required))


def _write_integrations(
    folder: Path, new: Sequence[Release], contents: dict[str, bytes], order: Sequence[str]
) -> list[str]:
    """Read the newest source distribution of every line with a new release, oldest line first."""
    lines = list(dict.fromkeys(map(line_of, order)))
    newest = {line_of(release.version): release.version for release in new if release.version in contents}
    entries = {path: load_file(path) for path in sorted((folder / "integrations").glob("*.yaml"))}
    files = {entry["integration"]: path for path, entry in entries.items()}
    parents = {entry["integration"]: entry["parent"] for entry in entries.values() if "parent" in entry}
    notes: list[str] = []
    for line in sorted(newest, key=lines.index):
        source = read_sdist(contents[newest[line]])
        for integration, facts in _facts(source, line, newest[line], parents).items():
            path = files.setdefault(integration, folder / "integrations" / f"{integration}.yaml")
            if path.exists():
                text, told = update(path.read_text(encoding="utf-8"), facts, lines, SUBJECT)
                write(path, text)
                notes += told
            else:
                write(path, create(integration, facts, lines, SUBJECT))
                notes.append(f"{integration}: new in {line}; look at the names of its distributions")
        notes += _gone(folder, source, line, lines)
        _write_tag(folder / "tags.yaml", line, newest[line])
    return notes


def _facts(source: Source, line: str, revision: str, parents: Mapping[str, str]) -> dict[str, LineFacts]:
    defaults = dict(source.defaults)
    defaults |= {name: defaults[parent] for name, parent in parents.items() if parent in defaults}
    facts = {
        each.integration: LineFacts(line, revision, each.path, each.specifiers, defaults.get(each.integration, ""))
        for each in source.declared
    }
    for integration, default in defaults.items():
        facts.setdefault(integration, LineFacts(line, revision, "", (), default))
    return facts


def _gone(folder: Path, source: Source, line: str, lines: Sequence[str]) -> list[str]:
    """Note the integrations whose rows end just before a line that has none of them."""
    before = lines[lines.index(line) - 1] if lines.index(line) else ""
    there = {each.integration for each in source.declared}
    notes = []
    for path in sorted((folder / "integrations").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        declared = re.findall(r'    declared:\n(?: +- .*\n)*? +- \{lines: "(?:[^"]*-)?([\d.]+)"', text)
        name = load_file(path)["integration"]
        if before in declared and name not in there:
            notes.append(f"{name}: not declared in {line} any more; if it is gone, it needs a removal")
    return notes


def _write_tag(path: Path, line: str, revision: str) -> None:
    text = path.read_text(encoding="utf-8")
    if f'"{line}":' not in text:
        write(path, f'{text}  "{line}": "PyPI sdist {revision}"\n')


def _write_version(folder: Path, day: str) -> None:
    """Let the day of the data be `day`, unless it is a later one already."""
    path = folder / "pack.yaml"
    text = path.read_text(encoding="utf-8")
    known = str(load_file(path)["version"])
    write(path, text.replace(f'version: "{known}"', f'version: "{max(known, day.replace("-", "."))}"', 1))


def _texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))
    }


def changelog_line(text: str, new: Sequence[str], subject: str) -> str:
    """Give a changelog with a line about the new releases, first in its topmost section."""
    line = f"- The built-in rules know {subject} {', '.join(new)}."
    return re.sub(r"(?m)^(## .*\n(?:\n?### .*\n)?\n?)", lambda found: f"{found[1]}{line}\n", text, count=1)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pack", type=Path, default=ROOT / "rules" / "ddtrace")
    parser.add_argument("--as-of", default="", help="the day of the data when something changed, YYYY-MM-DD")
    parser.add_argument("--changelog", type=Path, help="add a line about new releases to this file")
    parser.add_argument("--forget", type=int, default=0, metavar="N", help="only take the N newest releases out")
    options = parser.parse_args(arguments)
    if options.forget:
        print("forgot " + ", ".join(forget(options.pack, options.forget)))
        return 0
    found = refresh(options.pack, Index(), options.as_of)
    print(f"new releases: {', '.join(found.new) or 'none'}")
    print(f"changed files: {', '.join(found.changed) or 'none'}")
    for note in found.notes:
        print(f"look at {note}")
    if options.changelog and found.new:
        subject = load_file(options.pack / "pack.yaml")["subject"]
        text = options.changelog.read_text(encoding="utf-8")
        write(options.changelog, changelog_line(text, found.new, subject))
    return 0


if __name__ == "__main__":
    sys.exit(main())
