"""Run ddlint as on the day of the examples, in this process: what a page shows is what was printed."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from ddlint.cli.main import run
from tools.site.places import DAY

COLUMNS = "92"
STEERING = ("FORCE_COLOR", "CLICOLOR_FORCE", "NO_COLOR", "DDLINT_OUTPUT_FORMAT", "GITHUB_ACTIONS", "CI")
"""Variables of the surroundings that change what is printed."""


def printed(words: list[str], folder: Path) -> str:
    """Return what `ddlint WORDS` prints in a folder; a wrong call raises `SystemExit`."""
    day = [] if "--as-of" in words or words[:1] == ["rule"] else ["--as-of", DAY]
    out, error = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.chdir(folder), _surroundings(), contextlib.redirect_stdout(out), contextlib.redirect_stderr(error):
        code = run([*words, *day])
    texts = []
    for stream in (out, error):
        stream.flush()
        stream.seek(0)
        texts.append(stream.read())
    if code not in (0, 1):
        raise SystemExit(f"ddlint {' '.join(words)}: {texts[1]}")
    return texts[0]


@contextlib.contextmanager
def _surroundings() -> Iterator[None]:
    kept = dict(os.environ)
    for name in STEERING:
        os.environ.pop(name, None)
    os.environ["COLUMNS"] = COLUMNS
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


if __name__ == "__main__":
    sys.stdout.write(printed(sys.argv[1:], Path.cwd()))
