"""Which values of settings are never shown: those that look like secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddlint.inputs._written import written
from ddlint.regex import regex

if TYPE_CHECKING:
    from ddlint.model import EnvironmentVariable

_SECRET = regex(r"(?i)(?:key|token|secret|password|passwd|pwd|credentials?|auth)s?(?:_|$)")
_HIDDEN = "***"


def shown_value(setting: EnvironmentVariable) -> str | None:
    """Give the value of a setting as it may be shown; nothing where it is set from elsewhere."""
    if setting.value is None:
        return None
    return _HIDDEN if _SECRET.search(setting.name) and setting.value else written(setting.value)
