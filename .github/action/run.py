"""What the action does: install ddlint in an environment of its own, run it once, and set its outputs.

Everything comes in through the environment, so that no input is ever part of a command line that a shell reads.
Only the standard library of Python 3.11 is there. `run.py key` sets the outputs that the cache of wheels needs.
"""

from __future__ import annotations

import json
import os
import platform
import secrets
import shlex
import shutil
import subprocess
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

SUMMARY_LIMIT = 1_000_000
"""GitHub drops a job summary above 1 MiB as a whole."""
FAILED = 2
HANDED_ON = ("config", "select", "ignore", "fail-on", "min-severity", "baseline", "tracer")
"""The inputs that are options of the command line with a value."""
LOCK = ".github/action/requirements.txt"
"""Of the checkout of the action: what is installed beside it."""
FROM_WHERE = frozenset(
    f"PIP_{name}"
    for name in (
        *("INDEX_URL", "EXTRA_INDEX_URL", "FIND_LINKS", "TRUSTED_HOST", "PROXY", "CERT", "CLIENT_CERT"),
        *("TIMEOUT", "DEFAULT_TIMEOUT", "RETRIES"),
    )
)
"""The variables of pip that a job may set: they say where files come from and how, never which."""


class ActionError(Exception):
    """A wrong input, or an installation that failed: the step fails and says so."""


class Files(NamedTuple):
    """Where the one run of ddlint writes."""

    full: Path
    github: Path
    json: Path
    markdown: Path
    sarif: Path | None


class Counts(NamedTuple):
    """The outputs that are numbers; empty where ddlint could not run."""

    findings: int | str = ""
    errors: int | str = ""
    warnings: int | str = ""
    notices: int | str = ""


def split(text: str) -> list[str]:
    r"""Split by the quoting rules of a shell, except that a backslash is a letter like any other (`src\app`)."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars="")
    lexer.whitespace_split = True
    lexer.commenters = ""
    lexer.escape = ""
    try:
        return list(lexer)
    except ValueError as error:
        raise ActionError(f"`{text}` cannot be split into words: {error}") from None


def flag(inputs: Mapping[str, str], name: str) -> bool:
    """Read a yes-or-no input as YAML writes it."""
    value = inputs[name].strip().lower()
    if value not in ("true", "false"):
        raise ActionError(f"`{name}` is true or false, not `{inputs[name]}`")
    return value == "true"


def arguments(inputs: Mapping[str, str], files: Files) -> list[str]:
    """Return the arguments of the one run.

    Values stand behind `=` and paths behind `--`, so that none of them is taken for an option.
    """
    words = [f"--output-file={name}:{path}" for name, path in files._asdict().items() if path]
    words += [f"--{name}={inputs[name]}" for name in HANDED_ON if inputs[name]]
    words += [f"--{name}" for name in ("ignore-suppressions", "require-tracer") if flag(inputs, name)]
    return ["check", *words, *split(inputs["args"]), "--", *(split(inputs["paths"]) or ["."])]


def escaped(text: str) -> str:
    """Escape the message of a workflow command; the percent sign goes first."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def bracketed(text: str) -> str:
    """Bracket text that may quote any file, so that the runner takes no line of it for a command."""
    if not text.strip():
        return ""
    token = secrets.token_hex(16)
    # The runner finds the older form of a command, `##[...]`, in the middle of a line, and whether it is stopped too
    # is not documented.
    return f"::stop-commands::{token}\n{text.rstrip().replace('##[', '## [')}\n::{token}::\n"


def assignments(outputs: Mapping[str, object]) -> str:
    """Return the lines that set the outputs; the delimiter is random, so that no value can close it."""
    end = f"ddlint-{secrets.token_hex(16)}"
    return "".join(f"{name}<<{end}\n{value}\n{end}\n" for name, value in outputs.items())


def counted(text: str) -> Counts:
    """Count from the JSON report: the findings that are shown, and all of a level, hidden ones too."""
    report = json.loads(text)
    summary = report["summary"]
    return Counts(len(report["findings"]), summary["error"], summary["warning"], summary["notice"])


