"""Which data ddlint brings, and that old data is told of and fails no run of a user's."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint import __version__
from ddlint.cli import main as cli
from ddlint.pack import install_rows, interface_rows, protection_rows, setting_rows, support_rows
from ddlint.pack import loader as load
from ddlint.pack import version as edition
from ddlint.pack.ages import _FACTS, ages
from ddlint.pack.loader import compile_pack, write_parts
from ddlint.pack.version import age, banner, pack_versions
from tests.cases.runner import builtin_pack
from tests.pack.yaml_of import RULES
from tools import age as tool

if TYPE_CHECKING:
    from pathlib import Path

PACK = builtin_pack()


@given(st.dates(), st.dates())
@settings(deadline=None, max_examples=200)
def test_age_counts_days(day: date, today: date) -> None:
    assert age(day.isoformat().replace("-", "."), today.isoformat()) == (today - day).days


def test_old_data_is_told_of_from_its_sixty_first_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition, "pack_versions", lambda: (("acme", "2026.01.31"),))

    assert banner("9.1", "2026-04-01") == "ddlint 9.1\nrules acme 2026.01.31\n"
    assert banner("9.1", "2026-04-02") == (
        "ddlint 9.1\nrules acme 2026.01.31, 61 days old: a newer ddlint may know more\n"
    )


def test_every_kind_of_fact_has_its_day() -> None:
    lines = ages(PACK, "2031-01-02").splitlines()
    days = [re.fullmatch(r"  (\S.*?) +(\d{4}-\d\d-\d\d), (\d+) days ago", line) for line in lines]

    assert all(days)
    assert [each[2] for each in days if each] == sorted((each[2] for each in days if each), reverse=True)
    kinds = {each[1] for each in days if each}
    assert kinds >= {"versions that were run", "versions tested", "versions known to break", "variables in the code"}
    assert kinds >= {"support levels", "on by default", "releases and wheels", "versions in the documentation"}


def test_every_type_of_row_is_of_a_kind() -> None:
    modules = (install_rows, interface_rows, protection_rows, setting_rows, support_rows)
    types = {
        name
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type) and kind.__module__ == module.__name__ and "evidence" in getattr(kind, "_fields", ())
    }
    apart = {"Support", "SupportLevel", "Default", "Removal", "Observation", "Sighting", "RangeOnPython"}

    assert types - {name for names in _FACTS.values() for name in names} == apart


@pytest.mark.parametrize("today, expected", [(0, "today"), (1, "1 day ago"), (2, "2 days ago")])
def test_how_long_ago_a_day_is(today: int, expected: str) -> None:
    day = max(each for name in PACK.distributions for each in PACK.days_read("support", name))
    later = (date.fromisoformat(day) + timedelta(days=today)).isoformat()

    assert f"{day}, {expected}\n" in ages(PACK, later)


def test_the_head_of_a_checkout_says_the_same_as_the_pack() -> None:
    assert pack_versions() == ((PACK.name, PACK.version),)


def test_the_head_of_a_wheel_says_the_same_as_the_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ddtrace.pack").write_bytes(write_parts(compile_pack(RULES)))
    monkeypatch.setattr(edition, "COMPILED", str(tmp_path))
    monkeypatch.setattr(edition, "RULES", str(tmp_path / "none"))

    assert pack_versions() == ((PACK.name, PACK.version),)


@pytest.mark.parametrize("text", ["# nothing\n", None])
def test_without_a_head_the_whole_pack_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None
) -> None:
    if text:
        (tmp_path / "odd").mkdir()
        (tmp_path / "odd" / "pack.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(edition, "RULES", str(tmp_path))
    monkeypatch.setattr(load, "builtin", builtin_pack)

    assert pack_versions() == ((PACK.name, PACK.version),)


def test_version_tells_the_data_and_its_age(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["--version", "--as-of", PACK.version.replace(".", "-")]) == 0
    assert capsys.readouterr().out == f"ddlint {__version__}\nrules {PACK.name} {PACK.version}\n"
    assert cli.run(["--version", "--as-of", "2036-01-01"]) == 0
    assert capsys.readouterr().out.endswith(" days old: a newer ddlint may know more\n")


def test_a_run_on_old_data_says_and_fails_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "requirements.txt").write_text("flask\n", encoding="utf-8")

    assert cli.run(["--isolated", "--as-of", "2036-01-01", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert "days old" not in captured.out + captured.err


def test_the_nightly_job_fails_on_old_data(capsys: pytest.CaptureFixture[str]) -> None:
    day = PACK.version.replace(".", "-")

    assert tool.main([], day) == 0
    assert capsys.readouterr().out == f"{PACK.name} {PACK.version}: 0 days old\n"
    assert tool.main(["--days", "9"], "2036-01-01") == 1
    assert capsys.readouterr().out.endswith("days old, too old\n")
