"""What the checks of libraries look at."""

from __future__ import annotations

from ddlint.checks.common.context import CheckContext
from ddlint.core.source import Source
from ddlint.inputs import uv_lock
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


UV = (
    '[[package]]\nname = "own"\nsource = { virtual = "." }\ndependencies = [\n    { name = "flask" },\n]\n\n'
    '[[package]]\nname = "flask"\nversion = "3"\ndependencies = [\n    { name = "redis" },\n]\n\n'
    '[[package]]\nname = "redis"\nversion = "4"\n\n[[package]]\nname = "redis"\nversion = "5"\n\n'
    '[[package]]\nname = "idle"\nversion = "1"\n\n[[package]]\nname = "ddtrace"\nversion = "4.16.0"\n'
)


def seen(here: CheckContext, path: str) -> dict[str, object]:
    """Return all that checks ask for of the entries of files."""
    return {
        "by name": {name: here.by_name[name] for name in sorted(here.by_name)},
        "count": len(here.by_name),
        "absent": ("tornado" in here.by_name, here.by_name.get("tornado")),
        "known": here.known(),
        "needed": here.needed(path),
        "edges": list(here.edges(path)),
        "entries": here.entries,
        "siblings": [here.siblings(each) for each in here.known()],
    }


def test_entries_on_demand_are_what_they_are_all_at_once() -> None:
    """Checks see the same of a lock whether its entries are made one by one or are there."""
    asked = requirements("flask>=2", "redis", path="more.txt")
    lock = uv_lock.parse(Source("/p/uv.lock", UV))
    late = CheckContext(project(asked, lock, requirements("redis<6")), pack())
    at_once = lock._replace(dependencies=tuple(lock.dependencies))
    early = CheckContext(project(asked, at_once, requirements("redis<6")), pack())

    assert seen(late, lock.path) == seen(early, lock.path)
    assert [each.path for each in late.by_name["redis"]] == [
        "/p/more.txt",
        "/p/uv.lock",
        "/p/uv.lock",
        "/p/requirements.txt",
    ]
