import pytest

from ddlint.outputs import NAMES
from tests.outputs.golden import FOLDER, rendered


@pytest.mark.parametrize("name", NAMES)
def test_the_sample_report_is_rendered_as_the_golden_file_has_it(name: str) -> None:
    expected = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")

    assert expected == rendered(name)


def test_every_golden_file_is_of_a_format() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.iterdir())
