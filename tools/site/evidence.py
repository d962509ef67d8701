"""Cite the documents that statements rest on: numbered on a page in the order of their use, and listed at its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.site.facts import document
from tools.site.markdown import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ddlint.core.report import Evidence
    from ddlint.pack.explain import Statement


class Citations:
    """The documents of one page."""

    def __init__(self) -> None:
        self._numbers: dict[Evidence, int] = {}

    def cite(self, evidence: Iterable[Evidence | None]) -> str:
        """Return links to documents in the list at the end of the page."""
        found = dict.fromkeys(each for each in evidence if each is not None)
        numbers = [self._numbers.setdefault(each, len(self._numbers) + 1) for each in found]
        return " ".join(f"[&#91;{number}&#93;](#document-{number})" for number in numbers)

    def statements(self, found: tuple[Statement, ...], level: int = 0) -> str:
        """Return statements as a list; below the heading of their topic where a level is given."""
        parts = []
        for topic in dict.fromkeys(each.topic for each in found):
            if level:
                parts.append(f"{'#' * level} {plain(topic[:1].upper() + topic[1:])}\n")
            lines = [
                f"- {plain(' '.join(each.words.split()))} {self.cite(each.evidence)}"
                for each in found
                if each.topic == topic
            ]
            parts.append("\n".join(dict.fromkeys(lines)) + "\n")
        return "\n".join(parts) if level else "".join(parts)

    def documents(self) -> str:
        """Return the list of the documents; empty where none is cited."""
        if not self._numbers:
            return ""
        lines = [
            f'{number}. <span id="document-{number}"></span>{_linked(each)}' for each, number in self._numbers.items()
        ]
        return "## Documents { #documents }\n\n" + "\n".join(lines) + "\n"


def _linked(evidence: Evidence) -> str:
    words = plain(document(evidence))
    return f"[{words}]({evidence.url})" if evidence.url else words
