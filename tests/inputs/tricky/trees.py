"""Entries that take several files, or that only a judgement shows: what is found is as the command line tells it."""

from __future__ import annotations

from typing import NamedTuple


class Tree(NamedTuple):
    """Files, and every finding: `path:line:column CODE words`, and below it, indented, its related places."""

    entry: int
    files: dict[str, str]
    expected: tuple[str, ...] = ()


def parts(expected: str) -> tuple[str, str, str]:
    """Split an expected line into its place (with its indent), its code (of a related place: none) and its words."""
    indent = "  " * expected.startswith(" ")
    at, _, words = expected.strip().partition(" ")
    code, _, rest = words.partition(" ")
    return f"{indent}{at}", *(("", words) if indent else (f" {code} ", rest))


_TRACER = "ddtrace==4.16.0\n"
_OLD = "django==1.11.29"
_TOLD = "DD301 `django==1.11.29` is below"
_BY = "  requirements.txt:1:1 ddtrace"


def _named(content: str, *expected: str, entry: int = 27, **files: str) -> Tree:
    return Tree(entry, {"requirements.txt": f"{_TRACER}{content}", **files}, expected)


TREES = (
    _named(f"{_OLD} # ddlint: ignore[DD301] legacy\n", entry=17),
    _named(
        f"{_OLD} # ddlint: ignore[DD001]\n",
        *(f"requirements.txt:2:1 {_TOLD}", _BY, "requirements.txt:2:34 DD009 DD001"),
        entry=17,
    ),
    Tree(
        25,
        {"requirements.txt": f"{_TRACER}-r b.txt\n", "b.txt": f"{_OLD}\n-r requirements.txt\n"},
        (f"b.txt:1:1 {_TOLD}", _BY, "b.txt:2:4 DD004 `requirements.txt`", "  requirements.txt:2:4 "),
    ),
    Tree(
        25,
        {
            "requirements.txt": f"{_TRACER}-r b.txt\n-r c.txt\n",
            "b.txt": "-r d.txt\n",
            "c.txt": "-r d.txt\n",
            "d.txt": f"{_OLD}\n",
        },
        (f"d.txt:1:1 {_TOLD}", _BY),
    ),
    _named("-r ../../../../etc/hostname\n", "requirements.txt:2:4 DD004 is outside the project", entry=26),
    _named("-r https://example.invalid/r.txt\n", "requirements.txt:2:4 DD004 ddlint fetches nothing"),
    _named("-r missing.txt\n", "requirements.txt:2:4 DD004 there is no such file"),
    _named("-r .\n", "requirements.txt:2:4 DD004 it is a folder"),
    _named("-r \n", "requirements.txt:2:1 DD004 names nothing"),
    Tree(
        28,
        {"requirements.txt": f"{_TRACER}-c c.txt\ndjango\n", "c.txt": "django<2\n"},
        ("c.txt:1:1 DD301 `django<2` is below", "  requirements.txt:3:1 declared here", _BY),
    ),
    _named("DJANGO>=1.8,<2\n", "requirements.txt:2:1 DD301 `DJANGO>=1.8,<2` is below", _BY, entry=40),
    _named("a==1\na==2\n", "requirements.txt:3:1 DD005 `a==2`", "  requirements.txt:2:1 excluded by it", entry=50),
    _named("a==1 ; python_version < '3.12'\na==2 ; python_version >= '3.12'\n", entry=50),
    Tree(
        98,
        {
            "pyproject.toml": '[project]\nrequires-python = ">=3.9,<3.13"\ndependencies = [\n"ddtrace==4.16.0",\n'
            "\"django<2; python_version<'3.8'\",\n]\n"
        },
    ),
    Tree(
        98,
        {
            "pyproject.toml": '[project]\nrequires-python = ">=3.9,<3.13"\ndependencies = [\n"ddtrace==4.16.0",\n'
            "\"django==1.11.29; python_version<'3.10'\",\n\"django>=4.2,<5; python_version>='3.10'\",\n]\n"
        },
        (
            "pyproject.toml:5:2 DD301 `django==1.11.29; python_version<'3.10'` is below",
            "  pyproject.toml:4:2 ddtrace",
        ),
    ),
)

SECRET = "s3cret"
SECRET_TREE = {"requirements.txt": f"{_TRACER}--index-url https://user:{SECRET}@example.invalid/simple\n{_OLD}\n"}
"""Entry 29: what no output may show."""

ASTRAL_TREE = {
    "pyproject.toml": '[project]\nrequires-python = ">=3.11,<3.13"\ndependencies = ["ddtrace==4.16.0"]\n'
    '[tool.x]\ny = 1\n[dependency-groups]\na = ["\U0001f600", "django==1.11.29"]\n'
}
"""Entry 61: a column in code points, and in UTF-16 for SARIF."""
