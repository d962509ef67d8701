"""What each line supports of a project, and which one is the newest that fits."""

import pytest

from ddlint.checks import Step
from ddlint.core.model import Judging
from ddlint.plan import phrases as words
from ddlint.plan.model import Kind
from tests.plan.made import DAY, JUDGING, document, of, plan_of, statuses

PROJECT = '[project]\nname = "shop"\nversion = "1"\nrequires-python = "{python}"\ndependencies = ["tracelib"]\n'


@pytest.mark.parametrize(
    "requirement, expected",
    [
        ("webby", "sup sup sup sup sup"),
        ("webby==0.9", "uns uns uns uns uns"),
        ("webby==1.0", "sup sup sup uns uns"),
        ("webby>=1.5", "sup sup sup par par"),
        ("webby==2.5", "sup sup sup sup sup"),
        ("webby==2.6", "sup sup sup sup unt"),
        ("webby @ git+https://git.example/webby", "unk unk unk unk unk"),
        ("oldy==3", "sup sup sup sup rem"),
        ("sqly==1.4", "no  not not not not"),
        ("sqly==1.3", "no  uns uns uns uns"),
        ("webby==1.0; python_version < '3.8'", ""),
    ],
)
def test_a_library_over_the_lines(requirement: str, expected: str) -> None:
    plan = plan_of(of("tracelib", requirement))
    names = [row.name for row in plan.rows if row.kind is Kind.LIBRARY]

    assert [statuses(plan, Kind.LIBRARY, name) for name in names] == ([expected] if expected else [])


def test_a_switch_turns_a_library_on() -> None:
    plan = plan_of({**of("tracelib", "sqly==1.4"), ".env": "TRACELIB_SQLY_ENABLED=true\n"})

    assert statuses(plan, Kind.LIBRARY, "sqly") == "no  sup sup sup sup"


def test_a_lock_answers_for_what_is_written() -> None:
    lock = '[[package]]\nname = "webby"\nversion = "1.9"\n\n[[package]]\nname = "tracelib"\nversion = "2.0.0"\n'
    plan = plan_of({"pyproject.toml": PROJECT.format(python=">=3.10"), "poetry.lock": lock})
    row = next(row for row in plan.rows if row.name == "webby")

    assert statuses(plan, Kind.LIBRARY, "webby") == "sup sup sup uns uns"
    assert [(found.text, found.origin) for found in row.found] == [("1.9", "locked")]
    assert not row.is_declared


@pytest.mark.parametrize(
    "python, expected",
    [
        ("==3.8.*", {"3.8": "sup sup sup uns uns"}),
        ("==3.13.*", {"3.13": "par par par uns sup"}),
        (">=3.11,<3.13", {"3.11": "par par sup sup sup", "3.12": "par par par sup sup"}),
    ],
)
def test_pythons_over_the_lines(python: str, expected: dict[str, str]) -> None:
    plan = plan_of({"pyproject.toml": PROJECT.format(python=python)})
    found = {row.name: statuses(plan, Kind.PYTHON, row.name) for row in plan.rows if row.kind is Kind.PYTHON}

    assert expected == found


def test_a_python_that_no_line_is_for_does_not_count() -> None:
    """`>=3.11` lets in every later Python; one that is only ever let in, and supported nowhere, is no part of the sum."""
    counts = {
        series.name: series.pythons
        for series in plan_of({"pyproject.toml": PROJECT.format(python=">=3.11")}).all_series
    }

    assert {name: tuple(count) for name, count in counts.items()} == {
        "1.0": (0, 3),
        "1.1": (0, 3),
        "2.0": (1, 3),
        "2.1": (2, 3),
        "3.0": (3, 3),
    }


@pytest.mark.parametrize(
    "platform, expected",
    [
        ("manylinux-x86_64", "sup sup sup sup sup"),
        ("manylinux-aarch64", "sup sup sup sup sup"),
        ("macos-arm64", "par par sup sup sup"),
        ("win-amd64", "uns uns uns uns uns"),
    ],
)
def test_platforms_over_the_lines(platform: str, expected: str) -> None:
    settings = Judging(DAY, platforms=(platform,), python_version="3.10")

    assert statuses(plan_of(of("tracelib"), settings=settings), Kind.PLATFORM, platform) == expected


@pytest.mark.parametrize(
    "runner, expected",
    [
        ("macos-13-xlarge", ("macos-arm64 13", "par par sup sup par")),
        ("macos-14", ("macos-arm64 14", "par par sup sup sup")),
    ],
)
def test_a_system_that_is_too_old_for_the_wheels_builds_from_source(runner: str, expected: tuple[str, str]) -> None:
    setup = 'steps: [{uses: actions/setup-python@v5, with: {python-version: "3.10"}}]'
    workflow = f"jobs:\n  a:\n    runs-on: {runner}\n    {setup}\n"
    plan = plan_of({**of("tracelib"), ".github/workflows/ci.yml": workflow})
    names = [row.name for row in plan.rows if row.kind is Kind.PLATFORM]

    assert [(name, statuses(plan, Kind.PLATFORM, name)) for name in names] == [expected]


@pytest.mark.parametrize(
    "linux, macos, expected",
    [("3.11", "3.10", "par par sup sup sup"), ("3.10", "3.11", "par par par par par")],
)
def test_a_platform_is_held_against_the_pythons_that_run_on_it(linux: str, macos: str, expected: str) -> None:
    job = '  {name}:\n    runs-on: {runner}\n    steps: [{{uses: actions/setup-python@v5, with: {{python-version: "{python}"}}}}]\n'
    jobs = (("a", "ubuntu-latest", linux), ("b", "macos-15", macos))
    workflow = "jobs:\n" + "".join(job.format(name=a, runner=b, python=c) for a, b, c in jobs)
    plan = plan_of({**of("tracelib"), ".github/workflows/ci.yml": workflow})

    assert statuses(plan, Kind.PLATFORM, "macos-arm64 15") == expected


