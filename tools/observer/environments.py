"""Environments of a release and a library, made by uv, and the runs in them.

A release has one environment on each Python, with its bytecode compiled, and is installed once. A library and what it
needs come into a folder of their own that is put before it; what the environment has in the same version is not
installed again. So a pair takes about as long as two starts of Python.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from datetime import date, timedelta
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore, Lock
from typing import Any, NamedTuple

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.observer.outcome import TIMEOUT, Observed, Outcome, Trial, decide

HARNESS = Path(__file__).with_name("harness.py")
PROBES = Path(__file__).resolve().parents[2] / "rules" / "ddtrace" / "probes"
_NEEDS = re.compile(r"# needs(?: below (?P<below>[0-9.]+))?: (?P<what>.+)")
_LATER = 45
"""Days after a version within which its companions came out, when those of today do not work with it."""
_LOOK = """
import json, os, sys
import ddtrace
try:
    from ddtrace import _monkey as monkey
except ImportError:
    from ddtrace import monkey
try:
    from importlib import metadata
except ImportError:
    import importlib_metadata as metadata
table = getattr(monkey, "_MODULES_FOR_CONTRIB", {})
print(json.dumps({
    "bootstrap": os.path.join(os.path.dirname(ddtrace.__file__), "bootstrap"),
    "hooked": {name: list(table.get(name, (name,))) for name in getattr(monkey, "PATCH_MODULES", {})},
    "installed": {each.metadata["Name"]: each.version for each in metadata.distributions()},
    "requires": metadata.requires("ddtrace"),
}))
"""
STANDARD = "stdlib:"
"""How the rules name a module that comes with Python; its version is that of Python."""
_QUIET = {
    "DO_NOT_TRACK": "1",
    "LITELLM_LOCAL_MODEL_COST_MAP": "True",
    "HF_HUB_OFFLINE": "1",
    "CREWAI_DISABLE_TELEMETRY": "true",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "RAY_USAGE_STATS_ENABLED": "0",
    "NO_PROXY": "127.0.0.1",
}
"""Keeps libraries from the network."""
_DRAWN = " \xd7\u2570\u2500\u25b6"
"""What uv draws before its messages."""
_RUNNING = BoundedSemaphore(2)
"""Runs compute at most so many at a time; installers wait for the network most of theirs."""
_WHEELS = ("--only-binary", ":all:")


class Limits(NamedTuple):
    """What a trial may take."""

    install: int = 180
    """Seconds."""
    run: int = 150
    """Seconds, of each run."""


class Base(NamedTuple):
    """The environment of a release on a Python."""

    python: str
    """The path of its interpreter."""
    bootstrap: str
    """The folder that ddtrace-run puts on the path."""
    hooked: dict[str, list[str]]
    """The modules that each integration waits for."""
    installed: dict[str, str]
    """The version of each distribution, by its normalized name."""
    requires: tuple[str, ...]
    """What the release requires."""

    def suits(self, library: Path, python: str) -> bool:
        """Return whether the release and a folder of libraries have what each other needs."""
        found = {each.name: each.version for each in map(_installed, library.glob("*.dist-info"))}
        everything = {**self.installed, **found}
        wanted = [*self.requires]
        for each in library.glob("*.dist-info"):
            wanted += metadata.Distribution.at(each).requires or ()
        return all(_is_met(text, everything, python) for text in wanted)


class _Found(NamedTuple):
    name: str
    version: str


def _installed(folder: Path) -> _Found:
    name, _, version = folder.name.removesuffix(".dist-info").partition("-")
    return _Found(canonicalize_name(name), version)


def _is_met(text: str, installed: dict[str, str], python: str) -> bool:
    try:
        wanted = Requirement(text)
    except InvalidRequirement:
        return True
    where = {"python_version": python, "python_full_version": f"{python}.0", "extra": ""}
    if wanted.marker is not None and not wanted.marker.evaluate(where):
        return True
    version = installed.get(canonicalize_name(wanted.name), "")
    return bool(version) and wanted.specifier.contains(version, prereleases=True)


def base_of(release: str, python: str, folder: Path, limits: Limits) -> Base | str:
    """Return the environment of a release on a Python, made if it is not there yet; why it cannot be, as text."""
    place = folder / f"{release}-py{python}"
    kept = place / "base.json"
    if not kept.is_file():
        shutil.rmtree(place, ignore_errors=True)
        commands = (
            ("uv", "venv", "--quiet", "--no-python-downloads", "--python", python, str(place)),
            ("uv", "pip", "install", "--quiet", "--compile-bytecode", *_WHEELS, "--python", str(place),
             f"ddtrace=={release}"),
        )  # fmt: skip
        for command in commands:
            _, problem = _uv(command, limits.install)
            if problem:
                return problem
        done = subprocess.run(
            [str(place / "bin" / "python"), "-c", _LOOK], capture_output=True, text=True, check=False, env=_clean({})
        )
        if done.returncode:
            return f"it cannot be imported: {' '.join(done.stderr.split()[-30:])}"
        kept.write_text(done.stdout.splitlines()[-1], encoding="utf-8")
    seen = json.loads(kept.read_text(encoding="utf-8"))
    installed = {canonicalize_name(name): version for name, version in seen["installed"].items()}
    return Base(str(place / "bin" / "python"), seen["bootstrap"], seen["hooked"], installed, tuple(seen["requires"]))


class Libraries:
    """Folders with a version of a library and what it needs, kept for the next releases and modes."""

    def __init__(self, folder: Path, most: int = 40) -> None:
        self._folder, self._most = folder, most
        self.none = folder / "none"
        self._locks: dict[str, Lock] = {}
        self._used: dict[str, Path] = {}
        self._lock = Lock()

    def get(self, trial: Trial, needs: list[str], cut: str, base: Base, limits: Limits) -> Path | str:
        """Return the folder, made if there is none that suits the release; why it cannot be, as text."""
        key = "--".join(
            (trial.distribution, trial.version, f"py{trial.python}", cut, trial.integration if needs else "")
        )
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:
            for place in (self._folder / key, self._folder / f"{key}--{trial.release}"):
                if not (place / "full").is_file():
                    pins, problem = _resolve(trial, needs, cut, base, limits)
                    problem = problem or _fill(place, pins, base, limits)
                    if problem:
                        return problem
                    is_new = True
                else:
                    is_new = False
                self._keep(place)
                if is_new or base.suits(place, trial.python):
                    return place
        return "no versions suit both"

    def _keep(self, place: Path) -> None:
        with self._lock:
            self._used.pop(place.name, None)
            self._used[place.name] = place
            while len(self._used) > self._most:
                shutil.rmtree(self._used.pop(next(iter(self._used))), ignore_errors=True)


def _fill(place: Path, pins: dict[str, str], base: Base, limits: Limits) -> str:
    """Install pins into a folder, without the release itself; return why that is impossible, or nothing."""
    shutil.rmtree(place, ignore_errors=True)
    fresh = [f"{name}=={version}" for name, version in pins.items() if base.installed.get(name) != version]
    command = ("uv", "pip", "install", "--quiet", "--no-deps", *_WHEELS, "--python", base.python, "--target")
    _, problem = _uv((*command, str(place), *fresh), limits.install) if fresh else ("", "")
    if not problem:
        place.mkdir(exist_ok=True, parents=True)
        (place / "full").touch()
    return problem


class Forks:
    """Processes in which a release has started already: each run is a fork, and takes as long as the library alone.

    Only what works, or what is skipped, is believed of a fork. All else runs again in a process of its own.
    """

    def __init__(self) -> None:
        self._servers: dict[tuple[str, str], subprocess.Popen[str]] = {}
        self._locks: dict[tuple[str, str], Lock] = {}
        self._lock = Lock()

    @staticmethod
    def can_run(library: Path, base: Base) -> bool:
        """Return whether a fork would be the same: nothing that the release brings is replaced."""
        return not any(_installed(each).name in base.installed for each in library.glob("*.dist-info"))

    def run(self, trial: Trial, words: tuple[str, ...], folder: str, library: Path, room: Room) -> Any:
        """Return the report of a run; nothing where there is none."""
        assert isinstance(room.base, Base)  # `observe` has looked
        key = (room.base.python, trial.mode)
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        target = Path(folder) / "report.json"
        order = {"folder": folder, "library": str(library), "integration": trial.integration,
                 "words": [str(target), *words], "seconds": room.limits.run}  # fmt: skip
        with lock:
            server = self._servers.get(key)
            if server is None or server.poll() is not None:
                server = self._servers[key] = self._started(trial, room.base)
            assert server.stdin is not None  # both are pipes
            assert server.stdout is not None
            with _RUNNING:
                try:
                    server.stdin.write(json.dumps(order) + "\n")
                    server.stdin.flush()
                    server.stdout.readline()
                except OSError:
                    return None
        return json.loads(target.read_text(encoding="utf-8")) if target.is_file() else None

    def close(self) -> None:
        """End the processes."""
        for server in self._servers.values():
            server.kill()
            server.wait()

    @staticmethod
    def _started(trial: Trial, base: Base) -> subprocess.Popen[str]:
        settings = {"PYTHONPATH": base.bootstrap, **_settings(trial, "")}
        return subprocess.Popen(
            [base.python, str(HARNESS), "--serve"], env=_clean(settings), text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip


class Room(NamedTuple):
    """Where a trial runs."""

    base: Base | str
    libraries: Libraries
    forks: Forks
    limits: Limits


def observe(trial: Trial, switch: str, day: str, uploaded: str, room: Room) -> Observed:
    """Install the pair from wheels, run the traced process and, if it does not work, the control; return what was seen.

    Where the library fails by itself with the companions of today, it gets those of its own day.
    """
    if isinstance(room.base, str):
        return Observed(trial, Outcome.NOT_INSTALLABLE, room.base, day)
    first = _try(trial, switch, day, "", room)
    if first.outcome is not Outcome.BROKEN or not uploaded:
        return first
    cut = (date.fromisoformat(uploaded) + timedelta(days=_LATER)).isoformat()
    again = _try(trial, switch, day, cut, room)
    return first if again.outcome is Outcome.NOT_INSTALLABLE else again


def has_python(version: str) -> bool:
    """Return whether uv finds an interpreter of that version."""
    command = ("uv", "python", "find", "--no-python-downloads", version)
    return not subprocess.run(command, capture_output=True, text=True, check=False).returncode


def _try(trial: Trial, switch: str, day: str, cut: str, room: Room) -> Observed:
    base, limits = room.base, room.limits
    assert isinstance(base, Base)  # `observe` has looked
    probe = probe_of(trial)
    library: Path | str = room.libraries.none
    if not trial.distribution.startswith(STANDARD):
        library = room.libraries.get(trial, _needs(probe, trial.version), cut, base, limits)
    if isinstance(library, str):
        return Observed(trial, Outcome.NOT_INSTALLABLE, library, day)
    with TemporaryDirectory(prefix="ddlint-observe-") as folder:
        modules = _modules(trial, library, base)
        if not modules:
            return Observed(trial, Outcome.NOT_INSTALLABLE, "no module of it can be found", day)
        is_used = probe.is_file() and trial.mode != "safe"  # what is skipped is skipped when it is imported
        words = (str(probe) if is_used else "-", *modules)
        fork = (
            room.forks.run(trial, words, folder, library, room)
            if trial.mode != "on" and room.forks.can_run(library, base)
            else None
        )
        outcome, problem = decide(trial.integration, None, fork) if fork else (Outcome.UNTOUCHED, "")
        traced = fork
        if outcome.is_good is not True and not (outcome is Outcome.REFUSED and trial.mode == "safe"):
            with_tracer = {
                "DDLINT_INTEGRATION": trial.integration,
                "PYTHONPATH": f"{base.bootstrap}{os.pathsep}{library}",
                **_settings(trial, switch),
            }
            traced = _run(base.python, words, folder, with_tracer, limits.run)
            outcome, problem = decide(trial.integration, None, traced)
        control = None
        if outcome in {Outcome.BREAKS, Outcome.NOT_ENDED, Outcome.PATCH_FAILS, Outcome.REFUSED}:
            control = _run(base.python, words, folder, {"PYTHONPATH": str(library)}, limits.run)
            outcome, problem = decide(trial.integration, control, traced)
        detail = {
            **traced,
            "control": control and control["error"],
            "probe": probe.name if probe.is_file() else "",
            "companions": cut,
        }
        return Observed(trial, outcome, problem, day, detail)


def probe_of(trial: Trial) -> Path:
    """Return the script for a distribution of an integration, else that of the integration; it may not be there."""
    own = PROBES / f"{trial.integration}.{trial.distribution}.py"
    return own if own.is_file() else PROBES / f"{trial.integration}.py"


def _needs(probe: Path, version: str) -> list[str]:
    """Return what a probe says that it needs beside a version of the library, in comments at its head."""
    found: list[str] = []
    for line in probe.read_text(encoding="utf-8").splitlines() if probe.is_file() else ():
        match = _NEEDS.fullmatch(line)
        if not match:
            break
        if not match["below"] or Version(version) < Version(match["below"]):
            found += match["what"].split(", ")
    return found


def _resolve(trial: Trial, needs: list[str], cut: str, base: Base, limits: Limits) -> tuple[dict[str, str], str]:
    """Return the pins of the pair, or why there are none; `cut` is a day that companions must not be younger than."""
    wanted = [f"ddtrace=={trial.release}", f"{trial.distribution}=={trial.version}", *needs]
    command = ["uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate", *_WHEELS, "--python", base.python]
    if cut:
        command += ["--exclude-newer", cut]
        for name in base.installed:
            command += ["--exclude-newer-package", f"{name}=2100-01-01"]
        if trial.python in {"3.12", "3.13", "3.14"}:
            wanted.append("setuptools")
    output, problem = _uv((*command, "-"), limits.install, "\n".join(wanted))
    pins = {}
    for line in output.splitlines():
        name, _, version = line.partition(";")[0].strip().partition("==")
        if version:
            pins[canonicalize_name(name)] = version.strip()
    return pins, problem


def _uv(command: tuple[str, ...], seconds: int, text: str = "") -> tuple[str, str]:
    """Return what uv printed, and why it failed."""
    try:
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return "", f"the installer needs more than {seconds} s"
    lines = [line.strip(_DRAWN) for line in done.stderr.splitlines() if line.strip()]
    return done.stdout, " ".join(lines)[:300] if done.returncode else ""


def _modules(trial: Trial, library: Path, base: Base) -> tuple[str, ...]:
    """Return the modules to import: those the tracer waits for, as far as the library has them, else its own."""
    if trial.distribution.startswith(STANDARD):
        return (trial.distribution.removeprefix(STANDARD),)
    files = _files(trial.distribution, library)
    own = _top_level(files)
    hooked = [name for name in base.hooked.get(trial.integration, []) if name.partition(".")[0] in own]
    found = [name for name in hooked if _exists(library, name)]
    return tuple(found or own)


def _files(distribution: str, library: Path) -> list[str]:
    """Return the files of a distribution in a folder, as its record lists them."""
    for record in library.glob("*.dist-info/RECORD"):
        if canonicalize_name(record.parent.name.partition("-")[0]) == canonicalize_name(distribution):
            lines = record.read_text(encoding="utf-8").splitlines()
            return [line.partition(",")[0].strip('"') for line in lines]
    return []


def _top_level(files: list[str]) -> list[str]:
    found = set()
    for file in files:
        first, _, rest = file.partition("/")
        if file.endswith((".py", ".so")) and first not in {"..", "tests", "test", "docs", "examples"}:
            found.add(first if rest else first.partition(".")[0])
    return sorted(name for name in found if name.isidentifier() and not name.startswith("_"))


def _exists(library: Path, module: str) -> bool:
    place = library.joinpath(*module.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file() or any(place.parent.glob(f"{place.name}.*.so"))


def _settings(trial: Trial, switch: str) -> dict[str, str]:
    """Return what the traced run is told; no Agent is there, and nothing is sent."""
    settings = {
        "DD_TRACE_ENABLED": "true",
        "DD_TRACE_AGENT_URL": "http://127.0.0.1:1",
        "DD_INSTRUMENTATION_TELEMETRY_ENABLED": "false",
        "DD_REMOTE_CONFIGURATION_ENABLED": "false",
        "DD_CRASHTRACKING_ENABLED": "false",
        "DD_TRACE_STARTUP_LOGS": "false",
    }
    if trial.mode == "safe":
        settings["DD_TRACE_SAFE_INSTRUMENTATION_ENABLED"] = "true"
    if trial.mode in {"on", "safe"} and switch:
        settings[switch] = "true"
    return settings


def _clean(more: dict[str, str]) -> dict[str, str]:
    """Return the environment of a run: of this process only what a program needs to start."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, **_QUIET, "PYTHONWARNINGS": "ignore", **more}


def _run(python: str, words: tuple[str, ...], folder: str, settings: dict[str, str], seconds: int) -> Any:
    """Run the harness, and return its report; a process that ends without one is an error."""
    target = Path(folder) / "report.json"
    target.unlink(missing_ok=True)
    arguments = [python, str(HARNESS), str(target), *words]
    try:
        with _RUNNING:
            done = subprocess.run(
                arguments,
                cwd=folder,
                env=_clean(settings),
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
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
