"""The gate of instruction counts: what passes, what fails, and where nothing is compared."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import imports, instructions
from benchmarks.instructions import CHANGED, NOT_COMPARED, SAME

if TYPE_CHECKING:
    from pathlib import Path

TARGET = "CPython 3.11.2"
KNOWN = {"--version": 1_000_000, "pyproject, 10 KB": 2_000_000}


@pytest.mark.parametrize(
    "found, code, said",
    [
        ({"--version": 1_000_000}, SAME, ["+0.0%"]),
        ({"--version": 1_030_000}, SAME, ["+3.0%"]),
        ({"--version": 1_030_001}, CHANGED, ["+3.0%  too many"]),
        ({"--version": 970_000}, SAME, ["-3.0%"]),
        ({"--version": 969_999}, SAME, ["-3.0%  fewer: --update"]),
        ({"new": 10}, CHANGED, ["no figure"]),
        ({"--version": 1_000_000, "pyproject, 10 KB": 2_200_000}, CHANGED, ["+0.0%", "+10.0%  too many"]),
    ],
)
def test_a_count_is_compared_with_its_figure(found: dict[str, int], code: int, said: list[str]) -> None:
    compared, lines = instructions.compare(KNOWN, found)

    assert compared == code
    assert [line.split("  ", 1)[1].split(maxsplit=2)[-1] for line in lines] == said
    assert [line.split("  ")[0] for line in lines] == list(found)


def run(
    table: Path, monkeypatch: pytest.MonkeyPatch, *words: str, found: dict[str, int] | None = None, here: str = TARGET
) -> int:
    """Call the script with counts that are given."""

    def measured(only: str, _repeat: int, target: str) -> tuple[str, dict[str, int]]:
        if target and target != here:
            raise instructions.MissingError(f"the figures are of {target}, and this is {here}")
        return here, {title: count for title, count in (KNOWN if found is None else found).items() if only in title}

    monkeypatch.setattr(instructions, "TABLE", table)
    monkeypatch.setattr(instructions, "PLACE", table.parent / "place")
    monkeypatch.setattr(instructions, "measured", measured)
    monkeypatch.setattr("sys.argv", ["instructions.py", *words])
    return instructions.main()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "instructions.json"
    path.write_text(json.dumps({"target": TARGET, "instructions": KNOWN}), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "words, found, here, code",
    [
        ((), None, TARGET, SAME),
        ((), {"--version": 1_100_000}, TARGET, CHANGED),
        (("--only", "py"), {"--version": 1_100_000}, TARGET, SAME),
        ((), {"new": 1}, TARGET, CHANGED),
        ((), None, "CPython 3.14.0", NOT_COMPARED),
        (("--update",), {"--version": 9}, "CPython 3.14.0", SAME),
    ],
    ids=["same", "more", "more of another case", "no figure", "another interpreter", "new figures"],
)
def test_how_it_ends(
    table: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    found: dict[str, int] | None,
    here: str,
    code: int,
) -> None:
    assert run(table, monkeypatch, *words, found=found, here=here) == code


def test_an_update_writes_the_table_in_the_order_of_the_cases(table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = {"pyproject, 10 KB": 3, "requirements, 50 lines": 2, "gone": 1}
    run(table, monkeypatch, "--update", found=found, here="CPython 3.14.0")

    assert json.loads(table.read_text(encoding="utf-8")) == {
        "target": "CPython 3.14.0",
        "instructions": {"--version": 1_000_000, "requirements, 50 lines": 2, "pyproject, 10 KB": 3},
    }


def test_without_figures_nothing_is_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path / "none.json", monkeypatch) == NOT_COMPARED
    assert "NOT COMPARED: there are no figures" in capsys.readouterr().err


def test_without_the_interpreter_nothing_is_compared(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    monkeypatch.setattr("shutil.which", lambda name, **_: None if name == "python3.11" else f"/usr/bin/{name}")
    monkeypatch.setattr(instructions, "TABLE", table)
    monkeypatch.setattr(instructions, "PLACE", table.parent / "place")
    monkeypatch.setattr("sys.argv", ["instructions.py"])

    assert instructions.main() == NOT_COMPARED
    assert capsys.readouterr().err == "NOT COMPARED: python3.11 of Debian is not installed in /usr/bin\n"


@pytest.mark.parametrize("name", ["Darwin", "Windows"])
def test_on_another_system_nothing_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("platform.system", lambda: name)

    with pytest.raises(instructions.MissingError, match="Linux"):
        instructions.prepared(tmp_path / "place")


def test_there_is_a_figure_of_every_case() -> None:
    table = json.loads(instructions.TABLE.read_text(encoding="utf-8"))

    assert list(table["instructions"]) == [case.title for case in instructions.CASES]
    assert len(instructions.CASES) == 8


def test_what_an_import_takes_is_without_what_it_imports() -> None:
    marks = ["packaging", "packaging.version", "re", "", "", "", "json", ""]
    counts = [100, 1, 10, 20, 11, 2, 100, 5, 50]

    assert imports.shares(marks, counts) == {
        imports.ELSE: 250,
        "packaging": 3,
        "packaging.version": 21,
        "re": 20,
        "json": 5,
    }


@pytest.mark.parametrize(
    "page, missing",
    [
        ("", ["re", "typing"]),
        ("`re` and typing", ["typing"]),
        ("`re`, `typing`", []),
        ("`typing_extensions`", ["re", "typing"]),
    ],
)
def test_a_module_that_takes_much_is_named(page: str, missing: list[str]) -> None:
    found = {imports.ELSE: 90, "re": 5, "typing": 4, "json": 1}

    assert imports.unnamed(found, page, least=4.0) == missing


def test_the_table_of_imports_adds_up() -> None:
    found = {imports.ELSE: 60_000_000, "packaging.version": 20_000_000, "re": 5_000_000, "ddlint.core": 15_000_000}
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in imports.table(found, 40_000_000, 20.0)]

    assert cells == [
        ["the start of Python", "40.0", "40.0%"],
        ["`packaging.version`", "20.0", "20.0%"],
        ["1 other modules", "5.0", "5.0%"],
        ["1 other modules of ddlint", "15.0", "15.0%"],
        ["reading, judging and printing", "20.0", "20.0%"],
        ["all", "100.0", "100.0%"],
    ]
