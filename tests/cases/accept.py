"""Write the `expected.txt` of cases from what is found now: `python -m tests.cases.accept [CASE | CHECK ...]`.

Without a folder, of all of them: after new facts, so that the diff shows what changes for users.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tests.cases.runner import APART, PLAIN, lint

if TYPE_CHECKING:
    from collections.abc import Callable

_Seen = TypeVar("_Seen")


def found(case: Path) -> str:
    """Write what is found in a case folder."""
    return seen(case, lint)


def seen(case: Path, look: Callable[[Path, str, Path | None], _Seen]) -> _Seen:
    """Look at a copy of a case folder, away from any repository."""
    options = case / "options.txt"
    pack = case / "pack"
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "case")
        shutil.copytree(case, copy, ignore=shutil.ignore_patterns(*APART))
        for file in copy.rglob(f"*{PLAIN}"):
            file.rename(file.with_name(file.name.removesuffix(PLAIN)))
        words = options.read_text(encoding="utf-8") if options.exists() else ""
        return look(copy, words, pack if pack.is_dir() else None)


def cases(folder: Path) -> list[Path]:
    """Return the case folders that a folder stands for: its own, or each in the folder of a check."""
    is_of_check = folder.resolve().parent == Path(__file__).resolve().parent
    return sorted(path for path in folder.iterdir() if path.is_dir()) if is_of_check else [folder]


if __name__ == "__main__":
    every = (path.parent for path in sorted(Path(__file__).parent.rglob("expected.txt")))
    for case in (each for word in sys.argv[1:] for each in cases(Path(word))) if sys.argv[1:] else every:
        (case / "expected.txt").write_text(found(case), encoding="utf-8")
