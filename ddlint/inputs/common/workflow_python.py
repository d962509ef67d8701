"""Read the Pythons that a step of a workflow sets up: one, a list in lines, or a range in the spelling of npm."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import PythonRequirement
from ddlint.core.redact import written
from ddlint.inputs.common.python_implementation import free_threaded, implementation
from ddlint.inputs.common.requires_python import exact_python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ddlint.core.model import Platform
    from ddlint.core.source import Span

_LINE = regex(r"[^\r\n]+")
_CLAUSE = regex(r"(?P<operator>[<>]=?|==?)\s*v?(?P<version>[0-9]{1,4}(?:\.[0-9]{1,4}){0,2})(?:\.x)?(?:\s*,?\s+|,|\s*$)")


def read_setup(text: str, locate: Callable[[int, int], Span]) -> Iterator[PythonRequirement | Platform]:
    """Yield what `text` names, another implementation as a platform. Pre-releases and `3.x` commit to nothing."""
    for match in _LINE.finditer(text):
        words = match[0].strip().strip("'\"")
        start = match.start() + match[0].find(words)
        specifier = exact_python(words)
        if specifier:
            yield PythonRequirement(specifier, locate(start, start + len(words)), words, is_exact=True)
        elif found := free_threaded(text, start, locate):
            yield from found
        elif words and (bounds := _range(words)):
            yield PythonRequirement(bounds, locate(start, start + len(words)), written(words))
        elif other := implementation(words, locate(start, start + len(words))):
            yield other


def _range(text: str) -> str:
    """Translate `>=3.9 <3.14 || 3.8`; empty where it is none."""
    alternatives = []
    for alternative in text.split("||"):
        clauses = []
        position = 0
        body = alternative.strip()
        while match := _CLAUSE.match(body, position):
            operator = "==" if match["operator"] == "=" else match["operator"]
            clauses.append(
                f"{operator}{match['version']}{'.*' if operator == '==' and match['version'].count('.') < 2 else ''}"
            )
            position = match.end()
        if position < len(body) or not clauses:
            return ""
        alternatives.append(",".join(clauses))
    return " || ".join(alternatives)
