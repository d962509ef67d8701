"""ddlint: hold a project's dependencies against the support rules of a pack, before anything ships."""

__version__ = "0.1.0"
HOME = "https://github.com/OWNER/ddlint"
"""Where ddlint is published; whoever publishes it writes their name here, and a test says where else."""
