"""What is fuzzed: every input with a path its files have, its seeds, and what was found before (both self-written)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ddlint.inputs import INPUTS

if TYPE_CHECKING:
    from types import ModuleType

HERE = Path(__file__).parent
SEEDS = HERE / "seeds"
FOUND = HERE / "found"
"""Inputs that broke ddlint once, as the run wrote them; they are seeds, and a test goes over them."""

_PATHS = {
    "requirements_txt": "requirements.txt",
    "pyproject": "pyproject.toml",
    "setup_cfg": "setup.cfg",
    "setup_py": "setup.py",
    "tox_ini": "tox.ini",
    "script": "script.py",
    "uv_lock": "uv.lock",
    "poetry_lock": "poetry.lock",
    "pdm_lock": "pdm.lock",
    "pylock": "pylock.toml",
    "pipfile": "Pipfile",
    "pipfile_lock": "Pipfile.lock",
    "hatch_toml": "hatch.toml",
    "uv_toml": "uv.toml",
    "pixi_toml": "pixi.toml",
    "pixi_lock": "pixi.lock",
    "conda_lock": "conda-lock.yml",
    "environment_yml": "environment.yml",
    "pre_commit_config": ".pre-commit-config.yaml",
    "workflow": ".github/workflows/ci.yml",
    "dockerfile": "Dockerfile",
    "compose": "compose.yaml",
    "env_file": ".env",
    "serverless": "serverless.yml",
    "ecs": "task-definition.json",
    "kubernetes": "k8s/web.yaml",
    "python_version": ".python-version",
    "runtime_txt": "runtime.txt",
    "tool_versions": ".tool-versions",
}


class Subject(NamedTuple):
    """An input that is fuzzed."""

    name: str
    """Of its module."""
    path: str
    """What a file of it is called, relative to its project."""
    seeds: tuple[bytes, ...]

    @property
    def module(self) -> ModuleType:
        return import_module(f"ddlint.inputs.{self.name}")


def subject(name: str) -> Subject:
    files = sorted([*SEEDS.glob(f"{name}/*"), *FOUND.glob(f"{name}/*")])
    return Subject(name, _PATHS[name], tuple(file.read_bytes() for file in files))


def subjects() -> tuple[Subject, ...]:
    """Every input there is, so that a new one without a path and seeds is noticed."""
    return tuple(subject(name) for name, _ in INPUTS)
