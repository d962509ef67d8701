"""Where the system gives few open files, the work is done or refused in a sentence; nothing is left out silently."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.repository.source_tree import ROOT
from tests.security.tree import put

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
PROGRAM = """
import resource, sys
sys.path[:0] = [{root!r}]
from ddlint.cli.main import run
run(["check", "-q", "-j", "1", "--isolated", {warm!r}])
resource.setrlimit(resource.RLIMIT_NOFILE, ({handles}, {handles}))
sys.exit(run(["check", "--output-format", "concise", "-j", "2", "--isolated", "--as-of", "2026-11-21", "."]))
"""


@pytest.mark.parametrize("handles", [4, 5, 6, 8, 12, 16])
def test_few_open_files_are_enough_or_are_said_to_be_too_few(handles: int, tmp_path: Path) -> None:
    put(tmp_path / "warm/requirements.txt", "ddtrace==4.16.0\ndjango==1.11.29\n")
    for number in range(20):
        put(tmp_path / f"tree/p{number}/requirements.txt", "ddtrace==4.16.0\n-r base.in\n")
        put(tmp_path / f"tree/p{number}/base.in", "django==1.11.29\n")
    program = PROGRAM.format(root=str(ROOT), warm=str(tmp_path / "warm"), handles=handles)

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path / "tree", capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode in (1, 2), done.stderr
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    assert (
        len(re.findall(r"^p\d+/base\.in:1:1: DD301 ", done.stdout, re.MULTILINE)) == 20
        or "too many open files" in (done.stdout + done.stderr).lower()
    )
