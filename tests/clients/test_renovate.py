"""The rules for Renovate against the schema that its own package ships, fetched from npm."""

from __future__ import annotations

import json
import subprocess
import tarfile
from pathlib import Path
from shutil import which

import pytest

from ddlint.plan.formats.renovate import render
from tests.plan.sample import DOCUMENT

pytestmark = pytest.mark.slow


def test_the_rules_fit_renovates_schema(tmp_path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="the oracle of schemas is in requirements-ci.txt")
    if which("npm") is None:
        pytest.skip("npm is not installed")
    packed = subprocess.run(
        ["npm", "pack", "--silent", "renovate"], cwd=tmp_path, check=False, capture_output=True, text=True, timeout=300
    )
    if packed.returncode:
        pytest.skip("npm cannot be reached")
    with tarfile.open(tmp_path / packed.stdout.split()[-1]) as archive:
        file = archive.extractfile("package/renovate-schema.json")
        assert file is not None
        schema = json.load(file)
    made = json.loads(render(DOCUMENT))
    kind = jsonschema.validators.validator_for(schema)

    assert [error.message for error in kind(schema).iter_errors(made)] == []
    wrong = {"packageRules": [{**made["packageRules"][0], "allowedVersions": 3}]}
    assert list(kind(schema).iter_errors(wrong))
