"""Fixtures of every package's tests."""

from __future__ import annotations

from tests.folder import folder

__all__ = ["folder"]
