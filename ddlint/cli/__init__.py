"""The command line."""

from __future__ import annotations

COMMANDS = ("check", "inspect", "plan", "rule", "pack", "server")
