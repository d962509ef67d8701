"""`--fix --unsafe-fixes` moves away from an ended series by the changes of the plan, where the plan has no obstacle."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ddlint.cli.main import run
from ddlint.pack import loader as load
from tests.plan.made import DAY, pack

_Fix = Callable[..., str]
LOCK = '[[package]]\nname = "tracelib"\nversion = "1.0.1"\n'
MANIFEST = '[project]\nname = "shop"\nrequires-python = ">=3.10,<3.13"\ndependencies = ["tracelib{}"]\n'


@cache
def small_pack() -> object:
    return pack()


@pytest.fixture
def fix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> _Fix:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(load, "builtin", small_pack)

    def made(files: dict[str, str], *words: str) -> str:
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        run(["check", "--isolated", "--as-of", DAY, "--fix", *(words or ("--unsafe-fixes",))])
        return capsys.readouterr().err

    return made


@pytest.mark.parametrize(
    "before, after",
    [
        ("tracelib==1.0.1\n", "tracelib==3.0.0\n"),
        ("tracelib<2\nwebby==1.0\nsqly\n", "tracelib>=3.0.0,<4\nwebby>=2.0\nsqly\n"),
        ("tracelib==2.0.0\n", "tracelib==2.0.0\n"),
    ],
)
def test_an_ended_series_is_left_by_the_plan(fix: _Fix, tmp_path: Path, before: str, after: str) -> None:
    fix({"requirements.txt": before})

    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == after


def test_a_lock_is_to_be_made_again(fix: _Fix, tmp_path: Path) -> None:
    err = fix({"pyproject.toml": MANIFEST.format("<2"), "uv.lock": LOCK})

    assert (tmp_path / "pyproject.toml").read_text(encoding="utf-8") == MANIFEST.format(">=3.0.0,<4")
    assert (tmp_path / "uv.lock").read_text(encoding="utf-8") == LOCK
    assert "DD101 move to tracelib 3.0.0 (1 change)" in err
    assert "run `uv lock` to make it again" in err


def test_a_lock_that_nothing_holds_is_moved_by_name(fix: _Fix, tmp_path: Path) -> None:
    """Locking again keeps a release that the requirement allows."""
    manifest = MANIFEST.format(">=1").replace(">=3.10", ">=3.9")
    err = fix({"pyproject.toml": manifest, "uv.lock": LOCK})

    assert (tmp_path / "pyproject.toml").read_text(encoding="utf-8") == MANIFEST.format(">=1")
    assert "run `uv lock --upgrade-package tracelib` to make it again" in err


@pytest.mark.parametrize(
    "files, words",
    [
        ({"requirements.txt": "tracelib==1.0.1\n", "runtime.txt": "python-3.8.1\n"}, ()),
        ({"requirements.txt": "tracelib==1.0.1\nlonely\n"}, ()),
        ({"requirements.txt": "tracelib==1.0.1\n"}, ("--isolated",)),
    ],
    ids=["no Python can have it", "it would lose an integration", "without --unsafe-fixes"],
)
def test_what_stays(fix: _Fix, tmp_path: Path, files: dict[str, str], words: tuple[str, ...]) -> None:
    fix(files, *words)

    assert (tmp_path / "requirements.txt").read_text(encoding="utf-8") == files["requirements.txt"]
