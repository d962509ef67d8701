"""Which values of settings are never shown: those that look like secrets."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.redact import written

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import EnvironmentVariable

_SECRET = regex(
    r"(?i)(?:key|token|secret|password|passwd|pwd|passphrase|credential|auth|signature|bearer|jwt)s?(?:_|$)"
    r"|(?:^|_)(?:pass|private|salt|cookies?|sessions?)(?:_|$)"
)
_RANDOM = regex(r"(?=[^0-9]*[0-9])(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9+/=_.-]{24,}")
"""A value that nobody chose by hand is one, whatever its name."""
_HIDDEN = "***"


def shown_value(setting: EnvironmentVariable) -> str | None:
    """Return the value of a setting as it may be shown; nothing where it is set from elsewhere."""
    if setting.value is None:
        return None
    is_secret = _SECRET.search(setting.name) or _RANDOM.fullmatch(setting.value)
    return _HIDDEN if is_secret and setting.value else written(setting.value)
