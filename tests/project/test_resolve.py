"""From manifests to Pythons and the release of the subject on each."""

from __future__ import annotations

import pytest

from ddlint.core.model import Certainty, Dependency, Include, Judging, Manifest, Origin, Project
from ddlint.core.source import Span
from ddlint.pack.releases import satisfying
from ddlint.project.environments import environments
from ddlint.project.installs import installs
from ddlint.project.resolve import resolve, resolve_environments
from ddlint.project.workspace import Layout
from tests.project.fake import JUDGING, FakePack, manifest, python, requirement

PACK = FakePack()
LOCKED = Origin.LOCKED


def _resolve(*manifests: Manifest, settings: Judging = JUDGING) -> Project:
    return resolve("/p", manifests, PACK, settings)


def _each(*manifests: Manifest) -> tuple[Project, ...]:
    """Resolve every environment that installs the subject."""
    return resolve_environments(environments(manifests, Layout("/p", "/p")), "/p", PACK, JUDGING)


def _releases(project: Project) -> list[list[str]]:
    """Write resolutions as `3.8:2.1.1`; `!` marks an open Python, `?` a release the pack does not know."""
    return [
        [
            f"{each.python}{'!' if each.certainty is Certainty.OPEN else ''}:{each.release}{'?' if each.is_newer else ''}"
            for each in tracer.resolutions
        ]
        for tracer in project.tracers
    ]


def _one(*requirements: str | Dependency, pythons: str = "") -> list[str]:
    stated = (python(pythons),) if pythons else ()
    return _releases(_resolve(manifest("requirements.txt", *requirements, pythons=stated)))[0]


@pytest.mark.parametrize(
    ("requirements", "expected"),
    [
        (["tracelib"], [":3.2.0"]),
        (["tracelib<3"], [":2.1.1"]),
        (["tracelib~=1.0"], [":1.2.0"]),
        (["tracelib==1.1.*"], [":1.1.0"]),
        (["tracelib==1.1.1"], [":1.1.1"]),
        (["tracelib==2.1"], [":2.1.0"]),
        (["tracelib==2"], [":2.0.0"]),
        (["tracelib==2.1.1+corp"], [":2.1.1+corp"]),
        (["tracelib===2.1.1"], [":2.1.1"]),
        (["tracelib==3.0.0rc1"], [":3.0.0rc1"]),
        (["tracelib==3.1.2"], [":3.1.2?"]),
        (["tracelib==9.0"], [":9.0?"]),
        (["tracelib>=4"], [":3.2.0?"]),
        (["tracelib>=2.1.2,<3"], [":2.1.1?"]),
        (["tracelib==2.0.0.post1"], [":2.0.0.post1?"]),
        (["tracelib==1.1.0.post9"], [":"]),
        (["tracelib==0.1"], [":"]),
        (["tracelib<1"], [":"]),
        (["tracelib>=2", "tracelib<3"], [":2.1.1"]),
        (["tracelib<2 ; python_version < '3.7'", "tracelib>=2 ; python_version >= '3.7'"], [":3.2.0"]),
        (["tracelib ; python_version < '3.7'"], [":1.2.0"]),
    ],
)
def test_the_newest_release_that_satisfies_where_no_python_is_declared(
    requirements: list[str], expected: list[str]
) -> None:
    assert expected == _one(*requirements)


@pytest.mark.parametrize(
    ("requirements", "pythons", "expected"),
    [
        (["tracelib"], ">=3.8,<3.11", ["3.8:2.1.1", "3.9:3.2.0", "3.10:3.2.0"]),
        (["tracelib"], "<=3.7,>=3", ["3.6:1.2.0", "3.7:2.1.1"]),
        (["tracelib>=3"], ">=3.8,<3.10", ["3.8:", "3.9:3.2.0"]),
        (["tracelib"], ">=3.12", ["3.12:3.2.0", "3.13:3.2.0", "3.14!:3.0.0"]),
        (["tracelib>=3.1"], ">=3.12,<4", ["3.12:3.2.0", "3.13:3.2.0", "3.14!:"]),
        (["tracelib>=3.1"], ">=3.14", ["3.14:"]),
        (["tracelib>=3.1"], "<3.11,>=3.9.2", ["3.9:3.2.0", "3.10:3.2.0"]),
        (["tracelib==3.0.0"], "<3.10", ["2.7!:", "3.6!:", "3.7!:", "3.8!:", "3.9:3.0.0"]),
        (["tracelib ; python_version<'3.13'"], ">=3.12,<3.14", ["3.12:3.2.0"]),
        (
            ["tracelib>=2,<3 ; python_version<'3.9'", "tracelib>=3 ; python_version>='3.9'"],
            ">=3.8,<3.10",
            ["3.8:2.1.1", "3.9:3.2.0"],
        ),
        (["tracelib<3 ; python_version<'3'", "tracelib"], ">=3.9,<3.10", ["3.9:3.2.0"]),
        (["tracelib==3.0.0rc1"], ">=3.8,<3.10", ["3.8:", "3.9:3.0.0rc1"]),
        (["tracelib==9.0"], ">=3.8,<3.10", ["3.8:9.0?", "3.9:9.0?"]),
    ],
)
def test_the_release_on_each_declared_python(requirements: list[str], pythons: str, expected: list[str]) -> None:
    assert expected == _one(*requirements, pythons=pythons)


