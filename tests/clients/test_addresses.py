"""The addresses in the metadata of a distribution come from the one place that holds that of the project."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

import pytest

from tests.repository.source_tree import ROOT

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("hatchling", reason="the hook belongs to the build")


@pytest.mark.parametrize(
    "home, expected",
    [
        ("", {}),
        (
            "https://git.example/acme/ddlint",
            {
                "Documentation": "https://git.example/acme/ddlint/tree/main/docs",
                "Changelog": "https://git.example/acme/ddlint/blob/main/CHANGELOG.md",
                "Issues": "https://git.example/acme/ddlint/issues",
                "Source": "https://git.example/acme/ddlint",
            },
        ),
    ],
)
def test_addresses(home: str, expected: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "ddlint").mkdir()
    (tmp_path / "ddlint" / "__init__.py").write_text(f'__version__ = "1"\nHOME = "{home}"\n', encoding="utf-8")
    spec = importlib.util.spec_from_file_location("ddlint_hatch_build", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    metadata: dict[str, Any] = {}

    module.AddressHook(str(tmp_path), {}).update(metadata)

    assert metadata == {"urls": expected}
