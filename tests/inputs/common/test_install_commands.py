"""What commands install besides single requirements, and where."""

from __future__ import annotations

import pytest

from ddlint.core.model import ProjectInstall
from ddlint.core.source import Span
from ddlint.inputs.common.install_commands import below, read_installs
from tests.inputs.shown import _install

COMMANDS = [
    ("pip install flask", []),
    ("pip install -r requirements.txt", ["pip file requirements.txt"]),
    ("pip install -rreq.txt --requirement=b.txt", ["pip file req.txt", "pip file b.txt"]),
    ("pip install -r a.txt -c c.txt", ["pip file a.txt", "pip constraint c.txt"]),
    ("pip install -r https://index.example/a.txt -r $FILE", []),
    ("pip install .", ["pip project ."]),
    ("pip install -e '.[dev,Web_x]' ./lib", ["pip project . extra:dev,extra:web-x", "pip project ./lib"]),
    ("pip install dist/a-1.0-py3-none-any.whl git+https://index.example/a", []),
    ("sudo -H python3 -m pip install -r a.txt", ["pip file a.txt"]),
    ("uv pip install --system -r pyproject.toml --extra web", ["pip file pyproject.toml extra:web"]),
    ("uv pip sync a.txt b.txt", ["pip file a.txt", "pip file b.txt"]),
    ("pip-sync a.txt", ["pip file a.txt"]),
    ("uv sync", ["uv project . with its lock group:dev"]),
    ("uv sync --frozen --no-dev --extra web", ["uv project . with its lock extra:web"]),
    ("uv sync --only-group docs --project api", ["uv project api with its lock group:docs"]),
    ("uv sync --all-extras --all-groups", ["uv project . with its lock group:dev,extra:*,group:*"]),
    ("uv run --no-project x.py; uv run pytest", ["uv project . with its lock group:dev"]),
    ("uv lock && uv add flask && uv tool install ruff", []),
    ("poetry install", ["poetry project . with its lock group:*"]),
    ("poetry install --only main --no-root", ["poetry project . with its lock"]),
    ("poetry install --without dev,docs -E x", ["poetry project . with its lock group:*,!group:dev,!group:docs,extra:x"]),
    ("poetry install --no-dev --extras 'a b'", ["poetry project . with its lock extra:a,extra:b"]),
    ("poetry -C api sync --with test", ["poetry project api with its lock group:*,group:test"]),
    ("poetry run pip install x && poetry add y && poetry lock", []),
    ("pdm install --prod -G web", ["pdm project . with its lock extra:web,group:web"]),
    ("pdm sync -G :all", ["pdm project . with its lock group:*,*"]),
    ("pipenv install --system --deploy", ["pipenv project . with its lock"]),
    ("pipenv sync --dev", ["pipenv project . with its lock group:dev"]),
    ("pipenv install flask", []),
    ("conda env create -f env.yml && mamba env update", ["conda file env.yml", "conda file environment.yml"]),
    ("conda env export && conda create -n x python", []),
    ("tox -e py38,lint && nox -s tests && hatch run test:unit", [
        "tox project . env:py38,env:lint", "nox project . env:tests", "hatch project . env:test",
    ]),
    ("tox", ["tox project ."]),
    ("python setup.py develop && python setup.py sdist", ["pip project ."]),
    ("cd api && pip install -r a.txt && cd ../lib && pip install . && pip install -r /x/b.txt", [
        "pip file api/a.txt", "pip project lib", "pip file /x/b.txt",
    ]),
    ("echo 'pip install -r a.txt' # pip install .", []),
]  # fmt: skip


@pytest.mark.parametrize("text, expected", COMMANDS)
def test_what_commands_install(text: str, expected: list[str]) -> None:
    found = [each for each in read_installs(text, Span) if isinstance(each, ProjectInstall)]

    assert [_install(each) for each in found] == expected
    assert all(text[slice(*each.at)].strip("'\"") for each in found)


@pytest.mark.parametrize(
    "directory, path, expected",
    [
        ("", "a", "a"),
        ("", ".", "."),
        ("x", "a", "x/a"),
        ("x", ".", "x"),
        ("x", "..", "."),
        ("x/y", "../a", "x/a"),
        ("x", "../../a", "../a"),
        ("x", "/a", "/a"),
        ("/x", "a", "/x/a"),
        ("./x", "./a", "x/a"),
    ],
)
def test_a_path_below_a_directory(directory: str, path: str, expected: str) -> None:
    assert below(directory, path) == expected
