"""`ddlint plan`: the way to a release of the subject, and what each series supports of a project.

`build.build_plan` makes a `Plan` of one project and one pack, `FORMATS` are the modules that write plans out.
"""

from __future__ import annotations

FORMATS: tuple[str, ...] = ("table", "markdown", "json", "html", "patch", "renovate")
"""The names of the formats, and of their modules: each has `render(document: Document) -> str`."""
