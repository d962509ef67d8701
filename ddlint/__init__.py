"""ddlint: hold a project's dependencies against the support rules of a pack, before anything ships."""

__version__ = "0.1.0"
