"""See quickly that a uv.lock is whole and has no entry of what is sought."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import NormalizedName, normalize
from ddlint.core.source import Source
from ddlint.inputs.syntax.toml_lock_scan import Shape, Table, most_values, scan_packages

SHAPE = Shape(
    "package",
    frozenset(
        {
            "name",
            "version",
            "source",
            "resolution-markers",
            "dependencies",
            "optional-dependencies",
            "dev-dependencies",
        }
    ),
    frozenset({"requires-python"}),
    is_of_uv=True,
)
_MOST_PACKAGES = 10_000
"""More may be more than are read, which is a problem."""
_EDGE = regex(r'\{ name = "([^"]*+)"')
_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_PYTHON = regex(r"(?:[<>]=?|==) ?[0-9]{1,2}\.[0-9]{1,2}(?:, ?<=? ?[0-9]{1,2}(?:\.[0-9]{1,2})?)?")


def is_whole_without(source: Source, sought: frozenset[NormalizedName]) -> bool:
    """Return whether a lock has nothing of `sought`, and nothing to report."""
    text = source.text
    lock = scan_packages(text, SHAPE, most_values(text)) if text.endswith("\n") else None
    if lock is None or len(lock.packages) > _MOST_PACKAGES or not _has_plain_python(lock.top):
        return False
    names: set[object] = set()
    edges: list[object] = []
    for package in lock.packages:
        if isinstance(package, Table):
            names.add(package.values.get("name"))
            edges += (edge.get("name") if isinstance(edge, dict) else None for edge in _edges(package.values))
        else:
            name, _, _, _, array, *_ = package.groups()
            names.add(name[1:-1])
            if array:
                edges += _EDGE.findall(array)
    found = [name for name in names if isinstance(name, str) and _NAME.fullmatch(name)]
    return len(found) == len(names) and names.issuperset(edges) and sought.isdisjoint(map(normalize, found))


def _has_plain_python(top: Table) -> bool:
    python = top.values.get("requires-python")
    return python is None or (isinstance(python, str) and _PYTHON.fullmatch(python) is not None)


def _edges(values: dict[str, object]) -> Iterator[object]:
    """Yield every edge of a package that is not as `PACKAGE` finds it."""
    tables = [values[key] for key in ("optional-dependencies", "dev-dependencies") if key in values]
    arrays = [values.get("dependencies"), *(each for one in tables if isinstance(one, dict) for each in one.values())]
    return (edge for array in arrays if isinstance(array, list) for edge in array)
