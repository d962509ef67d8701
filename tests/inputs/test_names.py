"""Which file is read by which input, by its name alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddlint.discover.walk import may_be_read
from ddlint.inputs import HINTS, INPUTS, ON_REQUEST

READ = [
    ("requirements_txt", "requirements.txt requirements-dev.txt dev-requirements.in requirements.pip constraints.txt"),
    ("requirements_txt", "requirements/base.txt reqs/a.in deps/b.pip my_requirements_py2.txt Requirements.TXT"),
    ("requirements_txt", "requirements/runtime.txt upper-constraints.txt"),
    ("setup_cfg", "setup.cfg"),
    ("setup_py", "setup.py"),
    ("tox_ini", "tox.ini"),
    ("script", "a.py tools/setup_all.py dockerfile.py"),
    ("environment_yml", "environment.yml environment.yaml environment-dev.yml conda-environment.yml conda.yaml"),
    ("uv_lock", "uv.lock tool.py.lock"),
    ("poetry_lock", "poetry.lock"),
    ("pdm_lock", "pdm.lock pdm.dev.lock"),
    ("pylock", "pylock.toml pylock.prod.toml"),
    ("pipfile", "Pipfile"),
    ("pipfile_lock", "Pipfile.lock"),
    ("pyproject", "pyproject.toml"),
    ("hatch_toml", "hatch.toml"),
    ("uv_toml", "uv.toml"),
    ("pixi_toml", "pixi.toml"),
    ("pixi_lock", "pixi.lock"),
    ("conda_lock", "conda-lock.yml conda-lock.yaml dev.conda-lock.yml"),
    ("pre_commit_config", ".pre-commit-config.yaml"),
    ("workflow", ".github/workflows/ci.yml .github/workflows/a.yaml"),
    ("dockerfile", "Dockerfile dockerfile Dockerfile.prod web.Dockerfile Dockerfile-dev docker/Dockerfile.web.prod"),
    ("dockerfile", "Containerfile k8s/Dockerfile"),
    ("compose", "docker-compose.yml compose.yaml docker-compose.override.yml compose.prod.yaml"),
    ("env_file", ".env .env.prod .env.local prod.env"),
    ("kubernetes", "k8s/web.yml deploy/base/web.yaml deployment.yaml web-deployment.yml configmap.yaml"),
    ("ecs", "taskdef.json task-definition.json web-task-def.prod.json task_definition.json"),
    ("serverless", "serverless.yml template.yaml sam.yml serverless.prod.yml"),
    ("python_version", ".python-version"),
    ("runtime_txt", "runtime.txt"),
    ("tool_versions", ".tool-versions"),
]
NOT_READ = (
    "README.md requirements.md requirements requirements.py.bak notes.txt setup.cfg.bak xsetup.cfg my-setup.py.txt"
    " Dockerfile.dockerignore Dockerfile.md mydockerfiles .env.example .env.sample example.env environment.txt"
    " docker-compose.json .github/ci.yml workflows/ci.yml task.json .python-versions runtime.text xcompose.yml values.yml"
)


def _input_of(path: str) -> str:
    return next((name for name, pattern in INPUTS if re.search(pattern, f"/project/{path}")), "")


@pytest.mark.parametrize("name, path", [(name, path) for name, paths in READ for path in paths.split()])
def test_is_read(name: str, path: str) -> None:
    assert _input_of(path) == name


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

    assert names >= HINTS
    assert names >= ON_REQUEST


@pytest.mark.parametrize("pattern", [pattern for _, pattern in INPUTS])
def test_a_pattern_has_no_group_of_its_own(pattern: str) -> None:
    """All of them are joined into one, which tells by its groups which of them it was."""
    assert re.compile(pattern).groups == 0
