"""A tree made to break a reader is judged in seconds: a finding each, nothing outside it opened, nothing forged."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fuzz.whole import DAY, judge_texts, run_over
from tests.outputs.runner import is_legacy_command, lines, read
from tests.repository.source_tree import ROOT
from tests.security.tree import EXPECTED, NAMES, SECRET, build, put, remove

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(os.name == "nt", reason="devices, pipes and such names are not there on Windows")
SECONDS = 20
"""Of the processor, for all of it; it takes two."""
CALL = ("check", "--output-format", "concise", "--min-severity", "notice", "--as-of", DAY, "--isolated")
NOBODY = 65534


@pytest.fixture(scope="module")
def top() -> Iterator[Path]:
    """The tree with what is outside it, where everybody may look."""
    memory = "/dev/shm"  # where folders within one another are removed in no time
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    folder.chmod(0o755)
    build(folder)
    yield folder
    remove(folder)


def run(*arguments: str, cwd: Path, before: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    call = [*before, sys.executable, "-m", "ddlint", *arguments]
    return subprocess.run(call, capture_output=True, text=True, check=False, cwd=cwd, env=environment, timeout=120)


def found(out: str) -> dict[str, list[str]]:
    """The codes by the folder they are in."""
    codes: dict[str, list[str]] = {}
    for line in out.splitlines():
        if match := re.match(r"(?P<folder>[^/]+)/.*: (?P<code>DD\d{3}) (?:error|warning|notice): ", line):
            codes.setdefault(match["folder"], []).append(match["code"])
    return codes


def test_it_is_judged_in_seconds_with_a_finding_each(top: Path) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    done = run(*CALL, cwd=top / "tree")

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    codes = found(done.stdout)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < SECONDS
    assert (done.returncode, len(codes.pop("names"))) == (1, len(NAMES) + 1)
    assert codes.pop("python") == ["DD002"], "from 3.13 on, its message is another"
    assert codes.pop("unreadable", []) == ([] if os.geteuid() == 0 else ["DD001"])
    assert codes.pop("deep") == ["DD001"], "the folders that no path is long enough for"
    assert codes == {folder: expected for folder, expected in EXPECTED.items() if expected}
    assert len(done.stderr.splitlines()) == 1
    assert "cannot be listed: file name too long" in done.stderr, "the deep folders"
    assert SECRET not in done.stdout


def test_a_file_that_may_not_be_read_is_told_to_an_ordinary_user(top: Path) -> None:
    """Root may read everything, so it becomes nobody first, once all that is to be imported is."""
    drop = f"os.setegid({NOBODY}); os.seteuid({NOBODY})" if os.geteuid() == 0 else ""
    first = (*CALL, "../bytes", "../plain")
    program = f"import os, sys\nfrom ddlint.cli.main import run\nrun({first!r})\n{drop}\nsys.exit(run({CALL!r}))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=False,
        cwd=top / "tree/unreadable",
        env=environment,
    )

    assert done.returncode == 0, done.stderr
    assert "requirements.txt:1:1: DD001 notice: it cannot be read: permission denied" in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_nothing_outside_is_opened_and_no_network_is_used(top: Path, tmp_path: Path) -> None:
    log = tmp_path / "calls"
    watch = ("strace", "-f", "-qq", "-e", "trace=open,openat,openat2,execve,%network", "-o", str(log))
    if run("--version", cwd=top, before=watch).returncode:
        pytest.skip("processes may not be watched here")

    run(*CALL, cwd=top / "tree", before=watch)

    calls = log.read_text(encoding="utf-8", errors="replace").splitlines()
    opened = [match[1] for call in calls if (match := re.search(r'open(?:at2?)?\([^"]*"([^"]*)"', call))]
    outside = (str(top / "outside"), "/etc/passwd", "/dev/zero", str(top / "tree/out"), str(top / "tree/fifo/req"))
    allowed_anyway = str(top / "tree/out")
    assert any(path.endswith("plain/requirements.txt") for path in opened), "it watches what it should"
    assert [path for path in opened if path.startswith(outside) and path != allowed_anyway] == []
    assert [call for call in calls if re.search(r"\b(?:socket|connect|sendto|bind)\(", call)] == []
    assert sum("execve(" in call for call in calls) == 1, "no other program is run"


def test_no_name_reaches_a_terminal_or_an_annotation(top: Path) -> None:
    """All formats and `inspect`, with names of folders that would steer a terminal or forge a command of a CI."""
    texts = run_over(top / "tree/names")

    judge_texts({name: text for name, text in texts.items() if name != "inspect"})
    assert all("DD301" in text for name, text in texts.items() if "inspect" not in name)
    for name, text in texts.items():
        for line in lines(text):
            command = read(line)
            assert command is None or name == "github", (name, line)
            assert command or name == "azure" or not is_legacy_command(line), (name, line)


def test_names_in_inspect_and_on_standard_error_are_harmless_too(top: Path) -> None:
    for arguments in (("inspect",), ("check", "-v"), ("check", "no\x1b[31mne"), ("check", "--config", "no\x1b[31mne")):
        done = run(*arguments, "--isolated" if "--config" not in arguments else "-q", cwd=top / "tree/names")

        assert re.search("[\x00-\x08\x0b-\x1f\x7f\u202e\u200b]", done.stdout + done.stderr) is None, arguments


def test_a_named_file_that_is_a_device_is_refused(top: Path) -> None:
    done = run(*CALL, "device/requirements.txt", cwd=top / "tree")

    assert found(done.stdout) == {"device": ["DD001"]}


def test_configs_that_extend_one_another_end(tmp_path: Path) -> None:
    put(tmp_path / "requirements.txt", "ddtrace==4.16.0\n")
    put(tmp_path / "ddlint.toml", 'extend = "other.toml"\n')
    put(tmp_path / "other.toml", 'extend = "ddlint.toml"\n')

    done = run("check", cwd=tmp_path)

    assert done.returncode == 2
    assert re.match(r"ddlint: \S+\.toml:1:\d+: ", done.stderr), done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 20_000,
        "exclude = [" + '"a",' * 100_000 + "]",
        "x" * 5_000_000,
        'exclude = ["' + "[" * 100_000 + '"]',
        'exclude = ["' + "**/a*" * 50 + 'b"]',
        'exclude = ["' + "*a" * 60 + 'b"]',
    ],
    ids=["deep", "many", "long", "brackets", "stars over folders", "stars"],
)
def test_a_hostile_config_is_told_or_obeyed_in_seconds(tmp_path: Path, text: str) -> None:
    put(tmp_path / "ddlint.toml", text)
    put(tmp_path / ("/".join(["a" * 100] * 20)) / "requirements.txt", "ddtrace==4.16.0\n")

    done = run("check", cwd=tmp_path)

    assert done.returncode in (0, 2), done.stderr
    assert "Traceback" not in done.stderr


def test_a_pack_with_an_alias_bomb_is_refused_at_its_place(tmp_path: Path) -> None:
    bomb = "".join(f"  a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 30))
    put(tmp_path / "pack/pack.yaml", f"subject: own\nx:\n  a0: &a0 [x, x]\n{bomb}")
    put(tmp_path / "requirements.txt", "ddtrace==4.16.0\n")

    done = run("check", "--rules", "pack", cwd=tmp_path)

    assert (done.returncode, done.stdout) == (2, "")
    assert re.match(r"ddlint: \S*pack\.yaml:\d+:\d+: ", done.stderr), done.stderr[:500]
