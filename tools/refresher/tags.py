"""What the name of a wheel says: its Python, its platforms in the words of packs, and the oldest system it admits."""

from __future__ import annotations

import re
from typing import NamedTuple

PLATFORMS = (
    "manylinux-x86_64",
    "manylinux-aarch64",
    "manylinux-i686",
    "musllinux-x86_64",
    "musllinux-aarch64",
    "musllinux-i686",
    "macos-x86_64",
    "macos-arm64",
    "win-amd64",
    "win-32",
    "win-arm64",
)
"""The order in which packs list platforms; others follow."""
_LEGACY = {"manylinux1": "manylinux_2_5", "manylinux2010": "manylinux_2_12", "manylinux2014": "manylinux_2_17"}
_WINDOWS = {"win_amd64": "win-amd64", "win32": "win-32", "win_arm64": "win-arm64"}
_WHEEL = re.compile(
    r"(?P<name>[^-]+)-(?P<version>[^-]+)(-\d[^-]*)?-(?P<python>[^-]+)-(?P<abi>[^-]+)-(?P<tags>[^-]+)\.whl"
)
_UNIX = re.compile(r"(?P<floor>(?P<kind>manylinux|musllinux|macosx)_(?P<major>\d+)_(?P<minor>\d+))_(?P<machine>\w+)")


class Wheel(NamedTuple):
    """One (Python, platform) of a wheel."""

    version: str
    python: str
    platform: str
    floor: str


def wheels(filename: str) -> list[Wheel]:
    """Return what a wheel serves; nothing for what is no wheel of a CPython. Free-threaded counts as a platform."""
    found = _WHEEL.fullmatch(filename)
    if not found:
        return []
    python = re.fullmatch(r"cp(\d)(\d+)", found["python"])
    if python and re.fullmatch(r"cp\d+t", found["abi"]):
        return [Wheel(found["version"], f"{python[1]}.{python[2]}", "free-threaded", "any")]
    if not python or not re.fullmatch(r"cp\d+(m|mu)?", found["abi"]):
        return []
    lowest: dict[str, tuple[tuple[int, int], str]] = {}
    for tag in found["tags"].split("."):
        for platform, floor in _served(tag):
            rank = _rank(floor)
            if platform not in lowest or rank < lowest[platform][0]:
                lowest[platform] = (rank, floor)
    minor = f"{python[1]}.{python[2]}"
    return [Wheel(found["version"], minor, platform, floor) for platform, (_, floor) in lowest.items()]


def _served(tag: str) -> list[tuple[str, str]]:
    """Return (platform, floor) of one platform tag."""
    if tag in _WINDOWS:
        return [(_WINDOWS[tag], tag)]
    for old, new in _LEGACY.items():
        if tag.startswith(f"{old}_"):
            return _served(tag.replace(old, new, 1))
    found = _UNIX.fullmatch(tag)
    if not found:
        return []
    if found["kind"] != "macosx":
        return [(f"{found['kind']}-{found['machine']}", found["floor"])]
    if found["machine"] == "universal2":
        return [("macos-x86_64", found["floor"]), ("macos-arm64", f"{found['floor']}-universal2")]
    machine = {"intel": "x86_64"}.get(found["machine"], found["machine"])
    return [(f"macos-{machine}", found["floor"])]


def _rank(floor: str) -> tuple[int, int]:
    numbers = re.findall(r"_(\d+)", floor)
    return (int(numbers[0]), int(numbers[1])) if len(numbers) > 1 else (0, 0)


def platform_rank(platform: str) -> tuple[int, str]:
    """Sort key: the known order first."""
    return (PLATFORMS.index(platform) if platform in PLATFORMS else len(PLATFORMS), platform)
