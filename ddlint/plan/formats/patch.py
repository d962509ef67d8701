"""The changes of a plan as one patch for `git apply` and `patch -p1`; what `--write` would do to the files.

A plan whose target cannot be reached has none, and a hunk whose lines hold a secret is left out.
"""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.paths import relative
from ddlint.core.report import apply_edits
from ddlint.core.text import escape
from ddlint.core.unified_diff import split_lines, unified_hunks
from ddlint.plan.model import Document
from ddlint.plan.text_edits import combined


def render(document: Document) -> str:
    """Return a unified diff of every file that changes, by paths from the current directory."""
    return "".join(_diffs(document))


def _diffs(document: Document) -> Iterator[str]:
    sources = {each.path: each for each in document.sources}
    texts, _ = combined(document.plans)
    for path in sorted(texts):
        source, shown = sources[path], escape(relative(path, document.cwd))
        after = apply_edits(source.text, texts[path])
        hunks, _ = unified_hunks(split_lines(source.text), split_lines(after))
        if hunks:
            yield "".join((f"--- a/{shown}\n", f"+++ b/{shown}\n", *hunks))
