"""Every file of a folder of real projects, read by ddlint and by others: `DDLINT_CORPUS=FOLDER pytest tests/inputs/test_corpus.py -rP`.

The folder is no part of ddlint, so without it nothing is compared here.
"""

from __future__ import annotations

import configparser
import os
import re
import tomllib
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from ddlint.core.model import Manifest, normalize
from ddlint.core.source import Source, decode
from ddlint.inputs import BY_MODULE, INPUTS, pattern_of
from ddlint.inputs.syntax.node import Document
from ddlint.inputs.syntax.toml import read_toml
from ddlint.versions.poetry_constraint import Fault, translate
from tests.inputs.oracles import by_pip, by_tree_sitter, locks_by_others
from tests.inputs.shown import assert_lawful

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = os.environ.get("DDLINT_CORPUS", "")
pytestmark = pytest.mark.skipif(not FOLDER, reason="DDLINT_CORPUS names no folder of real projects")
_TOML_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml")
_YAML_LOCKS = ("conda-lock.yml", "pixi.lock")


def _manifests(*names: str) -> Iterator[tuple[Path, Manifest]]:
    """Read every file that one of the inputs of these names reads; all without names."""
    for path in sorted(Path(FOLDER).rglob("*")):
        matching = (one.module for one in INPUTS if re.search(pattern_of(one), path.as_posix()))
        if path.is_file() and ((name := next(matching, "")) in names or (name and not names)):
            module = import_module(f"ddlint.inputs.{name}")
            source = decode(path.as_posix(), path.read_bytes(), has_cookie=BY_MODULE[name].has_cookie)
            if isinstance(source, Source):
                yield path, module.parse(source)


def _report(what: str, counts: Counter[str]) -> None:
    figures = ", ".join(f"{count:,} {name}" for name, count in counts.items())
    print(f"{what}: {figures}")  # noqa: T201 - the figures are what this is run for


def test_every_file_is_read_within_the_laws() -> None:
    counts: Counter[str] = Counter()
    for _, manifest in _manifests():
        assert_lawful(manifest)
        counts.update({"files": 1, "dependencies": len(manifest.dependencies), "problems": len(manifest.problems)})

    _report("all", counts)
    assert counts["files"]


def test_every_slice_reads_as_its_value() -> None:
    """The text at the place of a name, a specifier, a marker or a Python is that, whatever spelling the file has."""
    counts: Counter[str] = Counter()
    for path, manifest in _manifests():
        text = manifest.source.slice
        for found in manifest.dependencies:
            counts.update({"names": bool(found.name), "specifiers": bool(found.specifier)})
            assert not found.name or normalize(text(found.name_at)) == found.name, (path, found)
            assert not found.specifier or _means(text(found.specifier_at)) == _alternatives(found.specifier), (
                path,
                found,
            )
            is_inside = found.at.start < found.marker_at.start < found.marker_at.end <= found.at.end
            counts.update({"markers": is_inside})
            assert not is_inside or text(found.marker_at) == found.marker, (path, found)
        for python in manifest.pythons:
            counts.update({"Pythons": 1})
            written = text(python.at).removeprefix("python-")
            assert _means(written) & {each.rstrip(".*") for each in _alternatives(python.specifier)} or (
                _means(written) == _alternatives(python.specifier)
            ), (path, python)

    _report("slices that read as their value", counts)


def _means(text: str) -> set[str]:
    """Give what a specifier, a version or a constraint of Poetry means, by alternatives."""
    try:
        return {str(SpecifierSet(text))}
    except InvalidSpecifier:
        translated = translate(text)
        return set() if isinstance(translated, Fault) else _alternatives(translated)


def _alternatives(specifier: str) -> set[str]:
    return {str(SpecifierSet(each)) for each in specifier.split("||")}


def test_requirement_files_are_read_as_pip_reads_them() -> None:
    counts: Counter[str] = Counter()
    differences = []
    for path, manifest in _manifests("requirements_txt"):
        theirs, ours = by_pip.by_pip(path), by_pip.by_ddlint(manifest)
        counts.update({"files": 1, "requirements": len(theirs.requirements), "includes": len(theirs.includes)})
        if found := by_pip.differences(theirs, ours):
            differences.append((path, found))

    _report("requirement files against pip", counts)
    assert differences == []