def append(path: str, text: str) -> None:
    """Append to one of the files of the runner."""
    with Path(path).open("a", encoding="utf-8", newline="\n") as file:
        file.write(text)


def content(path: Path) -> str:
    """Give what ddlint wrote there; it writes nothing when it fails."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def lock_of(checkout: Path) -> str:
    """Return the lock of the action."""
    return (checkout / LOCK).read_text(encoding="utf-8")


def cache_of(checkout: Path, temporary: Path) -> tuple[str, Path]:
    """Return the key of the cache, by lock and Python, and the folder with the wheels that is cached."""
    parts = (lock_of(checkout), sys.version, platform.platform(), platform.machine())
    key = sha256("\n".join(parts).encode()).hexdigest()[:32]
    return f"ddlint-{key}", temporary / f"ddlint-wheels-{key}"


def environment(checkout: Path, temporary: Path) -> Path:
    """Return the Python of the environment that has ddlint; a second step of the same job finds it made."""
    lock = lock_of(checkout)
    name = sha256(f"{checkout}\n{lock}\n{sys.executable}\n{sys.version}".encode()).hexdigest()[:16]
    folder = temporary / f"ddlint-env-{name}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not (folder / "ready").is_file():
        print(f"::group::Install ddlint with {sys.executable}", flush=True)
        install(folder, python, checkout, temporary)
        (folder / "ready").touch()
        print("::endgroup::", flush=True)
    return python


def pip_variables() -> dict[str, str]:
    """Return the variables for pip and the processes that it starts, which know nothing of `-I`.

    Of pip's own, those that say where files come from are kept, for hashes say which files; of Python's own, none.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PIP_", "PYTHON")) or name in FROM_WHERE
    }
    return kept | {"PIP_CONFIG_FILE": os.devnull, "PYTHONNOUSERSITE": "1", "PYTHONSAFEPATH": "1"}


def call(command: list[str], temporary: Path) -> subprocess.CompletedProcess[str]:
    """Run Python or pip, and print what it prints."""
    done = subprocess.run(
        command, env=pip_variables(), cwd=temporary, capture_output=True, text=True, encoding="utf-8", check=False
    )
    print(bracketed(done.stdout + done.stderr), end="", flush=True)
    return done


def need(command: list[str], temporary: Path) -> None:
    """Run Python or pip; an error names the last error of pip."""
    done = call(command, temporary)
    if done.returncode:
        lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        why = next((line for line in reversed(lines) if line.lower().startswith("error:")), "")
        ended = f"`{' '.join(command[2:4])}` ended with {done.returncode}"
        raise ActionError(f"ddlint could not be installed: {why or ended}")


