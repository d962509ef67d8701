"""Every format of a plan as it stands in `golden/`; `python -m tests.plan.golden` writes it anew."""

from importlib import import_module
from pathlib import Path

import pytest

from ddlint import plan
from ddlint.plan import FORMATS
from tests.plan.golden import FOLDER, rendered


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_what_its_golden_file_says(name: str) -> None:
    assert rendered(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(FORMATS)


def test_every_module_that_renders_is_on_the_list() -> None:
    modules = [
        path.stem for path in (Path(plan.__file__).parent / "formats").glob("*.py") if not path.stem.startswith("_")
    ]

    assert {name for name in modules if hasattr(import_module(f"ddlint.plan.formats.{name}"), "render")} == set(FORMATS)
