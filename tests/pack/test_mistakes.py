"""Every kind of mistake in a pack is told at its place; a good pack has none."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ddlint.cli import main as cli
from ddlint.core.errors import DdlintError
from ddlint.pack import loader as load
from ddlint.pack.build.validate import mistakes
from ddlint.pack.install_rows import BadPair, Dependent, Injection, Runtime
from tests.cases.runner import builtin_pack

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]

PACK = """\
pack: acme
subject: acme-sdk
version: "2026.01.31"
pythons: ["3.11", "3.12"]
sources:
  page:
    title: The page
    retrieved: "2026-01-31"
  tag:
    title: acme {revision}
    retrieved: "2026-01-31"
"""
ROWS = """\
releases:
  source: page
  groups:
    - series: "1.0"
      released: {"1.0.0": "2025-01-01", "1.0.1": "2025-02-01"}
    - series: "1.1"
      requires_python: ">=3.11"
      released: {"1.1.0": "2025-03-01"}
      yanked: ["1.1.0"]
levels:
  - {releases: "<2", level: maintenance, until: "2026-06-30", source: page, examples: {bad: ["2"]}}
bad_pairs:
  - distribution: left-pad
    versions: ">=2"
    releases: ["1.0.0-1.0.1"]
    severity: error
    problem: it breaks
    help: use 1.x
    examples: {ok: ["1.9"], bad: ["2"]}
    source: page
"""
WEB = """\
integration: web
distributions:
  flask:
    observed:
      - {series: "1.0", spec: "<1", effect: breaks, problem: it raises, seen: [{release: "1.0.1", python: "3.11", version: "0.9"}], source: page, examples: {ok: ["1"]}}
    declared:
      - {series: "1.0", spec: ">=1.0", source: tag, revision: "1.0.1", examples: {ok: ["1.0"], bad: ["0.9"]}}
      - {series: "1.1", spec: ">=2,<3", source: page, examples: {ok: ["2"], bad: ["3"]}}
"""
MORE = """\
requirements:
  source: tag
  distributions:
    wrapt:
      - {releases: "1.0.0-1.0.1", spec: ">=1", marker: 'python_version < "3.12"', examples: {ok: ["1"]}}
      - {releases: "1.1.0", spec: ">=1,<3", examples: {ok: ["1"], bad: ["3"]}}
wheels:
  source: page
  pythons:
    "3.11":
      manylinux-x86_64:
        - {releases: "1.0.0", floor: manylinux_2_17}
        - {releases: "1.0.1+", floor: manylinux_2_28}
runtimes:
  - {system: Linux, machines: x86-64, implementation: CPython, pythons: "3.11+", releases: "*", source: page}
injection:
  - {series: "1.0+", pythons: ">=3.11", safe: true, source: page, examples: {ok: ["3.11"]}}
dependents:
  - {distribution: acme-lambda, versions: ">=3", subject: "<2", requires: {wrapt: "<2"}, source: page, examples: {bad: ["2"]}}
removals:
  - {name: bottle, kind: integration, integration: web, distributions: [bottle], version: "1.1.0", deprecated_in: "1.0.0", source: page, examples: {bad: ["1.1.0"]}}
settings:
  - {variable: ACME_ON, kind: boolean, source: page}
required_settings:
  - {variable: ACME_ON, value: "true", capabilities: [shield], default_from: "1.1.0", source: page}
capabilities:
  - {capability: shield, title: Shield, supported: "yes", version: "1.0.1", source: page}
  - {capability: sword, title: Sword, supported: "no", source: page}
frameworks:
  - {distribution: flask, covered: true, source: page}
  - {distribution: werkzeug, covered: false, built_on_by: [flask], source: page}
tags:
  "1.0": v1.0.1