def test_a_requirement_with_a_dead_marker_declares_nothing() -> None:
    assert _resolve(manifest("r.txt", "tracelib ; python_version<'3'", pythons=(python(">=3.8"),))).tracers == ()


@pytest.mark.parametrize("scope", ["", "extra:trace", "group:dev"])
def test_a_scope_declares_a_tracer(scope: str) -> None:
    assert _releases(_resolve(manifest("pyproject.toml", requirement("tracelib<2", scope=scope)))) == [[":1.2.0"]]


def test_what_only_builds_declares_none() -> None:
    assert _resolve(manifest("pyproject.toml", requirement("tracelib<2", scope="build"))).tracers == ()


def test_scopes_that_are_not_installed_together_are_environments_of_their_own() -> None:
    found = _each(
        manifest(
            "pyproject.toml",
            requirement("tracelib<2", scope="extra:old"),
            requirement("tracelib>=3", scope="extra:new"),
            requirement("webby", scope="extra:new"),
        )
    )

    assert [_releases(each) for each in found] == [[[":1.2.0"]], [[":3.2.0"]]]
    assert [each.name for each in found] == ["pyproject.toml (extra old)", "pyproject.toml (extra new)"]
    assert [len(each.manifests[0].dependencies) for each in found] == [1, 2]


def test_an_extra_narrows_the_main_requirement_where_it_is_installed() -> None:
    found = _each(manifest("pyproject.toml", "tracelib<3", requirement("tracelib<2", scope="extra:old")))

    assert [_releases(each) for each in found] == [[[":2.1.1"]], [[":1.2.0"]]]


def test_a_lock_entry_decides() -> None:
    found = _resolve(manifest("pyproject.toml", "tracelib>=2"), manifest("uv.lock", "tracelib==2.0.0", origin=LOCKED))

    assert _releases(found) == [[":2.0.0"]]
    assert found.tracers[0].resolutions[0].origin == "locked"
    assert found.tracers[0].resolutions[0].by[0].path == "/p/uv.lock"


def test_a_lock_entry_is_not_for_pythons_that_the_requirement_leaves_out() -> None:
    found = _resolve(
        manifest("pyproject.toml", "tracelib ; python_version<'3.9'", pythons=(python(">=3.8,<3.10"),)),
        manifest("uv.lock", "tracelib==2.0.0", origin=LOCKED),
    )

    assert _releases(found) == [["3.8:2.0.0"]]


def test_each_fork_of_a_lock_goes_to_its_python() -> None:
    found = _resolve(
        manifest(
            "pyproject.toml",
            "tracelib<3 ; python_version<'3.9'",
            "tracelib>=3 ; python_version>='3.9'",
            pythons=(python(">=3.8,<3.10"),),
        ),
        manifest("poetry.lock", "tracelib==3.2.0", "tracelib==2.1.0", origin=LOCKED),
    )

    assert _releases(found) == [["3.8:2.1.0", "3.9:3.2.0"]]


def test_a_locked_release_that_a_python_cannot_have_is_none() -> None:
    found = _resolve(
        manifest("requirements.txt"),
        manifest("uv.lock", "tracelib==3.2.0", origin=LOCKED, pythons=(python(">=3.8,<3.10"),)),
    )

    assert _releases(found) == [["3.8:", "3.9:3.2.0"]]


