"""The wheel: what is in it, and that it works when the checkout is gone."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from typing import TYPE_CHECKING

import pytest

from ddlint.pack.loader import compile_pack, parts_in

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def build(checkout: Path) -> tuple[Path, Path]:
    """Build the source distribution, and the wheel from it."""
    subprocess.run(
        [sys.executable, "-m", "build", "--outdir", checkout.parent, checkout], check=True, capture_output=True
    )
    return next(checkout.parent.glob("*.tar.gz")), next(checkout.parent.glob("*.whl"))


def environment(folder: Path, *packages: str) -> Path:
    """Make an environment with those packages and give its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], check=True)
    return python


def lint(python: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    (folder / "requirements.txt").write_text("ddtrace==4.0.0\ndjango==1.8\n", encoding="utf-8")
    words = [str(python), "-I", "-m", "ddlint", *options]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_the_wheel_works_with_the_checkout_gone(checkout: Path, tmp_path: Path) -> None:
    packs = {path.name: compile_pack(path) for path in (checkout / "rules").iterdir() if path.is_dir()}
    source, wheel = build(checkout)
    shutil.rmtree(checkout)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        held = {name: parts_in(archive.read(f"ddlint/_packs/{name}.pack")) for name in packs}
    with tarfile.open(source) as archive:
        sources = {name.partition("/")[2] for name in archive.getnames()}
    project = tmp_path / "project"
    project.mkdir()
    done = lint(environment(tmp_path / "venv", str(wheel)), project, "--output-format", "concise")

    assert held == packs
    assert {name.partition("/")[0] for name in names} == {"ddlint", f"{wheel.name[:12]}.dist-info"}
    assert not [name for name in names if name.endswith(".yaml")]
    assert {"ddlint/py.typed", "ddlint/ddlint.schema.json", "ddlint/outputs/report.schema.json"} <= set(names)
    assert f"{wheel.name[:12]}.dist-info/licenses/LICENSE" in names
    assert {"rules/ddtrace/pack.yaml", "hatch_build.py", "LICENSE", "README.md"} <= sources
    assert not [name for name in sources if name.startswith("ddlint/_packs")]
    assert (done.returncode, done.stderr) == (1, "")
    assert "requirements.txt:2:1: DD301 warning: " in done.stdout


def test_the_same_files_give_the_same_bytes(checkout: Path) -> None:
    first = [path.read_bytes() for path in build(checkout)]
    for path in (checkout / "ddlint").glob("*.py"):
        os.utime(path, (1_577_836_800, 1_577_836_800))
    second = [path.read_bytes() for path in build(checkout)]

    assert first == second


def test_an_editable_install_reads_the_rules_of_its_checkout(checkout: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "venv", "--editable", str(checkout))
    project = tmp_path / "project"
    project.mkdir()
    manifest = checkout / "rules" / "ddtrace" / "pack.yaml"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(re.sub(r'^version: ".*"$', 'version: "2031.01.02"', text, flags=re.MULTILINE), encoding="utf-8")
    done = lint(python, project, "--output-format", "json")

    assert not (checkout / "ddlint" / "_packs").exists()
    assert done.returncode == 1
    assert json.loads(done.stdout)["packs"] == [{"name": "ddtrace", "version": "2031.01.02"}]
