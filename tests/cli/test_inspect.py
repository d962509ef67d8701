"""`ddlint inspect`: what was read, which release the project gets on which Python and why, and never a secret."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.folder import cached_builtin

if TYPE_CHECKING:
    from tests.folder import Folder


def _text(folder: Folder, *arguments: str) -> list[str]:
    ran = folder.run("inspect", "--as-of", "2026-11-21", *arguments)
    assert ran.code == 0
    return ran.out.splitlines()


def _json(folder: Folder, *arguments: str) -> Any:
    return json.loads(folder.run("inspect", "--as-of", "2026-11-21", "--output-format", "json", *arguments).out)


PYPROJECT = """\
[project]
name = "shop"
requires-python = ">=3.12,<3.14"
dependencies = ["ddtrace>=4,<=4.9.4", "flask[async]>=2 ; sys_platform != 'win32'"]

[project.optional-dependencies]
cache = ["redis @ https://user:s3cret@files.example/redis.zip"]

[dependency-groups]
lint = ["ruff=1"]
dev = [{include-group = "lint"}, "pytest"]

[tool.uv]
constraint-dependencies = ["werkzeug<3"]
override-dependencies = ["jinja2==3.1"]
"""


def test_everything_that_was_read_has_its_place(folder: Folder) -> None:
    folder.put("pyproject.toml", PYPROJECT)
    folder.put("Dockerfile", "FROM python:3.12-slim\nENV DD_SERVICE=shop DD_API_KEY=0123\n")

    assert _text(folder) == [
        "project .",
        "  environment pyproject.toml (project)",
        "    Python 3.12 (exact), 3.13 (bounded)",
        "    platform manylinux-x86_64",
        (
            "    ddtrace 4.9.4 on Python 3.12 and 3.13, the newest that installs there and meets what is asked for: "
            "`ddtrace>=4,<=4.9.4` at pyproject.toml:4:18"
        ),
        "    uv chooses the release, as [tool.uv] shows",
        "  Dockerfile (Dockerfile)",
        "    1:6       image       python:3.12-slim",
        "    1:6       platform    manylinux-x86_64",
        "    1:13      python      python:3.12-slim (exact)",
        "    2:16      setting     DD_SERVICE=shop",
        "    2:32      setting     DD_API_KEY=***",
        "  pyproject.toml (pyproject.toml)",
        "    3:20      python      >=3.12,<3.14",
        "    4:18      declared    ddtrace>=4,<=4.9.4",
        "    4:40      declared    flask[async]>=2 ; sys_platform != 'win32'",
        "    7:11      declared    redis @ https://***@files.example/redis.zip  (extra:cache; its version is not known)",
        "    10:14     DD003       `ruff=1` is not a requirement: `=` is no operator; write `==1`",
        "    11:26     include     group:lint (group:dev)",
        "    11:35     declared    pytest  (group:dev)",
        "    14:29     constraint  werkzeug<3",
        "    15:27     override    jinja2==3.1",
    ]


def test_json_is_the_contract(folder: Folder) -> None:
    folder.put("pyproject.toml", PYPROJECT)
    folder.put("requirements.txt", "-c c.txt\n")
    folder.put("c.txt", "a<2\n")
    data = _json(folder)

    assert data["version"] == 1
    assert [each["path"] for each in data["files"]] == ["c.txt", "pyproject.toml", "requirements.txt"]
    manifest = data["files"][1]
    assert manifest["input"] == "pyproject.toml"
    assert {"dependencies", "pythons", "settings", "platforms", "images", "includes", "problems"} < set(manifest)
    assert manifest["dependencies"][1] == {
        "name": "flask",
        "specifier": ">=2",
        "marker": "sys_platform != 'win32'",
        "extras": ["async"],
        "origin": "declared",
        "scope": "",
        "also_for": [],
        "known": True,
        "start": {"line": 4, "column": 40},
        "end": {"line": 4, "column": 81},
    }
    assert manifest["pythons"] == [
        {
            "specifier": ">=3.12,<3.14",
            "written": ">=3.12,<3.14",
            "exact": False,
            "start": {"line": 3, "column": 20},
            "end": {"line": 3, "column": 32},
        }
    ]
    (problem,) = manifest["problems"]
    assert set(problem) == {"code", "message", "start", "end"}
    assert (problem["code"], problem["start"], problem["end"]) == (
        "DD003",
        {"line": 10, "column": 14},
        {"line": 10, "column": 15},
    )
    assert [(each["target"], each["constraint"]) for each in data["files"][2]["includes"]] == [("c.txt", True)]


def test_json_says_why_a_release_is_taken(folder: Folder) -> None:
    folder.put("pyproject.toml", PYPROJECT)
    folder.put("requirements.txt", "requests\n")
    (project,) = _json(folder)["projects"]

    assert (project["path"], project["pack"]) == (".", "ddtrace")
    assert [each["minor"] for each in project["pythons"]] == ["3.12", "3.13"]
    assert project["pythons"][0]["places"][0]["start"] == {"line": 3, "column": 20}
    assert [(each["python"], each["release"], each["origin"], each["series"]) for each in project["tracer"]] == [
        ("3.12", "4.9.4", "declared", "4.9"),
        ("3.13", "4.9.4", "declared", "4.9"),
    ]
    assert project["tracer"][0]["files"] == ["pyproject.toml"]
    assert project["tracer"][0]["by"] == [
        {
            "path": "pyproject.toml",
            "written": "ddtrace>=4,<=4.9.4",
            "start": {"line": 4, "column": 18},
            "end": {"line": 4, "column": 36},
        }
    ]


@pytest.mark.parametrize(
    "files, arguments, expected",
    [
        ({"requirements.txt": "flask\n"}, [], ["  no tracer: nothing is judged"]),
        (
            {"requirements.txt": "ddtrace>=3\n-c c.txt\n", "c.txt": "ddtrace<=4.1.3\n"},
            [],
            [
                (
                    "  ddtrace 4.1.3, the newest that installs there and meets what is asked for: "
                    "`ddtrace>=3` at requirements.txt:1:1, `ddtrace<=4.1.3` at c.txt:1:1"
                )
            ],
        ),
        (
            {"requirements.txt": "ddtrace @ git+https://tok@git.example/d\n"},
            [],
            [
                "  ddtrace of a version that is not known: `ddtrace @ git+https://***@git.example/d` at requirements.txt:1:1"
            ],
        ),
        (
            {"requirements.txt": "ddtrace==4.8.0\n", ".python-version": "3.8\n"},
            [],
            [
                "  Python 3.8 (exact)",
                (
                    "  ddtrace on Python 3.8: no release installs there and meets what is asked for: "
                    "`ddtrace==4.8.0` at requirements.txt:1:1"
                ),
                "  ddtrace 4.8.0 is what libraries are judged with instead",
            ],
        ),
        (
            {"requirements.txt": "ddtrace\n"},
            ["--tracer", "2.0.0", "--python-version", "3.9"],
            ["  Python 3.9 (exact)", "  ddtrace 2.0.0 on Python 3.9, as `--tracer` says"],
        ),
        (
            {"requirements.txt": "flask\n", "ddlint.toml": 'tracer = "==2.0.0"\n'},
            [],
            ["  ddtrace 2.0.0, as `tracer` of the config says"],
        ),
        (
            {"requirements.txt": "ddtrace==4.8.0\n", "requirements-old.txt": "ddtrace==2.0.0\n"},
            [],
            [
                (
                    "  ddtrace 2.0.0, the newest that installs there and meets what is asked for: "
                    "`ddtrace==2.0.0` at requirements-old.txt:1:1"
                ),
                (
                    "  ddtrace 4.8.0, the newest that installs there and meets what is asked for: "
                    "`ddtrace==4.8.0` at requirements.txt:1:1"
                ),
            ],
        ),
        (
            {
                "pyproject.toml": '[project]\nrequires-python = ">=3.12,<3.13"\ndependencies = ["ddtrace"]\n',
                "uv.lock": '[[package]]\nname = "ddtrace"\nversion = "4.8.0"\n',
            },
            [],
            [
                "  Python 3.12 (bounded)",
                "  ddtrace 4.8.0 on Python 3.12, as it is locked: `ddtrace==4.8.0` at uv.lock:3:12",
            ],
        ),
        (
            {"requirements.txt": "ddtrace==99.0\n"},
            [],
            [
                (
                    f"  ddtrace 99.0 (not known yet, judged as {cached_builtin().all_series[-1]}), the newest that installs there and meets what is asked for: "
                    "`ddtrace==99.0` at requirements.txt:1:1"
                )
            ],
        ),
    ],
)
def test_why_a_release_is_taken(
    folder: Folder, files: dict[str, str], arguments: list[str], expected: list[str]
) -> None:
    for name, text in files.items():
        folder.put(name, text)
    lines = _text(folder, *arguments)

    shown = [line.strip() for line in lines[1:] if not line.startswith("  environment ")]
    assert shown[: len(expected)] == [line.strip() for line in expected]
    assert sum(line.startswith("ddtrace ") for line in shown) == sum("  ddtrace " in line for line in expected)


def test_an_unknown_version_is_in_the_json_too(folder: Folder) -> None:
    folder.put("requirements.txt", "ddtrace @ git+https://git.example/d\n")
    (resolution,) = _json(folder)["projects"][0]["tracer"]

    assert (resolution["origin"], resolution["release"], resolution["python"]) == ("unknown", None, None)
    assert [each["start"]["line"] for each in resolution["by"]] == [1]


SECRETS = (
    *(
        "DD_API_KEY",
        "DD_APP_KEY",
        "AWS_SECRET_ACCESS_KEY",
        "GITHUB_TOKEN",
        "TOKENS",
        "DB_PASSWORD",
        "PGPASSWORD",
        "DB_PASS",
    ),
    *("PASSPHRASE", "MY_CREDENTIALS", "BASIC_AUTH", "SECRET_KEY_BASE", "PRIVATE_PEM", "JWT", "WEBHOOK_SIGNATURE"),
)


@pytest.mark.parametrize("name", SECRETS)
def test_what_looks_like_a_secret_is_not_shown(folder: Folder, name: str) -> None:
    folder.put("requirements.txt", "ddtrace\n")
    folder.put(".env", f"{name}=s3cret\n")

    assert f"    1:{len(name) + 2:<8}setting     {name}=***" in _text(folder)
    assert "s3cret" not in json.dumps(_json(folder))


@pytest.mark.parametrize(
    "value, expected",
    [
        ("postgres://me:s3cret@db.example/x", "postgres://***@db.example/x"),
        ("redis://:s3cret@db.example/0", "redis://***@db.example/0"),
        ("https://hooks.example/?token=s3cret", "https://hooks.example/?token=***"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3", "***"),
        ("0123456789abcdef0123456789abcdef", "***"),
        ("true", "true"),
        ("shop-of-the-north-in-europe", "shop-of-the-north-in-europe"),
        ("env:prod,team:shop,version:2024.10.1", "env:prod,team:shop,version:2024.10.1"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("", ""),
    ],
)
def test_no_value_shows_a_secret_or_moves_a_terminal(folder: Folder, value: str, expected: str) -> None:
    folder.put("requirements.txt", "ddtrace\n")
    folder.put(".env", f"DD_X={value}\n")

    assert f"    1:6       setting     DD_X={expected}" in _text(folder)
    settings = [each for file in _json(folder)["files"] for each in file["settings"]]
    assert [each["value"] for each in settings] == [expected]


def test_a_link_that_leads_nowhere_is_of_the_input_that_its_name_says(folder: Folder) -> None:
    (folder.path / "requirements.txt").symlink_to("nowhere.txt")
    (read,) = _json(folder)["files"]

    assert (read["input"], [problem["code"] for problem in read["problems"]]) == ("requirements.txt", ["DD001"])