@pytest.mark.parametrize(
    "requirements, newest, against",
    [
        (["tracelib==1.0.1", "webby>=2"], "3.0", ()),
        (["tracelib==1.0.1", "webby==1.0"], "2.0", ("webby unsupported",)),
        (["tracelib==1.0.1", "oldy"], "2.1", ("oldy no longer instrumented",)),
        (["tracelib==1.0.1", "helper==1.5"], "2.1", ("helper in conflict",)),
        (["tracelib==1.0.1", "clashy==9"], "2.1", ("clashy in conflict",)),
        (["tracelib==1.0.1", "webby==0.9"], "", ("webby unsupported",)),
        (["tracelib==1.0.1", "webby>=1.5"], "3.0", ()),
        (["tracelib==1.0.1", "webby==2.6"], "3.0", ()),
        (["tracelib==1.0.1", "sqly"], "3.0", ()),
        (["tracelib==2.1.0", "webby==1.0"], "", ("webby unsupported",)),
    ],
)
def test_the_newest_series_that_fits_is_none_that_is_older_than_the_one_in_use(
    requirements: list[str], newest: str, against: tuple[str, ...]
) -> None:
    plan = plan_of(of(*requirements))

    assert (plan.newest_fit, plan.all_series[-1].against) == (newest, against)


def test_a_series_whose_support_has_ended_is_no_advice() -> None:
    settings = JUDGING._replace(as_of="2027-01-01")

    assert plan_of(of("tracelib==1.0.1", "webby==1.0"), settings=settings).newest_fit == ""
    assert words.fit(plan_of(of("tracelib==1.0.1", "webby==1.0"), settings=settings)) == "none that is still supported"


def test_a_line_stands_for_its_newest_release_that_was_not_yanked() -> None:
    lines = plan_of(of("tracelib")).all_series

    assert [line.release for line in lines] == ["1.0.1", "1.1.0", "2.0.0", "2.1.0", "3.0.0"]
    assert [words.level(line) for line in lines] == [
        *["end of life"] * 2,
        *["maintenance until 2026-12-31"] * 2,
        "general availability",
    ]


def test_support_that_has_ended_is_told_on_the_day_after() -> None:
    lines = plan_of(of("tracelib"), settings=JUDGING._replace(as_of="2027-01-01")).all_series

    assert words.level(lines[2]) == "end of life since 2026-12-31"


def test_what_is_untested_or_off_counts_as_supported() -> None:
    line = plan_of(of("tracelib", "webby==2.6", "sqly", "oldy")).all_series[-1]

    assert tuple(line.supported) == (2, 3)


@pytest.mark.parametrize(
    "files, settings, expected",
    [
        (of("tracelib==2.0.0"), JUDGING, ["2.0.0, declared (2.0 series, maintenance until 2026-12-31)"]),
        (of("tracelib==2.0.0"), JUDGING._replace(tracer="3.0.0"), ["3.0.0, option (3.0 series, general availability)"]),
        (
            of("webby"),
            JUDGING._replace(default_tracer=">=2,<3"),
            ["2.1.0, config (2.1 series, maintenance until 2026-12-31)"],
        ),
        (of("tracelib @ https://files.example/t.whl"), JUDGING, ["a version that is not known"]),
        (
            {"pyproject.toml": PROJECT.format(python=">=3.8,<3.12")},
            JUDGING,
            [
                "2.0.0, declared, on Python 3.8 (2.0 series, maintenance until 2026-12-31)",
                "2.1.0, declared, on Python 3.9 (2.1 series, maintenance until 2026-12-31)",
                "3.0.0, declared, on Python 3.10 and 3.11 (3.0 series, general availability)",
            ],
        ),
    ],
)
def test_what_is_taken_today(files: dict[str, str], settings: Judging, expected: list[str]) -> None:
    plan = plan_of(files, settings=settings)

    assert [words.taken(plan, one) for one in plan.current] == expected


def test_the_way_is_told_also_where_today_is_not_known() -> None:
    plan = plan_of(of("tracelib @ https://files.example/t.whl", "webby==1.0"))

    assert [change.help for change in plan.changes if change.step == Step.SUBJECT] == [
        "require tracelib 3.0.0 there by hand"
    ]
    assert plan.newest_fit == "2.0"
    assert words.headline(plan) == "an unknown version → 3.0.0: 2 changes"


def test_phrases_of_a_goal() -> None:
    plan = plan_of({"pyproject.toml": PROJECT.format(python=">=3.9,<3.12"), **of("webby==2.6", "sqly", "oldy")})

    assert words.reach(plan) == (
        "3.0.0 (general availability) supports 2 of 3 Pythons, 2 of 3 libraries (1 untested, 1 off)"
    )
    assert words.overview(document(plan), plan) == (
        ".",
        "2.1.0 and 3.0.0",
        "3.0.0",
        "2 changes, 1 of them already overdue",
    )


POETRY = '[tool.poetry]\nname = "shop"\n[tool.poetry.dependencies]\npython = "{python}"\ntracelib = "*"\n'


@pytest.mark.parametrize(
    "python, fit, against",
    [("^3.10", "2.0", ("range of Pythons",)), (">=3.10,<3.14", "3.0", ())],
)
def test_a_series_does_not_fit_where_poetry_cannot_lock_it(python: str, fit: str, against: tuple[str, ...]) -> None:
    plan = plan_of({"pyproject.toml": POETRY.format(python=python)})

    assert (plan.newest_fit, plan.all_series[-1].against) == (fit, against)
    assert bool(against) == any(change.step == Step.PYTHON for change in plan.required)
