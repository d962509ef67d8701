"""Read pixi.lock, of versions 4 to 6: every locked version, of conda and of PyPI."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Manifest, Problem
from ddlint.core.paths import name_of
from ddlint.core.source import Source, Span
from ddlint.inputs.common.conda_lock import Locked, entries
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.whole_lock import lacks, without_line_end
from ddlint.inputs.syntax.yaml_lock import Listing, Package, read_list

NAME = "pixi.lock"

WANTED = frozenset({"kind", "conda", "pypi", "url", "path", "name", "version", "purls", "depends", "requires_dist"})
_CONDA_FILE = regex(
    r"/(?P<subdir>[a-z0-9]+(?:-[a-z0-9]+)?)/(?P<name>[^/\s]+)-(?P<version>[^-/\s]+)-[^-/\s]+\.(?:conda|tar\.bz2)$"
)
_PURL = regex(r"pkg:pypi/(?P<name>[^@?#]+)")
"""What says under which name PyPI has a package of conda."""
_OF_ENVIRONMENT = regex(r"^ +- (?:conda|pypi): (?P<url>[^\s#]+)$", re.MULTILINE)
_URL = regex(r"https?://")


def parse(source: Source) -> Manifest:
    """Read one pixi.lock."""
    listing = read_list(source, "packages", WANTED)
    packages = (made for package in listing.packages if (made := _package(package)) is not None)
    problems = (
        [listing.problem]
        if listing.problem
        else [*_lost(source, listing), *(without_line_end(source) if listing.packages else ())]
    )
    return gather(source, NAME, [*entries(packages), *problems], listing.comments)


def _lost(source: Source, listing: Listing) -> Iterator[Problem]:
    """Yield a problem for the first package of an environment that the list of packages lacks."""
    start = source.text.find("\npackages:")
    end = start if start >= 0 else len(source.text)
    fields = (package.fields.get(key) for package in listing.packages for key in ("conda", "pypi", "url", "path"))
    known = {field.text for field in fields if field is not None}
    for match in _OF_ENVIRONMENT.finditer(source.text, 0, end):
        if match["url"] not in known:
            at = Span(*match.span("url"))
            yield lacks(f"`{name_of(match['url'])}` of an environment has no entry under `packages`", at, "pixi lock")
            return


def _package(package: Package) -> Locked | None:
    fields = package.fields
    kind = fields["kind"].text if "kind" in fields else ("conda" if "conda" in fields else "pypi")
    if kind == "conda":
        return _conda(package)
    name, version = fields.get("name"), fields.get("version")
    where = fields.get("pypi", fields.get("url"))
    if name is None or version is None or "path" in fields or (where is not None and where.text.startswith(".")):
        return None
    depends = tuple(package.children.get("requires_dist", ()))
    is_known = where is None or _URL.match(where.text) is not None
    return Locked(name.text, version.text, name.at, version.at, "", "", depends, is_conda=False, is_known=is_known)


def _conda(package: Package) -> Locked | None:
    """Read a package of conda; since version 6 of the lock its name and version are in its address only."""
    fields = package.fields
    url = fields.get("conda", fields.get("url"))
    match = _CONDA_FILE.search(url.text) if url is not None else None
    if url is None or match is None:
        return None
    name, version = fields.get("name"), fields.get("version")
    purl = next(filter(None, map(_PURL.match, package.children.get("purls", ()))), None)
    start = url.at.start
    subdir = "" if match["subdir"] == "noarch" else match["subdir"]
    return Locked(
        purl["name"] if purl else name.text if name else match["name"],
        version.text if version else match["version"],
        name.at if name else Span(start + match.start("name"), start + match.end("name")),
        version.at if version else Span(start + match.start("version"), start + match.end("version")),
        subdir,
        "",
        tuple(package.children.get("depends", ())),
        is_conda=purl is None,
    )
