"""How much was tried, and what broke: each kind is told once with its traceback, and a few files of it are kept."""

from __future__ import annotations

import hashlib
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.judge import judge
from tests.fuzz.whole import judge_whole

if TYPE_CHECKING:
    from tests.fuzz.subjects import Subject

_MOST_KEPT = 3
"""Of one kind, in one input."""


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


class Tally:
    """Counts of one run; what broke goes to `folder`."""

    def __init__(self, folder: Path) -> None:
        self.tried = 0
        self.whole = 0
        self.broken: dict[tuple[str, str], int] = {}
        self._folder = folder

    def attempt(self, subject: Subject, data: bytes, project: Path, *, is_whole: bool) -> bool:
        """Try one file; tell whether it held."""
        self.tried += 1
        try:
            judge(subject, data)
            if is_whole:
                self.whole += 1
                judge_whole(project, subject, data)
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            self._note(subject, data, error)
            return False
        return True

    def _note(self, subject: Subject, data: bytes, error: Exception) -> None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        kind = (subject.name, f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}")
        self.broken[kind] = self.broken.get(kind, 0) + 1
        if self.broken[kind] <= _MOST_KEPT:
            path = self._folder / subject.name / f"{hashlib.sha1(data, usedforsecurity=False).hexdigest()[:12]}.seed"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            say(f"BROKEN {kind[0]}: {kind[1]}: {str(error)[:300]} ({path})")
            if self.broken[kind] == 1:
                say("".join(traceback.format_exception(error, limit=-6)))

    def summary(self) -> str:
        kinds = "".join(f"\n  {name}: {kind} ({count})" for (name, kind), count in sorted(self.broken.items()))
        whole = f"{self.whole} of them in whole runs"
        return f"{self.tried} files tried, {whole}; {len(self.broken)} kinds broke{kinds}"
