"""Packs: rows about one subject distribution, read from YAML or from their compiled form."""

from __future__ import annotations

import os

_HERE = os.path.dirname(os.path.abspath(__file__))
COMPILED = os.path.join(os.path.dirname(_HERE), "_packs")
"""Where a wheel has its packs."""
RULES = os.path.join(os.path.dirname(os.path.dirname(_HERE)), "rules")
"""Where a checkout has them."""
