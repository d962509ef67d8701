"""What the checks of libraries look at."""

from __future__ import annotations

from ddlint.checks.common.context import CheckContext
from tests.checks.built import pack, project, pyproject, requirements


def test_a_name_that_stands_thousands_of_times_is_looked_at_a_hundred_times_each() -> None:
    asked = [f"flask=={number}" for number in range(3000)]
    here = CheckContext(project(requirements("ddtrace==4.16.0", *asked)), pack())

    assert {len(here.siblings(each)) for each in here.by_name["flask"]} == {99, 100}


def names_beside(here: CheckContext) -> list[str]:
    first = here.by_name["flask"][0]
    return [each.path.rpartition("/")[2] for each in here.siblings(first)]


def test_what_is_installed_nowhere_is_no_sibling() -> None:
    """A dead marker leaves an entry out."""
    asked = requirements("ddtrace==4.16.0", "flask>=1", "flask>=2 ; python_version < '2'", "-c constraints.txt")
    narrowing = requirements("flask<3", path="constraints.txt")

    assert names_beside(CheckContext(project(asked, narrowing), pack())) == ["constraints.txt"]


def test_no_release_is_known_of_a_tracer_whose_version_is_not_told() -> None:
    here = CheckContext(project(pyproject("ddtrace @ git+https://git.example/tracer", "flask>=1")), pack())
    (tracer,) = here.project.tracers

    assert here.resolutions(tracer, here.by_name["flask"][0]) == ()
