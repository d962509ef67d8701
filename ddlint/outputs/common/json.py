"""JSON that is safe in the log of a CI."""

from __future__ import annotations

import json
import re

from ddlint.core.lazy_regex import regex

_LEGACY_COMMAND = regex(r"(##(?:vso)?)\[", re.IGNORECASE)


def dumps(data: object, *, indent: int | None = 2) -> str:
    r"""Give `data` as ASCII JSON with a newline; the `[` of `##[`, which CI runners obey, is `\u005b`."""
    return _LEGACY_COMMAND.sub(r"\1\\u005b", json.dumps(data, indent=indent)) + "\n"
