"""`ddlint plan --write` changes what the plan shows and nothing else, once, and says what remains."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from ddlint.cli.main import run
from ddlint.pack import loader as load
from tests.plan.made import DAY, pack

_Write = Callable[..., tuple[int, str]]

TOML = """[project]
name = "shop"  # ünï
requires-python = ">=3.8"
dependencies = [
  "tracelib[speed] ~= 2.0.0",   # the tracer
  'webby == 1.0 ; python_version > "3"',
]

[dependency-groups]
dev = ["webby>=1.5,<1.9"]
"""
TOML_AFTER = """[project]
name = "shop"  # ünï
requires-python = ">=3.10"
dependencies = [
  "tracelib ~= 3.0.0",   # the tracer
  'webby >= 2.0 ; python_version > "3"',
]

[dependency-groups]
dev = ["webby>=2.0,<2.1"]
"""
POETRY = """[tool.poetry.dependencies]
python = "^3.10"
tracelib = {version = "^2.0", extras = ["speed"]}
webby = "1.0"
"""
POETRY_AFTER = """[tool.poetry.dependencies]
python = ">=3.10,<3.14"
tracelib = {version = "^3.0", extras = []}
webby = ">=2.0"
"""


@cache
def small_pack() -> object:
    return pack()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> _Write:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(load, "builtin", small_pack)

    def made(files: dict[str, str], *words: str) -> tuple[int, str]:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        code = run(["plan", "--isolated", "--as-of", DAY, "--write", *words])
        return code, capsys.readouterr().err

    return made


def texts(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes().decode("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    "name, before, after",
    [
        ("requirements.txt", "tracelib==2.0.0\n", "tracelib==3.0.0\n"),
        ("requirements.txt", "# a\r\ntracelib >=2, <3  # b\r\n\r\nx", "# a\r\ntracelib >=3.0.0,<4  # b\r\n\r\nx"),
        ("requirements.txt", "tracelib (==2.0.0)\nwebby==1.0", "tracelib (==3.0.0)\nwebby>=2.0"),
        ("pyproject.toml", TOML, TOML_AFTER),
        ("pyproject.toml", POETRY, POETRY_AFTER),
        (
            "setup.cfg",
            "[options]\ninstall_requires =\n\ttracelib==2.0.0\n\n    webby<2\n",
            "[options]\ninstall_requires =\n\ttracelib==3.0.0\n\n    webby>=2.0\n",
        ),
        (
            "Pipfile",
            '[packages]\ntracelib = "==2.0.0"\nwebby = {version = "<2"}\n',
            '[packages]\ntracelib = "==3.0.0"\nwebby = {version = ">=2.0"}\n',
        ),
        (
            "environment.yml",
            "dependencies:\n  - tracelib=2.0.0  # c\n  - pip:\n    - webby==1.0\n",
            "dependencies:\n  - tracelib=3.0.0  # c\n  - pip:\n    - webby>=2.0\n",
        ),
        ("tox.ini", "[testenv]\ndeps =\n  tracelib==2.0.0\n", "[testenv]\ndeps =\n  tracelib==3.0.0\n"),
    ],
)
def test_files_are_changed_where_the_plan_says_and_nowhere_else(
    write: _Write, tmp_path: Path, name: str, before: str, after: str
) -> None:
    first = write({name: before})

    assert texts(tmp_path) == {name: after}
    assert first[0] == 0
    assert first[1].startswith(f"ddlint: changed 1 file: `{name}`\n")

    assert write({})[0] == 0
    assert texts(tmp_path) == {name: after}


@pytest.mark.parametrize(
    "before, after",
    [
        ("tracelib[speed]==2.0.0", "tracelib==3.0.0"),
        ("tracelib[speed,fast]==2.0.0", "tracelib==3.0.0"),
        ("tracelib[fast, speed, more]==2.0.0", "tracelib==3.0.0"),
        ("tracelib==2.0.0\nbreaky>=8", "tracelib==3.0.0\nbreaky>=8,<9"),
        ("tracelib==2.0.0\nbreaky", "tracelib==3.0.0\nbreaky<9"),
        ("tracelib==2.0.0\nbreaky==9.1", "tracelib==3.0.0\nbreaky<9"),
        ("tracelib==2.0.0\nclashy==9", "tracelib==3.0.0\nclashy==9"),
        ("tracelib==2.0.0\nhelper==1.5", "tracelib==3.0.0\nhelper>=2"),
        ("tracelib==2.0.0\nfellow==2.0.3", "tracelib==3.0.0\nfellow>=2.1.0"),
    ],
)
def test_extras_pairs_and_conflicts(write: _Write, tmp_path: Path, before: str, after: str) -> None:
    write({"requirements.txt": f"{before}\n"})
    assert texts(tmp_path) == {"requirements.txt": f"{after}\n"}

    write({})
    assert texts(tmp_path) == {"requirements.txt": f"{after}\n"}


def test_a_lock_stays_and_its_command_is_named(write: _Write, tmp_path: Path) -> None:
    lock = '[[package]]\nname = "tracelib"\nversion = "2.0.0"\n'
    manifest = '[project]\nname = "shop"\nrequires-python = ">=3.10,<3.13"\ndependencies = ["tracelib>=2,<3"]\n'
    code, err = write({"a b/pyproject.toml": manifest, "a b/uv.lock": lock})

    assert (code, err) == (
        0,
        "ddlint: changed 1 file: `a b/pyproject.toml`\nddlint: now run `uv lock --upgrade-package tracelib` in `a b`\n",
    )
    assert texts(tmp_path)["a b/uv.lock"] == lock


@pytest.mark.parametrize(
    "head, command",
    [
        ("#    pip-compile requirements.in\n", "pip-compile requirements.in -o requirements.txt"),
        (
            "#    uv pip compile requirements.in -o requirements.txt\n",
            "uv pip compile requirements.in -o requirements.txt",
        ),
    ],
)
def test_a_compiled_file_is_compiled_again_by_its_own_tool(
    write: _Write, tmp_path: Path, head: str, command: str
) -> None:
    compiled = f"# This file is autogenerated by the following command:\n#\n{head}tracelib==2.0.0\n"
    code, err = write({"requirements.in": "tracelib<3\n", "requirements.txt": compiled})

    assert code == 0
    assert texts(tmp_path) == {"requirements.in": "tracelib>=3.0.0,<4\n", "requirements.txt": compiled}
    assert f"now run `{command} --upgrade-package tracelib`\n" in err


def test_a_file_that_is_compiled_with_another_one_is_compiled_from_its_own_source(write: _Write) -> None:
    head = "# This file is autogenerated by pip-compile with Python 3.11\n# by the following command:\n#\n#    make upgrade\n"
    files = {
        "requirements/base.in": "tracelib<3\n",
        "requirements/base.txt": f"{head}tracelib==2.0.0\n    # via -r base.in\n",
        "requirements/quality.in": "-r base.txt\n",
        "requirements/quality.txt": f"{head}tracelib==2.0.0\n    # via -r base.txt\n",
    }
    _, err = write(files)

    assert "`pip-compile base.in -o base.txt --upgrade-package tracelib`" in err
    assert "`pip-compile quality.in -o quality.txt --upgrade-package tracelib`" in err


def test_what_a_person_has_to_do_is_said(write: _Write) -> None:
    code, err = write({"requirements.txt": "tracelib==2.0.0\nlonely\n"})

    assert code == 0
    assert "ddlint: by hand, in `.`: integration lost: lonely: nothing follows it: do without its spans\n" in err


def test_a_plan_that_cannot_be_reached_is_left_alone(write: _Write, tmp_path: Path) -> None:
    files = {"requirements.txt": "tracelib==2.0.0\nwebby==1.0\n", "runtime.txt": "python-3.8.1\n"}
    code, err = write(files)

    assert (code, texts(tmp_path)) == (1, files)
    assert err == (
        "ddlint: nothing to write\n"
        "ddlint: `.` stays as it is: tracelib 3.0.0 cannot be reached: Python 3.8 is not supported by 3.x; "
        "last series that takes it: 2.0\n"
    )


def test_a_file_with_hashes_is_left_alone(write: _Write, tmp_path: Path) -> None:
    text = "tracelib==2.0.0 \\\n  --hash=sha256:aa\n"
    code, _ = write({"requirements.txt": text})

    assert (code, texts(tmp_path)) == (0, {"requirements.txt": text})


def test_of_a_way_in_steps_the_first_one_is_made(write: _Write, tmp_path: Path) -> None:
    steps = ("--via", "2.1")

    write({"requirements.txt": "tracelib==1.0.0\nwebby==1.0\n"}, *steps)
    assert texts(tmp_path) == {"requirements.txt": "tracelib==2.1.0\nwebby>=2.0\n"}

    write({}, *steps)
    assert texts(tmp_path) == {"requirements.txt": "tracelib==3.0.0\nwebby>=2.0\n"}


def test_two_projects_that_share_a_file_change_it_once(write: _Write, tmp_path: Path) -> None:
    write(
        {"base.txt": "tracelib==2.0.0\n", "requirements-a.txt": "-r base.txt\n", "requirements-b.txt": "-r base.txt\n"}
    )

    assert texts(tmp_path)["base.txt"] == "tracelib==3.0.0\n"


def test_standard_input_is_refused(write: _Write) -> None:
    assert write({}, "-")[0] == 2
