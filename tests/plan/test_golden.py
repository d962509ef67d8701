"""Every format of a plan as it stands in `golden/`; `python -m tests.plan.golden` writes it anew."""

import pytest

from ddlint.plan import FORMATS
from tests.plan.golden import FOLDER, rendered


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_is_what_its_golden_file_says(name: str) -> None:
    assert rendered(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(FORMATS)
