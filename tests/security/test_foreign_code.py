"""Nothing of the folder that is linted is ever imported, however ddlint is started and however it starts processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.repository.source_tree import ROOT

PLANT = "import os\nopen(os.environ['DDLINT_TEST_MARK'], 'a').write(__name__ + '\\n')\n"
AT_START = ("yaml.py", "packaging/__init__.py", "tomlkit/__init__.py", "requirements.py", "ddlint_site.py")
"""What ddlint imports after its own start."""
IN_CHILDREN = (
    *AT_START,
    "multiprocessing/__init__.py",
    "types.py",
    "pickle.py",
    "socket.py",
    "selectors.py",
    "runpy.py",
)
"""What Python itself imports in a process that another one starts."""
SCRIPT = """
import sys
sys.path[:0] = {paths!r}
from ddlint.linter import process_pool
process_pool.START = {method!r}
if __name__ == "__main__":
    from ddlint.__main__ import process
    process()
"""
METHODS = ("spawn",) if sys.platform == "win32" else ("fork", "spawn", "forkserver")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with two traced projects."""
    folder = tmp_path / "checkout"
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        (folder / name / "requirements.txt").write_text("ddtrace==3.19.0\ndjango==1.11.29\n", encoding="utf-8")
        (folder / name / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1"\n', encoding="utf-8")
        (folder / name / "docker-compose.yml").write_text("services: {a: {environment: {DD_X: 1}}}\n", encoding="utf-8")
    return folder


def planted(folder: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(PLANT, encoding="utf-8")


def environment(mark: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONSAFEPATH")}
    return {**kept, "DDLINT_TEST_MARK": str(mark), **more}


def linted(words: list[str], folder: Path, mark: Path, **more: str) -> str:
    done = subprocess.run(
        words, cwd=folder, env=environment(mark, **more), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 1, done.stderr
    assert "DD301" in done.stdout
    return mark.read_text(encoding="utf-8") if mark.exists() else ""


def script(tmp_path: Path, method: str) -> Path:
    """A start of ddlint that stands outside of the folder and names how processes are started."""
    path = tmp_path / "start" / "run.py"
    path.parent.mkdir()
    path.write_text(SCRIPT.format(paths=[str(ROOT)], method=method), encoding="utf-8")
    return path


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("python_path", ["", "."])
def test_processes_import_nothing_of_the_folder(checkout: Path, tmp_path: Path, method: str, python_path: str) -> None:
    start = script(tmp_path, method)
    planted(checkout, AT_START if python_path else IN_CHILDREN)
    more = {"PYTHONPATH": python_path} if python_path else {}

    assert linted([sys.executable, str(start), "-j", "2"], checkout, tmp_path / "mark", **more) == ""


@pytest.mark.parametrize("path", [".", "", "{folder}", "{folder}{separator}{parent}"])
def test_a_start_as_a_module_imports_nothing_of_the_folder(checkout: Path, tmp_path: Path, path: str) -> None:
    planted(checkout, AT_START)
    given = path.format(folder=checkout, parent=checkout.parent, separator=os.pathsep)
    python_path = f"{given}{os.pathsep}{ROOT}"

    words = [sys.executable, "-m", "ddlint", "-j", "2"]

    assert linted(words, checkout, tmp_path / "mark", PYTHONPATH=python_path) == ""


def test_what_python_path_names_elsewhere_is_still_imported(checkout: Path, tmp_path: Path) -> None:
    """Only what lies in the current folder, or holds it, is left out."""
    (tmp_path / "elsewhere").mkdir()
    code = "import sys; from ddlint.cli.startup import leave_out_current_folder as f; f(); print(*sys.path, sep='\\n')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, check=True,
        env=environment(tmp_path / "mark", PYTHONPATH=os.pathsep.join((str(ROOT), "a", str(tmp_path / "elsewhere")))),
    )  # fmt: skip
    kept = done.stdout.splitlines()

    assert str(tmp_path / "elsewhere") in kept
    assert str(ROOT) in kept
    assert "" not in kept
    assert str(checkout / "a") not in kept


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("method", METHODS)
def test_processes_end_with_the_one_that_started_them(tmp_path: Path, method: str) -> None:
    """Killed outright, it can tell them nothing."""
    start = tmp_path / "run.py"
    start.write_text(
        f"import sys, os, time\nsys.path[:0] = [{str(ROOT)!r}]\n"
        "from ddlint.linter import process_pool\n"
        f"process_pool.START = {method!r}\n"
        "def work(batch):\n"
        "    yield os.getpid()\n"
        "    if batch == 1:\n"
        "        time.sleep(600)\n"
        "    while True:\n"
        "        yield 'x' * 1_000_000\n"
        "if __name__ == '__main__':\n"
        "    found = process_pool.run_batches(work, [1, 2, 3])\n"
        "    pids = set()\n"
        "    for each in found:\n"
        "        if isinstance(each, int):\n"
        "            pids.add(each)\n"
        "        if len(pids) == 3:\n"
        "            print(*pids, flush=True)\n"
        "            time.sleep(600)\n",
        encoding="utf-8",
    )
    with subprocess.Popen([sys.executable, str(start)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pids = [int(pid) for pid in parent.stdout.readline().split()]
        parent.send_signal(signal.SIGKILL)
    assert len(pids) == 3
    deadline = time.monotonic() + 20
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    left = [pid for pid in pids if is_running(pid)]
    for pid in left:
        os.kill(pid, signal.SIGKILL)

    assert left == []


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except ProcessLookupError:
        return False
    except FileNotFoundError:  # no /proc
        return sys.platform != "linux"
