"""Baselines know findings by what they say: moved lines and another order of a lock bring none back, a new one is new."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Place, Severity
from ddlint.core.report import Finding
from ddlint.core.source import Span
from ddlint.linter.baseline import apply_baseline, dump_baseline, parse_baseline

if TYPE_CHECKING:
    from tests.folder import Folder

PROJECT = '[project]\nrequires-python = ">=3.12"\ndependencies = [\n  "ddtrace",\n  "django>=1.11",\n]\n'
ENTRIES = (("ddtrace", "3.19.9"), ("django", "1.11.29"), ("celery", "4.3.0"), ("requests", "2.31.0"))


def lock(*entries: tuple[str, str]) -> str:
    head = 'version = 1\nrequires-python = ">=3.12"\n'
    return head + "".join(f'\n[[package]]\nname = "{name}"\nversion = "{version}"\n' for name, version in entries)


@pytest.fixture
def project(folder: Folder) -> Folder:
    folder.put("pyproject.toml", PROJECT)
    folder.put("uv.lock", lock(*ENTRIES))
    folder.put("ddlint.toml", 'baseline = "known.json"\nmin-severity = "notice"\n')
    folder.check("--write-baseline", "known.json")
    return folder


def found(folder: Folder, *words: str) -> list[str]:
    return [f"{line.split(':')[0]} {line.split()[1]}" for line in folder.check(*words).lines]


def test_what_is_known_is_not_told_again_and_is_counted(project: Folder) -> None:
    ran = project.check()

    assert (ran.code, ran.lines, ran.err) == (0, [], "")
    assert "in the baseline" in ran.out
    assert len(json.loads(project.read("known.json"))["findings"]) >= 3


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: folder.put("uv.lock", lock(*reversed(ENTRIES))),
        lambda folder: folder.put("uv.lock", "# made again\n\n" + lock(*ENTRIES, ("attrs", "25.1.0"))),
        lambda folder: folder.put("pyproject.toml", "# moved\n\n\n" + PROJECT),
        lambda folder: folder.put("pyproject.toml", PROJECT.replace("django>=1.11", " Django >= 1.11 ")),
        lambda folder: folder.put("pyproject.toml", PROJECT.replace("\n", "\r\n")),
        lambda folder: folder.put("README.md", "more"),
    ],
    ids=["another order", "made again", "moved lines", "another spelling", "other line ends", "another file"],
)
def test_what_did_not_change_does_not_come_back(project: Folder, change: object) -> None:
    change(project)  # type: ignore[operator]

    ran = project.check()

    assert (ran.code, ran.lines, ran.err) == (0, [], "")


@pytest.mark.parametrize(
    "change, expected",
    [
        (lambda folder: folder.put("uv.lock", lock(*ENTRIES, ("flask", "0.5"))), ["uv.lock DD301"]),
        (lambda folder: folder.put("uv.lock", lock(*ENTRIES[:2], ("celery", "4.2.0"))), ["uv.lock DD301"]),
        (
            lambda folder: folder.put("sub/requirements.txt", "ddtrace==4.16.0\ncelery==4.3.0\n"),
            ["sub/requirements.txt DD301"],
        ),
    ],
    ids=["another library", "another version", "another file"],
)
def test_what_is_new_is_told(project: Folder, change: object, expected: list[str]) -> None:
    change(project)  # type: ignore[operator]

    assert [each for each in found(project) if each.endswith("DD301")] == expected
    assert project.check().code == 1


def test_a_second_one_of_the_same_is_new(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\nflask==0.5\n")
    folder.check("--write-baseline", "known.json")
    folder.put("requirements.txt", "ddtrace==4.16.0\nflask==0.5\n--hash\nflask==0.5\n")

    assert [each for each in found(folder, "--baseline", "known.json") if "DD301" in each] == ["requirements.txt DD301"]


def test_what_is_gone_is_told_until_the_baseline_is_written_again(project: Folder) -> None:
    project.put("uv.lock", lock(*(entry for entry in ENTRIES if entry[0] != "celery")))

    assert project.check().err == "ddlint: 1 finding of `known.json` is gone; `--write-baseline` leaves it out\n"
    assert project.check().code == 0
    assert project.check("-q").err == ""

    project.check("--write-baseline", "known.json")

    assert project.check().err == ""
    known = {entry["subject"] for entry in json.loads(project.read("known.json"))["findings"]}
    assert "django" in known
    assert "celery" not in known


def test_what_was_not_looked_for_is_not_called_gone(project: Folder) -> None:
    (project.path / "other").mkdir()
    project.put("other/requirements.txt", "ddtrace==4.16.0\n")

    for words in (
        ("--select", "DD1"),
        ("--ignore", "DD3"),
        ("pyproject.toml",),
        ("other",),
        ("other/requirements.txt",),
    ):
        assert (words, project.check(*words).err) == (words, "")


def test_a_baseline_of_a_part_knows_only_that(project: Folder) -> None:
    project.check("--write-baseline", "part.json", "--select", "DD1")

    assert {entry["code"][:3] for entry in json.loads(project.read("part.json"))["findings"]} == {"DD1"}


def test_silenced_findings_are_not_written(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\nflask==0.5  # ddlint: ignore[DD301] here\n")
    folder.check("--write-baseline", "known.json")

    assert json.loads(folder.read("known.json"))["findings"] == []


def test_hidden_findings_are_written(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\nsqlalchemy==2.0.0\n")
    folder.check("--write-baseline", "known.json")

    assert [entry["code"] for entry in json.loads(folder.read("known.json"))["findings"]] == ["DD305"]
    assert found(folder, "--baseline", "known.json", "--min-severity", "notice") == []


def test_a_baseline_counts_from_its_own_folder(project: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.path / "sub").mkdir()
    monkeypatch.chdir(project.path / "sub")

    assert project.check("..").lines == []


def test_an_old_baseline_is_not_read_while_a_new_one_is_written(project: Folder) -> None:
    project.put("known.json", "broken")

    assert project.check().code == 2
    assert project.check("--write-baseline", "known.json").code == 0
    assert project.check().code == 0


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", "known.json:1:1: the baseline is not JSON"),
        ("{", "known.json:1:2: the baseline is not JSON"),
        ("[]", "known.json:1:1: this is no baseline of version 1"),
        ('{"version": 2, "findings": []}', "this is no baseline of version 1"),
        ('{"version": 1, "findings": {}}', "this is no baseline of version 1"),
        ('{"version": 1, "findings": [1]}', "this is no baseline of version 1"),
        ('{"version": 1, "findings": [{"code": "DD301"}]}', "this is no baseline of version 1"),
        ("[" * 100_000, "known.json:1:1: the baseline is"),
        (f'{{"version": {"1" * 5000}}}', "known.json:1:1: the baseline has a number that is too long"),
        (b"\xff", "known.json:1:1: byte 1 is not utf-8"),
    ],
)
def test_a_broken_baseline_is_told(project: Folder, text: str | bytes, expected: str) -> None:
    project.put("known.json", text)

    ran = project.check()

    assert (ran.code, ran.out) == (2, "")
    assert expected in ran.err
    assert "--write-baseline" in ran.err


WORDS = st.sampled_from(["DD301", "DD101", "a", "b"])
FINDINGS = st.lists(
    st.builds(
        lambda code, subject, name, key, start: Finding(
            code, Severity.ERROR, subject, "said", Place(f"/r/{name}", Span(start, start)), key=key
        ),
        *(WORDS for _ in range(4)),
        st.integers(0, 9),
    ),
    max_size=12,
)


def names(findings: list[Finding]) -> Counter[tuple[str, str, str, str]]:
    return Counter((each.code, each.subject, each.at.path, each.key) for each in findings)


@given(FINDINGS, FINDINGS)
@settings(deadline=None, max_examples=200)
def test_a_baseline_takes_out_as_many_as_it_knows(before: list[Finding], after: list[Finding]) -> None:
    known = parse_baseline("/r/known.json", dump_baseline("/r/known.json", before), "known.json")

    new, old, left = apply_baseline(known, after)

    assert names(list(new)) == names(after) - names(before)
    assert names([each.finding for each in old]) == names(after) & names(before)
    assert sum(left.values()) == (names(before) - names(after)).total()


@given(FINDINGS, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=50)
def test_the_order_of_findings_changes_no_byte(findings: list[Finding], random: object) -> None:
    shuffled = list(findings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert dump_baseline("/r/x.json", shuffled) == dump_baseline("/r/x.json", findings)
