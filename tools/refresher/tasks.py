"""What a refresh cannot know and a person has to decide: every fact that may not hold for a new release.

Nothing is dropped in silence. What was known up to the newest release of its day goes on as not confirmed, and stands
here with what confirms it. What a release announces itself, in calls, notes and pages, is quoted.
"""

from __future__ import annotations

import ast
import io
import re
import tarfile
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.refresher.files import load, load_file
from tools.refresher.releases import series_of
from tools.refresher.settings import read_document
from tools.refresher.settings_source import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from tools.refresher.look import Found

_LONGEST = 300
_NOTES = re.compile(r"[^/]+/releasenotes/notes/[^/]+\.yaml")
_PAGES = re.compile(r"[^/]+/docs/(?:versioning|installation_quickstart|index)\.rst")
_LEVEL = re.compile(r"(?i)\b(?:end[- ]of[- ]life|maintenance|general availability)\b")
_SETTING = re.compile(r"_?(?:DD|DATADOG|OTEL)_\w+")
_SECTIONS = ("upgrade", "deprecations")


class Announced(NamedTuple):
    """What a source distribution says about itself."""

    calls: dict[str, str]
    """Text of each call of `deprecate`, and the release in which what it is about ends; empty where none is named."""
    notes: dict[str, tuple[str, ...]]
    """The paragraphs of its release notes, by section."""
    levels: tuple[str, ...]
    """The lines of its pages that name a support level."""

    def joined(self, new: Announced) -> Announced:
        """Return what this one or another one says."""
        sections = dict.fromkeys((*self.notes, *new.notes))
        notes = {each: (*self.notes.get(each, ()), *new.notes.get(each, ())) for each in sections}
        return Announced(self.calls | new.calls, notes, (*self.levels, *new.levels))


def tasks(folder: Path, found: Found, before: Mapping[str, str]) -> Iterator[str]:
    """Yield what a person has to decide after a refresh; `before` has the texts of the files as they were."""
    if not found.new:
        return
    known = [release.version for release in found.releases if release not in found.new]
    all_series = list(dict.fromkeys(map(series_of, known)))
    fresh = [series for series in found.sources if series not in all_series]
    yield from _without_level(folder, [release.version for release in found.new])
    yield from _unconfirmed(folder, [release.version for release in found.new])
    if fresh and all_series:
        yield from _ended(folder, all_series[-1], fresh[-1])
    said = announced(found.previous) if found.previous else Announced({}, {}, ())
    if "variables.yaml" in before and all_series:
        yield from _settings(folder, found.contents, before["variables.yaml"], all_series)
    for version, content in found.contents.items():
        new = announced(content)
        yield from _quoted(version, new, said)
        said = said.joined(new)


def announced(content: bytes) -> Announced:
    """Read what a source distribution announces, without running it."""
    calls: dict[str, str] = {}
    notes: dict[str, list[str]] = {}
    levels: list[str] = []
    with tarfile.open(fileobj=io.BytesIO(content)) as sdist:
        for member in sorted(sdist.getmembers(), key=lambda each: each.name):
            is_code = member.name.endswith(".py") and "/contrib/" not in member.name.removesuffix("patch.py")
            is_read = member.isfile() and (is_code or _NOTES.fullmatch(member.name) or _PAGES.fullmatch(member.name))
            file = sdist.extractfile(member) if is_read else None
            if file is None:
                continue
            raw = file.read()
            if is_code:
                calls |= _calls(raw) if b"deprecate(" in raw else {}
            elif member.name.endswith(".yaml"):
                for section, texts in _sections(raw):
                    notes.setdefault(section, []).extend(texts)
            else:
                lines = raw.decode("utf-8", "replace").splitlines()
                levels += [" ".join(line.split()) for line in lines if _LEVEL.search(line)]
    return Announced(calls, {section: tuple(texts) for section, texts in notes.items()}, tuple(levels))


def _calls(raw: bytes) -> dict[str, str]:
    try:
        tree = ast.parse(raw)
    except (SyntaxError, ValueError):
        return {}
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "deprecate":
            ends = [each.value for each in node.keywords if each.arg == "removal_version"]
            if node.args:
                found[_text(node.args[0])] = _text(ends[0]) if ends else ""
    return found


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ast.unparse(node)


def _sections(raw: bytes) -> Iterator[tuple[str, list[str]]]:
    note = load(raw.decode("utf-8", "replace")) or {}
    for section in _SECTIONS:
        texts = note.get(section) or [] if isinstance(note, dict) else []
        yield section, [" ".join(str(each).split()) for each in texts]


def _without_level(folder: Path, new: Sequence[str]) -> Iterator[str]:
    """Yield the new releases that no support level holds for."""
    from packaging.specifiers import SpecifierSet

    levels = [SpecifierSet(row["releases"].replace("*", "")) for row in _rows(folder).get("levels", ())]
    for version in new:
        if levels and not any(each.contains(version) for each in levels):
            yield f"levels.yaml: no level holds for the release `{version}`"