"""
PAIR = '    examples: {ok: ["1.9"], bad: ["2"]}\n'
FILES = {"pack.yaml": PACK, "rows.yaml": ROWS, "more.yaml": MORE, "integrations/web.yaml": WEB}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def told(folder: Path) -> list[str]:
    return [
        f"{Path(found.path).relative_to(folder).as_posix()}:{found.line}:{found.column} {found.message}"
        for found in mistakes(folder)
    ]


def test_a_good_pack_has_no_mistake(tmp_path: Path) -> None:
    assert told(write(tmp_path, FILES)) == []


@pytest.mark.parametrize("folder", ["rules/ddtrace", "examples/own-pack/rules"])
def test_the_packs_of_this_repository_have_no_mistake(folder: str) -> None:
    assert mistakes(ROOT / folder) == ()


MISTAKES = {
    "syntax": (PACK, "pack: acme", "pack: [acme", "pack.yaml:2:8 YAML: "),
    "unknown key": (WEB, 'spec: ">=1.0",', 'spec: ">=1.0", sepc: x,', "web.yaml:7:40 the key `sepc` is not known here"),
    "unknown topic": (ROWS, "levels:", "lebels:", "rows.yaml:10:1 the key `lebels` is not known here; known are"),
    "missing key": (WEB, 'spec: ">=1.0", ', "", "web.yaml:7:9 the key `spec` is missing: The supported versions."),
    "key twice": (WEB, 'series: "1.0",', 'series: "1.0", series: "1.1",', "web.yaml:7:25 `series` is given twice"),
    "no value": (PACK, "subject: acme-sdk", "subject:", "pack.yaml:2:9 a value is missing here"),
    "alias": (WEB, 'examples: {ok: ["2"], bad: ["3"]}', 'examples: {ok: &a ["2"], bad: *a}', "web.yaml:8:70 an alias is not allowed"),
    "number": (WEB, 'series: "1.0"', "series: 1.0", "web.yaml:7:18 `1.0` is not in quotes"),
    "unquoted version": (WEB, 'revision: "1.0.1"', "revision: 1.0.1", "web.yaml:7:63 `1.0.1` is not in quotes"),
    "unquoted specifier": (WEB, 'spec: ">=1.0"', "spec: >=1.0", "web.yaml:7:31 YAML: found character that cannot start"),
    "unquoted date": (ROWS, '"2026-06-30"', "2026-06-30", "rows.yaml:11:49 `2026-06-30` is not in quotes"),
    "not a list": (PACK, '["3.11", "3.12"]', '"3.11"', "pack.yaml:4:10 expected a list"),
    "empty list": (PACK, '["3.11", "3.12"]', "[]", "pack.yaml:4:10 the list is empty"),
    "twice in a list": (PACK, '["3.11", "3.12"]', '["3.11", "3.11"]', "pack.yaml:4:19 `3.11` is in this list twice"),
    "not a text": (WEB, "integration: web", "integration: [web]", "web.yaml:1:14 expected a string"),
    "not a mapping": (WEB, '{ok: ["2"], bad: ["3"]}', '"2"', "web.yaml:8:65 expected a mapping"),
    "not a table": (MORE, 'requires: {wrapt: "<2"}', "requires: wrapt", "more.yaml:19:75 expected a mapping"),
    "not a flag": (WEB, "source: page,", 'source: page, pinned: "true",', "web.yaml:8:63 expected `true` or `false`"),
    "not a date": (ROWS, "2026-06-30", "June 2026", "rows.yaml:11:49 `June 2026` is not a date such as"),
    "no such day": (ROWS, "2026-06-30", "2026-06-31", "rows.yaml:11:49 `2026-06-31` is no day of the calendar"),
    "no such day of data": (PACK, "2026.01.31", "2026.02.31", "pack.yaml:3:10 `2026.02.31` is no day of the calendar"),
    "not a level": (ROWS, "level: maintenance", "level: retired", "rows.yaml:11:29 `retired` is not one of `general-"),
    "not a name": (WEB, "  flask:", "  Flask_X:", "web.yaml:3:3 `Flask_X` is not a normalised distribution name"),
    "not a version": (WEB, 'ok: ["2"]', 'ok: ["two"]', "web.yaml:8:71 `two` is not a version such as"),
    "not a specifier": (WEB, '">=2,<3"', '"=2"', "web.yaml:8:31 `=2` is not a PEP 440 specifier"),
    "not a marker": (MORE, "python_version <", "python <", """more.yaml:5:56 `python < "3.12"` is not a PEP 508 marker"""),
    "not a range": (WEB, 'series: "1.0"', 'series: "1.0..1.1"', "web.yaml:7:18 `1.0..1.1` is not a range of series"),
    "unknown series": (WEB, 'series: "1.1"', 'series: "1.1-1.2"', "web.yaml:8:18 the pack knows no series `1.2`"),
    "unknown Python": (MORE, '"3.11+"', '"3.13"', "more.yaml:15:73 the pack knows no Python `3.13`"),
    "backward range": (WEB, 'series: "1.0"', 'series: "1.1-1.0"', "web.yaml:7:18 the range `1.1-1.0` ends before it"),
    "overlap": (WEB, 'series: "1.0"', 'series: "1.0-1.1"', "web.yaml:8:18 `1.1-1.1` overlaps the run before it"),
    "wheels twice": (MORE, '"1.0.1+"', '"1.0.0+"', "more.yaml:13:22 `1.0.0-1.1.0` overlaps the run before it"),
    "required twice": (MORE, '"1.1.0", spec: ">=1,<3", examples: {ok: ["1"], bad: ["3"]}', """"1.0.1+", spec: ">=1", marker: 'python_version < "3.12"'""",
                       "more.yaml:6:20 `1.0.1-1.1.0` overlaps the run before it"),
    "unknown source": (WEB, "source: page", "source: book", "web.yaml:8:49 the source `book` is not among the `sources`"),
    "unknown source beside": (WEB, "source: page", "source: page, also: [{source: book}]", "web.yaml:8:71 the source `book` is"),
    "no evidence": (WEB, "source: page, ", "", "web.yaml:8:9 the key `source` is missing"),
    "no revision": (WEB, "source: page", "source: tag", "web.yaml:8:9 the source `tag` needs a `revision`"),
    "ok example outside": (WEB, 'ok: ["2"]', 'ok: ["2", "3.1"]', "web.yaml:8:76 the example `3.1` is outside `>=2,<3`"),
    "bad example inside": (WEB, 'bad: ["3"]', 'bad: ["3", "2.5"]', "web.yaml:8:88 the example `2.5` is inside `>=2,<3`"),
    "bad pair example": (ROWS, 'ok: ["1.9"]', 'ok: ["1.9", "2.1"]', "rows.yaml:19:28 the example `2.1` is inside `>=2`"),
    "no example at the edge": (WEB, 'bad: ["3"]', 'bad: ["4"]', "web.yaml:8:9 no example of `bad` is at the edge `<3`"),
    "no examples": (WEB, ', examples: {ok: ["1.0"], bad: ["0.9"]}', "", "web.yaml:7:9 no example of `ok` is at the edge"),
    "trap": (WEB, '">=2,<3"', '">=2,<=2.9"', "web.yaml:8:31 `<=2.9` excludes the later patch releases"),
    "unsatisfiable": (WEB, '">=2,<3"', '">=3,<3"', "web.yaml:8:31 no version can satisfy `>=3,<3`"),
    "unsatisfiable pair": (ROWS, '">=2"', '">=2,<2"', "rows.yaml:14:15 no version can satisfy `>=2,<2`"),
    "unsatisfiable level": (ROWS, '"<2"', '">2,<2"', "rows.yaml:11:16 no version can satisfy `>2,<2`"),
    "unsatisfiable Python": (ROWS, '">=3.11"', '">3.11,<3"', "rows.yaml:7:24 no version can satisfy `>3.11,<3`"),
    "unsatisfiable requirement": (MORE, '">=1,<3"', '">=3,<3"', "more.yaml:6:35 no version can satisfy `>=3,<3`"),
    "unsatisfiable demand": (MORE, '{wrapt: "<2"}', '{wrapt: "<2,>2"}', "more.yaml:19:83 no version can satisfy `<2,>2`"),
    "release twice": (ROWS, '"1.1.0": "2025', '"1.0.1": "2025-02-01", "1.1.0": "2025', "rows.yaml:8:18 the release `1.0.1` is given twice"),
    "release of another series": (ROWS, '"1.0.1": ', '"1.2.1": ', "rows.yaml:5:41 `1.2.1` is no release of the series 1.0"),
    "release of the future": (ROWS, '"2025-03-01"', '"2026-02-01"', "rows.yaml:8:27 `1.1.0` was released after the day of the pack"),
    "read in the future": (PACK, 'acme {revision}\n    retrieved: "2026-01-31', 'acme {revision}\n    retrieved: "2026-02-01', "pack.yaml:11:16 `2026-02-01` is after the day of the pack"),
    "source of the future": (PACK, '31"\n  tag', '31"\n    as_of: "2026-02-01"\n  tag', "pack.yaml:9:12 `2026-02-01` is after the day of the pack"),
    "yanked but never released": (ROWS, 'yanked: ["1.1.0"]', 'yanked: ["1.1.1"]', "rows.yaml:9:15 `1.1.1` is yanked but not released"),
    "unknown release": (ROWS, '["1.0.0-1.0.1"]', '["1.0.0-1.0.2"]', "rows.yaml:15:15 the pack knows no release `1.0.2`"),
    "unknown first release": (MORE, 'version: "1.0.1"', 'version: "1.0.7"', "more.yaml:27:68 the pack knows no release `1.0.7`"),
    "absent and versions": (ROWS, "severity: error", "severity: error\n    absent: true", "rows.yaml:13:5 a bad pair has either `versions` or `absent: true`"),
    "setting of nothing": (MORE, "capabilities: [shield], ", "", "more.yaml:25:5 a required setting is for either a `distribution` or"),
    "first release of nothing": (MORE, 'supported: "no"', 'supported: "no", version: "1.1.0"', "more.yaml:28:65 a capability that is not supported has no `version`"),
    "two levels": (ROWS, '{bad: ["2"]}}', '{bad: ["2"]}}\n  - {releases: ">=1.1", level: maintenance, source: page}',
                   "rows.yaml:12:16 `1.1.0` has a level already, that of `<2`"),
    "no level": (ROWS, '"<2"', '"!=1.0.1,<2"', "rows.yaml:11:5 no level holds for the release `1.0.1`"),
    "row twice": (MORE, "kind: boolean, source: page}\n", "kind: boolean, source: page}\n  - {variable: ACME_ON, kind: string, source: page}\n", "more.yaml:24:16 `ACME_ON` is in `settings` already"),
    "unknown integration": (MORE, "integration: web", "integration: webb", "more.yaml:21:52 no integration `webb` is known"),
    "removal of nothing": (MORE, "distributions: [bottle], ", "", "more.yaml:21:26 a removal of the kind `integration` needs `distributions`"),
    "removed before it was deprecated": (MORE, 'deprecated_in: "1.0.0"', 'deprecated_in: "1.2.0"', "more.yaml:21:115 it is deprecated after it was removed in `1.1.0`"),
    "removed and declared": (MORE, '[bottle], version: "1.1.0"', '[flask], version: "1.1.0"', "more.yaml:21:90 `flask` is declared by `web` up to 1.1, and gone from `1.1.0` on"),
    "unknown capability": (MORE, "[shield]", "[shild]", "more.yaml:25:55 no capability `shild` is known"),
    "part of nothing": (MORE, "title: Sword,", "title: Sword, part_of: shild,", "more.yaml:28:48 no capability `shild` is known"),
    "unknown framework": (MORE, "built_on_by: [flask]", "built_on_by: [flsk]", "more.yaml:31:60 no covered framework `flsk` is known"),
    "wheels of an unknown Python": (MORE, '    "3.11":', '    "3.9":', "more.yaml:10:5 `3.9` is not among the `pythons` of the pack"),
    "revision of an unknown series": (MORE, '  "1.0": v', '  "1.7": v', "more.yaml:33:3 the pack knows no series `1.7`"),
    "observed without a problem": (WEB, "problem: it raises, ", "", "web.yaml:5:9 an observation has a `problem` unless it works"),
    "observed problem that works": (WEB, "effect: breaks", "effect: works", "web.yaml:5:9 an observation has a `problem` unless it works"),
    "unknown effect": (WEB, "effect: breaks", "effect: explodes", "web.yaml:5:45 `explodes` is not one of `works`, `patched`, `refused`, `breaks`"),
    "observed without a pair": (WEB, 'seen: [{release: "1.0.1", python: "3.11", version: "0.9"}], ', "", "web.yaml:5:9 the key `seen` is missing"),
    "observed example inside": (WEB, 'examples: {ok: ["1"]}', 'examples: {ok: ["1", "0.9"]}', "web.yaml:5:168 the example `0.9` is inside `<1`"),
    "no example at an observed edge": (WEB, ', examples: {ok: ["1"]}', "", "web.yaml:5:9 no example of `ok` is at the edge `<1`"),
    "parent of nothing": (WEB, "integration: web", "integration: web\nparent: webb", "web.yaml:2:9 no integration `webb` has defaults"),
    "unused source": (PACK, "  tag:\n", '  book:\n    title: A book\n    retrieved: "2026-01-31"\n  tag:\n', "pack.yaml:9:3 no row names the source `book`"),
}  # fmt: skip


ADVICE = {"no example at the edge", "no example at an observed edge", "no examples", "trap", "unused source"}
"""What only the checker of packs says: a pack with it is a good one."""


def spoilt(folder: Path, name: str) -> Path:
    """Write the pack with one mistake."""
    text, old, new, _ = MISTAKES[name]
    assert old in text
    return write(folder, {path: made.replace(old, new) if made is text else made for path, made in FILES.items()})


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake(tmp_path: Path, name: str) -> None:
    expected = MISTAKES[name][-1]
    assert re.match(r"\S+\.yaml:\d+:\d+ ", expected)

    found = told(spoilt(tmp_path, name))

    assert any(line.removeprefix("integrations/").startswith(expected) for line in found), found


@pytest.mark.parametrize("name", MISTAKES)
def test_linting_with_a_mistake_ends_with_2_and_the_checker_with_1(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "builtin", builtin_pack)
    mistakes = [line.replace(" ", ": ", 1) for line in told(spoilt(tmp_path / "rules", name))]
    (tmp_path / "requirements.txt").write_text("flask\n", encoding="utf-8")

    assert cli.run(["pack", str(tmp_path / "rules")]) == 1
    assert capsys.readouterr().out.splitlines()[0].replace("\\", "/").endswith(mistakes[0])

    code = cli.run(["--isolated", "--rules", str(tmp_path / "rules"), str(tmp_path)])
    told_of = capsys.readouterr().err.replace("\\", "/")
    assert code == (0 if name in ADVICE else 2)
    assert any(mistake in told_of for mistake in mistakes) is (name not in ADVICE), told_of


def test_loading_counts_the_other_mistakes(tmp_path: Path) -> None:
    files = {
        **FILES,
        "integrations/web.yaml": WEB.replace("source: page", "source: a").replace("source: tag", "source: b"),
    }

    with pytest.raises(DdlintError) as caught:
        load.load(write(tmp_path, files))

    assert caught.value.hint == "`ddlint pack` tells of 2 more"


def test_advice_does_not_keep_a_pack_from_loading(tmp_path: Path) -> None:
    files = {**FILES, "integrations/web.yaml": WEB.replace('">=2,<3"', '">=2,<=3"').replace('bad: ["3"]', 'bad: ["4"]')}

    assert load.load(write(tmp_path, files)).name == "acme"
    assert told(tmp_path)


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        "pack.yaml:1:1 the pack lacks `pack`, `subject`, `version`, `pythons`, `sources`, `releases`"
    ]
    with pytest.raises(DdlintError, match="is no folder with a pack"):
        load.load(tmp_path / "missing")


def test_a_topic_in_two_files(tmp_path: Path) -> None:
    found = told(write(tmp_path, {**FILES, "more.yaml": 'pythons: ["3.11"]\n'}))

    assert len(found) == 1
    assert "`pythons` is in" in found[0]


def test_an_integration_in_two_files(tmp_path: Path) -> None:
    found = told(write(tmp_path, {**FILES, "integrations/zweb.yaml": WEB}))

    assert found[0].startswith("integrations/zweb.yaml:1:14 the integration `web` is in")


@pytest.mark.parametrize(
    "data, message",
    [
        (b"pack: \xff\xfe\n", "byte 7 is not utf-8"),
        (b"pack: a\0b\n", "it contains NUL characters"),
        (b"pack: a\x07b\n", "YAML: "),
        (b"- a list\n", "expected a mapping"),
        (b"&a [*a]\n", "an alias is not allowed"),
        (b"pack: !!python/object:os.system {}\n", "expected a string"),
        (b"? [complex, key]\n: value\n", "is not known here"),
        (b"[" * 5000, "YAML: "),
    ],
)
def test_a_file_that_is_no_pack_file(tmp_path: Path, data: bytes, message: str) -> None:
    write(tmp_path, FILES)
    (tmp_path / "odd.yaml").write_bytes(data)

    found = [line for line in told(tmp_path) if line.startswith("odd.yaml")]

    assert found
    assert any(message in line for line in found)


@pytest.mark.parametrize("unit", ["[", "{a: ", "- ", "? ", "[a, "])
def test_a_file_of_any_depth_ends_nothing(tmp_path: Path, unit: str) -> None:
    """libyaml composes by calls within calls: at this depth it ends the process. So it runs in one of its own."""
    write(tmp_path, FILES)
    (tmp_path / "deep.yaml").write_text(unit * 100_000, encoding="utf-8")
    call = [sys.executable, "-m", "ddlint", "pack", str(tmp_path)]

    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 1, done.stderr[-300:]
    assert re.search(r"deep\.yaml:\d+:\d+: YAML: ", done.stdout)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_version_of_thousands_of_digits_is_a_mistake_wherever_it_is(tmp_path: Path, name: str) -> None:
    """Python converts no text of more than 4,300 digits to a number."""
    said = []
    for number, match in enumerate(re.finditer(r"\d+(?:\.\d+)+", FILES[name])):
        (tmp_path / str(number)).mkdir()
        text = f"{FILES[name][: match.start()]}{'9' * 4301}{FILES[name][match.end() :]}"
        said.append(told(write(tmp_path / str(number), {**FILES, name: text})))

    assert [lines for lines in said if not lines] == []
    assert any("300 digits" in line for lines in said for line in lines)


def test_a_file_of_many_values_is_a_mistake(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "long.yaml").write_text("- a\n" * 250_000, encoding="utf-8")

    assert any(line.startswith("long.yaml:") and "more than 200,000 values" in line for line in told(tmp_path))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    try:
        (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere.yaml")
    except OSError:  # Windows lets not everybody
        pytest.skip("no symbolic links here")

    assert told(tmp_path)[0].startswith("gone.yaml:1:1 the file cannot be read: ")


OTHERS = {
    "no pack": {},
    "topic in two files": {**FILES, "more2.yaml": 'pythons: ["3.11"]\n'},
    "integration in two files": {**FILES, "integrations/zweb.yaml": WEB},
    "nested too deeply": {**FILES, "deep.yaml": "[" * 2000 + "]" * 2000},
    "huge number": {**FILES, "pack.yaml": PACK.replace('"2026.01.31"', f'"{"9" * 4301}"')},
    "too many values": {**FILES, "long.yaml": "- a\n" * 250_000},
    "variable in two families": {
        **FILES,
        "variables.yaml": """\
