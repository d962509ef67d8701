"""Compare the settings of the built-in pack with the code of the releases, or write them from it.

python tools/settings_registry.py [--pack rules/ddtrace] [--cache DIR] [--write] [--removed] [--line 4.16 ...]

Without an option it counts, for the newest release of each series, the variables that its code reads and those that the
pack says it reads, and names every difference. `--write` writes `variables.yaml` from the code. `--removed` verifies
each row of `removed_settings`: the release before reads the variable, the release that the row names does not, and
neither does the newest; the release of the row reads the successor. Of a row about a value or a part of one, the code
around that is another one than before. Source distributions are fetched from the index
that pip is configured for, kept in `--cache`, and read by their syntax trees: nothing of them is run.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
import tarfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.refresher.files import load, load_file, write  # noqa: E402  the checkout is on the path only now
from tools.refresher.index import Index  # noqa: E402  as above
from tools.refresher.releases import releases, series_of  # noqa: E402  as above
from tools.refresher.settings import read_document, render, with_series  # noqa: E402  as above
from tools.refresher.settings_source import Settings, read_settings  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tools.refresher.index import File
    from tools.refresher.look import Files
    from tools.refresher.releases import Release

FILE = "variables.yaml"
_MODULE = re.compile(r"^[^/]+/ddtrace/(?!vendor/|contrib/).*\.py$")
_SIMPLE = (ast.If, ast.Assign, ast.AnnAssign, ast.Expr, ast.Return, ast.For)
"""The statements around a value that are small enough to compare."""


class Sources:
    """The source distributions of an index, kept in a folder."""

    def __init__(self, subject: str, index: Files, cache: Path | None) -> None:
        self._index, self._cache = index, cache
        listed = releases(index.files(subject), {})
        self.releases: dict[str, Release] = {each.version: each for each in listed if each.sdist and not each.is_yanked}

    def newest(self) -> dict[str, str]:
        """Give the newest release of each series that has a source distribution, oldest series first."""
        return {series_of(version): version for version in self.releases}

    def read(self, versions: Iterable[str]) -> dict[str, Settings]:
        """Read several releases, in as many processes as there are processors."""
        wanted = list(dict.fromkeys(versions))
        with ProcessPoolExecutor() as pool:
            contents = (self.content(version) for version in wanted)
            return dict(zip(wanted, pool.map(read_settings, contents), strict=True))

    def content(self, version: str) -> bytes:
        file: File | None = self.releases[version].sdist
        if file is None:
            raise SystemExit(f"{version} has no source distribution")
        kept = self._cache / file.name if self._cache else None
        if kept and kept.exists():
            return kept.read_bytes()
        content = self._index.fetch(file)
        if kept:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(content)
        return content


def compare(
    document: Mapping[str, Any], order: Sequence[str], found: Mapping[str, tuple[str, Settings]]
) -> Iterator[str]:
    """Give a line for each series: what its code reads, what its own registry lists, what the pack says."""
    facts = read_document(document, order).facts
    for series, (version, settings) in found.items():
        code, pack = settings.names.keys(), {name for name, all_series in facts.items() if series in all_series}
        text = f"{series:>5} {version:<9} {len(code):>5} read, {len(pack):>5} in the pack"
        if settings.listed:
            unread = len(settings.listed - code)
            text += f", {len(settings.listed):>4} in its registry, of which nothing reads {unread}"
        yield text
        yield from (f"      missing in the pack: {name}" for name in sorted(code - pack))
        yield from (f"      only in the pack: {name}" for name in sorted(pack - code))


def verify_removed(rows: Iterable[Mapping[str, Any]], sources: Sources) -> Iterator[tuple[bool, str]]:
    """Give whether each row holds, with what the code says."""
    versions = list(sources.releases)
    named = [(name, row) for row in rows if not row.get("value") and not row.get("part") for name in _names(row)]
    wanted = {row["version"]: versions[versions.index(row["version"]) - 1] for _, row in named}
    read = sources.read([*wanted, *wanted.values(), versions[-1]])
    newest = read[versions[-1]].names
    for name, row in named:
        before, after = read[wanted[row["version"]]].names, read[row["version"]].names
        is_unused = name in row.get("unused", ())
        problems = [] if name in before else [f"{wanted[row['version']]} does not read it"]
        problems += [f"{row['version']} reads it"] if name in after and not is_unused else []
        problems += [f"{versions[-1]} reads it"] if name in newest and not is_unused else []
        successor = row.get("successor", "").partition("=")[0]
        if successor.startswith("DD_") and " " not in successor and successor not in after:
            problems.append(f"{row['version']} does not read the successor {successor}")
        yield not problems, f"{name} {row['version']}: {'; '.join(problems) or 'verified'}"


def verify_values(rows: Iterable[Mapping[str, Any]], sources: Sources) -> Iterator[tuple[bool, str]]:
    """Give whether the code around the value of each row that is about a value differs from the release before."""
    versions = list(sources.releases)
    for row in rows:
        value = row.get("value") or row.get("part")
        if value:
            last = versions[versions.index(row["version"]) - 1]
            before, after = (
                uses(sources.content(version), row["variable"], value) for version in (last, row["version"])
            )
            gone = sorted(before - after)
            said = f"verified: {gone[0].splitlines()[0]}" if gone else "the code around it is the same as before"
            yield bool(gone), f"{row['variable']}={value} {row['version']}: {said}"


def uses(content: bytes, variable: str, value: str) -> frozenset[str]:
    """Return the statements of a source distribution that have a value as a text, in modules about settings."""
    found: set[str] = set()
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            file = archive.extractfile(member) if _MODULE.search(member.name) else None
            text = file.read().decode("utf-8", "replace") if file else ""
            if value in text and (variable in text or "config" in member.name):
                tree = ast.parse(text)
                found.update(
                    ast.unparse(node) for node in ast.walk(tree) if isinstance(node, _SIMPLE) and _has(node, value)
                )
    return frozenset(found)


def _has(node: ast.AST, value: str) -> bool:
    texts = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))
    return any(text == value or (len(value) == 1 and value in text and " " not in text) for text in texts)


def _names(row: Mapping[str, Any]) -> list[str]:
    names: list[str] = row.get("names", [row["variable"]])
    return names


def main(arguments: Sequence[str] | None = None, index: Files | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pack", type=Path, default=ROOT / "rules" / "ddtrace")
    parser.add_argument("--cache", type=Path, help="a folder that keeps the source distributions")
    parser.add_argument("--series", action="append", help="only this series; may be repeated")
    parser.add_argument("--write", action="store_true", help=f"write {FILE} from the code")
    parser.add_argument("--removed", action="store_true", help="verify the rows of removed settings")
    options = parser.parse_args(arguments)
    sources = Sources(load_file(options.pack / "pack.yaml")["subject"], index or Index(), options.cache)
    if options.removed:
        rows = load_file(options.pack / "settings.yaml")["removed_settings"]
        results = [*verify_removed(rows, sources), *verify_values(rows, sources)]
        print("\n".join(text for _, text in results))
        return 0 if all(is_so for is_so, _ in results) else 1
    order = [group["series"] for group in load_file(options.pack / "releases.yaml")["releases"]["groups"]]
    order = list(dict.fromkeys(order))
    newest = {
        series: version
        for series, version in sources.newest().items()
        if not options.series or series in options.series
    }
    read = sources.read(newest.values())
    found = {series: (version, read[version]) for series, version in newest.items()}
    path = options.pack / FILE
    if options.write:
        old = path.read_text(encoding="utf-8")
        document = read_document(load(old), order)
        for series, (_, settings) in found.items():
            document = document._replace(facts=with_series(document.facts, series, settings))
        write(path, render(document, order, old))
    told = list(compare(load_file(path), order, found))
    print("\n".join(told))
    return 1 if any(text.startswith("      ") for text in told) else 0


if __name__ == "__main__":
    sys.exit(main())
