"""Read conda-lock.yml: every locked version, of conda and of pip, with its category."""

from __future__ import annotations

from ddlint.core.model import Manifest, normalize
from ddlint.core.source import Source
from ddlint.inputs.common.conda_lock import Locked, entries
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.whole_lock import without_line_end
from ddlint.inputs.syntax.yaml_lock import Package, read_list

NAME = "conda-lock.yml"

WANTED = frozenset({"name", "version", "manager", "platform", "category", "dependencies"})


def parse(source: Source) -> Manifest:
    """Read one conda-lock.yml."""
    listing = read_list(source, "package", WANTED)
    packages = (made for package in listing.packages if (made := _package(package)) is not None)
    problems = [listing.problem] if listing.problem else list(without_line_end(source) if listing.packages else ())
    return gather(source, NAME, [*entries(packages), *problems], listing.comments)


def _package(package: Package) -> Locked | None:
    fields = package.fields
    name, version = fields.get("name"), fields.get("version")
    if name is None or version is None:
        return None
    category = fields["category"].text if "category" in fields else "main"
    is_conda = "manager" not in fields or fields["manager"].text != "pip"
    return Locked(
        name.text,
        version.text,
        name.at,
        version.at,
        fields["platform"].text if "platform" in fields else "",
        "" if category == "main" else f"group:{normalize(category)}",
        tuple(package.children.get("dependencies", ())),
        is_conda=is_conda,
    )
