"""Print cells of the explorer with the engine's own answers, for the test that compares both.

    python -m tools.site.explorer_cells [COUNT SEED]

The versions are bounds of the rules, versions close to them, and versions that no rule names.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from ddlint.checks.common.wheels import wheels_of  # noqa: E402  the checkout is on the path only now
from ddlint.pack.install_rows import Wheel  # noqa: E402  as above
from ddlint.pack.loader import builtin  # noqa: E402  as above
from ddlint.pack.releases import release_index, supported_pythons  # noqa: E402  as above
from ddlint.pack.support import SupportStatus, applicable_rows, evaluate  # noqa: E402  as above
from tools.site.explorer_data import answer, bounds, dependency  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.pack.pack import Pack


def cells(pack: Pack, count: int, random: Random) -> Iterator[dict[str, Any]]:
    """Yield cells: a library, one of its versions, a series, a Python and a platform, with what the engine says."""
    platforms = ["", *sorted({row.platform for row in pack.rows(Wheel)})]
    pythons = ["", *pack.pythons]
    for _ in range(count):
        name = random.choice(pack.distributions)
        series = random.choice(_known(pack, name) if random.random() < 0.8 else pack.all_series)
        version, python, platform = _version(pack, name, random), random.choice(pythons), random.choice(platforms)
        release = release_index(pack).newest_of[series].version
        whole = evaluate(pack, dependency(name, f"=={'.'.join(version.split('.')[:2])}.*"), release, series)
        yield {
            "library": name,
            "version": version,
            "series": series,
            "python": python,
            "platform": platform,
            "answer": answer(pack, name, version, series),
            "is_whole_supported": whole.status is SupportStatus.SUPPORTED,
            "installs": _installs(pack, release, python, platform),
        }


def _known(pack: Pack, name: str) -> tuple[str, ...]:
    """Return the series in which something is known of a library; all where that is none."""
    newest = release_index(pack).newest_of
    known = (each for each in pack.all_series if not applicable_rows(pack, name, newest[each].version, each).is_silent)
    return tuple(known) or pack.all_series


def _version(pack: Pack, name: str, random: Random) -> str:
    """Return a version of three numbers or more."""
    points = bounds(pack, name)
    if not points or random.random() < 0.2:
        return ".".join(str(random.randrange(top)) for top in (6, 20, 9))
    numbers = [*random.choice(points).release, 0, 0][:3]
    place = random.randrange(3)
    numbers[place] = max(0, numbers[place] + random.choice((-1, 0, 0, 1)))
    return ".".join(map(str, numbers))


def _installs(pack: Pack, release: str, python: str, platform: str) -> bool:
    """Return whether a release supports a Python (some, if it is empty), with a wheel where a platform is asked for."""
    for each in supported_pythons(pack, release):
        wheels = wheels_of(pack, release, each)
        has_wheel = not platform or wheels is None or any(row.platform == platform for row in wheels)
        if python in ("", each) and has_wheel:
            return True
    return False


if __name__ == "__main__":
    count, seed = (int(word) for word in (sys.argv[1:] or ("500", "16")))
    print(json.dumps(list(cells(builtin(), count, Random(seed)))))
