"""Write the archive of Python modules that the playground loads: ddlint with its compiled packs, and what it imports.

    python -m tools.site.python_archive FILE

The dependencies are those of the environment that runs this, in Python only. The same sources give the same bytes.
"""

from __future__ import annotations

import importlib.util
import sys
from importlib.metadata import distribution
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from ddlint.pack.loader import compile_pack, write_parts  # noqa: E402  as above

DEPENDENCIES = {"packaging": "packaging", "PyYAML": "yaml", "requirements-parser": "requirements", "tomlkit": "tomlkit"}
"""What ddlint imports: the name of the distribution, and of its package."""


def members(root: Path) -> dict[str, bytes]:
    """Return the files of the archive by their names."""
    found = _package(root / "ddlint", "ddlint")
    for manifest in sorted(root.glob("rules/*/pack.yaml")):
        name = manifest.parent.name
        found[f"ddlint/_packs/{name}.pack"] = write_parts(compile_pack(manifest.parent))
    for name, package in DEPENDENCIES.items():
        spec = importlib.util.find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{name} is not installed: pip install -r requirements-dev.txt")
        found |= _package(Path(spec.submodule_search_locations[0]), package)
        found |= _licenses(name)
    return found


def _package(folder: Path, name: str) -> dict[str, bytes]:
    """Return the modules and the data of a package; nothing that was compiled for the machine."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".py", ".json"} and path.is_file())
    return {f"{name}/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


def _licenses(name: str) -> dict[str, bytes]:
    files = distribution(name).files or []
    kept = [file for file in files if ".dist-info" in str(file) and "LICENSE" in file.name.upper()]
    return {f"licenses/{name}/{file.name}": file.locate().read_bytes() for file in kept}  # type: ignore[attr-defined]


def write(path: Path, contents: dict[str, bytes]) -> None:
    """Write a zip archive in which no date and no owner is of this machine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(path, "w") as archive:
        for name, data in sorted(contents.items()):
            archive.writestr(ZipInfo(name), data, ZIP_DEFLATED, 9)


if __name__ == "__main__":
    write(Path(sys.argv[1]), members(ROOT))
