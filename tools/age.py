"""Tell how old the data of every built-in pack is; exit 1 when one is older than `--days`.

A nightly job runs this, so that old data reddens a badge of ours and never a run of a user's.
"""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ddlint.pack.version import OLD_AFTER, age, pack_versions


def main(words: list[str], today: str) -> int:
    parser = argparse.ArgumentParser(description="tell the age of the rules")
    parser.add_argument("--days", type=int, default=OLD_AFTER, help=f"the age that is too old (default: {OLD_AFTER})")
    days = parser.parse_args(words).days
    ages = {(name, day): age(day, today) for name, day in pack_versions()}
    for (name, day), old in ages.items():
        print(f"{name} {day}: {old} days old{', too old' if old > days else ''}")
    return int(any(old > days for old in ages.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], datetime.now(UTC).date().isoformat()))
