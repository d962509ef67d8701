"""No process is left behind, however a run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and groups of processes are those of POSIX")

_RUN = """
import os, signal, sys, time
from pathlib import Path
from ddlint.linter.process_pool import run_batches

signal.signal(signal.SIGINT, signal.default_int_handler)  # which a job in the background of a shell ignores

def work(batch):
    Path(sys.argv[1], str(os.getpid())).touch()
    if batch == sys.argv[2]:
        while len(os.listdir(sys.argv[1])) < 3:
            time.sleep(0.01)
        raise ValueError("a mistake")
    yield batch
    time.sleep(60)

for found in run_batches(work, ["1", "2", "3"]):
    if found == sys.argv[3]:
        while len(os.listdir(sys.argv[1])) < 3:
            time.sleep(0.01)
        raise ValueError("a mistake here")
"""


@pytest.mark.parametrize(
    "failing, stopping, sent",
    [
        ("2", "", ""),
        ("", "1", ""),
        ("", "", "INT of the group"),
        ("", "", "INT"),
        ("", "", "TERM"),
        ("", "", "KILL"),
    ],
    ids=["a worker fails", "the reader fails", "Ctrl-C", "interrupted", "terminated", "killed"],
)
def test_no_worker_outlives_the_run(failing: str, stopping: str, sent: str, tmp_path: Path) -> None:
    words = (sys.executable, "-c", _RUN, str(tmp_path), failing, stopping)
    with subprocess.Popen(words, cwd=ROOT, stderr=subprocess.PIPE, start_new_session=True) as process:
        _wait(lambda: len(list(tmp_path.iterdir())) == 3 or process.poll() is not None)
        workers = [int(each.name) for each in tmp_path.iterdir()]
        if sent:
            to = os.killpg if sent.endswith("group") else os.kill
            to(process.pid, signal.Signals[f"SIG{sent.split(maxsplit=1)[0]}"])
        process.communicate(timeout=30)

    assert (len(workers), process.returncode != 0) == (3, True)
    _wait(lambda: not any(map(_is_alive, workers)))


def test_a_reader_that_closes_the_stream_leaves_no_worker(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"s{number}").mkdir()
        (tmp_path / f"s{number}/requirements.txt").write_text("ddtrace==3.19.9\nflask==0.5\n", encoding="utf-8")
    words = (sys.executable, "-m", "ddlint", "--isolated", "-j", "3", str(tmp_path))
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True) as process:
        assert process.stdout is not None
        process.stdout.close()
        process.wait(timeout=60)

    _wait(lambda: not _has_group(process.pid))


def _wait(is_so: object, seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not is_so():  # type: ignore[operator]  # a function without arguments
        assert time.monotonic() < end
        time.sleep(0.02)


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return not _is_zombie(number)


def _is_zombie(number: int) -> bool:
    """Whether a process has ended and nobody asked how: in a container nobody may."""
    told = subprocess.run(["ps", "-o", "stat=", "-p", str(number)], capture_output=True, text=True, check=False)
    return not told.stdout.strip() or told.stdout.strip().startswith("Z")


def _has_group(number: int) -> bool:
    try:
        os.killpg(number, 0)
    except ProcessLookupError:
        return False
    told = subprocess.run(["ps", "-A", "-o", "pgid=,stat="], capture_output=True, text=True, check=True)
    return any(
        line.split()[0] == str(number) and not line.split()[1].startswith("Z") for line in told.stdout.splitlines()
    )
