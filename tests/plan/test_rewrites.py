"""What is to be written stands in the manner of the file, and nothing else of a requirement changes."""

import pytest

from ddlint.plan.rewrites import on_one_line, respecified
from tests.plan.made import read

POETRY = '[tool.poetry]\nname = "shop"\nversion = "1"\n\n[tool.poetry.dependencies]\n{}\n'


@pytest.mark.parametrize(
    "name, text, specifier, expected",
    [
        ("requirements.txt", "lib2==2", "==3", "lib2==3"),
        ("requirements.txt", "Lib_2[s3] >=2,<3 ; python_version < '3'", ">=4", "Lib_2[s3] >=4 ; python_version < '3'"),
        ("requirements.txt", "lib2", ">=3", "lib2>=3"),
        ("requirements.txt", "lib (>=2)", ">=3", "lib (>=3)"),
        ("requirements.txt", "lib>=2, \\\n  <3", ">=3", "lib>=3"),
        ("pyproject.toml", POETRY.format('lib2 = "2"'), "3", 'lib2 = "3"'),
        ("pyproject.toml", POETRY.format('lib2 = "^2"'), "^3", 'lib2 = "^3"'),
    ],
)
def test_another_specifier(name: str, text: str, specifier: str, expected: str) -> None:
    manifest = read({name: text})[0]
    dependency = next(each for each in manifest.dependencies if each.scope != "build")

    assert respecified(manifest.source, dependency, specifier) == expected


def test_long_text_is_cut() -> None:
    assert on_one_line("a \\\n  b") == "a b"
    assert on_one_line("x" * 400) == "x" * 300 + "..."
