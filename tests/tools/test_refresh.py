"""The refresh of a pack from an index that is made up here: what it writes, what it leaves alone, what it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ddlint.pack.build.validate import mistakes
from tests.tools.fake_index import FakeIndex, Made
from tools import refresh as tool
from tools.refresher.forget import forget

if TYPE_CHECKING:
    from pathlib import Path

WEB = {"web": {"flask": ">=1.0"}, "queue": {"celery": ">=5.0"}}
ON = {"web": "True", "queue": "False"}
OLD = Made("1.0.0", "2026-01-05", WEB, ON, ["wrapt>=1"])
PATCH = Made("1.0.1", "2026-02-05", WEB, ON, ["wrapt>=1"])
MINOR = Made("1.1.0", "2026-03-05", WEB, ON, ["wrapt>=1", 'attrs>=20; extra == "fast"'], pythons=("cp311", "cp312"))
NEXT = Made("1.2.0", "2026-04-05", {**WEB, "web": {"flask": ">=2.0"}}, ON, ["wrapt>=1,<3"], ">=3.10")

PACK = {
    "pack.yaml": """\
# What this pack is about.
pack: acme
subject: acme-sdk
version: "2026.03.05"
pythons: ["3.11", "3.12"]
sources:
  index:
    title: the package index
    retrieved: "2026-03-05"
  sdist:
    title: acme-sdk {revision} source distribution
    section: "acme_sdk/contrib/internal/{integration}/patch.py"
    retrieved: "2026-03-05"
  monkey:
    title: acme-sdk source code
    section: PATCH_MODULES
    retrieved: "2026-03-05"
  pyproject:
    title: acme-sdk {revision} source code
    section: pyproject.toml
    retrieved: "2026-03-05"
  sdist-pyproject:
    title: acme-sdk {revision} source distribution
    section: pyproject.toml
    retrieved: "2026-03-05"
""",
    "releases.yaml": """\
# Written by a tool; this line is by hand.
releases:
  source: index
  groups:
    # Nobody used these.
    - series: "1.0"
      requires_python: ">=3.9"
      released: {"1.0.0": "2026-01-05", "1.0.1": "2026-02-05"}
    - series: "1.1"
      requires_python: ">=3.9"
      released: {"1.1.0": "2026-03-05"}
""",
    "wheels.yaml": """\
# Which releases have a wheel.
wheels:
  source: index
  section: wheels of acme-sdk
  pythons:
    "3.11":
      manylinux-x86_64:
        - {releases: "1.0.0-1.1.0", floor: manylinux_2_17}  # glibc of 2014
    "3.12":
      manylinux-x86_64:
        - {releases: "1.1.0", floor: manylinux_2_17}
""",
    "requirements.yaml": """\
# What each release requires.
requirements:
  source: pyproject
  distributions:
    attrs:
      - {releases: "1.1.0", spec: ">=20", extra: fast, source: sdist-pyproject, examples: {ok: ["20"], bad: ["19"]}}
    six:
      - {releases: "1.0.0", spec: "*", examples: {ok: ["0.1"]}}
    wrapt:
      # It was vendored before.
      - {releases: "1.0.0-1.1.0", spec: ">=1", source: sdist-pyproject, note: "read by hand", also: [{source: index}], examples: {ok: ["1"], bad: ["0"]}}
""",
    "levels.yaml": 'levels:\n  - {releases: "<2", level: general-availability, source: index, examples: {bad: ["2"]}}\n',
    "tags.yaml": '# Which revision was read.\ntags:\n  "1.0": "v1.0.1"\n  "1.1": "v1.1.0"\n',
    "integrations/web.yaml": """\
# Flask is the only one.
integration: web
switch: DD_TRACE_WEB_ENABLED
defaults:
  - {series: "1.0-1.1", default: "yes", source: monkey}
