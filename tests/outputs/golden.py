"""Writes the golden files anew: `python -m tests.outputs.golden`. Read the difference before you commit it."""

from importlib import import_module
from pathlib import Path

from ddlint.outputs import NAMES, output_of
from tests.outputs.sample import REPORT

FOLDER = Path(__file__).parent / "golden"


def path_of(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def rendered(name: str) -> str:
    text: str = import_module(output_of(name).module).render(REPORT)
    return text


if __name__ == "__main__":
    for name in NAMES:
        path_of(name).write_text(rendered(name), encoding="utf-8", newline="\n")
