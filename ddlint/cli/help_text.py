"""What `--help` says around the options of each command."""

from __future__ import annotations

USAGE = {
    "check": "ddlint [check] [PATH ...] [options]",
    "inspect": "ddlint inspect [PATH ...] [options]",
    "plan": "ddlint plan [PATH ...] [--to VERSION] [options]",
    "rule": "ddlint rule [CODE | ROW] [--all] [--output-format text|json]",
    "pack": "ddlint pack DIR",
}
COMMANDS = tuple(USAGE)
ABOUT = {
    "check": """Hold a project's dependencies against what the tracer supports, before anything
ships.

Other commands, each with its own --help:
  ddlint inspect [PATH ...]  what was read: dependencies, Pythons, settings
  ddlint plan [PATH ...]     what each line of the tracer supports, and the way
                             to the newest
  ddlint rule [CODE | ROW]   explain a check or a row, with its evidence
  ddlint pack DIR            check a pack: schema, meaning, examples""",
    "inspect": """Show what is read of each project: its dependencies, Pythons and settings with
their places, and the release of the tracer that it gets, and why that one. It
judges nothing.""",
    "plan": """Hold a project against every line of the tracer: how many of its libraries,
Pythons and platforms each one supports, which is the newest that fits as is,
and what has to change to reach a release.""",
    "rule": """Explain a check or several (`DD3` is every DD3xx), or all that is known in one
row of a pack, with the documents it rests on. Without a name, every check on a
line.""",
    "pack": """Check a pack of your own: its form, its meaning, and its examples.""",
}
_TOLD = "exit codes: 0, 2 a wrong call, config or pack"
EPILOG = {
    "check": "exit codes: 0 clean, 1 findings at or above --fail-on, 2 a wrong call, config or\npack",
    "inspect": _TOLD,
    "plan": "exit codes: 0 also where nothing fits, 2 a wrong call, config or pack",
    "rule": _TOLD,
    "pack": "exit codes: 0 the pack is well, 1 mistakes in it, 2 a wrong call",
}
