"""Tell whether a text is a marker: a plain one without importing `packaging`, any other by asking it."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex

_VARIABLE = (
    r"(?:python_(?:full_)?version|os_name|sys_platform|platform_(?:release|system|version|machine"
    r"|python_implementation)|implementation_(?:name|version)|extra)"
)
_OPERATOR = r"(?:[ \t]*+(?:[=!]=|[<>]=?|~=)[ \t]*+|[ \t]++(?:not[ \t]++)?in[ \t]++)"
_TOKEN = regex(
    rf"[ \t]*+(?:(?P<atom>{_VARIABLE}{_OPERATOR}(?:\"[^\"\r\n]*+\"|'[^'\r\n]*+'))"
    r"|(?P<join>(?:and|or)\b)|(?P<open>\()|(?P<close>\)))[ \t]*+"
)
_DEEPEST = 20
_LONGEST = 20_000


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


def is_marker(text: str) -> bool:
    """Tell whether `text` is a marker of PEP 508; one that is absurdly long or deep is none."""
    if is_plain_marker(text):
        return True
    if len(text) > _LONGEST or text.count("(") > _DEEPEST:
        return False
    from packaging.markers import InvalidMarker, Marker

    try:
        Marker(text)
    except InvalidMarker:
        return False
    return True
