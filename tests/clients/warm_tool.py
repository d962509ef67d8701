"""A tool written in Python that is imported once and forked for each call, which takes a tenth of the time.

Run by the interpreter of the tool: `python warm_tool.py poetry.console.application`, whose `main` is called. Each line
of standard input is a call, `{"folder": …, "environment": {…}, "words": […], "limit": …}`; each line that it prints is
the answer, `{"code": …, "output": …}`. The limit is in seconds of processor time, so that an answer does not depend on
what else the machine does; a call that reaches it ends with a negative code. It imports nothing of the project, which the interpreter does not have.
"""

import importlib
import json
import os
import signal
import sys
import tempfile
import traceback

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO, Any

__all__ = ["main"]


def _call(run: "Callable[[], object]", name: str, call: "dict[str, Any]", output: "IO[bytes]") -> None:
    """Be the tool, in a process of its own."""
    signal.setitimer(signal.ITIMER_PROF, call["limit"])
    signal.alarm(20 * int(call["limit"]))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    os.chdir(call["folder"])
    os.environ.clear()
    os.environ.update(call["environment"])
    sys.argv = [name, *call["words"]]
    code: object = 1
    try:
        code = run()
    except SystemExit as ended:
        code = ended.code
    except BaseException:  # noqa: BLE001 - whatever the tool does, the next call is answered
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1 if code else 0)


def main() -> None:
    """Answer calls until there are no more."""
    module, name = sys.argv[1], sys.argv[1].partition(".")[0]
    run = importlib.import_module(module).main
    for line in sys.stdin:
        call = json.loads(line)
        with tempfile.TemporaryFile() as output:
            child = os.fork()
            if child == 0:
                _call(run, name, call, output)
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            output.seek(0)
            text = output.read().decode("utf-8", "replace")
        sys.stdout.write(json.dumps({"code": code, "output": text[-4000:] if code else text}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
