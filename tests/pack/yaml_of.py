"""The YAML of the built-in pack, for tests that look at what the compiled form leaves out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).parents[2] / "rules" / "ddtrace"


@cache
def yaml_of(topic: str) -> Any:
    """Give one topic, or every integration."""
    if topic == "integrations":
        return [_read(path) for path in sorted((RULES / topic).glob("*.yaml"))]
    return next(data[topic] for path in sorted(RULES.glob("*.yaml")) if topic in (data := _read(path)))


def _read(path: Path) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), loader)
