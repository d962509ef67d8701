"""Write the `expected.txt` of case folders from what is found now: `python -m tests.cases.accept DIR ...`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.cases.runner import APART, PLAIN, lint


def found(case: Path) -> str:
    """Lint a copy of a case folder, away from any repository."""
    options = case / "options.txt"
    pack = case / "pack"
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch, "case")
        shutil.copytree(case, copy, ignore=shutil.ignore_patterns(*APART))
        for file in copy.rglob(f"*{PLAIN}"):
            file.rename(file.with_name(file.name.removesuffix(PLAIN)))
        words = options.read_text(encoding="utf-8") if options.exists() else ""
        return lint(copy, words, pack if pack.is_dir() else None)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        Path(name, "expected.txt").write_text(found(Path(name)), encoding="utf-8")