variables:
  source: page
  families:
    "A_*_ON":
      "1.0+ boolean": [X]
  names:
    A_X_ON: "1.0+"
""",
    },
    "control character": {**FILES, "odd.yaml": "pack: a\x07b\n"},
}
"""Bad packs that take more than one replacement."""
ELSEWHERE = "the file cannot be read: "
"""What `test_a_file_that_cannot_be_read` shows."""
MODULES = (
    "yaml_document",
    "validate_shape",
    "collect",
    "ordering",
    "compile",
    "compile_topics",
    "examples",
    "validate_meaning",
    "validate",
)


def test_every_kind_of_mistake_has_a_bad_pack(tmp_path: Path) -> None:
    """Every sentence in the code that reads and checks packs is said of one of the packs above."""
    said = [line for number, name in enumerate(MISTAKES) for line in told(spoilt(tmp_path / str(number), name))]
    for name, files in OTHERS.items():
        (tmp_path / name).mkdir()
        said += told(write(tmp_path / name, files))

    kinds = {sentence for module in MODULES for sentence in sentences(module)}
    unsaid = {kind for kind in kinds if not any(re.search(kind, line) for line in said)}

    assert len(kinds) > 40
    assert {kind for kind in unsaid if not re.match(kind, f"{ELSEWHERE}gone")} == set()


def sentences(module: str) -> Iterator[str]:
    """Give the texts of three words and more in a module, docstrings aside, as patterns."""
    path = ROOT.joinpath("ddlint", "pack", "build", f"{module}.py")
    tree = ast.parse(path.read_text(encoding="utf-8"))
    aside = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    aside |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        fixed = "" if id(node) in aside else _fixed(node)
        if " " in fixed and len(re.findall(r"[a-z]{2,}", fixed)) > 2:
            yield ".+".join(map(re.escape, fixed.rstrip("\0").split("\0")))


def _fixed(node: ast.AST) -> str:
    """Give what is fixed in a text, with NUL for each field."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_fixed(part) if isinstance(part, ast.Constant) else "\0" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_marks_count_characters_not_bytes(tmp_path: Path) -> None:
    row = '  - {name: "é𝄞", kind: integration, distributions: [x], source: book}\n'

    found = told(write(tmp_path, {**FILES, "removals.yaml": f"removals:\n{row}"}))

    assert found == ["removals.yaml:2:65 the source `book` is not among the `sources` of the pack"]


