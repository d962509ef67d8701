"""Examples at the very edge of a specifier."""

from __future__ import annotations

import json


def examples(specifier: str, distribution: str) -> str:
    """Return the `examples` of a row, as its last key; nothing where no version can be judged."""
    if ":" in distribution or not specifier:
        return ""
    if specifier == "*":
        return ', examples: {ok: ["0.1"]}'
    inside, outside = _edges(specifier)
    told = f"ok: {json.dumps(inside)}" + (f", bad: {json.dumps(outside)}" if outside else "")
    return f", examples: {{{told}}}"


def _edges(specifier: str) -> tuple[list[str], list[str]]:
    from packaging.specifiers import SpecifierSet

    inside: list[str] = []
    outside: list[str] = []
    for clause in SpecifierSet(specifier):
        version = clause.version.removesuffix(".*")
        match clause.operator:
            case ">=" | "~=":
                inside.append(version)
                outside += _before(version)
            case "<":
                outside.append(version)
                inside += _before(version)
            case "<=" | "==":
                inside.append(version)
                outside.append(_after(version))
            case _:
                outside.append(version)
    supported = SpecifierSet(specifier)
    return (
        sorted({version for version in inside if supported.contains(version, prereleases=True)}),
        sorted({version for version in outside if not supported.contains(version, prereleases=True)}),
    )


def _before(version: str) -> list[str]:
    """Return a version just before: the last number that can be is one lower, and what followed it is 99."""
    from packaging.version import Version

    numbers = list(Version(version).release)
    for place in range(len(numbers) - 1, -1, -1):
        if numbers[place]:
            rest = ["99"] if place < len(numbers) - 1 else []
            return [".".join([*map(str, numbers[:place]), str(numbers[place] - 1), *rest])]
    return []


def _after(version: str) -> str:
    from packaging.version import Version

    *head, last = Version(version).release
    return ".".join(map(str, [*head, last + 1]))
