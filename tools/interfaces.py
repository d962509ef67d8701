"""Verify the interfaces of the built-in pack in the code of the releases.

python tools/interfaces.py [--pack rules/ddtrace] [--cache DIR] [--announced]

Of a row with `version`, the release before has each name, that release does not, and neither does the newest; of a row
without one, the newest release still has each name. A successor that is a name exists. The release of `deprecated_in`
has the names too. `--announced` prints the warnings of the newest release that name a release to come, to compare with
the rows. Source distributions are fetched from the index that pip is configured for, kept in `--cache`, and read by
their syntax trees: nothing of them is run.
"""

from __future__ import annotations

import argparse
import re
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.refresher.files import load_file  # noqa: E402  the checkout is on the path only now
from tools.refresher.index import Index  # noqa: E402  as above
from tools.refresher.interfaces_source import Interfaces  # noqa: E402  as above
from tools.settings_registry import Sources  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tools.refresher.look import Files

FILE = "interfaces.yaml"
_DOTTED = re.compile(r"[a-z]\w*(\.\w+){2,}|[a-z]\w*\.[a-z]\w*")
"""A successor that is a name to import, and not words."""


def verify(rows: Sequence[Mapping[str, Any]], releases: Sequence[str], read: Callable[[str], Interfaces]) -> list[str]:
    """Return what the code of the releases contradicts."""
    newest = releases[-1]
    wrong = []
    for row in rows:
        for name in row["names"]:
            for release, is_there in _expected(row, releases, newest):
                if read(release).has(name) is not is_there:
                    wrong.append(f"{name}: {release} {'does not have it' if is_there else 'still has it'}")
        successor = row.get("successor", "")
        if _DOTTED.fullmatch(successor) and not read(row.get("version", newest)).has(successor):
            wrong.append(f"{row['names'][0]}: its successor {successor} is not there")
    return wrong


def _expected(row: Mapping[str, Any], releases: Sequence[str], newest: str) -> Iterator[tuple[str, bool]]:
    """Yield releases, and whether they have the names of a row."""
    version = row.get("version")
    if version:
        before = [each for each in releases if Version(each) < Version(version)]
        yield from ((before[-1], True), (version, False), (newest, False))
    else:
        yield newest, True
    if "deprecated_in" in row:
        yield row["deprecated_in"], True


def main(arguments: Sequence[str] | None = None, index: Files | None = None) -> int:
    """Print what is wrong; exit with 1 where anything is."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pack", type=Path, default=ROOT / "rules" / "ddtrace")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--announced", action="store_true")
    options = parser.parse_args(arguments)
    subject = load_file(options.pack / "pack.yaml")["subject"]
    sources = Sources(subject, index or Index(), options.cache)
    releases = sorted(sources.releases, key=Version)
    read = cache(lambda version: Interfaces(sources.content(version), subject))
    rows = load_file(options.pack / FILE)["interfaces"]
    wrong = verify(rows, releases, read)
    print("\n".join([*wrong, f"{sum(len(row['names']) for row in rows)} names, {len(wrong)} differences"]))
    if options.announced:
        print("\n".join(read(releases[-1]).announced(releases[-1])))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