distributions:
  flask:
    declared:
      # 1.0 was read twice.
      - {series: "1.0-1.1", spec: ">=1.0", default: "yes", source: sdist, revision: "1.1.0", examples: {ok: ["1.0"], bad: ["0.99"]}}  # by hand
    documented:
      - {series: "1.0+", spec: ">=0.12", source: index, note: "an old page", examples: {ok: ["0.12"], bad: ["0.11"]}}
""",
    "integrations/queue.yaml": """\
integration: queue
switch: DD_TRACE_QUEUE_ENABLED
defaults:
  - {series: "1.0-1.1", default: "no", source: monkey}
distributions:
  celery:
    declared:
      - {series: "1.0-1.1", spec: ">=5.0", default: "no", source: sdist, revision: "1.1.0", examples: {ok: ["5.0"], bad: ["4.99"]}}
""",
}


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "integrations").mkdir()
    for name, text in PACK.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert mistakes(tmp_path) == ()
    return tmp_path


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))
    }


def changes(folder: Path) -> dict[str, list[str]]:
    """Give the lines of each file that were not there before, without indentation."""
    return {
        name: [line.strip() for line in text.split("\n") if line not in PACK.get(name, "").split("\n")]
        for name, text in texts(folder).items()
        if text != PACK.get(name)
    }


def test_nothing_new_changes_not_one_byte_and_downloads_nothing(pack: Path) -> None:
    index = FakeIndex(OLD, PATCH, MINOR)

    assert tool.refresh(pack, index) == ((), (), ())
    assert texts(pack) == PACK
    assert index.fetched == []


def test_a_new_line(pack: Path) -> None:
    index = FakeIndex(OLD, PATCH, MINOR, NEXT)

    refreshed = tool.refresh(pack, index)

    assert refreshed.new == ("1.2.0",)
    assert refreshed.notes == ()
    assert changes(pack) == {
        "integrations/queue.yaml": [
            '- {series: "1.0-1.2", default: "no", source: monkey}',
            '- {series: "1.0-1.2", spec: ">=5.0", default: "no", source: sdist, revision: "1.2.0", examples: {ok: ["5.0"], bad: ["4.99"]}}',
        ],
        "integrations/web.yaml": [
            '- {series: "1.0-1.2", default: "yes", source: monkey}',
            '- {series: "1.2", spec: ">=2.0", default: "yes", source: sdist, revision: "1.2.0", examples: {ok: ["2.0"], bad: ["1.99"]}}',
        ],
        "pack.yaml": ['version: "2026.04.05"', *['retrieved: "2026-04-05"'] * 3],
        "releases.yaml": ['- series: "1.2"', 'requires_python: ">=3.10"', 'released: {"1.2.0": "2026-04-05"}'],
        "requirements.yaml": [
            '- {releases: "1.2.0", spec: "<3,>=1", source: sdist-pyproject, examples: {ok: ["1", "2"], bad: ["0", "3"]}}'
        ],
        "tags.yaml": ['"1.2": "PyPI sdist 1.2.0"'],
        "wheels.yaml": ['- {releases: "1.0.0-1.2.0", floor: manylinux_2_17}  # glibc of 2014'],
    }
    assert index.fetched == ["acme_sdk-1.2.0.tar.gz", "acme_sdk-1.1.0.tar.gz"]


def test_what_a_person_wrote_stays(pack: Path) -> None:
    by_hand = [line for text in PACK.values() for line in text.split("\n") if "#" in line or "note:" in line]

    tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, NEXT))

    written = "\n".join(texts(pack).values())
    kept = [line for line in by_hand if line in written]
    assert len(by_hand) == 13
    assert [line for line in by_hand if line not in kept] == [
        '        - {releases: "1.0.0-1.1.0", floor: manylinux_2_17}  # glibc of 2014'
    ]


def test_a_requirement_that_goes_on_keeps_what_was_written_of_it(pack: Path) -> None:
    tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, NEXT._replace(requires=["wrapt>=1"])))

    assert changes(pack)["requirements.yaml"] == [
        '- {releases: "1.0.0-1.2.0", spec: ">=1", source: sdist-pyproject, note: "read by hand", also: [{source: index}], examples: {ok: ["1"], bad: ["0"]}}'
    ]


def test_the_second_run_changes_nothing(pack: Path) -> None:
    index = FakeIndex(OLD, PATCH, MINOR, NEXT)
    tool.refresh(pack, index)
    before = texts(pack)

    assert tool.refresh(pack, index) == ((), (), ())
    assert texts(pack) == before


@pytest.mark.parametrize("count", [1, 2])
def test_what_was_forgotten_comes_back(pack: Path, count: int) -> None:
    index = FakeIndex(OLD, PATCH, MINOR, NEXT._replace(declared={**WEB, "new": {"acme": "*"}}))
    tool.refresh(pack, index)
    before = texts(pack)
    gone = forget(pack, count)

    refreshed = tool.refresh(pack, index)

    assert refreshed.new == tuple(gone) == ("1.0.1", "1.1.0", "1.2.0")[-count:]
    assert {name: text for name, text in texts(pack).items() if before[name] != text} == {}


def test_the_variables_of_a_new_line(pack: Path) -> None:
    """A variable that is gone ends with the line before, a new one begins; forgetting the line brings the file back."""
    file = pack / "variables.yaml"
    text = """\