def test_constraints_narrow_and_declare_nothing() -> None:
    constraints = manifest("c.txt", "tracelib<2")
    narrowed = manifest("requirements.txt", "tracelib", includes=(Include("c.txt", Span(0, 0), is_constraint=True),))
    other = manifest("requirements.txt", "webby", includes=(Include("c.txt", Span(0, 0), is_constraint=True),))

    assert [_releases(each) for each in _each(narrowed, constraints)] == [[[":1.2.0"]]]
    assert _each(other, constraints) == ()


def test_an_override_replaces() -> None:
    override = requirement("tracelib==2.0.0", origin=Origin.OVERRIDE)

    assert _releases(_resolve(manifest("pyproject.toml", "tracelib>=3", override))) == [[":2.0.0"]]


def test_files_that_are_never_installed_together_are_environments_of_their_own() -> None:
    found = _each(
        manifest("requirements.txt", "tracelib>=3"),
        manifest("requirements-py2.txt", "tracelib<2"),
        manifest("requirements-docs.txt", "webby"),
    )

    assert [(each.name, _releases(each)) for each in found] == [
        ("requirements.txt", [[":3.2.0"]]),
        ("requirements-py2.txt", [[":1.2.0"]]),
    ]


def test_an_included_file_is_installed_with_all_that_include_it() -> None:
    base = manifest("base.txt", "tracelib>=3")
    dev = manifest("dev.txt", "webby", includes=(Include("base.txt", Span(0, 0)),))
    prod = manifest("prod.txt", includes=(Include("base.txt", Span(0, 0)),))

    found = _each(dev, prod, base)

    assert [[each.path for each in project.manifests] for project in found] == [
        ["/p/dev.txt", "/p/base.txt"],
        ["/p/prod.txt", "/p/base.txt"],
    ]


def test_a_compiled_file_decides_for_its_source() -> None:
    found = _resolve(manifest("requirements.in", "tracelib>=2"), manifest("requirements.txt", "tracelib==2.1.0"))

    assert _releases(found) == [[":2.1.0"]]


def test_an_include_cycle_ends() -> None:
    one = manifest("a.txt", "tracelib", includes=(Include("b.txt", Span(0, 0)),))
    two = manifest("b.txt", includes=(Include("a.txt", Span(0, 0)),))

    assert [install.files for install in installs((one, two))] == [("/p/a.txt", "/p/b.txt")]


def test_a_lock_above_covers_a_member() -> None:
    member = manifest("member/pyproject.toml", "tracelib>=2")
    lock = manifest("uv.lock", "tracelib==2.0.0", origin=LOCKED)

    assert _releases(_resolve(member, lock)) == [[":2.0.0"]]


def test_an_unknown_tracer() -> None:
    found = _resolve(manifest("requirements.txt", requirement("tracelib", is_known=False)))

    assert [tracer.is_known for tracer in found.tracers] == [False]
    assert _releases(found) == [[]]


def test_a_tracer_is_unknown_where_one_of_several_requirements_is() -> None:
    found = _resolve(manifest("requirements.txt", requirement("tracelib", is_known=False), "tracelib<3"))

    assert [tracer.is_known for tracer in found.tracers] == [False]


def test_a_lock_tells_the_version_of_an_unknown_requirement() -> None:
    found = _resolve(
        manifest("pyproject.toml", requirement("tracelib", is_known=False)),
        manifest("uv.lock", "tracelib==2.0.0", origin=LOCKED),
    )

    assert _releases(found) == [[":2.0.0"]]


@pytest.mark.parametrize("arbitrary", ["tracelib===odd", "tracelib===2.0-odd"])
def test_arbitrary_equality_of_no_version_is_unknown(arbitrary: str) -> None:
    assert [tracer.is_known for tracer in _resolve(manifest("r.txt", arbitrary)).tracers] == [False]


@pytest.mark.parametrize(
    ("settings", "declared", "expected"),
    [
        (JUDGING, "webby", []),
        (JUDGING._replace(default_tracer="2.0.0"), "webby", [[":2.0.0"]]),
        (JUDGING._replace(default_tracer="2.0.0"), "tracelib>=3", [[":3.2.0"]]),
        (JUDGING._replace(tracer="<2"), "tracelib>=3", [[":1.2.0"]]),
        (JUDGING._replace(tracer="== 2.1.0"), "webby", [[":2.1.0"]]),
        (JUDGING._replace(tracer="2.1.0", python_version="3.8"), "webby", [["3.8:2.1.0"]]),
        (JUDGING._replace(tracer="3.0.0", python_version="3.8"), "webby", [["3.8:"]]),
    ],
)
def test_the_tracer_of_the_option_replaces_and_that_of_the_config_stands_in(
    settings: Judging, declared: str, expected: list[list[str]]
) -> None:
    assert expected == _releases(_resolve(manifest("requirements.txt", declared), settings=settings))


