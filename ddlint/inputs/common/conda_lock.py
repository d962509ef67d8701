"""Make the entries of a lock of conda packages, which lists a version once for every platform."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, NormalizedName, Origin, PythonRequirement, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.toml_lock import any_marker, is_name, is_version
from ddlint.inputs.common.values import after

_SYSTEMS = {"linux": "linux", "osx": "darwin", "win": "win32"}
_MACHINES = {
    ("linux", "64"): "x86_64",
    ("linux", "aarch64"): "aarch64",
    ("linux", "ppc64le"): "ppc64le",
    ("osx", "64"): "x86_64",
    ("osx", "arm64"): "arm64",
    ("win", "64"): "AMD64",
    ("win", "arm64"): "ARM64",
}
_EDGE = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_PYTHONS = ("python", "python_abi", "python-abi")


class Locked(NamedTuple):
    """A package of such a lock, on one platform (empty: on all)."""

    name: str
    version: str
    name_at: Span
    at: Span
    platform: str = ""
    scope: str = ""
    depends: tuple[str, ...] = ()
    is_conda: bool = True
    is_known: bool = True


def platform_condition(platform: str) -> str:
    """Return the marker of a platform of conda (`linux-64`) or of a system (`linux`, `unix`); empty for any other."""
    if platform == "unix":
        return "sys_platform != 'win32'"
    system, _, machine = platform.partition("-")
    if system not in _SYSTEMS:
        return ""
    condition = f"sys_platform == '{_SYSTEMS[system]}'"
    name = _MACHINES.get((system, machine), "")
    return f"{condition} and platform_machine == '{name}'" if name else condition


def entries(packages: Iterable[Locked]) -> Iterator[Dependency | PythonRequirement]:
    """Return one entry for every version of a Python distribution, where it is first, and the Python itself."""
    found: dict[tuple[str, str, str], list[Locked]] = {}
    platforms: set[str] = set()
    for package in packages:
        platforms.add(package.platform)
        found.setdefault((package.name, package.version, package.scope), []).append(package)
    platforms.discard("")
    for same in found.values():
        first = same[0]
        if first.is_conda and first.name == "python":
            if is_version(first.version):
                yield PythonRequirement(f"=={first.version}", first.at, written(first.version), is_exact=True)
        elif is_name(first.name) and (not first.is_conda or _is_for_python(same)):
            yield _entry(first, {package.platform for package in same}, platforms)


def _is_for_python(packages: list[Locked]) -> bool:
    """Return whether a package of conda is a Python distribution: others may have the name of one."""
    return any(edge.split(" ")[0] in _PYTHONS for package in packages for edge in package.depends)


def _entry(package: Locked, on: set[str], platforms: set[str]) -> Dependency:
    is_known = package.is_known and is_version(package.version)
    return Dependency(
        name=normalize(package.name),
        specifier=f"=={package.version}" if is_version(package.version) else "",
        at=package.at,
        specifier_at=package.at,
        written=written(f"{package.name}=={package.version}"),
        origin=Origin.LOCKED,
        scope=package.scope,
        marker="" if "" in on or on == platforms else any_marker(map(platform_condition, sorted(on))),
        is_known=is_known,
        requires=_names(package.depends),
        name_at=package.name_at,
        marker_at=after(package.at),
    )


def _names(depends: Iterable[str]) -> tuple[NormalizedName, ...]:
    matches = (_EDGE.match(edge) for edge in depends if not re.search(r"\bextra\s*==", edge))
    return tuple(dict.fromkeys(normalize(match[0]) for match in matches if match and match[0] not in _PYTHONS))
