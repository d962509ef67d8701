"""Run releases of ddtrace with versions of libraries, and record which are traced, refused or break.

    python tools/observe.py --integration flask              one integration on the newest release of each major
    python tools/observe.py --release 4.16.0 --python 3.13   every integration on one release and one Python
    python tools/observe.py --newest                         the newest version of each library alone
    python tools/observe.py --report                         what was seen, and where the rules say something else

Every pair gets an environment of its own, made by uv from wheels and removed afterwards. A control run without the
tracer decides what is the library's own fault. Each pair has a record below `--cache`, so that a run goes on where it
was stopped and nothing is run twice. Nothing is sent: there is no Agent, and spans are dropped in the process.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: E402  the checkout is on the path only now
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename  # noqa: E402  as above
from packaging.version import Version  # noqa: E402  as above

from tools.observer.boundaries import find  # noqa: E402  as above
from tools.observer.environments import Limits, observe, require_python  # noqa: E402  as above
from tools.observer.outcome import Observed, Outcome, Trial  # noqa: E402  as above
from tools.refresher.files import load_file  # noqa: E402  as above
from tools.refresher.index import Index  # noqa: E402  as above

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tools.refresher.index import File

CACHE = Path.home() / ".cache" / "ddlint" / "observations"
PYTHONS = ("3.10", "3.13")


class Target(NamedTuple):
    """A distribution of an integration."""

    integration: str
    distribution: str
    switch: str
    """The variable that switches it on or off; empty where there is none."""


class Records:
    """What was seen, a file for each pair."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, trial: Trial) -> Observed | None:
        """Return what was seen of a pair; `None` where it was never run."""
        path = self._path(trial)
        return Observed.read(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None

    def put(self, observed: Observed) -> None:
        """Keep a record. The file is complete or not there."""
        path = self._path(observed.trial)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(observed.record(), indent=1), encoding="utf-8")
        fresh.replace(path)

    def every(self) -> Iterator[Observed]:
        """Yield all records, sorted by path."""
        for path in sorted(self._folder.glob("*/*.json")):
            yield Observed.read(json.loads(path.read_text(encoding="utf-8")))

    def _path(self, trial: Trial) -> Path:
        return self._folder / trial.integration / f"{trial.key}.json"


def targets(pack: Path, wanted: Sequence[str]) -> Iterator[Target]:
    """Yield the distributions of the integrations of a pack; only those of `wanted` where some are."""
    for path in sorted((pack / "integrations").glob("*.yaml")):
        entry = load_file(path)
        if not wanted or entry["integration"] in wanted:
            for distribution in entry.get("distributions") or {}:
                yield Target(entry["integration"], distribution, entry.get("switch", ""))


def newest_of_majors(pack: Path, most: int = 3) -> list[str]:
    """Return the newest release of each of the newest majors, ascending."""
    groups = load_file(pack / "releases.yaml")["releases"]["groups"]
    last: dict[int, Version] = {}
    for group in groups:
        for version in group["released"]:
            parsed = Version(str(version))
            last[parsed.major] = max(last.get(parsed.major, parsed), parsed)
    return [str(last[major]) for major in sorted(last)[-most:]]


def installable(files: Sequence[File], python: str) -> list[str]:
    """Return the final versions with a wheel for a Python on this platform, ascending."""
    found: set[Version] = set()
    for file in files:
        try:
            _, version, _, tags = parse_wheel_filename(file.name)
            fits = not file.requires_python or SpecifierSet(file.requires_python).contains(f"{python}.99")
        except (InvalidWheelFilename, InvalidSpecifier):
            continue
        if fits and not file.is_yanked and not version.is_prerelease and any(_runs(tag, python) for tag in tags):
            found.add(version)
    return [str(version) for version in sorted(found)]


def _runs(tag: Any, python: str) -> bool:
    """Return whether a tag is for a CPython on Linux with glibc on x86_64."""
    minor = int(python.partition(".")[2])
    is_pure = tag.platform == "any" and tag.interpreter in {"py3", f"py3{minor}", f"cp3{minor}"}
    is_stable = tag.abi == "abi3" and tag.interpreter.startswith("cp3") and int(tag.interpreter[3:] or 0) <= minor
    is_native = is_stable or tag.interpreter in {f"cp3{minor}", "py3"}
    return is_pure or (is_native and tag.platform.startswith("manylinux") and tag.platform.endswith("x86_64"))


