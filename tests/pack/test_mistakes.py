"""Every kind of mistake in a pack is told at its place; a good pack has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddlint.errors import DdlintError
from ddlint.pack.check import mistakes
from ddlint.pack.load import load

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
    - line: "1.0"
      released: {"1.0.0": "2025-01-01", "1.0.1": "2025-02-01"}
    - line: "1.1"
      requires_python: ">=3.11"
      released: {"1.1.0": "2025-03-01"}
      yanked: ["1.1.0"]
levels:
  - {releases: "<2", level: maintenance, until: "2026-06-30", source: page}
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
    declared:
      - {lines: "1.0", spec: ">=1.0", source: tag, revision: "1.0.1", examples: {ok: ["1.0"], bad: ["0.9"]}}
      - {lines: "1.1", spec: ">=2,<3", source: page, examples: {ok: ["2"], bad: ["3"]}}
"""
FILES = {"pack.yaml": PACK, "rows.yaml": ROWS, "integrations/web.yaml": WEB}


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
    "unknown key": (WEB, 'spec: ">=1.0",', 'spec: ">=1.0", sepc: x,', "web.yaml:5:39 the key `sepc` is not known here"),
    "unknown topic": (ROWS, "levels:", "lebels:", "rows.yaml:10:1 the key `lebels` is not known here"),
    "missing key": (WEB, 'spec: ">=1.0", ', "", "web.yaml:5:9 the key `spec` is missing"),
    "key twice": (WEB, 'lines: "1.0",', 'lines: "1.0", lines: "1.1",', "web.yaml:5:24 `lines` stands here twice"),
    "no value": (PACK, "subject: acme-sdk", "subject:", "pack.yaml:2:9 a value is missing here"),
    "alias": (WEB, 'examples: {ok: ["2"], bad: ["3"]}', 'examples: {ok: &a ["2"], bad: *a}', "an alias stands here"),
    "number": (WEB, 'lines: "1.0"', "lines: 1.0", "web.yaml:5:17 `1.0` is not in quotes"),
    "unquoted version": (WEB, 'revision: "1.0.1"', "revision: 1.0.1", "web.yaml:5:62 `1.0.1` is not in quotes"),
    "unquoted specifier": (WEB, 'spec: ">=1.0"', "spec: >=1.0", "web.yaml:5:"),
    "unquoted date": (ROWS, '"2026-06-30"', "2026-06-30", "rows.yaml:11:49 `2026-06-30` is not in quotes"),
    "not a list": (PACK, '["3.11", "3.12"]', '"3.11"', "pack.yaml:4:10 a list belongs here"),
    "empty list": (PACK, '["3.11", "3.12"]', "[]", "pack.yaml:4:10 the list is empty"),
    "not a mapping": (WEB, "integration: web", "integration: [web]", "web.yaml:1:14 a text belongs here"),
    "not a flag": (WEB, "source: page,", 'source: page, pinned: "true",', "web.yaml:6:62 `true` or `false` belongs here"),
    "not a date": (ROWS, "2026-06-30", "June 2026", "rows.yaml:11:49 `June 2026` is not a date such as"),
    "no such day": (ROWS, "2026-06-30", "2026-06-31", "rows.yaml:11:49 `2026-06-31` is no day of the calendar"),
    "not a level": (ROWS, "level: maintenance", "level: retired", "rows.yaml:11:29 `retired` is not one of `general-"),
    "not a name": (WEB, "  flask:", "  Flask_X:", "web.yaml:3:3 `Flask_X` is not a normalised distribution name"),
    "not a version": (WEB, 'ok: ["2"]', 'ok: ["two"]', "web.yaml:6:70 `two` is not a version such as"),
    "not a specifier": (WEB, '">=2,<3"', '"=2"', "web.yaml:6:30 `=2` is not a PEP 440 specifier"),
    "not a range": (WEB, 'lines: "1.0"', 'lines: "1.0..1.1"', "web.yaml:5:17 `1.0..1.1` is not a range of lines"),
    "unknown line": (WEB, 'lines: "1.1"', 'lines: "1.1-1.2"', "web.yaml:6:17 the pack knows no line `1.2`"),
    "backward range": (WEB, 'lines: "1.0"', 'lines: "1.1-1.0"', "web.yaml:5:17 the range `1.1-1.0` ends before it"),
    "overlap": (WEB, 'lines: "1.0"', 'lines: "1.0-1.1"', "web.yaml:6:17 `1.1-1.1` overlaps the run before it"),
    "unknown source": (WEB, "source: page", "source: book", "web.yaml:6:48 the source `book` is not among the `sources`"),
    "no evidence": (WEB, "source: page, ", "", "web.yaml:6:9 the key `source` is missing"),
    "no revision": (WEB, "source: page", "source: tag", "web.yaml:6:9 the source `tag` needs a `revision`"),
    "ok example outside": (WEB, 'ok: ["2"]', 'ok: ["2", "3.1"]', "web.yaml:6:75 the example `3.1` is outside `>=2,<3`"),
    "bad example inside": (WEB, 'bad: ["3"]', 'bad: ["3", "2.5"]', "web.yaml:6:87 the example `2.5` is inside `>=2,<3`"),
    "bad pair example": (ROWS, 'ok: ["1.9"]', 'ok: ["1.9", "2.1"]', "rows.yaml:19:41 the example `2.1` is inside `>=2`"),
    "no example at the edge": (WEB, 'bad: ["3"]', 'bad: ["4"]', "web.yaml:6:9 no example of `bad` stands at the edge `<3`"),
    "no examples": (WEB, ', examples: {ok: ["1.0"], bad: ["0.9"]}', "", "web.yaml:5:9 no example of `ok` stands at the edge"),
    "trap": (WEB, '">=2,<3"', '">=2,<=2.9"', "web.yaml:6:30 `<=2.9` excludes the later patch releases"),
    "unsatisfiable": (WEB, '">=2,<3"', '">=3,<3"', "web.yaml:6:30 no version can satisfy `>=3,<3`"),
    "release twice": (ROWS, '"1.1.0": "2025', '"1.0.1": "2025-02-01", "1.1.0": "2025', "`1.0.1` stands here twice"),
    "release of another line": (ROWS, '"1.0.1": ', '"1.2.1": ', "`1.2.1` is no release of the line 1.0"),
    "release of the future": (ROWS, '"2025-03-01"', '"2026-02-01"', "`1.1.0` was released after the day of the pack"),
    "yanked but never released": (ROWS, 'yanked: ["1.1.0"]', 'yanked: ["1.1.1"]', "`1.1.1` is yanked but not released"),
    "unknown release": (ROWS, '["1.0.0-1.0.1"]', '["1.0.0-1.0.2"]', "rows.yaml:15:15 the pack knows no release `1.0.2`"),
    "absent and versions": (ROWS, "severity: error", "severity: error\n    absent: true", "either `versions` or `absent: true`"),
    "unused source": (WEB, 'source: tag, revision: "1.0.1"', "source: page", "pack.yaml:10:5 no row names the source `tag`"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_mistake(tmp_path: Path, name: str) -> None:
    text, old, new, expected = MISTAKES[name]
    assert old in text
    files = {path: content.replace(old, new) if content is text else content for path, content in FILES.items()}

    found = told(write(tmp_path, files))

    assert any(expected in line for line in found), found


@pytest.mark.parametrize("name", ["unknown key", "unquoted version", "overlap", "unknown source", "ok example outside"])
def test_loading_stops_at_the_first_mistake(tmp_path: Path, name: str) -> None:
    text, old, new, expected = MISTAKES[name]
    files = {path: content.replace(old, new) if content is text else content for path, content in FILES.items()}

    with pytest.raises(DdlintError) as caught:
        load(write(tmp_path, files))

    assert expected in f"{Path(caught.value.place).as_posix()} {caught.value.message}"


def test_loading_counts_the_other_mistakes(tmp_path: Path) -> None:
    files = {
        **FILES,
        "integrations/web.yaml": WEB.replace("source: page", "source: a").replace("source: tag", "source: b"),
    }

    with pytest.raises(DdlintError) as caught:
        load(write(tmp_path, files))

    assert caught.value.hint == "`ddlint pack` tells of 1 more"


def test_advice_does_not_keep_a_pack_from_loading(tmp_path: Path) -> None:
    files = {**FILES, "integrations/web.yaml": WEB.replace('">=2,<3"', '">=2,<=3"').replace('bad: ["3"]', 'bad: ["4"]')}

    assert load(write(tmp_path, files)).name == "acme"
    assert told(tmp_path)


def test_a_folder_without_a_pack(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        "pack.yaml:1:1 the pack lacks `pack`, `subject`, `version`, `pythons`, `sources`, `releases`"
    ]
    with pytest.raises(DdlintError, match="is no folder with a pack"):
        load(tmp_path / "missing")


def test_a_topic_in_two_files(tmp_path: Path) -> None:
    found = told(write(tmp_path, {**FILES, "more.yaml": 'pythons: ["3.11"]\n'}))

    assert len(found) == 1
    assert "`pythons` stands in" in found[0]


def test_an_integration_in_two_files(tmp_path: Path) -> None:
    found = told(write(tmp_path, {**FILES, "integrations/zweb.yaml": WEB}))

    assert found[0].startswith("integrations/zweb.yaml:1:14 the integration `web` stands in")


@pytest.mark.parametrize(
    "data, message",
    [
        (b"pack: \xff\xfe\n", "byte 7 is not utf-8"),
        (b"pack: a\0b\n", "it contains NUL characters"),
        (b"pack: a\x07b\n", "YAML: "),
        (b"- a list\n", "a mapping belongs here"),
        (b"&a [*a]\n", "an alias stands here"),
        (b"pack: !!python/object:os.system {}\n", "text belongs here"),
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


def test_marks_count_characters_not_bytes(tmp_path: Path) -> None:
    row = '  - {name: "é𝄞", kind: integration, distributions: [x], source: book}\n'

    found = told(write(tmp_path, {**FILES, "removals.yaml": f"removals:\n{row}"}))

    assert found == ["removals.yaml:2:65 the source `book` is not among the `sources` of the pack"]


def test_the_bom_and_line_ends_of_other_editors(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "pack.yaml").write_bytes(b"\xef\xbb\xbf" + PACK.replace("\n", "\r\n").encode())

    assert told(tmp_path) == []
