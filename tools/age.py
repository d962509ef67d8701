"""Tell how old the data of every built-in pack is; exit 1 when one is older than `--days`.

A nightly job runs this, so that old data reddens a badge of ours and never a run of a user's.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import yaml

RULES = Path(__file__).parents[1] / "rules"


def dated(version: str) -> date:
    """The day of a data version, `2026.11.21`."""
    year, month, day = (int(part) for part in version.split(".")[:3])
    return date(year, month, day)


def main(words: list[str], today: date) -> int:
    parser = argparse.ArgumentParser(description="tell the age of the rules")
    parser.add_argument("--days", type=int, default=60, help="the age that is too old (default: 60)")
    days = parser.parse_args(words).days
    is_old = False
    for path in sorted(RULES.glob("*/pack.yaml")):
        version = yaml.safe_load(path.read_text(encoding="utf-8"))["version"]
        age = (today - dated(version)).days
        is_old |= age > days
        print(f"{path.parent.name} {version}: {age} days old{', too old' if age > days else ''}")
    return int(is_old)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC).date()))
