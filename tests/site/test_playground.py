"""What the playground is built from: the modules that it loads, and its examples."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from tests.repository.source_tree import ROOT
from tools.site.example_projects import EXAMPLES, projects
from tools.site.python_archive import DEPENDENCIES, members, write

if TYPE_CHECKING:
    from pathlib import Path

DRIVER = ROOT / "site/app/src/playground/driver.py"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site") / "modules.zip"
    write(path, members(ROOT))
    return path


def test_the_archive_has_the_modules_and_their_licenses(archive: Path) -> None:
    names = ZipFile(archive).namelist()
    package = {f"ddlint/{path.relative_to(ROOT / 'ddlint').as_posix()}" for path in (ROOT / "ddlint").rglob("*.py")}

    assert package <= set(names)
    assert "ddlint/_packs/ddtrace.pack" in names
    for name, folder in DEPENDENCIES.items():
        assert f"{folder}/__init__.py" in names
        assert any(each.startswith(f"licenses/{name}/") for each in names), name
    assert [name for name in names if not name.endswith((".py", ".json", ".pack")) and "licenses/" not in name] == []


def test_the_same_sources_give_the_same_bytes(archive: Path, tmp_path: Path) -> None:
    write(tmp_path / "again.zip", members(ROOT))

    assert (tmp_path / "again.zip").read_bytes() == archive.read_bytes()


def test_the_driver_runs_ddlint_from_the_archive_alone(archive: Path, tmp_path: Path) -> None:
    """The worker of the page calls the same functions, in Pyodide; nothing else of this Python is on the path."""
    modules, project = tmp_path / "modules", tmp_path / "project"
    ZipFile(archive).extractall(modules)
    project.mkdir()
    (project / "requirements.txt").write_text("ddtrace==4.16.0\nflask==0.12\n", encoding="utf-8")
    text = DRIVER.read_text(encoding="utf-8")
    driver = text.replace('"/modules"', repr(str(modules))).replace('"/project"', repr(str(project)))
    assert driver != text
    calls = (
        "code, out, err = command(['check', '--output-format', 'concise'])\n"
        "print(code, 'DD301' in out, ddlint_file())\n"
        "print(series()[0], series()[-1])\n"
    )
    where = "import ddlint\ndef ddlint_file(): return ddlint.__file__.startswith(MODULES)\n"

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{driver}\n{where}{calls}"], capture_output=True, text=True, check=True
    )

    first, second = done.stdout.splitlines()
    assert first == "1 True True"
    newest, oldest = second.split()
    assert (int(newest.partition(".")[0]), oldest.partition(".")[0]) >= (4, "0")


def test_every_example_has_what_its_title_says() -> None:
    found = projects(ROOT)

    assert [each["title"] for each in found] == list(EXAMPLES)
    assert all(each["files"] for each in found)
    assert not {path for each in found for path, _ in each["files"]} & {"options.txt", "expected.txt"}
