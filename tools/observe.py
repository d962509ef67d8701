"""Run releases of ddtrace with versions of libraries, and record which are traced, refused or break.

    python tools/observe.py                                  every integration, on the newest release of each major
    python tools/observe.py --integration flask              one integration
    python tools/observe.py --release 4.16.0 --python 3.13   every integration on one release and one Python
    python tools/observe.py --newest                         the newest version of each library alone
    python tools/observe.py --write                          what was seen becomes rows of the rules
    python tools/observe.py --report                         what was seen, and what says something else

Without `--python`, a release runs on the oldest and the newest Python it supports, as far as uv finds them. Every pair
gets an environment of its own, made by uv from wheels and removed afterwards. A control run without the tracer decides
what is the library's own fault. Each pair has a record below `--cache`, so that a run goes on where it was stopped and
nothing is run twice. Nothing is sent: there is no Agent, and spans are dropped in the process.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.observer import steps  # noqa: E402  the checkout is on the path only now
from tools.observer.environments import Limits, has_python  # noqa: E402  as above
from tools.observer.records import Records  # noqa: E402  as above
from tools.observer.report import report, said_by_ddlint, stated_ranges  # noqa: E402  as above
from tools.observer.rows import failures, known_pairs, write  # noqa: E402  as above
from tools.observer.targets import KeptIndex, ends_of, files_of, newest_of_majors, targets  # noqa: E402  as above

CACHE = Path.home() / ".cache" / "ddlint" / "observations"
_CHEAP = 12
"""Seconds of a pair up to which an integration runs in all ways before the others begin."""
TOO_LARGE = frozenset({"pytorch", "vllm"})
"""Integrations whose libraries take gigabytes; they run only where they are named."""


def main(words: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--integration", action="append", default=[], help="only this one; may be repeated")
    parser.add_argument("--release", action="append", default=[], help="default: the newest of the last three majors")
    parser.add_argument("--python", action="append", default=[], help="default: the ends of what a release supports")
    parser.add_argument("--newest", action="store_true", help="the newest version of each library alone")
    parser.add_argument("--unknown", action="store_true", help="with --newest: only pairs that are no rows yet")
    parser.add_argument("--most", type=int, default=12, help="versions of one library at most (default: 12)")
    parser.add_argument("--jobs", type=int, default=1, help="pairs at the same time (default: 1)")
    parser.add_argument("--pack", type=Path, default=ROOT / "rules" / "ddtrace", help="the folder of the rules")
    parser.add_argument("--cache", type=Path, default=CACHE, help=f"the folder of the records (default: {CACHE})")
    parser.add_argument("--write", action="store_true", help="run nothing, write what was seen into the rules")
    parser.add_argument("--report", action="store_true", help="run nothing, print what was seen")
    options = parser.parse_args(words)
    records = Records(options.cache / "records")
    if options.report:
        print("\n".join(report(records, said_by_ddlint, stated_ranges)))
        return 0
    if options.write:
        changed = write(options.pack, records.every())
        print("\n".join([f"changed integrations: {len(changed)}", *failures(options.pack, changed)]))
        return 0
    newest = list(reversed(newest_of_majors(options.pack)))
    releases = [newest[0] if release == "newest" else release for release in options.release] or newest
    if missing := [python for python in options.python if not has_python(python)]:
        raise SystemExit(f"uv finds no Python {', '.join(missing)}; install it, or put it on the PATH")
    runs = {release: options.python or ends_of(release, has_python) for release in releases}
    day = datetime.now(UTC).date().isoformat()
    known = known_pairs(options.pack) if options.unknown else frozenset()
    observer = steps.Observer(options.cache, day, runs, known, Limits())
    index = KeptIndex(options.cache / "index", day)
    found = {
        target: files_of(index, target.distribution)
        for target in targets(options.pack, options.integration)
        if target.integration not in TOO_LARGE or options.integration
    }
    cost = {target: records.cost(target.integration) for target in found}
    cheap = sorted((target for target in found if cost[target] <= _CHEAP), key=lambda each: cost[each])
    dear = sorted((target for target in found if cost[target] > _CHEAP), key=lambda each: cost[each])
    pythons = sorted({python for some in runs.values() for python in some}, key=Version, reverse=True)
    plan = [(step, python) for step in (steps.newest, steps.edges, steps.boundaries) for python in pythons]
    with ThreadPoolExecutor(options.jobs) as pool:
        done = [
            pool.submit(step, observer, target, found[target], python, options.most)
            for some in (cheap, dear)
            for step, python in plan
            for target in some
            if step is steps.newest or not options.newest
        ]
        for each in done:
            each.result()
    observer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
