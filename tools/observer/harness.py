"""Use one library in a process and record what was seen, inside the observed environment, on Python 3.7 or newer.

    [ddtrace-run] python harness.py REPORT.json PROBE.py MODULE ...

It imports the modules, runs the probe (if there is one) and writes a JSON object: `error` (what was raised, and where),
`spans` (name and component of each), `marks` (modules that carry a mark of the tracer), `wrapped` (functions of the
library that are replaced), and `log` (what the tracer logged about patching). Without ddtrace-run the tracer is never
imported, so the same call is the control. Spans are dropped in the process: nothing is sent.
"""

import importlib
import json
import logging
import os
import runpy
import signal
import sys
import time
import traceback

_ABOUT_PATCHING = (
    "failed to enable", "failed to import", "error import", "failed to patch", "skipp", "not compatible",
    "incompatible", "unsupported version", "error while patching", "error patching",
)  # fmt: skip
_MARKS = ("_datadog_patch", "__datadog_patch", "_datadog_integration")
_MOST_NAMES = 60_000
_ENOUGH = 20


class Report(object):
    """What is seen while the library is used."""

    def __init__(self):
        self.started = []
        self.log = []
        self.error = None

    def spans(self):
        """Return the name and component of each span, finished or not."""
        return [[str(span.name), str(span.get_tag("component") or "")] for span in self.started[:30]]

    def emit_record(self, record):
        """Keep what the tracer logs about patching."""
        message = record.getMessage()
        if any(word in message.lower() for word in _ABOUT_PATCHING):
            cause = record.exc_info[1] if record.exc_info else None
            self.log.append(
                [record.levelname, message[:300], "%s: %s" % (type(cause).__name__, cause) if cause else ""]
            )


class _Handler(logging.Handler):
    def __init__(self, report):
        logging.Handler.__init__(self, logging.DEBUG)
        self.emit = report.emit_record


def _listen(report):
    """Receive the spans and the log of the tracer that is loaded."""
    logger = logging.getLogger("ddtrace")
    logger.addHandler(_Handler(report))
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        from ddtrace.trace import TraceFilter, tracer
    except ImportError:
        from ddtrace import tracer
        from ddtrace.filters import TraceFilter

    class Filter(TraceFilter):
        def process_trace(self, trace):
            """Drop a trace."""

    try:
        tracer.configure(trace_processors=[Filter()])
    except TypeError:
        tracer.configure(settings={"FILTERS": [Filter()]})
    if hasattr(tracer, "on_start_span"):
        tracer.on_start_span(lambda span: report.started.append(span))  # noqa: PLW0108  3.7 cannot hash a method of a list
        return
    from ddtrace._trace.processor import SpanProcessor

    class Processor(SpanProcessor):
        def on_span_start(self, span):
            """Keep a span."""
            report.started.append(span)

        def on_span_finish(self, span):
            """Do nothing; it has to be there."""

    Processor().register()


def _is_replaced(value):
    """Return whether the tracer has put something in the place of a value, or has replaced the body of a function."""
    kind = type(value)
    if kind.__name__ in ("FunctionWrapper", "BoundFunctionWrapper", "CallableObjectProxy", "ObjectProxy"):
        wrapper = getattr(value, "_self_wrapper", None)
        return _is_own(wrapper) or kind.__module__.startswith("ddtrace") or _is_own(getattr(wrapper, "func", None))
    if kind.__module__.partition(".")[0] == "ddtrace" or _is_own(value):
        return True
    function = getattr(value, "__func__", value)
    if not callable(function):
        return False
    names = getattr(function, "__dict__", {})
    if isinstance(names, dict) and any(name.startswith("__dd_") for name in names):
        return True
    code = getattr(function, "__code__", None)
    constants = getattr(code, "co_consts", ()) or ()
    return any("ddtrace" in (getattr(type(each), "__module__", "") or "") for each in constants)


def _is_own(value):
    """Return whether a function or class comes of the tracer."""
    function = getattr(value, "__func__", value)
    module = getattr(function, "__module__", "") or ""
    return callable(function) and isinstance(module, str) and module.partition(".")[0] == "ddtrace"


def _replaced(tops):
    """Return the names of the replaced functions of the library, and the modules with a mark."""
    wrapped, marks, seen = set(), set(), 0
    for name, module in sorted(sys.modules.items()):
        if name.partition(".")[0] not in tops or module is None:
            continue
        if any(getattr(module, mark, False) for mark in _MARKS):
            marks.add(name)
        for key, value in list(vars(module).items()):
            members = [(key, value)]
            if isinstance(value, type) and getattr(value, "__module__", "") == name:
                members += [("%s.%s" % (key, inner), each) for inner, each in list(vars(value).items())]
            for path, each in members:
                seen += 1
                if seen > _MOST_NAMES:
                    return wrapped, marks
                try:
                    if _is_replaced(each):
                        wrapped.add("%s.%s" % (name, path))
                        if len(wrapped) >= _ENOUGH:
                            return wrapped, marks
                except Exception:  # an object of the library that cannot be looked at
                    continue
    return wrapped, marks


def _described(error):
    """Return what was raised, and the last place outside of this file."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame[0] != __file__]
    where = "%s:%s" % ("/".join(frames[-1][0].split(os.sep)[-3:]), frames[-1][1]) if frames else ""
    return {"type": type(error).__name__, "message": str(error)[:300], "where": where}


def _is_wanted(name, component):
    """Return whether a span is of the integration that is looked at, so that nothing more is needed."""
    wanted = os.environ.get("DDLINT_INTEGRATION", "-")
    return component == wanted or name.startswith(wanted + ".")


def main(target, probe, modules):
    """Import, use, look, and write the report."""
    report = Report()
    if "ddtrace" in sys.modules:
        _listen(report)
    try:
        for name in modules:
            importlib.import_module(name)
        if probe != "-":
            runpy.run_path(probe, run_name="__main__")
    except SystemExit as error:
        if error.code:
            report.error = _described(error)
    except BaseException as error:
        report.error = _described(error)
    is_traced = not report.error and any(_is_wanted(*span) for span in report.spans())
    wrapped, marks = (set(), set()) if is_traced else _replaced({name.partition(".")[0] for name in modules})
    seen = {
        "error": report.error,
        "spans": report.spans(),
        "marks": sorted(marks),
        "wrapped": sorted(wrapped)[:40],
        "log": report.log[:20],
    }
    with open(target, "w") as file:
        json.dump(seen, file)
    sys.stdout.flush()
    os._exit(0)  # threads of a library must not keep it alive


def serve():
    """Run each order of the standard input in a fork of this process, in which the tracer has started already.

    An order is a line of JSON: the folder to run in, the folder of the library, the integration and the arguments of
    `main`, and how many seconds it may take. The answer is `done` or `late`.
    """
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            os.dup2(0, 1)
            os.chdir(order["folder"])
            os.environ["DDLINT_INTEGRATION"] = order["integration"]
            sys.path.insert(1, order["library"])
            sys.argv[1:] = order["words"]
            importlib.invalidate_caches()
            main(sys.argv[1], sys.argv[2], sys.argv[3:])
        end = time.time() + order["seconds"]
        while not os.waitpid(child, os.WNOHANG)[0]:
            if time.time() > end:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                sys.stdout.write("late\n")
                break
            time.sleep(0.02)
        else:
            sys.stdout.write("done\n")
        sys.stdout.flush()


if __name__ == "__main__":
    sys.path.pop(0)  # its own folder: a library may have a module of the same name
    if sys.argv[1] == "--serve":
        serve()
    else:
        main(sys.argv[1], sys.argv[2], sys.argv[3:])
