"""Findings are silenced by comments and by the config, are kept with who and why, and what silences in vain is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.folder import Folder

LOCK = 'version = 1\nrequires-python = ">=3.12"\n[[package]]\nname = "ddtrace"\nversion = "4.16.0"\n'


def told(folder: Folder, text: str, *words: str) -> list[str]:
    """Line and code of what is found in a requirements file below a tracer."""
    folder.put("requirements.txt", f"ddtrace==4.16.0\n{text}")
    return [place.removeprefix("requirements.txt:") for place in folder.check(*words).places]


# comments


@pytest.mark.parametrize(
    "text, expected",
    [
        ("django==1.11  # ddlint: ignore[DD301]\n", []),
        ("django==1.11  # ddlint: ignore[DD301] reason\n", []),
        ("django==1.11  # ddlint: ignore[DD3]\n", []),
        ("django==1.11  # ddlint: ignore[DD301, DD101]\n", ["2:39 DD009"]),
        ("django==1.11  # ddlint:ignore[ DD301 ]\n", []),
        ("django==1.11  # pinned # ddlint: ignore[DD301]\n", []),
        ("django==1.11  # ddlint: ignore[DD302]\n", ["2:1 DD301", "2:32 DD009"]),
        ("# ddlint: ignore[DD301] why\ndjango==1.11\n", []),
        ("# ddlint: ignore[DD301] why\n# and more\n\ndjango==1.11\n", []),
        ("# ddlint: ignore[DD301]\nrequests\ndjango==1.11\n", ["2:18 DD009", "4:1 DD301"]),
        ("django==1.11\n# ddlint: ignore[DD301]\n", ["2:1 DD301", "3:18 DD009"]),
        ("# ddlint: file-ignore[DD3] why\ndjango==1.11\ncelery==4.3\n", []),
        ("django==1.11\ncelery==4.3\n# ddlint: file-ignore[DD301]\n", []),
        ("# ddlint: file-ignore[DD1]\ndjango==1.11\n", ["2:23 DD009", "3:1 DD301"]),
        ("django==1.11 \\\n  --hash=sha256:00 # ddlint: ignore[DD301]\n", []),
        ("# ddlint: ignore[DD301]\ndjango==1.11 \\\n  --hash=sha256:00\n", []),
        ("django==1.11 # ddlint: ignore[DD301] # ddlint: ignore[DD302]\n", ["2:55 DD009"]),
        ("requests  # ddlint is a linter\n", []),
    ],
)
def test_comments(folder: Folder, text: str, expected: list[str]) -> None:
    assert told(folder, text) == expected


def test_more_comments_than_a_file_may_have_are_one_finding(folder: Folder) -> None:
    text = "# ddlint: ignore[DD302]\n" * 1000 + "# ddlint: ignore[DD301]\n" * 1000 + "django==1.11\n"

    places = told(folder, text)

    assert len(places) == 1002
    assert "1002:1 DD009" in places
    assert "2002:1 DD301" in places


def test_a_comment_with_more_codes_than_anybody_means_silences_nothing(folder: Folder) -> None:
    found = told(folder, f"django==1.11  # ddlint: ignore[{'DD301,' * 101}]\n")

    assert found == ["2:1 DD301", "2:15 DD009"]


def test_a_comment_holds_in_its_own_file_alone(folder: Folder) -> None:
    """Also for the same line of another file."""
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango==1.11\n")
    folder.put("requirements-dev.txt", "-r requirements.txt\ncelery==4.3  # ddlint: ignore[DD301]\n")

    assert folder.check().places == ["requirements.txt:2:1 DD301"]


@pytest.mark.parametrize(
    "comment, message",
    [
        ("# ddlint: ignore", "this comment silences nothing, as it has no codes in brackets"),
        ("# ddlint: ignore[]", "this comment silences nothing, as it names no code"),
        ("# ddlint: ignore DD301", "this comment silences nothing, as it has no codes in brackets"),
        ("# ddlint: ignore[DD301", "this comment silences nothing, as its `[` is never closed"),
        ("# ddlint: file-ignore[DD301 for now", "this comment silences nothing, as its `[` is never closed"),
        (
            "# ddlint: ignored[DD301]",
            "this comment silences nothing, as it starts with neither `ignore` nor `file-ignore`",
        ),
        ("# ddlint: noqa", "this comment silences nothing, as it starts with neither `ignore` nor `file-ignore`"),
        ("# ddlint: ignore[*]", "`*` is no code and no check of ddlint, so it silences nothing"),
        ("# ddlint: ignore[DD999]", "`DD999` is no code and no check of ddlint, so it silences nothing"),
        ("# ddlint: ignore[dd301]", "`dd301` is no code and no check of ddlint, so it silences nothing"),
        ("# ddlint ignore[DD301]", "this comment silences nothing, as it does not begin with `# ddlint:`"),
        ("# DDLINT: IGNORE[DD301]", "this comment silences nothing, as it does not begin with `# ddlint:`"),
        ("#ddlint-ignore[DD301]", "this comment silences nothing, as it does not begin with `# ddlint:`"),
        ("# ddlint : file-ignore[DD301]", "this comment silences nothing, as it does not begin with `# ddlint:`"),
        ("# ddlint: ignore[DD]", "`DD` would silence everything"),
        ("# ddlint: ignore[DD302]", "`DD302` silences nothing here"),
    ],
)
def test_what_silences_nothing_is_reported(folder: Folder, comment: str, message: str) -> None:
    folder.put("requirements.txt", f"ddtrace==4.16.0\ndjango==1.11  {comment}\n")

    ran = folder.check()

    assert [line.replace("[*] ", "").partition(" DD")[2] for line in ran.lines] == [
        "301" + ran.lines[0].partition(" DD301")[2],
        f"009 warning: {message}",
    ]
    assert ran.code == 1


@pytest.mark.parametrize("comment", ["# see the docs of ddlint", "# ddlint ignores this", "# ddlint and ignore[DD301]"])
def test_a_comment_about_ddlint_is_no_directive(folder: Folder, comment: str) -> None:
    folder.put("requirements.txt", f"ddtrace==4.16.0\ndjango==1.11  {comment}\n")

    assert folder.check().places == ["requirements.txt:2:1 DD301"]


@pytest.mark.parametrize("comment", ["ignore[unsupported-dependency]", "file-ignore[unsupported-dependency, DD302]"])
def test_a_check_is_silenced_by_its_name(folder: Folder, comment: str) -> None:
    folder.put("requirements.txt", f"# ddlint: {comment}\ndjango==1.11\nddtrace==4.16.0\n")

    assert "DD301" not in folder.check("--ignore", "DD009").out


@pytest.mark.parametrize(
    "name, text",
    [
        ("pyproject.toml", '[project]\ndependencies = [\n"ddtrace==3.19.9", # ddlint ignore[DD101]\n]\n'),
        ("tox.ini", "[testenv]\ndeps =\n    ddtrace==3.19.9  # ddlint ignore[DD101]\n"),
        ("environment.yml", "dependencies:\n  - pip:\n    - ddtrace==3.19.9 # DDlint ignore[DD101]\n"),
    ],
)
def test_what_is_nearly_a_directive_is_found_in_every_syntax(folder: Folder, name: str, text: str) -> None:
    folder.put(name, text)

    assert [place.rpartition(" ")[2] for place in folder.check().places] == ["DD101", "DD009"]


def test_a_code_that_was_not_looked_for_is_not_called_unused(folder: Folder) -> None:
    text = "requests  # ddlint: ignore[DD301] later\n"

    assert told(folder, text) == ["2:28 DD009"]
    assert told(folder, text, "--ignore", "DD301") == []
    assert told(folder, text, "--select", "DD1,DD009") == []
    assert told(folder, text, "--ignore", "DD009") == []


def test_nothing_is_told_of_comments_where_no_tracer_is_asked_for(folder: Folder) -> None:
    folder.put("requirements.txt", "requests  # ddlint: ignore[DD301]\n")

    assert folder.check().places == []


@pytest.mark.parametrize(
    "name, text",
    [
        (
            "pyproject.toml",
            '[project]\ndependencies = ["ddtrace==4.16.0",\n"django==1.11", # ddlint: ignore[DD301]\n]\n',
        ),
        ("pyproject.toml", '[project]\ndependencies = ["ddtrace==4.16.0",\n# ddlint: ignore[DD301]\n"django==1.11"]\n'),
        ("Pipfile", '[packages]\nddtrace = "==4.16.0"\ndjango = "==1.11" # ddlint: ignore[DD301]\n'),
        ("environment.yml", "dependencies:\n- pip:\n  - ddtrace==4.16.0\n  - django==1.11 # ddlint: ignore[DD301]\n"),
        ("setup.cfg", "[options]\ninstall_requires =\n  ddtrace==4.16.0\n  # ddlint: ignore[DD301]\n  django==1.11\n"),
        ("setup.py", "setup(install_requires=['ddtrace==4.16.0',\n'django==1.11', # ddlint: ignore[DD301]\n])\n"),
        ("Dockerfile", "FROM python:3.12\n# ddlint: ignore[DD301]\nRUN pip install ddtrace==4.16.0 django==1.11\n"),
        ("uv.lock", f'{LOCK}[[package]]\nname = "django"\nversion = "1.11" # ddlint: ignore[DD301]\n'),
    ],
)
def test_every_format_with_comments_knows_them(folder: Folder, name: str, text: str) -> None:
    folder.put(name, text)

    ran = folder.check("--select", "DD301,DD009")

    assert (ran.places, "(1 suppressed)" in ran.out or "1 suppressed" in ran.out) == ([], True)

    folder.put(name, text.replace("ddlint:", "linter:"))

    assert [place[-5:] for place in folder.check("--select", "DD301,DD009").places] == ["DD301"]


def test_a_comment_beside_the_declaration_holds_for_its_lock_entry(folder: Folder) -> None:
    folder.put("uv.lock", f'{LOCK}[[package]]\nname = "django"\nversion = "1.11"\n')
    folder.put("pyproject.toml", '[project]\ndependencies = ["ddtrace",\n"django", # ddlint: ignore[DD301] soon\n]\n')

    assert folder.check("--select", "DD301,DD009").places == []


def test_silenced_findings_are_kept_with_who_and_why(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango==1.11  # ddlint: ignore[DD301] the old admin\nflask==0.1\n")
    folder.put("ddlint.toml", '[[suppress]]\nrule = "DD301"\npackage = "Flask"\nreason = "goes in May"\n')

    found = json.loads(folder.run("--format", "json").out)

    assert [(each["subject"], each["by"], each["reason"]) for each in found["suppressed"]] == [
        ("django", "inline", "the old admin"),
        ("flask", "config", "goes in May"),
    ]
    assert found["suppressed"][0]["place"].endswith("requirements.txt:2")
    assert (found["findings"], found["summary"]["suppressed"], found["summary"]["error"]) == ([], 2, 0)


# the config


@pytest.mark.parametrize(
    "entry, silenced",
    [
        ('rule = "DD301"', {"django", "celery"}),
        ('rule = "DD3"', {"django", "celery"}),
        ('rule = "ddtrace/django"', {"django"}),
        ('rule = "DD301"\npackage = "Celery"', {"celery"}),
        ('rule = "DD301"\npath = "*.txt"', {"django", "celery"}),
        ('rule = "DD301"\npath = "other/**"', set()),
        ('rule = "DD301"\nexpires = 2026-11-21', {"django", "celery"}),
        ('rule = "DD301"\nexpires = 2026-11-20', set()),
        ('rule = "DD302"', set()),
        ('rule = "ddtrace/gone"', set()),
    ],
)
def test_the_config(folder: Folder, entry: str, silenced: set[str]) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango==1.11\ncelery==4.3\n")
    folder.put("ddlint.toml", f"[[suppress]]\n{entry}\n")

    found = json.loads(folder.run("--format", "json", "--as-of", "2026-11-21").out)

    assert {each["subject"] for each in found["suppressed"]} == silenced
    assert [each["path"] for each in found["findings"] if each["code"] == "DD009"] == ["ddlint.toml"] * (not silenced)


@pytest.mark.parametrize(
    "entry, message",
    [
        ('rule = "DD302"', "the suppression of rule `DD302` silences nothing"),
        (
            'rule = "DD301"\npackage = "flask"\npath = "a/*"',
            "the suppression of rule `DD301`, package `flask`, path `a/*` silences nothing",
        ),
        (
            'rule = "DD301"\nexpires = 2026-11-20',
            "the suppression of rule `DD301` expired on 2026-11-20",
        ),
    ],
)
def test_an_entry_that_does_nothing_is_told_at_its_place(folder: Folder, entry: str, message: str) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango==1.11\n")
    folder.put("ddlint.toml", f"# ours\n[[suppress]]\n{entry}\n")

    assert f"ddlint.toml:2:1: DD009 warning: {message}" in folder.check().out


def test_an_entry_for_what_was_not_read_is_not_called_unused(folder: Folder) -> None:
    folder.put("a/requirements.txt", "ddtrace==4.16.0\n")
    folder.put("b/requirements.txt", "ddtrace==4.16.0\ndjango==1.11\n")
    folder.put("ddlint.toml", '[[suppress]]\nrule = "DD301"\npath = "b/*"\n')

    assert folder.check().places == []
    assert folder.check("a").places == []
    assert folder.check("a/requirements.txt").places == []


def test_a_comment_answers_before_the_config(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace==4.16.0\ndjango==1.11  # ddlint: ignore[DD301] here\n")
    folder.put("ddlint.toml", '[[suppress]]\nrule = "DD301"\nreason = "there"\n')

    found = json.loads(folder.run("--format", "json").out)

    assert [each["by"] for each in found["suppressed"]] == ["inline"]
    assert [each["code"] for each in found["findings"]] == ["DD009"]
