"""What the sessions of nox install."""

from __future__ import annotations

import pytest

from ddlint.inputs import noxfile
from tests.inputs.shown import assert_lawful, described, read, shown

HEAD = "import nox\n\n"
SESSION = "@nox.session\ndef tests(session):\n"

CASES = [
    ("", []),
    ("# nothing\n", []),
    (f"{SESSION}    session.install('flask>=2', 'pytest')\n", ["3:22 flask >=2 @env:tests", "3:34 pytest @env:tests"]),
    (
        "from nox import session\n@session(python=['3.11'], name='unit')\ndef tests(s):\n    s.install('flask')\n",
        ["4:16 flask @env:unit"],
    ),
    (f"LIBS = ['a', 'b>1']\n{SESSION}    session.install(*LIBS)\n", ["1:10 a @env:tests", "1:15 b >1 @env:tests"]),
    (
        f"def install(s):\n    s.install('a')\n\n{SESSION}    install(session)\n    session.install('b')\n",
        ["2:16 a @env:tests", "7:22 b @env:tests"],
    ),
    (f"{SESSION}    with session.chdir('x'):\n        session.install('a')\n", ["4:26 a @env:tests"]),
    (f"{SESSION}    if session.posargs:\n        session.install('a')\n", []),
    (f"{SESSION}    for each in ('a',):\n        session.install(each)\n", []),
    (f"{SESSION}    session.install(f'flask=={{version}}')\n", ["3:23 flask @env:tests unknown"]),
    (f"{SESSION}    session.run('pip', 'install', 'a')\n", ["3:36 a @env:tests"]),
    ("def tests(session):\n    session.install('a')\n", []),
    (f"{SESSION}    other.install('a')\n", []),
    (f"{SESSION}    session.install('é')\n    session.install('a')\n", ["4:22 a @env:tests"]),
    ("@nox.session\r\ndef tests(session):\r\n    session.install('a')\r\n", ["3:22 a @env:tests"]),
    ("def tests(:\n", ["1:11 DD002 :"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_reads_what_sessions_install(text: str, expected: list[str]) -> None:
    manifest = read(noxfile, text)

    assert shown(manifest) == expected
    assert_lawful(manifest)


def test_a_session_is_an_environment() -> None:
    text = (
        "PYTHONS = ['3.11', '3.12']\n"
        "@nox.session(python=PYTHONS)\n"
        "def tests(session):\n"
        "    session.install('-e', '.[web]', '-r', 'requirements.txt', '-c', 'constraints.txt')\n"
        "    session.env['A'] = '1'\n"
        "    session.run('ddtrace-run', 'pytest', env={'B': 'x', 'C': f'{y}'})\n"
        "@nox.session\n"
        "def lint(session):\n"
        "    session.run_install('uv', 'sync', '--group', 'lint')\n"
    )
    (tests, lint) = read(noxfile, text).environments

    assert (tests.kind, tests.name) == ("nox", "tests")
    assert [each.specifier for each in tests.pythons] == ["==3.11.*", "==3.12.*"]
    assert [(each.target, each.is_file, each.is_constraint, each.scopes) for each in tests.installs] == [
        (".", False, False, ("extra:web",)),
        ("requirements.txt", True, False, ()),
        ("constraints.txt", True, True, ()),
    ]
    assert [(each.name, each.value) for each in tests.settings] == [("A", "1"), ("B", "x"), ("C", None)]
    assert [each.text for each in tests.commands] == ["ddtrace-run pytest"]
    assert [(each.tool, each.uses_lock, each.scopes) for each in lint.installs] == [
        ("uv", True, ("group:dev", "group:lint"))
    ]


def test_parameters_make_an_environment_each() -> None:
    text = (
        "@nox.session\n"
        "@nox.parametrize('django', ['4.2', '5.2'])\n"
        "def tests(session, django):\n"
        "    session.install(f'django=={django}')\n"
    )
    manifest = read(noxfile, text)

    assert [line for line in described(manifest) if "nox" in line] == [
        "3:5 nox tests(django=4.2)",
        "3:5 nox tests(django=5.2)",
    ]
    assert [each.dependencies[0].specifier for each in manifest.environments] == ["==4.2", "==5.2"]


def test_calls_without_end() -> None:
    text = "def a(s):\n    b(s)\n\ndef b(s):\n    a(s)\n    s.install('x')\n\n@nox.session\ndef t(s):\n    a(s)\n"
    assert [each.name for each in read(noxfile, text).dependencies] == ["x"]
