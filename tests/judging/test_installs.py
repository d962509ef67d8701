"""Which files are installed together."""

from __future__ import annotations

import pytest

from ddlint.installs import compiled, installs, is_lock, is_sibling
from ddlint.model import Include
from ddlint.source import Span
from tests.judging.fake import manifest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("uv.lock", True),
        ("poetry.lock", True),
        ("pdm.lock", True),
        ("pixi.lock", True),
        ("pylock.toml", True),
        ("pylock.prod.toml", True),
        ("Pipfile.lock", True),
        ("conda-lock.yml", True),
        ("prod.conda-lock.yaml", True),
        ("tool.py.lock", True),
        ("pyproject.toml", False),
        ("Pipfile", False),
        ("requirements.txt", False),
        ("environment.yml", False),
        ("conda-lock.txt", False),
        ("my-pylock.toml", False),
        ("cargo.lock", False),
    ],
)
def test_a_lock_is_known_by_its_name(name: str, expected: bool) -> None:
    assert expected is is_lock(f"/p/{name}")


def _files(*names: str) -> list[list[str]]:
    found = installs(tuple(manifest(name) for name in names))
    return [sorted(path.removeprefix("/p/") for path in install.files) for install in found]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["pyproject.toml", "uv.lock"], [["pyproject.toml", "uv.lock"]]),
        (["Pipfile", "Pipfile.lock", "pyproject.toml"], [["Pipfile", "Pipfile.lock"], ["pyproject.toml"]]),
        (["setup.py", "setup.cfg", "pyproject.toml"], [["pyproject.toml", "setup.cfg", "setup.py"]]),
        (["setup.cfg", "setup.py"], [["setup.cfg", "setup.py"]]),
        (["requirements.in", "requirements.txt"], [["requirements.in", "requirements.txt"]]),
        (["requirements.txt", "requirements-dev.txt"], [["requirements.txt"], ["requirements-dev.txt"]]),
        (["tool.py", "tool.py.lock"], [["tool.py", "tool.py.lock"]]),
        (["environment.yml", "linux.conda-lock.yml"], [["environment.yml", "linux.conda-lock.yml"]]),
        (["a/pyproject.toml", "uv.lock", "b/uv.lock"], [["a/pyproject.toml", "uv.lock"], ["b/uv.lock"]]),
        (["a/pyproject.toml", "a/uv.lock", "uv.lock"], [["a/pyproject.toml", "a/uv.lock"], ["uv.lock"]]),
        (["uv.lock"], [["uv.lock"]]),
    ],
)
def test_files_that_belong_together(names: list[str], expected: list[list[str]]) -> None:
    assert expected == _files(*names)


def test_a_file_that_is_also_required_is_no_constraint() -> None:
    both = manifest("r.txt", includes=(Include("c.txt", Span(0, 0), is_constraint=True), Include("c.txt", Span(0, 0))))
    only = manifest("s.txt", includes=(Include("c.txt", Span(0, 0), is_constraint=True),))

    found = installs((both, only, manifest("c.txt")))

    assert [set(), {"/p/c.txt"}] == [set(install.constraints) for install in found]


def test_includes_that_cannot_be_followed_are_left_out() -> None:
    targets = ("https://index.example/r.txt", "${NAME}.txt", "gone.txt")
    one = manifest("r.txt", includes=tuple(Include(target, Span(0, 0)) for target in targets))

    assert [install.files for install in installs((one,))] == [("/p/r.txt",)]


def test_a_compiled_file_has_its_source_beside_it() -> None:
    found = compiled((manifest("base.in"), manifest("base.txt"), manifest("other.txt")))

    assert found == {"/p/base.txt"}


def test_siblings_describe_one_distribution() -> None:
    assert is_sibling("/p/setup.py", "/p/pyproject.toml")
    assert not is_sibling("/p/setup.py", "/p/setup.py")
    assert not is_sibling("/p/setup.py", "/p/requirements.txt")
