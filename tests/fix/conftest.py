"""The tests of fixes run in the same kind of folder as those of the roof."""

from __future__ import annotations

from tests.roof.conftest import folder

__all__ = ["folder"]