def _pythons(*manifests: Manifest, settings: Judging = JUDGING) -> list[str]:
    return [f"{each.minor} {each.certainty.value}" for each in _resolve(*manifests, settings=settings).pythons]


def test_hints_are_exact_and_ranges_bounded_or_open() -> None:
    found = _pythons(
        manifest("pyproject.toml", "tracelib", pythons=(python(">=3.11"),)),
        manifest("Dockerfile", pythons=(python("==3.8.*", is_exact=True),)),
    )

    assert found == ["3.8 exact", "3.11 bounded", "3.12 bounded", "3.13 bounded", "3.14 open"]


def test_an_exact_python_that_the_pack_does_not_know_counts() -> None:
    assert _pythons(manifest("Dockerfile", "tracelib", pythons=(python("==3.99.*", is_exact=True),))) == ["3.99 exact"]


def test_a_manifest_beats_its_lock_and_a_project_its_scripts() -> None:
    found = _pythons(
        manifest("uv.lock", pythons=(python(">=3.6"),)),
        manifest("tool.py", pythons=(python(">=3.13"),)),
        manifest("pyproject.toml", "tracelib", pythons=(python(">=3.8,<3.10"),)),
    )

    assert found == ["3.8 bounded", "3.9 bounded"]


def test_a_lock_speaks_where_nothing_else_does() -> None:
    lock = manifest("poetry.lock", "tracelib==2.0.0", origin=LOCKED, pythons=(python(">=3.8,<3.10"),))

    assert _pythons(lock) == ["3.8 bounded", "3.9 bounded"]


def test_all_ranges_must_be_met_unless_they_exclude_one_another() -> None:
    one = manifest("pyproject.toml", "tracelib", pythons=(python(">=3.8,<3.11"),))

    assert _pythons(one, manifest("setup.cfg", pythons=(python(">=3.9"),))) == ["3.9 bounded", "3.10 bounded"]
    assert len(_pythons(one, manifest("setup.cfg", pythons=(python("==3.7.*"),)))) == 4


def test_an_option_replaces_the_pythons() -> None:
    found = _pythons(
        manifest("pyproject.toml", "tracelib", pythons=(python(">=3.8"),)),
        settings=JUDGING._replace(python_version="3.9"),
    )

    assert found == ["3.9 exact"]


def test_where_no_python_can_have_a_release_another_stands_in() -> None:
    found = _resolve(manifest("r.txt", "tracelib>=3", pythons=(python(">=3.7,<3.9"),)))

    assert _releases(found) == [["3.7:", "3.8:"]]
    assert found.tracers[0].stand_in == "3.2.0"


def test_a_newer_release_is_judged_as_the_newest_known_line() -> None:
    found = _resolve(manifest("r.txt", "tracelib==2.9.4")).tracers[0].resolutions[0]

    assert (found.release, found.series, found.is_newer) == ("2.9.4", "2.1", True)


def test_places_of_a_python() -> None:
    found = _resolve(
        manifest("pyproject.toml", "tracelib", pythons=(python(">=3.8,<3.10"),)),
        manifest("Dockerfile", pythons=(python("==3.8.*", is_exact=True),)),
    )

    assert [place.path for place in found.pythons[0].places] == ["/p/Dockerfile", "/p/pyproject.toml"]
    assert [place.path for place in found.pythons[1].places] == ["/p/pyproject.toml"]


def test_an_untraced_project_is_left_alone() -> None:
    found = _resolve(manifest("r.txt", "webby", pythons=(python(">=3.8"),)))

    assert (found.tracers, found.pythons) == ((), ())


@pytest.mark.parametrize(
    ("texts", "expected"),
    [(("==1.1.1",), "1.1.1"), (("==1.1.1", ">=1"), "1.1.1"), (("==1.1.*",), "1.1.0"), (("==1.1.1", ">=2"), "")],
)
def test_a_yanked_release_satisfies_where_it_is_pinned(texts: tuple[str, ...], expected: str) -> None:
    assert satisfying(PACK, texts) == expected


def test_a_project_whose_only_tracer_is_never_installed_has_no_pythons() -> None:
    dead = manifest("requirements.txt", "tracelib ; python_version < '2'", pythons=(python(">=3.9"),))
    found = _resolve(dead)

    assert (found.tracers, found.pythons) == ((), ())
