"""What the checks of libraries look at."""

from __future__ import annotations

from ddlint.checks._scene import Scene
from tests.checks.built import pack, project, requirements


def test_a_name_that_stands_thousands_of_times_is_looked_at_a_hundred_times_each() -> None:
    asked = [f"flask=={number}" for number in range(3000)]
    here = Scene(project(requirements("ddtrace==4.16.0", *asked)), pack())

    assert {len(here.beside(each)) for each in here.by_name["flask"]} == {99, 100}