# By hand.
variables:
  source: "index"
  families:
    "ACME_*_ON":
      "1.0+ boolean": [CACHE]
  names:
    DD_GONE: "1.0+"
    DD_KEPT: "1.0, 1.1+ boolean"
"""
    file.write_text(text, encoding="utf-8")
    code = 'asbool(os.getenv("DD_KEPT"))\nint(os.getenv("DD_NEW"))\n'

    refreshed = tool.refresh(
        pack, FakeIndex(OLD, PATCH, MINOR, NEXT._replace(extra_files={"acme_sdk/settings.py": code}))
    )

    assert "variables.yaml" in refreshed.changed
    assert file.read_text(encoding="utf-8").splitlines()[-5:] == [
        '      "1.0-1.1 boolean": [CACHE]',
        "  names:",
        '    DD_GONE: "1.0-1.1"',
        '    DD_KEPT: "1.0, 1.1+ boolean"',
        '    DD_NEW: "1.2+ integer"',
    ]
    assert mistakes(pack) == ()
    forget(pack, 1)
    assert file.read_text(encoding="utf-8") == text


def test_what_several_series_say_is_one_task_and_what_is_for_tests_is_none(pack: Path) -> None:
    (pack / "variables.yaml").write_text(
        """\
variables:
  source: "index"
  families:
    "ACME_*_ON":
      "1.0+ boolean": [CACHE]
  names:
    DD_GONE: "1.0+"
    _DD_GONE: "1.0+"
