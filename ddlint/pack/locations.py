"""Where the packs are that ddlint brings."""

from __future__ import annotations

import os

_HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - import time of pathlib, as below
COMPILED = os.path.join(os.path.dirname(_HERE), "_packs")  # noqa: PTH118, PTH120
"""Where a wheel has its packs."""
RULES = os.path.join(os.path.dirname(os.path.dirname(_HERE)), "rules")  # noqa: PTH118, PTH120
"""Where a checkout has them."""