def test_the_bom_and_line_ends_of_other_editors(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "pack.yaml").write_bytes(b"\xef\xbb\xbf" + PACK.replace("\n", "\r\n").encode())

    assert told(tmp_path) == []


def test_any_version_is_an_empty_specifier(tmp_path: Path) -> None:
    """`*` is how packs write it, and nothing that PEP 440 knows."""
    bare = {name: re.sub(r", examples: .*(?=}\n)", "", text) for name, text in FILES.items()}
    row = '{distribution: acme-lambda, versions: "*", python: "*", subject: "*", requires: {wrapt: "*"}, source: page}'
    more = bare["more.yaml"].replace(
        '{distribution: acme-lambda, versions: ">=3", subject: "<2", requires: {wrapt: "<2"}, source: page}', row
    )
    more = more.replace('pythons: ">=3.11", safe', 'pythons: "*", safe')
    pair = bare["rows.yaml"].replace('versions: ">=2"', 'versions: "*"\n    python: "*"').replace(PAIR, "")
    rows = pair.replace('{releases: "<2"', '{releases: "*"').replace(
        'requires_python: ">=3.11"', 'requires_python: "*"'
    )

    pack = load.load(write(tmp_path, {**FILES, "more.yaml": more, "rows.yaml": rows}))

    assert [level.specifier for level in pack.levels] == [""]
    assert {release.requires_python for release in pack.releases} == {""}
    assert [row.releases for row in pack.rows(Runtime)] == [""]
    assert [row.pythons for row in pack.rows(Injection)] == [""]
    assert [(row.versions, row.python, row.specifier, row.requires) for row in pack.rows(Dependent)] == [
        ("", "", "", (("wrapt", ""),))
    ]
    assert [(row.versions, row.python) for row in pack.rows(BadPair)] == [("", "")]
