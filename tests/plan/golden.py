"""Writes the golden files anew: `python -m tests.plan.golden`. Read the difference before you commit it."""

from importlib import import_module
from pathlib import Path

from ddlint.plan import FORMATS
from tests.plan.sample import DOCUMENT

FOLDER = Path(__file__).parent / "golden"


def rendered(name: str) -> str:
    text: str = import_module(f"ddlint.plan.formats.{name}").render(DOCUMENT)
    return text


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name in FORMATS:
        (FOLDER / f"{name}.txt").write_text(rendered(name), encoding="utf-8", newline="\n")
