"""Writes the golden files anew: `python -m tests.outputs.golden`. Read the difference before you commit it."""

from importlib import import_module
from pathlib import Path

from ddlint.outputs import OUTPUTS
from tests.outputs.sample import REPORT

FOLDER = Path(__file__).parent / "golden"


def rendered(name: str) -> str:
    text: str = import_module(f"ddlint.outputs.{name.replace('-', '_')}").render(REPORT)
    return text


if __name__ == "__main__":
    for name in OUTPUTS:
        (FOLDER / f"{name}.txt").write_text(rendered(name), encoding="utf-8", newline="\n")
