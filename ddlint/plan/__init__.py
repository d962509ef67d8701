"""`ddlint plan`: what each line of the subject supports of a project, and what it takes to reach one of them.

`survey.survey` makes a `Plan` of one project and one pack, `FORMATS` are the modules that write plans out.
"""

from __future__ import annotations

FORMATS: tuple[str, ...] = ("table", "markdown", "json", "html")
"""The names of the formats, and of their modules: each has `render(document: Document) -> str`."""
