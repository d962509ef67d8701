"""Which file is read by which input, by its name alone; and what a new input needs besides its module."""

from __future__ import annotations

import re
import time
from importlib import import_module
from itertools import chain

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.core.model import Manifest
from ddlint.core.source import Source
from ddlint.inputs import BY_MODULE, INPUTS, MODULES, Kind, choices, input_for, may_be_read, pattern_of
from tests.fuzz import bulk
from tests.fuzz.subjects import SEEDS
from tests.inputs.names import NAMES
from tests.repository.source_tree import ROOT

NOT_READ = (
    "README.md requirements.md requirements requirements.py.bak notes.txt setup.cfg.bak xsetup.cfg my-setup.py.txt"
    " Dockerfile.dockerignore Dockerfile.md mydockerfiles .env.example .env.sample example.env environment.txt"
    " docker-compose.json .github/ci.yml workflows/ci.yml task.json .python-versions runtime.text xcompose.yml myvalues.yml"
)


def _input_of(path: str) -> str:
    found = input_for(f"/project/{path}")
    return found.module if found else ""


@pytest.mark.parametrize("name, path", [(name, path) for name, paths in NAMES.items() for path in paths.split()])
def test_is_read(name: str, path: str) -> None:
    assert _input_of(path) == name
    assert may_be_read(path.rpartition("/")[2]) or BY_MODULE[name].is_on_request


@pytest.mark.parametrize("path", NOT_READ.split())
def test_is_not_read(path: str) -> None:
    assert _input_of(path) == ""


ASCII = st.characters(codec="ascii")
WALKED = st.sampled_from([pattern_of(one) for one in INPUTS if not one.is_on_request])


@given(WALKED.flatmap(lambda pattern: st.from_regex(re.compile(pattern), alphabet=ASCII)))
@settings(deadline=None, max_examples=300)
def test_law_a_walk_passes_over_no_name_that_is_read(path: str) -> None:
    path = path.removesuffix("\n")

    assert may_be_read(path.rpartition("/")[2])
    assert input_for(path) == next(one for one in INPUTS if re.search(pattern_of(one), path))


@pytest.mark.parametrize("name", ["README.md", "module.py", "main.go", "index.html", "logo.png", "LICENSE", "x.env2"])
def test_a_walk_passes_over_other_names(name: str) -> None:
    assert not may_be_read(name)


def _missing(module: str) -> list[str]:
    """What is to be added for an input before it is complete."""
    record = BY_MODULE[module]
    path = ROOT / "ddlint" / "inputs" / f"{module}.py"
    if not path.exists():
        return [f"the module ddlint/inputs/{module}.py"]
    reader = import_module(f"ddlint.inputs.{module}")
    needs = {
        f"`NAME = {record.name!r}` in its module, as its record has it": getattr(reader, "NAME", "") == record.name,
        "`parse` in its module": isinstance(reader.parse(Source("/p/x", "")), Manifest),
        "a path in tests/inputs/names.py": module in NAMES,
        "a seed in tests/fuzz/seeds": any((SEEDS / module).glob("*")),
        "a row of `_FAMILIES` in tests/fuzz/bulk.py": module in bulk.FAMILIES,
        "its name in docs/inputs.md": record.name.lower()
        in (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8").lower(),
        "`lock_of` of its record": bool(record.lock_of) == (record.kind is Kind.LOCK),
    }
    return [need for need, is_met in needs.items() if not is_met]


def test_every_input_is_complete() -> None:
    """One failure says all that a new input lacks."""
    lacks = {module: missing for module in MODULES if (missing := _missing(module))}

    assert lacks == {}
    assert set(NAMES) == set(bulk.FAMILIES) == set(MODULES)


GLOBS = sorted({glob for one in INPUTS for glob in (*one.names, *one.except_names)})


@pytest.mark.parametrize("glob", GLOBS)
def test_a_glob_has_three_stars_at_most(glob: str) -> None:
    """Each star may be tried at every character of a name: that bounds the time, whatever the name."""
    assert all(len(re.findall(r"\*+", choice)) <= 3 for choice in choices(glob))
    assert re.fullmatch(r"(?:[\w.*/-]|\{[\w.*,-]*\})+", glob)


TILES = (
    "-a",
    ".a",
    "a",
    "-",
    ".",
    "docker",
    "dockerfile",
    "requirements",
    "env",
    ".env",
    "conda-lock",
    "task",
    "k8s/",
    "/",
)
TAILS = ("", "!", ".txt", ".yml", ".json", ".lock", ".py")


@pytest.mark.parametrize("tile", TILES)
def test_no_name_of_255_characters_takes_long(tile: str) -> None:
    """Names of each kind, pumped to the longest that a file system takes, in 10 ms for all inputs."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    files = re.compile(hooks[0]["files"])
    heads = sorted({path.rpartition("/")[2] for path in " ".join(NAMES.values()).split()})
    for head, tail in chain(((head, "!") for head in heads), (("", tail) for tail in TAILS)):
        name = (head + tile * 255)[: 255 - len(tail)] + tail
        start = time.process_time()
        input_for(f"/{name}")
        files.search(name)
        assert time.process_time() - start < 0.05, name
