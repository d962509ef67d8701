"""The console entry: `ddlint` and `python -m ddlint`. It answers `--version` before anything is imported for work."""

from __future__ import annotations

import gc
import os
import sys


def process() -> None:
    """Run ddlint as a process of its own, which ends without taking apart what it made: that is a tenth of a run."""
    code = main()
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    finally:
        os._exit(code)


def main() -> int:
    """Run ddlint with the arguments of the process, and give its exit code."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        return _version()
    gc.set_threshold(100_000)  # what ddlint makes is seldom garbage, so looking for it often is time lost
    _leave_out_tags()
    _leave_out_gettext()
    try:
        from ddlint.cli.main import run  # noqa: PLC0415 - import time

        return run(arguments)
    except KeyboardInterrupt:
        return 130
    except Exception:  # noqa: BLE001 - a bug must not exit with 1, which means findings
        return _bug()


def _version() -> int:
    import time  # noqa: PLC0415 - nothing else is needed

    from ddlint import __version__  # noqa: PLC0415 - as above
    from ddlint.pack.version import banner  # noqa: PLC0415 - as above

    try:
        print(banner(__version__, time.strftime("%Y-%m-%d")), end="", flush=True)  # noqa: T201 - this is the roof, and `machine` takes long to import
    except OSError:  # nobody reads
        os._exit(0)
    return 0


def _leave_out_tags() -> None:
    """Keep `packaging` from importing its `tags`, and with them `logging`, `platform` and `subprocess`.

    They read the names of wheels, which ddlint never does, and cost a short run more than all it does itself. It is
    done here alone, where the process is ddlint's own.
    """
    tags = type(sys)("packaging.tags")
    tags.__dict__["__getattr__"] = lambda name: type(name, (Exception,), {})
    sys.modules.setdefault("packaging.tags", tags)


def _leave_out_gettext() -> None:
    """Keep `argparse` from importing `gettext` and `locale`, to look for a translation: ddlint reads its words."""
    words = type(sys)("gettext")
    words.__dict__.update(gettext=lambda text: text, ngettext=lambda one, many, count: one if count == 1 else many)
    sys.modules.setdefault("gettext", words)


def _bug() -> int:
    from traceback import print_exc  # noqa: PLC0415 - only for a bug

    print_exc()
    sys.stderr.write("\nddlint: this is a bug of ddlint, not of your project; please report it with the lines above\n")
    return 2


if __name__ == "__main__":
    process()
