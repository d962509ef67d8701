"""The console entry: `ddlint` and `python -m ddlint`. It answers `--version` before anything is imported for work."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run ddlint with the arguments of the process, and give its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        return _version()
    try:
        from ddlint.cli import run  # noqa: PLC0415 - import time

        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except Exception:  # noqa: BLE001 - a bug must not exit with 1, which means findings
        return _bug()


def _version() -> int:
    from ddlint import __version__  # noqa: PLC0415 - nothing else is needed

    try:
        print(f"ddlint {__version__}", flush=True)  # noqa: T201 - this is the roof, and `machine` takes long to import
    except OSError:  # nobody reads
        os._exit(0)
    return 0


def _bug() -> int:
    from traceback import print_exc  # noqa: PLC0415 - only for a bug

    print_exc()
    sys.stderr.write("\nddlint: this is a bug of ddlint, not of your project; please report it with the lines above\n")
    return 2


if __name__ == "__main__":
    sys.exit(main())
