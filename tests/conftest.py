"""Fixtures of every package's tests."""

from __future__ import annotations

import os

from tests.folder import folder

os.environ["DDLINT_NO_CACHE"] = "1"  # what is tested is the work; the tests of the cache take it away

__all__ = ["folder"]
