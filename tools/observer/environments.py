"""Environments of a release and a library, made by uv and removed again, and the runs in them."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from tools.observer.outcome import TIMEOUT, Observed, Outcome, Trial, decide

HARNESS = Path(__file__).with_name("harness.py")
PROBES = Path(__file__).resolve().parents[2] / "rules" / "ddtrace" / "probes"
_HOOKED = """
import json, sys
try:
    from ddtrace import _monkey as monkey
except ImportError:
    from ddtrace import monkey
table = getattr(monkey, "_MODULES_FOR_CONTRIB", {})
print(json.dumps({name: list(table.get(name, (name,))) for name in getattr(monkey, "PATCH_MODULES", {})}))
"""
_TOP_LEVEL = """
import json, sys
from importlib import metadata
found = set()
for file in metadata.distribution(sys.argv[1]).files or ():
    first = file.parts[0]
    if file.suffix == ".py" and ".." not in file.parts and "-" not in first:
        found.add(first[:-3] if len(file.parts) == 1 else first)
print(json.dumps(sorted(name for name in found if not name.startswith("_") and name not in ("tests", "test", "docs"))))
"""


_DRAWN = " \xd7\u2570\u2500\u25b6"
"""What uv draws before its messages."""


class Limits(NamedTuple):
    """What a trial may take."""

    install: int = 180
    """Seconds."""
    run: int = 120
    """Seconds, of each of the two runs."""


def observe(trial: Trial, switch: str, day: str, limits: Limits = Limits()) -> Observed:  # noqa: B008  it is immutable
    """Install the pair from wheels, run the control and the traced process, and return what was seen."""
    with TemporaryDirectory(prefix="ddlint-observe-") as folder:
        environment = Path(folder) / "venv"
        problem = _install(trial, environment, limits.install)
        if problem:
            return Observed(trial, Outcome.NOT_INSTALLABLE, problem, day)
        python = environment / "bin" / "python"
        modules = _modules(trial, python)
        if not modules:
            return Observed(trial, Outcome.NOT_INSTALLABLE, "no module of it can be found", day)
        probe = PROBES / f"{trial.integration}.py"
        words = (str(probe) if probe.is_file() else "-", *modules)
        control = _run((str(python),), words, folder, {}, limits.run)
        if control["error"]:
            return Observed(trial, *decide(trial.integration, control, control), day)
        command = (str(python), str(environment / "bin" / "ddtrace-run"), str(python))
        traced = _run(command, words, folder, _settings(trial, switch), limits.run)
        return Observed(trial, *decide(trial.integration, control, traced), day)


def require_python(version: str) -> None:
    """End the program where uv finds no interpreter of that version: nothing could be said of any pair."""
    done = subprocess.run(
        ("uv", "python", "find", "--no-python-downloads", version), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"uv finds no Python {version}; install it, or put it on the PATH")


def _install(trial: Trial, environment: Path, seconds: int) -> str:
    """Make the environment; return why that is impossible, or nothing."""
    pair = (f"ddtrace=={trial.release}", f"{trial.distribution}=={trial.version}")
    commands = (
        ("uv", "venv", "--quiet", "--no-python-downloads", "--python", trial.python, str(environment)),
        ("uv", "pip", "install", "--quiet", "--only-binary", ":all:", "--python", str(environment), *pair),
    )
    for command in commands:
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            return f"the installer needs more than {seconds} s"
        if done.returncode:
            lines = [line.strip(_DRAWN) for line in done.stderr.splitlines() if line.strip()]
            return " ".join(lines)[:300]
    return ""


def _modules(trial: Trial, python: Path) -> tuple[str, ...]:
    """Return the modules to import: those the tracer waits for, as far as the library has them, else its own."""
    own = _asked(python, _TOP_LEVEL, trial.distribution) or []
    hooked = (_asked(python, _HOOKED) or {}).get(trial.integration, [])
    found = [name for name in hooked if name.partition(".")[0] in own and _exists(python, name)]
    return tuple(found or own)


def _exists(python: Path, module: str) -> bool:
    code = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)"
    return subprocess.run([str(python), "-c", code, module], capture_output=True, check=False).returncode == 0


def _asked(python: Path, code: str, *words: str) -> Any:
    """Return what a script in the environment prints as JSON; `None` where it fails."""
    done = subprocess.run(
        [str(python), "-c", code, *words], capture_output=True, text=True, check=False, env=_clean({})
    )
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 and done.stdout else None


def _settings(trial: Trial, switch: str) -> dict[str, str]:
    """Return what the traced run is told; no Agent is there, and nothing is sent."""
    settings = {
        "DD_TRACE_ENABLED": "true",
        "DD_TRACE_AGENT_URL": "http://127.0.0.1:1",
        "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false",
        "DD_REMOTE_CONFIGURATION_ENABLED": "false",
        "DD_TRACE_STARTUP_LOGS": "false",
    }
    if trial.mode == "safe":
        settings["DD_TRACE_SAFE_INSTRUMENTATION_ENABLED"] = "true"
    if trial.mode == "on" and switch:
        settings[switch] = "true"
    return settings


def _clean(more: dict[str, str]) -> dict[str, str]:
    """Return the environment of a run: of this process only what a program needs to start."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "ignore", **more}


def _run(command: tuple[str, ...], words: tuple[str, ...], folder: str, settings: dict[str, str], seconds: int) -> Any:
    """Run the harness, and return its report; a process that ends without one is an error."""
    target = Path(folder) / "report.json"
    target.unlink(missing_ok=True)
    arguments = [*command, str(HARNESS), str(target), *words]
    try:
        done = subprocess.run(
            arguments, cwd=folder, env=_clean(settings), capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return _failed(TIMEOUT, f"no end within {seconds} s")
    if target.is_file():
        return json.loads(target.read_text(encoding="utf-8"))
    last = done.stderr.strip().splitlines()[-1:] or [f"exit code {done.returncode}"]
    return _failed("Exit", last[0][:300])


def _failed(kind: str, message: str) -> dict[str, Any]:
    return {
        "error": {"type": kind, "message": message, "where": ""},
        "spans": [],
        "marks": [],
        "wrapped": [],
        "log": [],
    }
