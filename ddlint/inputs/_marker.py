"""Tell whether a marker is so plain that it needs no `packaging` to know that it is well formed."""

from __future__ import annotations

import re

_VARIABLE = (
    r"(?:python_(?:full_)?version|os_name|sys_platform|platform_(?:release|system|version|machine"
    r"|python_implementation)|implementation_(?:name|version)|extra)"
)
_OPERATOR = r"(?:[ \t]*+(?:[=!]=|[<>]=?|~=)[ \t]*+|[ \t]++(?:not[ \t]++)?in[ \t]++)"
_TOKEN = re.compile(
    rf"[ \t]*+(?:(?P<atom>{_VARIABLE}{_OPERATOR}(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'))"
    r"|(?P<join>(?:and|or)\b)|(?P<open>\()|(?P<close>\)))[ \t]*+"
)
_DEEPEST = 20


def is_plain_marker(text: str) -> bool:
    """Tell whether `text` compares variables with strings, joined by `and` and `or`, in balanced parentheses."""
    depth, position, is_operand_due = 0, 0, True
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup
        if is_operand_due != (kind in ("atom", "open")):
            return False
        is_operand_due = kind in ("join", "open")
        depth += (kind == "open") - (kind == "close")
        if not 0 <= depth <= _DEEPEST:
            return False
        position = match.end()
    return position == len(text) and depth == 0 and not is_operand_due
