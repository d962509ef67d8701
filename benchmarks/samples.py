"""The projects that are measured: written as people and tools write them, and the same on every machine."""

from __future__ import annotations

import re
from itertools import count, takewhile
from pathlib import Path

NAMES = ("django", "flask", "requests", "redis", "celery", "sqlalchemy", "psycopg", "boto3", "jinja2", "aiohttp")


def tracked_requirements(lines: int) -> str:
    """A requirements file with names that the rules know, the first outside what they support."""
    written = ["ddtrace==3.19.9", f"{NAMES[0]}==0.0.1"]
    for index in range(1, lines - 1):
        name = NAMES[index] if index < len(NAMES) else f"internal-service-{index}"
        written.append(f"{name}>=1.0,<99  # used by module {index}")
    return "\n".join(written) + "\n"


def clean_requirements(lines: int) -> str:
    """A requirements file with the tracer and nothing to complain of."""
    return "ddtrace>=4,<5\nflask>=3\n" + unknown_requirements(lines - 2)


def unknown_requirements(lines: int) -> str:
    """A requirements file that no rule names a package of."""
    return "".join(f"internal-service-{index}==1.{index}.0\n" for index in range(lines))


def pyproject(size: int) -> str:
    """A pyproject.toml of about that many bytes, with many groups."""
    head = (
        '[project]\nname = "measured"\nversion = "1.0"\nrequires-python = ">=3.9"\ndependencies = [\n'
        '    "ddtrace>=4,<5",\n    "flask>=0.5",  # raised when the old host goes\n]\n\n[dependency-groups]\n'
    )
    groups = (
        f"group-{index} = [\n"
        + "".join(f'    "internal-library-{index}-{part}>={part}.0,<9",\n' for part in range(8))
        + "]\n"
        for index in count()
    )
    return head + filled(size - len(head), groups)


KNOWN = (("ddtrace", "4.0.0"), ("flask", "0.5"), ("redis", "5.0.0"))
"""The tracer, a version of a library that it does not support, and one that it does."""

SUPPORTED = (("ddtrace", "4.0.0"), ("flask", "3.0.0"), ("redis", "5.0.0"))
"""The tracer, and versions of libraries that it supports."""


def lock(size: int, known: tuple[tuple[str, str], ...] = KNOWN) -> str:
    """A uv.lock of about that many bytes: many packages with many wheels, as real ones are."""
    head = 'version = 1\nrevision = 3\nrequires-python = ">=3.10"\n' + "".join(
        locked(name, version, 12) for name, version in known
    )
    return head + filled(
        size - len(head), (locked(f"internal-library-{index}", f"1.{index}.0", 10) for index in count())
    )


def lock_with_manifest(size: int) -> tuple[str, str]:
    """The pyproject.toml and the uv.lock of a project, as uv itself takes them: all packages are dependencies of it."""
    body = lock(size)
    names = re.findall(r'^name = "(.+)"$', body, re.MULTILINE)
    manifest = (
        '[project]\nname = "measured"\nversion = "1.0"\nrequires-python = ">=3.10"\ndependencies = [\n'
        + "".join(f'    "{name}",\n' for name in names)
        + "]\n"
    )
    root = (
        '\n[[package]]\nname = "measured"\nversion = "1.0"\nsource = { virtual = "." }\ndependencies = [\n'
        + "".join(f'    {{ name = "{name}" }},\n' for name in names)
        + "]\n\n[package.metadata]\nrequires-dist = [\n"
        + "".join(f'    {{ name = "{name}" }},\n' for name in names)
        + "]\n"
    )
    return manifest, body + root


def filled(size: int, parts: object) -> str:
    """As many parts as go into that many bytes."""
    total = 0

    def fits(part: str) -> bool:
        nonlocal total
        total += len(part)
        return total <= size

    return "".join(takewhile(fits, parts))  # type: ignore[call-overload]  # any iterator of texts


def locked(name: str, version: str, wheels: int) -> str:
    """One entry of a uv.lock."""
    place = f"https://index.example/files/{name.replace('-', '_')}-{version}"
    files = "".join(
        f'    {{ url = "{place}-cp31{number}-cp31{number}-manylinux_2_28_x86_64.whl", '
        f'hash = "sha256:{number:064x}", size = {1000 + number} }},\n'
        for number in range(wheels)
    )
    return (
        f'\n[[package]]\nname = "{name}"\nversion = "{version}"\n'
        'source = { registry = "https://index.example/simple" }\n'
        f'sdist = {{ url = "{place}.tar.gz", hash = "sha256:{0:064x}", size = 9 }}\nwheels = [\n{files}]\n'
    )


def tree(folder: Path, projects: int, unknown: int = 10, others: int = 17) -> None:
    """A repository of many projects, each with two manifests and 17 other files, and every tenth with a lock.

    Of the requirements of each, that many are of packages that no rule names.
    """
    for index in range(projects):
        service = folder / f"team-{index % 20}" / f"service-{index}"
        sources = service / "src" / "service"
        sources.mkdir(parents=True)
        for number in range(others):
            (sources / f"module_{number}.py").write_text("VALUE = 1\n", encoding="utf-8")
        tracer = "ddtrace>=4,<5\n" if index % 2 else ""
        requirements = f"{tracer}flask>=3\nredis>=5.{index % 7}\n{unknown_requirements(unknown)}"
        (service / "requirements.txt").write_text(requirements, encoding="utf-8")
        (service / "pyproject.toml").write_text(
            f'[project]\nname = "service-{index}"\nversion = "1"\nrequires-python = ">=3.10"\n'
            'dependencies = ["flask>=3", "internal-library-1>=1.0"]\n\n[tool.ruff]\nline-length = 100\n',
            encoding="utf-8",
        )
        if index % 10 == 0:
            (service / "uv.lock").write_text(lock(40_000), encoding="utf-8")
