"""Which file is read by which input, by its name alone."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.edits import HANDWRITTEN
from ddlint.inputs import HINTS, INPUTS, ON_REQUEST
from ddlint.project.installs import is_lock
from ddlint.project.walk import may_be_read
from tests.inputs.names import NAMES

NOT_READ = (
    "README.md requirements.md requirements requirements.py.bak notes.txt setup.cfg.bak xsetup.cfg my-setup.py.txt"
    " Dockerfile.dockerignore Dockerfile.md mydockerfiles .env.example .env.sample example.env environment.txt"
    " docker-compose.json .github/ci.yml workflows/ci.yml task.json .python-versions runtime.text xcompose.yml values.yml"
)


def _input_of(path: str) -> str:
    return next((name for name, pattern in INPUTS if re.search(pattern, f"/project/{path}")), "")


@pytest.mark.parametrize("name, path", [(name, path) for name, paths in NAMES.items() for path in paths.split()])
def test_is_read(name: str, path: str) -> None:
    assert _input_of(path) == name
    assert may_be_read(path.rpartition("/")[2]) or name in ON_REQUEST


@pytest.mark.parametrize("path", NOT_READ.split())
def test_is_not_read(path: str) -> None:
    assert _input_of(path) == ""


ASCII = st.characters(codec="ascii")
WALKED = st.sampled_from([pattern for name, pattern in INPUTS if name not in ON_REQUEST])


@given(WALKED.flatmap(lambda pattern: st.from_regex(re.compile(pattern), alphabet=ASCII)))
@settings(deadline=None, max_examples=300)
def test_law_a_walk_passes_over_no_name_that_is_read(path: str) -> None:
    assert may_be_read(path.rpartition("/")[2].removesuffix("\n"))


@pytest.mark.parametrize("name", ["README.md", "module.py", "main.go", "index.html", "logo.png", "LICENSE", "x.env2"])
def test_a_walk_passes_over_other_names(name: str) -> None:
    assert may_be_read(name) is (".env" in name)


def test_the_sets_name_inputs_of_the_list() -> None:
    names = {name for name, _ in INPUTS}

    assert names == set(NAMES)
    assert names >= HINTS
    assert names >= ON_REQUEST
    assert {import_module(f"ddlint.inputs.{name}").NAME for name in names} >= HANDWRITTEN


@pytest.mark.parametrize("name", NAMES)
def test_an_input_is_written_by_a_person_or_by_a_tool_or_is_a_hint(name: str) -> None:
    """What a person writes may be mended (`fix.py`), a lock belongs to a manifest (`installs.py`), a hint to a project."""
    is_so = {
        "HANDWRITTEN": import_module(f"ddlint.inputs.{name}").NAME in HANDWRITTEN,
        "is_lock": is_lock(f"/project/{NAMES[name].split()[0]}"),
        "HINTS": name in HINTS,
    }

    assert sum(is_so.values()) == 1, f"say of {name} which one of these it is: {', '.join(is_so)}"


@pytest.mark.parametrize("pattern", [pattern for _, pattern in INPUTS])
def test_a_pattern_has_no_group_of_its_own(pattern: str) -> None:
    """All of them are joined into one, which tells by its groups which of them it was."""
    assert re.compile(pattern).groups == 0