""",
        encoding="utf-8",
    )
    files = {
        "acme_sdk/settings/_supported_configurations.py": (
            'SUPPORTED_CONFIGURATIONS: set = {"DD_OLD", "_DD_OLD"}\n'
            'DEPRECATED_CONFIGURATIONS: set = {"DD_OLD", "_DD_OLD"}\n'
        ),
        "acme_sdk/settings/a.py": 'deprecate("DD_LATE is deprecated", removal_version="2.0.0")\ndeprecate("Pin")\n',
        "releasenotes/notes/a.yaml": "upgrade:\n  - |\n    web: a new default.\n",
    }
    new = [NEXT._replace(extra_files=files), NEXT._replace(version="1.3.0", day="2026-05-05", extra_files=files)]
    notes = tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, *new)).notes

    assert [note for note in notes if "DD_" in note or note.startswith("1.")] == [
        "DD_GONE: 1.2.0 does not read it any more; if that is meant, it needs a row in `removed_settings`",
        'DD_LATE: 1.2.0 announces its end in 2.0.0: "DD_LATE is deprecated 2.0.0"',
        "DD_OLD: the registry of 1.2.0 calls it deprecated, and no row does",
        '1.2.0 announces the end of something: "Pin"',
        '1.2.0, release notes, upgrade: "web: a new default."',
    ]


def test_a_new_release_of_a_known_line(pack: Path) -> None:
    newer = MINOR._replace(version="1.1.1", day="2026-03-09")

    refreshed = tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, newer), "2026-03-10")

    assert refreshed.changed == ("releases.yaml", "requirements.yaml", "wheels.yaml")
    assert changes(pack)["pack.yaml"] == ['version: "2026.03.10"', *['retrieved: "2026-03-10"'] * 3]


def test_an_older_line_that_goes_on(pack: Path) -> None:
    """1.0.2 comes after 1.1.0 and before it: runs that go over it are cut where it differs."""
    later = PATCH._replace(version="1.0.2", day="2026-03-09", requires=["wrapt>=1.1"], pythons=())

    tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, later))

    assert changes(pack)["releases.yaml"] == [
        'released: {"1.0.0": "2026-01-05", "1.0.1": "2026-02-05", "1.0.2": "2026-03-09"}'
    ]
    assert changes(pack)["requirements.yaml"] == [
        '- {releases: "1.0.0-1.0.1", spec: ">=1", note: "read by hand", also: [{source: index}], examples: {ok: ["1"], bad: ["0"]}}',
        '- {releases: "1.0.2", spec: ">=1.1", source: sdist-pyproject, examples: {ok: ["1.1"], bad: ["1.0"]}}',
        '- {releases: "1.1.0", spec: ">=1", source: sdist-pyproject, examples: {ok: ["1"], bad: ["0"]}}',
    ]
    assert changes(pack)["wheels.yaml"] == [
        '- {releases: "1.0.0-1.0.1", floor: manylinux_2_17}  # glibc of 2014',
    ]
    assert '- {releases: "1.1.0", floor: manylinux_2_17}' in texts(pack)["wheels.yaml"].partition('"3.12"')[0]


def test_a_release_that_was_yanked(pack: Path) -> None:
    refreshed = tool.refresh(pack, FakeIndex(OLD._replace(is_yanked=True), PATCH, MINOR))

    assert refreshed.changed == ("releases.yaml",)
    assert changes(pack)["releases.yaml"] == ['yanked: ["1.0.0"]']


def test_pre_releases_and_files_of_no_release_are_none(pack: Path) -> None:
    beta = MINOR._replace(version="1.2.0rc1")

    assert tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, beta)) == ((), (), ())


NOTES: dict[str, tuple[list[Made], str]] = {
    "gone": ([OLD, MINOR], "1.0.1 is gone from the index; its rows stay until a person takes them out"),
    "no source": (
        [OLD, PATCH, MINOR, NEXT._replace(has_sdist=False)],
        "1.2.0 has no source distribution, so what it declares is unknown",
    ),
    "no level": (
        [OLD, PATCH, MINOR, NEXT._replace(version="2.0.0")],
        "levels.yaml: no level holds for the release `2.0.0`",
    ),
    "new Python": (
        [OLD, PATCH, MINOR, NEXT._replace(pythons=("cp311", "cp315"))],
        "wheels.yaml:12:5: `3.15` is not among the `pythons` of the pack",
    ),
    "new integration": (
        [OLD, PATCH, MINOR, NEXT._replace(declared={**WEB, "new": {"acme": "*"}})],
        "new: new in 1.2; look at the names of its distributions",
    ),
    "only patched": (
        [OLD, PATCH, MINOR, NEXT._replace(defaults={**ON, "bare": "True"})],
        "bare: 1.2 patches it and declares no versions, so it has no file yet",
    ),
    "new distribution": (
        [OLD, PATCH, MINOR, NEXT._replace(declared={**WEB, "web": {"flask": ">=1.0", "quart_x": ">=1"}})],
        "web: `quart-x` is new in 1.2; look at the name, which is a guess from `quart_x`",
    ),
    "no integration": (
        [OLD, PATCH, MINOR, NEXT._replace(declared={"web": WEB["web"]}, defaults={"web": "True"})],
        "queue: not declared in 1.2 any more; if it is gone, it needs a removal",
    ),
    "says otherwise": (
        [OLD, PATCH, MINOR, MINOR._replace(version="1.1.1", declared={**WEB, "web": {"flask": ">=1.1"}})],
        "web: 1.1 says {'spec': '>=1.1', 'default': 'yes'}, the row of 1.0-1.1 says otherwise",
    ),
    "no Python": (
        [OLD, PATCH, MINOR, NEXT._replace(extra_files={"acme_sdk/contrib/internal/x/patch.py": "def ("})],
        "acme_sdk/contrib/internal/x/patch.py of 1.2.0 cannot be parsed",
    ),
    "computed": (
        [
            OLD,
            PATCH,
            MINOR,
            NEXT._replace(
                extra_files={
                    "acme_sdk/contrib/internal/x/patch.py": "def _supported_versions():\n    return {'x': '*', 'y': f()}\n"
                }
            ),
        ],
        "acme_sdk/contrib/internal/x/patch.py of 1.2.0 computes a specifier of `_supported_versions`",
    ),
    "no literal": (
        [
            OLD,
            PATCH,
            MINOR,
            NEXT._replace(
                extra_files={"acme_sdk/contrib/internal/x/patch.py": "def _supported_versions():\n    return f()\n"}
            ),
        ],
        "acme_sdk/contrib/internal/x/patch.py of 1.2.0 has a `_supported_versions` that returns no literal",
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_what_a_person_has_to_decide_is_told(pack: Path, name: str) -> None:
    releases, expected = NOTES[name]

    notes = tool.refresh(pack, FakeIndex(*releases)).notes

    assert any(note.startswith(expected) for note in notes), notes


def test_a_release_that_is_gone_stays_in_every_file(pack: Path) -> None:
    tool.refresh(pack, FakeIndex(OLD, PATCH))

    assert texts(pack) == PACK


def test_a_new_integration_gets_a_file(pack: Path) -> None:
    declared = {**WEB, "new": {"Acme_Lib": ">=1.2,<2", "asyncio": "*"}}

    tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, NEXT._replace(declared=declared, defaults={**ON, "new": "f()"})))

    assert texts(pack)["integrations/new.yaml"] == (
        "integration: new\n"
        "switch: DD_TRACE_NEW_ENABLED\n"
        "defaults:\n"
        '  - {series: "1.2", default: "conditional", source: monkey}\n'
        "distributions:\n"
        "  acme-lib:\n"
        "    declared:\n"
        '      - {series: "1.2", spec: ">=1.2,<2", default: "conditional", source: sdist, revision: "1.2.0", examples: {ok: ["1.2"], bad: ["1.1", "2"]}}\n'
        '  "stdlib:asyncio":\n'
        "    declared:\n"
        '      - {series: "1.2", spec: "*", default: "conditional", source: sdist, revision: "1.2.0"}\n'
    )
    assert mistakes(pack) == ()


def test_rows_that_are_not_one_on_a_line_are_left_alone(pack: Path) -> None:
    path = pack / "integrations" / "web.yaml"
    text = path.read_text(encoding="utf-8").replace(
        '      - {series: "1.0-1.1", spec: ">=1.0",', '      - {series: "1.0-1.1",\n         spec: ">=1.0",'
    )
    path.write_text(text, encoding="utf-8")

    notes = tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, NEXT)).notes

    assert notes == ("web: the rows of distributions/flask/declared are not one on a line; add 1.2 by hand",)


def test_requirements_that_a_source_leaves_to_its_build_are_read_from_a_wheel(pack: Path) -> None:
    index = FakeIndex(OLD, PATCH, MINOR, NEXT._replace(metadata_version="2.1"))

    tool.refresh(pack, index)

    assert index.fetched == [
        "acme_sdk-1.2.0.tar.gz",
        "acme_sdk-1.2.0-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "acme_sdk-1.1.0.tar.gz",
    ]
    assert changes(pack)["requirements.yaml"] == [
        '- {releases: "1.2.0", spec: "<3,>=1", source: sdist-pyproject, examples: {ok: ["1", "2"], bad: ["0", "3"]}}'
    ]


def test_an_index_without_the_subject(pack: Path) -> None:
    with pytest.raises(SystemExit, match="lists no release of acme-sdk"):
        tool.refresh(pack, FakeIndex())


def test_a_day_that_the_index_does_not_tell(pack: Path) -> None:
    index = FakeIndex(OLD, PATCH, MINOR, NEXT._replace(day=""))

    with pytest.raises(SystemExit, match=r"does not tell the day of 1\.2\.0; name it with --as-of"):
        tool.refresh(pack, index)

    assert texts(pack) == PACK
    assert tool.refresh(pack, index, "2026-04-09").new == ("1.2.0",)
    assert '"1.2.0": "2026-04-09"' in texts(pack)["releases.yaml"]


def test_what_breaks_on_the_way_leaves_the_pack_as_it_was(pack: Path) -> None:
    class Broken(FakeIndex):
        def fetch(self, file: object) -> bytes:
            raise SystemExit("the index cannot be read: gone")

    with pytest.raises(SystemExit, match="gone"):
        tool.refresh(pack, Broken(OLD, PATCH, MINOR, NEXT))

    assert texts(pack) == PACK


CHANGES = "# Changes\n\nWhat a user sees.\n\n## 0.1.0\n\nThe first release.\n"


def test_the_changelog_gets_a_line(pack: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("changes") / "CHANGELOG.md"
    path.write_text(CHANGES, encoding="utf-8")
    arguments = ["--pack", str(pack), "--changelog", str(path)]

    assert tool.main(arguments, FakeIndex(OLD, PATCH, MINOR)) == 0
    assert path.read_text(encoding="utf-8") == CHANGES

    tool.main(arguments, FakeIndex(OLD, PATCH, MINOR, NEXT))
    tool.main(arguments, FakeIndex(OLD, PATCH, MINOR, NEXT._replace(is_yanked=True)))
    assert path.read_text(encoding="utf-8") == CHANGES.replace(
        "## 0.1.0",
        "## Unreleased\n\n- The built-in rules follow the index: releases.yaml.\n- The built-in rules know acme-sdk 1.2.0.\n\n## 0.1.0",
    )


def test_the_command_says_what_it_did(pack: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tool.main(
        ["--pack", str(pack), "--as-of", "2026-04-06"], FakeIndex(OLD, PATCH, MINOR, NEXT._replace(version="2.0.0"))
    )

    assert capsys.readouterr().out.splitlines() == [
        "new releases: 2.0.0",
        "changed files: releases.yaml, requirements.yaml, tags.yaml, wheels.yaml, 2 of integrations",
        "look at levels.yaml: no level holds for the release `2.0.0`",
    ]
    assert tool.main(["--pack", str(pack), "--forget", "1"]) == 0
    assert capsys.readouterr().out == "forgot 2.0.0\n"


def test_pre_releases_for_other_pythons_than_the_final_ones_are_written(pack: Path) -> None:
    path = pack / "pre_releases.yaml"
    path.write_text("# By the tool.\n", encoding="utf-8")
    early = [Made(f"1.2.0rc{number}", "2026-03-20", WEB, ON, requires_python=f">=3.{8 + number}") for number in (1, 2)]
    tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, *early, NEXT))
    head, row = "# By the tool.\n", '  - {version: "1.2.0rc1", requires_python: ">=3.9", source: index}\n'
    assert path.read_text(encoding="utf-8") == f"{head}pre_releases:\n{row}"

    tool.refresh(pack, FakeIndex(OLD, PATCH, MINOR, NEXT))
    assert path.read_text(encoding="utf-8") == head
    assert mistakes(pack) == ()
