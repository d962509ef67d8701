"""ddlint: hold a project's dependencies against the support rules of a pack, before anything ships."""

__version__ = "0.1.0"
HOME = ""
"""The address of the repository, `https://github.com/NAME/ddlint`; empty until ddlint is published.

It is the only place: `python tools/generate.py` writes it into the pages. Without it no output has a link.
"""
