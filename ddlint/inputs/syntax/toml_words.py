"""What keys, values and the blanks between them look like in a TOML text."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.inputs.syntax.literal import unescaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.source import Span

BLANK = regex(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
COMMENT = regex(r"#[^\r\n]*+")
SPACE = regex(r"[ \t]*+")
_BASIC = r'"(?:[^"\\\n]++|\\.)*+"'
_LITERAL = r"'[^'\n]*+'"
KEY = regex(rf"[A-Za-z0-9_-]++|{_BASIC}|{_LITERAL}")
SCALAR = regex(
    r'"""(?:[^"\\]++|\\[\s\S]|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']++|'{1,2}(?!'))*+'{3,5}"
    rf"|{_BASIC}(?!\")|{_LITERAL}(?!')"
    r"|[^\s,\]}#\[{\"']++(?: [0-9]{2}:[^\s,\]}#]++)?"
)


def key_text(text: str, key: Span) -> str:
    """Give the name that a part of a key is written for, with its quotes and escapes taken off."""
    written = text[key.start : key.end]
    if written[0] not in "\"'":
        return written
    return unescaped(text, key) if "\\" in written and written[0] == '"' else written[1:-1]