def install(folder: Path, python: Path, checkout: Path, temporary: Path) -> None:
    """Make the environment and install ddlint there; nothing of the job's own Python is touched.

    The commit of the action says what is installed: its lock names each file by hash, and ddlint itself is built from
    its checkout without looking anywhere else. The wheels of a cache are held to the same hashes, so that a cache
    can save time and can change nothing.
    """
    pip = [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    quiet = ["--quiet", "--no-deps"]
    locked = ["--only-binary=:all:", "--require-hashes", f"--requirement={checkout / LOCK}"]
    wheels = cache_of(checkout, temporary)[1]
    from_wheels = [*pip, "install", *quiet, "--no-index", f"--find-links={wheels}", *locked]
    need([sys.executable, "-I", "-m", "venv", "--clear", str(folder)], temporary)
    is_cached = wheels.is_dir() and any(wheels.iterdir())
    if is_cached and call(from_wheels, temporary).returncode:
        print("The cached wheels cannot be used; they are downloaded again.")
        shutil.rmtree(wheels)
        is_cached = False
    if not is_cached:
        need([*pip, "download", *quiet, *locked, f"--dest={wheels}"], temporary)
        need(from_wheels, temporary)
    need([*pip, "install", *quiet, "--no-index", "--no-build-isolation", str(checkout)], temporary)


def summarise(text: str) -> None:
    """Append to the job summary, unless GitHub would drop it whole."""
    if len(text.encode()) < SUMMARY_LIMIT:
        append(os.environ["GITHUB_STEP_SUMMARY"], text)


def prepared(inputs: Mapping[str, str], folder: Path) -> tuple[Path, Files]:
    """Return the directory to run in and the files to write; the SARIF report goes where it was asked for."""
    directory = Path(inputs["working-directory"] or ".").resolve()
    if not directory.is_dir():
        raise ActionError(f"`working-directory` is no folder: `{inputs['working-directory']}`")
    sarif = directory / inputs["sarif-file"] if inputs["sarif-file"] else None
    if not sarif and flag(inputs, "upload-sarif"):
        sarif = folder / "ddlint.sarif"
    if sarif:
        sarif.parent.mkdir(parents=True, exist_ok=True)
    return directory, Files(
        folder / "full.txt", folder / "github.txt", folder / "ddlint.json", folder / "job.md", sarif
    )


def files_url() -> str:
    """Return where the files of the checkout can be read; a job that checks out another repository names it itself."""
    known = [os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY", "SHA")]
    server, repository, commit = known
    return os.environ.get("DDLINT_FILES_URL", "") or (f"{server}/{repository}/blob/{commit}" if all(known) else "")


def outcome(files: Files, code: int) -> dict[str, object]:
    """Return the outputs; a run that left no report has failed, whatever code it ended with."""
    counts = Counts()
    if code in (0, 1):
        with suppress(ValueError, KeyError, TypeError):
            counts = counted(content(files.json))
    is_done = counts != Counts()
    return {
        **counts._asdict(),
        "exit-code": code if is_done else FAILED,
        "sarif-file": files.sarif.as_posix() if is_done and files.sarif and files.sarif.is_file() else "",
        "json-file": files.json.as_posix() if is_done else "",
        "markdown-file": files.markdown.as_posix() if is_done else "",
    }


def run(inputs: Mapping[str, str], checkout: str, temporary: Path) -> int:
    """Run ddlint once, hand on the outputs, and give the exit code of the step."""
    is_lenient, is_annotated, is_summed = (flag(inputs, name) for name in ("exit-zero", "annotations", "summary"))
    directory, files = prepared(inputs, Path(mkdtemp(prefix="ddlint-", dir=temporary)))
    words = arguments(inputs, files)
    python = environment(Path(checkout), temporary)
    command = [str(python), "-I", "-X", "utf8", "-m", "ddlint", *words]
    done = subprocess.run(
        command,
        cwd=directory,
        env=os.environ | {"DDLINT_FILES_URL": files_url()},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    print(bracketed(("" if is_annotated else content(files.full)) + done.stdout + done.stderr), end="")
    if is_annotated:  # the log shows annotations too, and has each finding once
        print(content(files.github), end="")
    if is_summed:
        summarise(content(files.markdown))
    outputs = outcome(files, done.returncode)
    append(os.environ["GITHUB_OUTPUT"], assignments(outputs))
    if outputs["exit-code"] == FAILED:
        raise ActionError(done.stderr.strip() or f"ddlint ended with {done.returncode} and without a report")
    return 0 if is_lenient else done.returncode


def key() -> int:
    """Set the outputs that the cache needs."""
    name, wheels = cache_of(Path(os.environ["GITHUB_ACTION_PATH"]), Path(os.environ["RUNNER_TEMP"]))
    append(os.environ["GITHUB_OUTPUT"], assignments({"key": name, "wheels": wheels.as_posix()}))
    return 0


def main() -> int:
    """Read the inputs from `DDLINT_INPUT_*` and run; a mistake is one annotation."""
    prefix = "DDLINT_INPUT_"
    given = {name.removeprefix(prefix): text for name, text in os.environ.items() if name.startswith(prefix)}
    inputs = {name.lower().replace("_", "-"): text for name, text in given.items()}
    try:
        return run(inputs, os.environ["GITHUB_ACTION_PATH"], Path(os.environ["RUNNER_TEMP"]))
    except ActionError as error:
        print(f"::error title=ddlint::{escaped(str(error))}")
        append(os.environ["GITHUB_OUTPUT"], assignments({"exit-code": FAILED}))
        return FAILED


if __name__ == "__main__":
    sys.exit(key() if sys.argv[1:] == ["key"] else main())
