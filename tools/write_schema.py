"""Write `rules/pack.schema.json` from the shapes of packs. A test fails while it is stale."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from ddlint.pack.build.json_schema import json_schema  # noqa: E402  the checkout is on the path only now

PATH = ROOT / "rules" / "pack.schema.json"


def text() -> str:
    """Give the text that the file ought to have."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    PATH.write_text(text(), encoding="utf-8", newline="\n")
