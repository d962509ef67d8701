"""What was seen, a file for each pair, so that a run goes on where it was stopped."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tools.observer.environments import probe_of
from tools.observer.outcome import Observed, Trial

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Records:
    """A folder with a file for each pair."""

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

    def cost(self, integration: str) -> float:
        """Return how long a pair of an integration takes, in seconds; many where none was run."""
        folder = self._folder / integration
        known = [json.loads(path.read_text(encoding="utf-8"))["detail"] for path in folder.glob("*.json")]
        told = [each["seconds"] for each in known if each and "seconds" in each]
        return sum(told) / len(told) if told else 9.0

    def _path(self, trial: Trial) -> Path:
        return self._folder / trial.integration / f"{trial.key}.json"


def is_stale(observed: Observed) -> bool:
    """Return whether a library was only imported, and can be used by now."""
    has_used = bool((observed.detail or {}).get("probe", True))
    return not has_used and observed.outcome.is_good is not False and probe_of(observed.trial).is_file()
