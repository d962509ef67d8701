"""The commands that make a lock again after what it was made from has changed. ddlint runs none of them."""

from __future__ import annotations

from ddlint.core.paths import name_of

_LOCK = {
    "uv.lock": "uv lock",
    "poetry.lock": "poetry lock",
    "pdm.lock": "pdm lock",
    "Pipfile.lock": "pipenv lock",
    "pixi.lock": "pixi lock",
}
_UPGRADE = {
    "uv.lock": "uv lock --upgrade-package {name}",
    "poetry.lock": "poetry update {name}",
    "pdm.lock": "pdm update {name}",
    "Pipfile.lock": "pipenv upgrade {name}",
    "pixi.lock": "pixi update {name}",
}


def lock_command(path: str) -> str:
    """Give the command that makes a lock or a compiled requirement file again; empty where several tools may do it."""
    name = name_of(path)
    if name.endswith(".py.lock"):
        return f"uv lock --script {name.removesuffix('.lock')}"
    if name.endswith(".txt"):
        return f"pip-compile {name.removesuffix('.txt')}.in"
    if "conda-lock" in name:
        return "conda-lock"
    return _LOCK.get(name, "")


def upgrade_command(path: str, package: str) -> str:
    """Give the command that locks another version of one package; empty where several tools may do it."""
    name = name_of(path)
    if name.endswith(".py.lock"):
        return f"uv lock --script {name.removesuffix('.lock')} --upgrade-package {package}"
    if name.endswith(".txt"):
        return f"pip-compile --upgrade-package {package} {name.removesuffix('.txt')}.in"
    return _UPGRADE.get(name, "").format(name=package)
