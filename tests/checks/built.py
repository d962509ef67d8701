"""Projects built in a test, and what one check says of them under the built-in pack.

`requirements`, `pyproject` and `lock` read true text; `hint` makes a runtime hint by hand, so that a check does not
depend on how the inputs read one.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from ddlint.checks import CHECKS
from ddlint.core.model import EnvironmentVariable, Image, Judging, Manifest, Platform, PythonRequirement
from ddlint.core.source import Source, Span
from ddlint.inputs import poetry_lock, requirements_txt
from ddlint.inputs import pyproject as pyproject_toml
from ddlint.pack.loader import builtin
from ddlint.project.resolve import resolve

if TYPE_CHECKING:
    from ddlint.core.model import Place, Project
    from ddlint.core.report import Finding
    from ddlint.pack.pack import Pack

JUDGING = Judging("2026-11-21")
ROOT = "/p"


@cache
def pack() -> Pack:
    """The built-in pack."""
    return builtin()


def requirements(*lines: str, path: str = "requirements.txt") -> Manifest:
    """Read lines of a requirements file."""
    return requirements_txt.parse(Source(f"{ROOT}/{path}", "".join(f"{line}\n" for line in lines)))


def pyproject(*dependencies: str, python: str = "", more: str = "") -> Manifest:
    """Read a pyproject.toml with dependencies, one a line, and a range of Pythons."""
    listed = "".join(f'    "{each}",\n' for each in dependencies)
    stated = f'requires-python = "{python}"\n' if python else ""
    text = f'[project]\nname = "shop"\nversion = "1"\n{stated}dependencies = [\n{listed}]\n{more}'
    return pyproject_toml.parse(Source(f"{ROOT}/pyproject.toml", text))


def lock(*pins: str) -> Manifest:
    """Read a poetry.lock with entries such as `flask==3.0`."""
    named = (pin.partition("==") for pin in pins)
    blocks = "".join(
        f'[[package]]\nname = "{name}"\nversion = "{version}"\noptional = false\n\n' for name, _, version in named
    )
    return poetry_lock.parse(Source(f"{ROOT}/poetry.lock", f'{blocks}[metadata]\nlock-version = "2.0"\n'))


def hint(path: str, *lines: str) -> Manifest:
    """Make a runtime hint of lines such as `python 3.12`, `platform musllinux-x86_64 1.2`, `image agent:7`, `NAME=value`."""
    source = Source(f"{ROOT}/{path}", "".join(f"{line}\n" for line in lines))
    found = Manifest(source, path)
    for number, line in enumerate(lines, 1):
        at = source.line_span(number)
        kind, _, rest = line.partition(" ")
        match kind:
            case "python":
                stated = PythonRequirement(f"=={rest}.*", at, rest, is_exact=True)
                found = found._replace(pythons=(*found.pythons, stated))
            case "range":
                found = found._replace(pythons=(*found.pythons, PythonRequirement(rest, at, rest)))
            case "platform":
                token, _, version = rest.partition(" ")
                found = found._replace(platforms=(*found.platforms, Platform(token, at, version)))
            case "image":
                name, _, tag = rest.partition(":")
                found = found._replace(images=(*found.images, Image(name, tag, at)))
            case _:
                name, equals, value = line.partition("=")
                start = at.start + (len(name) + 1 if equals else 0)
                made = EnvironmentVariable(name, value if equals else None, Span(start, at.end))
                found = found._replace(settings=(*found.settings, made))
    return found


def project(*manifests: Manifest, settings: Judging | None = None, rules: Pack | None = None) -> Project:
    """Resolve a project."""
    return resolve(ROOT, manifests, rules or pack(), settings or JUDGING)


def findings(code: str, *manifests: Manifest, settings: Judging | None = None) -> list[Finding]:
    """Give what the check with `code` says of a project."""
    module = next(check.module for check in CHECKS if check.code == code)
    judged = project(*manifests, settings=settings)
    return list(import_module(f"ddlint.checks.{module}").run(judged, pack())) if judged.tracers else []


def where(place: Place, *manifests: Manifest) -> str:
    """Write a place as `requirements.txt:3:1`."""
    source = next(each.source for each in manifests if each.path == place.path)
    line, column = source.position(place.at.start)
    return f"{place.path.removeprefix(ROOT + '/')}:{line}:{column}"


def said(code: str, *manifests: Manifest, settings: Judging | None = None) -> list[str]:
    """Write what a check says as `requirements.txt:3:1 warning wrapt`, in the order of the check."""
    return [
        f"{where(each.at, *manifests)} {each.severity.value} {each.subject}"
        for each in findings(code, *manifests, settings=settings)
    ]