def _unconfirmed(folder: Path, new: Sequence[str]) -> Iterator[str]:
    """Yield the rows that rest on runs and end before a new release."""
    from ddlint.pack.install_rows import BadPair
    from ddlint.pack.loader import load as load_pack
    from ddlint.pack.support_rows import Observation

    pack = load_pack(folder)
    newest = pack.releases[-1].version
    command = "python tools/observe.py --integration {} --release {}"
    for row in pack.rows(BadPair):
        if row.unconfirmed in new:
            integrations = dict.fromkeys(each.integration for each in pack.support(row.distribution))
            names = " --integration ".join(integrations) or row.distribution
            yield (
                f"{row.distribution}: {row.versions or 'its absence'} was seen to break up to {row.releases[-1][1]};"
                f" from {row.unconfirmed} on it is not confirmed: `{command.format(names, newest)}`"
            )
    before = {series_of(version) for version in new} - {series_of(each.version) for each in pack.releases[: -len(new)]}
    for row in pack.rows(Observation) if before else ():
        ends = pack.position(row.last)
        if ends + 1 < len(pack.all_series) and pack.all_series[ends + 1] in before:
            yield (
                f"{row.distribution}: {row.specifier or 'every version'} was observed ({row.effect}) up to {row.last};"
                f" later series are not confirmed: `{command.format(row.integration, newest)}`"
            )


def _ended(folder: Path, last: str, series: str) -> Iterator[str]:
    """Yield how many integrations have no tested or documented versions for a new series."""
    for basis in ("tested", "documented"):
        names = []
        for path in sorted((folder / "integrations").glob("*.yaml")):
            entry = load_file(path)
            runs = [
                str(row["series"]) for rows in entry["distributions"].values() for row in (rows or {}).get(basis, ())
            ]
            if runs and not any(run.endswith("+") or run.partition("-")[2] == series or run == series for run in runs):
                names.append(entry["integration"])
        if names:
            yield (
                f"{len(names)} integrations have no {basis} versions for {series}, as some had none for {last}: read"
                " them from the repository of that tag, or run `python tools/observe.py --newest`"
            )


def _settings(folder: Path, contents: Mapping[str, bytes], before: str, all_series: Sequence[str]) -> Iterator[str]:
    """Yield the variables that a release does not read any more, or announces to end, and that no row is about.

    Of several releases that say the same the first one is named. What begins with `_` is for the tests of the subject.
    """
    subject = load_file(folder / "pack.yaml")["subject"].replace("-", "_")
    rows = _rows(folder)
    ended = {row["variable"] for row in rows.get("removed_settings", ())}
    ended |= {name for row in rows.get("removed_settings", ()) for name in row.get("names", ())}
    told = {row["variable"] for row in rows.get("deprecated_settings", ())} | ended
    facts = read_document(load(before), all_series).facts
    known = sorted(name for name, by_series in facts.items() if all_series[-1] in by_series and name not in ended)
    tasks: dict[tuple[str, str], str] = {}
    for version, content in contents.items():
        settings = read_settings(content, subject)
        for name in known:
            if name not in settings.names:
                task = f"{version} does not read it any more; if that is meant, it needs a row in `removed_settings`"
                tasks.setdefault(("gone", name), task)
        for name, announcement in sorted(settings.announced.items()):
            if name not in told:
                ends = f" in {announcement.removed_in}" if announcement.removed_in else ""
                task = f'{version} announces its end{ends}: "{_short(announcement.text)}"'
                tasks.setdefault(("announced", name), task)
        for name in sorted(settings.deprecated - set(settings.announced) - told):
            tasks.setdefault(("deprecated", name), f"the registry of {version} calls it deprecated, and no row does")
    yield from (f"{name}: {task}" for (_, name), task in tasks.items() if not name.startswith("_"))


def _rows(folder: Path) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for topic, value in load_file(path).items():
            if isinstance(value, list):
                rows.setdefault(topic, []).extend(value)
    return rows


def _quoted(version: str, new: Announced, old: Announced) -> Iterator[str]:
    """Yield what a release says of itself and those before it did not."""
    for text, ends in new.calls.items():
        is_of_setting = _SETTING.search(text) if ends else _SETTING.fullmatch(text)  # which is a task of its own
        if text not in old.calls and not is_of_setting:
            yield f'{version} announces the end of something{f" in {ends}" if ends else ""}: "{_short(text)}"'
    for section, texts in new.notes.items():
        for text in texts:
            if text not in old.notes.get(section, ()):
                yield f'{version}, release notes, {section}: "{_short(text)}"'
    for text in new.levels:
        if text not in old.levels:
            yield f'{version} says of support levels: "{_short(text)}"'


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3].rstrip()}..."
