"""Write the example projects of the playground as JSON: `[{"title": …, "files": [[path, text], …]}, …]`.

    python -m tools.site.example_projects FILE

They are folders of the checkout that tests judge, so that each shows what its title says.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
EXAMPLES = {
    "A shop with an image and a worker": "examples/shop",
    "A pin below the minimum": "tests/cases/unsupported_dependency/pin_below",
    "A lock of uv": "tests/cases/known_bad_pair/a_lock",
    "A pair of releases that breaks": "tests/cases/known_bad_pair/an_application_that_raises",
    "An image on Alpine without a wheel": "tests/cases/no_wheel/alpine_before_musl",
    "Poetry and an open Python": "tests/cases/unsupported_python/poetry_caret",
    "Settings that nothing reads": "tests/cases/removed_setting/in_a_dockerfile",
    "Services of a compose file": "tests/cases/environments/a_service_has_its_own_settings",
    "Refused under injection": "tests/cases/unsupported_dependency/refused_under_injection",
}
OWN = frozenset({"options.txt", "expected.txt"})
"""Files of a case that are not of its project."""


def projects(root: Path) -> list[dict[str, Any]]:
    """Return every example with its files."""
    return [{"title": title, "files": _files(root / folder)} for title, folder in EXAMPLES.items()]


def _files(folder: Path) -> list[list[str]]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in OWN)
    if not paths:
        raise SystemExit(f"{folder} has no files")
    return [[path.relative_to(folder).as_posix(), path.read_text(encoding="utf-8")] for path in paths]


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(projects(ROOT), ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
