"""The environments of `[tool.tox]` in a pyproject.toml."""

from __future__ import annotations

import pytest

from ddlint.inputs import pyproject
from tests.inputs.shown import assert_lawful, described, read

CASES = [
    ("[tool.tox]\n", []),
    ('[tool.tox]\nenv_list = ["py312"]\n', ["2:14 tox py312", "  2:14 pip project .", "  python ==3.12.*"]),
    (
        '[tool.tox]\nenv_list = ["3.12"]\n[tool.tox.env_run_base]\npackage = "skip"\ndeps = ["flask>=2", "-r a.txt", "-c b.txt"]\n',
        [
            "2:14 tox 3.12",
            "  5:10 flask >=2",
            "  5:25 pip file a.txt",
            "  5:37 pip constraint b.txt",
            "  python ==3.12.*",
        ],
    ),
    (
        (
            "[tool.tox.env.docs]\nskip_install = true\ndeps = [\"sphinx; python_version > '3.8'\"]\n"
            'base_python = ["py311"]\nset_env = { A = "1", B = "{env:B}" }\n'
            'commands = [["pip", "install", "x"], ["make", "html"]]\n'
        ),
        [
            "1:15 tox docs",
            "  3:10 sphinx ; python_version > '3.8'",
            "  6:13 x",
            "  python ==3.11.*",
            "  set A=1",
            "  set B=None",
            "  runs pip install x",
            "  runs make html",
        ],
    ),
    (
        '[tool.tox.env.t]\nextras = ["Web"]\ndependency_groups = ["test"]\n',
        ["1:15 tox t", "  1:15 pip project . extra:web", "  1:15 tox file pyproject.toml group:test"],
    ),
    ('[tool.tox.env.t]\ndeps = ["-e ../lib"]\n', ["1:15 tox t", "  2:10 pip project ../lib", "  1:15 pip project ."]),
    (
        '[tool.tox]\nlegacy_tox_ini = """\n[testenv:a]\nskip_install = true\ndeps =\n    flask==2\n"""\n',
        ["4:16 tox a", "  6:5 flask ==2"],
    ),
    (
        "[tool.tox]\nlegacy_tox_ini = '''\n[testenv:a]\nno_package = true\ndeps = flask\n'''\n",
        ["4:14 tox a", "  5:8 flask"],
    ),
    ('[tool.tox]\nlegacy_tox_ini = "[testenv]\\ndeps = flask"\n', []),
    ("[tool.tox]\nlegacy_tox_ini = 1\nenv_list = 2\nenv = 3\n", []),
    ('[tool.tox]\nenv_list = [{ product = [["a"], ["b"]] }]\n', []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_environments(text: str, expected: list[str]) -> None:
    manifest = read(pyproject, text)

    assert described(manifest) == expected
    assert_lawful(manifest)


def test_what_they_ask_for_is_no_requirement_of_the_project() -> None:
    manifest = read(pyproject, '[tool.tox.env.t]\ndeps = ["flask"]\n')

    assert [(each.name, each.scope) for each in manifest.dependencies] == [("flask", "env:t")]