class Observer:
    """Runs pairs that have no record."""

    def __init__(self, records: Records, day: str, mode: str, limits: Limits) -> None:
        self._records, self._day, self._mode, self._limits = records, day, mode, limits

    def outcome(self, target: Target, version: str, release: str, python: str) -> Outcome:
        """Return what happens, from the record or from a run."""
        trial = Trial(target.integration, target.distribution, version, release, python, self._mode)
        observed = self._records.get(trial)
        if observed is None:
            observed = observe(trial, target.switch, self._day, self._limits)
            self._records.put(observed)
            problem = f": {observed.problem}" if observed.problem else ""
            print(f"{trial.key}: {observed.outcome.value}{problem}", flush=True)
        return observed.outcome


def report(records: Records, said: Callable[[Trial], str]) -> Iterator[str]:
    """Yield the counts by outcome, then each pair of which the rules say something else."""
    every = list(records.every())
    counts = Counter(each.outcome for each in every)
    integrations = len({each.trial.integration for each in every})
    yield f"{len(every)} pairs of {integrations} integrations"
    yield from (f"{counts[outcome]:>6} {outcome.value}" for outcome in Outcome if counts[outcome])
    for each in every:
        answer = said(each.trial)
        if each.outcome.is_good is not None and (answer == "supported") is not each.outcome.is_good:
            yield f"{each.trial.key}: seen {each.outcome.value}, the rules say {answer}; {each.problem}".rstrip("; ")


def said_by_rules(trial: Trial) -> str:
    """Return what the built-in rules say of a pair: a status of `ddlint.pack.support`, in words."""
    from ddlint.core.model import Dependency, NormalizedName
    from ddlint.core.source import Span
    from ddlint.pack.loader import builtin
    from ddlint.pack.pack import series_of
    from ddlint.pack.support import evaluate

    nowhere = Span(0, 0)
    name = NormalizedName(canonicalize_name(trial.distribution))
    dependency = Dependency(name, f"=={trial.version}", nowhere, nowhere, "")
    return evaluate(builtin(), dependency, trial.release, series_of(trial.release)).status.name.lower()


def main(words: list[str]) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--integration", action="append", default=[], help="only this one; may be repeated")
    parser.add_argument("--release", action="append", default=[], help="default: the newest of the last three majors")
    parser.add_argument("--python", action="append", default=[], help=f"default: {' and '.join(PYTHONS)}")
    parser.add_argument("--mode", choices=("default", "on", "safe"), default="default", help="as `Trial.mode`")
    parser.add_argument("--newest", action="store_true", help="the newest version of each library alone")
    parser.add_argument("--most", type=int, default=25, help="versions of one library at most (default: 25)")
    parser.add_argument("--jobs", type=int, default=1, help="pairs at the same time (default: 1)")
    parser.add_argument("--pack", type=Path, default=ROOT / "rules" / "ddtrace", help="the folder of the rules")
    parser.add_argument("--cache", type=Path, default=CACHE, help=f"the folder of the records (default: {CACHE})")
    parser.add_argument("--report", action="store_true", help="run nothing, print what was seen")
    options = parser.parse_args(words)
    records = Records(options.cache)
    if options.report:
        print("\n".join(report(records, said_by_rules)))
        return 0
    for python in options.python or PYTHONS:
        require_python(python)
    index, observer = Index(), Observer(records, datetime.now(UTC).date().isoformat(), options.mode, Limits())
    releases = options.release or newest_of_majors(options.pack)
    with ThreadPoolExecutor(options.jobs) as pool:
        done = []
        for target in targets(options.pack, options.integration):
            files = index.files(target.distribution)
            for python in options.python or PYTHONS:
                versions = installable(files, python)
                if options.newest:
                    versions = versions[-1:]
                done += [
                    pool.submit(_boundaries, observer, target, versions, (release, python), options.most)
                    for release in releases
                ]
        for each in done:
            each.result()
    return 0


def _boundaries(observer: Observer, target: Target, versions: list[str], pair: tuple[str, str], most: int) -> None:
    find(versions, lambda version: observer.outcome(target, version, *pair), most)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