def test_toml_stands_where_tree_sitter_sees_it() -> None:
    counts: Counter[str] = Counter()
    differences = []
    for path in sorted(Path(FOLDER).rglob("*")):
        if path.suffix == ".toml" or path.name in ("Pipfile", *_TOML_LOCKS):
            text = path.read_bytes().decode("utf-8-sig")
            document = read_toml(Source(path.as_posix(), text))
            assert isinstance(document, Document), path
            theirs, ours = by_tree_sitter.by_tree_sitter(text), by_tree_sitter.by_ddlint(document)
            counts.update({"files": 1, "spans of keys and values": 2 * len(theirs)})
            if theirs != ours:
                differences.append((path, sorted(theirs ^ ours)[:5]))

    _report("TOML against tree-sitter-toml", counts)
    assert differences == []


def test_locks_are_read_as_their_library_and_their_lines_have_them() -> None:
    counts: Counter[str] = Counter()
    differences = []
    for path, manifest in _manifests("uv_lock", "poetry_lock", "pdm_lock", "pylock", "pipfile_lock"):
        text = manifest.source.text
        theirs, ours = locks_by_others.by_library(path.name, text), locks_by_others.by_ddlint(manifest)
        is_json = path.name == "Pipfile.lock"
        lines = locks_by_others.by_lines_of_json(text) if is_json else locks_by_others.by_lines(text)
        counts.update({"files": 1, "versions": len(theirs)})
        if sorted(theirs) != sorted(each[:2] for each in ours):
            differences.append((path, "library"))
        if not set(ours) <= set(lines):
            differences.append((path, "lines"))

    _report("locks against tomllib, json and plain lines", counts)
    assert differences == []


def test_locks_in_yaml_are_read_as_their_library_has_them() -> None:
    counts: Counter[str] = Counter()
    for path, manifest in _manifests("conda_lock", "pixi_lock"):
        theirs = set(locks_by_others.by_library(path.name, manifest.source.text))
        ours = {(each.name, each.version) for each in locks_by_others.by_ddlint(manifest)}
        counts.update({"files": 1, "versions": len(theirs)})

        assert theirs <= ours, path

    _report("locks in YAML", counts)


def test_standard_sections_are_read_as_tomllib_and_packaging_have_them() -> None:
    counts: Counter[str] = Counter()
    for path, manifest in _manifests("pyproject"):
        data = tomllib.loads(manifest.source.text)
        project = data.get("project", {})
        extras = project.get("optional-dependencies", {})
        groups = data.get("dependency-groups", {})
        listed = [("", each) for each in project.get("dependencies", [])]
        listed += [(f"extra:{normalize(key)}", each) for key, each in _flat(extras)]
        listed += [(f"group:{normalize(key)}", each) for key, each in _flat(groups) if isinstance(each, str)]
        theirs = Counter(
            (scope, normalize(one.name), one.specifier) for scope, one in ((s, Requirement(t)) for s, t in listed)
        )
        ours = Counter((each.scope, each.name, SpecifierSet(each.specifier)) for each in manifest.dependencies
                       if "||" not in each.specifier)  # fmt: skip
        counts.update({"files": 1, "requirements": theirs.total()})

        assert theirs <= ours, path

    _report("pyproject.toml against tomllib and packaging", counts)


def _flat(table: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    for key, values in table.items():
        for value in values:
            yield key, value


def test_setup_cfg_is_read_as_configparser_has_it() -> None:
    counts: Counter[str] = Counter()
    for path, manifest in _manifests("setup_cfg"):
        parser = configparser.RawConfigParser()
        parser.read_string(manifest.source.text)
        value = parser.get("options", "install_requires", fallback="")
        lines = [line.partition(" #")[0].strip() for line in value.splitlines() if line.strip()]
        theirs = Counter(normalize(Requirement(line).name) for line in lines if not line.startswith("file:"))
        ours = Counter(each.name for each in manifest.dependencies if not each.scope)
        counts.update({"files": 1, "requirements": theirs.total()})

        assert theirs == ours, path

    _report("setup.cfg against configparser", counts)
