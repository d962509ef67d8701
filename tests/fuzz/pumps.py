"""What a file is made of that is one token over and over, and what such a row of tokens is put behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.subjects import Subject

TOKENS = (
    *("-a", "a.", "import a.a\n", "[a.a.a]\n", "a: &a [*a]\n", "((", "{{", "=,", "\\\n", "$A", "'", " ", "[", '"', "a", "0"),
    *("#", "/", "*a ", "- ", "\t", "\r", "!", "-r x\n", "# ddlint: ignore[DD301] x\n", "a==1 ", "\u00e9", '\\"', 'a\\"', "a "),
    *("a=1 ", "a,", "1.", '"a",', "'a' ", "\\a", "\n", "::", "a:\n", "<", "%", "${a}", "&", "|", "~", "-", "_", ".", "]", "}", "{0-999}", "{a}"),
)  # fmt: skip
HEADS = {
    "dockerfile": (
        *("FROM python:3.9\nRUN pip install ", 'FROM python:3.9\nRUN pip install "', 'FROM python:3.9\nRUN <<END\npip install "x'),
        *("FROM python:3.9\nRUN <<END\n", "FROM ", "FROM python:3.9\nENV A=", 'FROM python:3.9\nCMD ["a', "FROM python:3.9\nCOPY "),
    ),
    "setup_py": ("import ", "setup(install_requires=", "setup(install_requires=['", "setup(install_requires=('a'", "x = "),
    "requirements_txt": ("a==", "a ; ", "a @ ", "-r ", "a["),
    "setup_cfg": ("[options]\ninstall_requires = ",),
    "tox_ini": ("[tox]\nenvlist = ", "[tox]\nenvlist = py", "[testenv]\ndeps = "),
    "pyproject": ("[",'[project]\ndependencies = ["', '[tool.poetry.dependencies]\na = "', '[project]\nrequires-python = "'),
    "env_file": ('A="', "A="),
    "pipfile_lock": ('{"default": {"a": "', '{"default": '),
    "uv_lock": ('[[package]]\nname = "', "[", "[["),
    "pixi_lock": ("packages:\n- conda: ",),
    "conda_lock": ("package:\n- name: ",),
    "compose": ("services: {a: {image: ",),
}  # fmt: skip
"""What a token is put behind, beside nothing and a whole file."""


def heads(subject: Subject) -> tuple[bytes, ...]:
    whole = subject.seeds[0]
    return (b"", whole, whole[: len(whole) // 2], *(head.encode() for head in HEADS.get(subject.name, ())))
