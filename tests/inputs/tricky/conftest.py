"""A folder to run ddlint in, as the tests of the command line have it."""

from tests.folder import folder

__all__ = ["folder"]
