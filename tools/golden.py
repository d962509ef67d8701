"""Record every output of ddlint, and compare two records: a change of structure must change none of them.

    python tools/golden.py BASE HEAD [--corpus DIR]         compare two commits; `.` is the checkout as it is
    python tools/golden.py --record CHECKOUT FILE           write what the code of CHECKOUT prints

The inputs are the case folders and examples of HEAD and the projects below `--corpus`, the same for both. Every case is
linted in every format, with `--diff` and with `-v`, and inspected; the examples are planned too. A difference is
printed with its exit codes and the lines that differ. Exit 1 when there is one.
"""

from __future__ import annotations

import argparse
import difflib
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    Outputs = dict[str, list[str]]
    """By call: the exit code, standard output, standard error."""

ROOT = Path(__file__).resolve().parents[1]
AS_OF = ("--as-of", "2026-11-21")
COMMANDS = ("", "inspect", "plan", "rule", "pack")
ROWS = ("flask", "django", "lines", "wheels", "releases", "wrapt", "http-monitoring", "DD_TRACE_FLASK_ENABLED")
SHOWN = 30
"""How many differences are printed in full."""


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", metavar="BASE")
    parser.add_argument("second", metavar="HEAD")
    parser.add_argument("--record", action="store_true", help="write the outputs of a checkout to a file")
    parser.add_argument("--corpus", type=Path, help="a folder with more projects")
    parser.add_argument("--inputs", type=Path, help="where the inputs were copied to (with --record)")
    options = parser.parse_args(words)
    if options.record:
        return record(Path(options.first).resolve(), Path(options.second).resolve(), options.inputs.resolve())
    with tempfile.TemporaryDirectory() as temporary:
        return compare(options.first, options.second, options.corpus, Path(temporary).resolve())


def compare(base: str, head: str, corpus: Path | None, temporary: Path) -> int:
    """Print how the outputs of two commits differ."""
    checkouts = {name: checkout(commit, temporary / name) for name, commit in (("base", base), ("head", head))}
    copy_inputs(checkouts["head"], corpus, temporary / "inputs")
    outputs: list[Outputs] = []
    for name, path in checkouts.items():
        # A process of its own for each, because both are imported as `ddlint`.
        command = [sys.executable, __file__, "--record", str(path), str(temporary / f"{name}.json")]
        subprocess.run([*command, "--inputs", str(temporary / "inputs")], check=True)
        outputs.append(json.loads((temporary / f"{name}.json").read_text(encoding="utf-8")))
    changed = differences(*outputs)
    for call in changed[:SHOWN]:
        print(report_of(call, *outputs), end="")
    if len(changed) > SHOWN:
        print("\n".join(changed[SHOWN:]))
    print(f"{len(changed)} of {len(outputs[0].keys() | outputs[1].keys())} outputs differ")
    return int(bool(changed))


def checkout(commit: str, path: Path) -> Path:
    """Return a folder with the files of a commit."""
    if commit == ".":
        return ROOT
    path.mkdir()
    archive = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "-x", "-C", str(path)], input=archive, check=True)
    return path


def copy_inputs(source: Path, corpus: Path | None, target: Path) -> None:
    shutil.copytree(source / "tests" / "cases", target / "cases")
    shutil.copytree(source / "examples", target / "examples")
    if corpus:
        shutil.copytree(corpus, target / "corpus")


def differences(before: Outputs, after: Outputs) -> list[str]:
    """Return the calls whose outputs are not the same."""
    return sorted(call for call in before.keys() | after.keys() if before.get(call) != after.get(call))


def report_of(call: str, before: Outputs, after: Outputs) -> str:
    """Return one difference as a heading and a diff of the two outputs."""
    old, new = (["absent"] if each is None else each for each in (before.get(call), after.get(call)))
    texts = ("\n".join(each).splitlines() for each in (old, new))
    lines = difflib.unified_diff(*texts, "base", "head", lineterm="", n=0)
    return "".join(f"{line}\n" for line in (f"== {call}", *lines))


def record(tree: Path, file: Path, inputs: Path) -> int:
    """Write what the code of a checkout prints for all inputs, with the package imported into this process."""
    sys.path[:] = [str(tree), *(path for path in sys.path if Path(path or ".").resolve() not in (ROOT, ROOT / "tools"))]
    os.environ["COLUMNS"] = "100"
    for name in ("CI", "GITHUB_ACTIONS", "TF_BUILD"):
        os.environ.pop(name, None)
    os.chdir(inputs)
    from ddlint.cli.main import run
    from ddlint.outputs import OUTPUTS

    formats = [getattr(each, "name", each) for each in OUTPUTS]
    results = {" ".join(words): captured(run, words) for words in calls(formats)}
    file.write_text(json.dumps(results), encoding="utf-8")
    return 0


def calls(formats: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of every call."""
    for folder in sorted({path.parent for path in Path("cases").rglob("expected.txt")}):
        yield from checks(folder, formats)
    for folder in sorted(path for top in ("examples", "corpus") for path in Path(top).glob("*/")):
        yield from checks(folder, formats)
        for name in ("table", "markdown", "json", "html"):
            yield "plan", "--isolated", *AS_OF, "--format", name, folder.as_posix()
    yield from ((*([command] if command else []), "--help") for command in COMMANDS)
    yield "rule", "--all"
    yield from (("rule", f"ddtrace/{row}") for row in ROWS)


def checks(folder: Path, formats: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words of the calls that lint and inspect a folder."""
    options = folder / "options.txt"
    given = shlex.split(options.read_text(encoding="utf-8")) if options.exists() else []
    common = ("--isolated", "-j", "1", *(() if "--as-of" in given else AS_OF), *given, folder.as_posix())
    for name in formats:
        yield "--format", name, "--min-severity", "notice", *common
    yield "--diff", "--unsafe-fixes", "--min-severity", "notice", *common
    yield "-v", *common
    for name in ("text", "json"):
        yield "inspect", "--isolated", "--format", name, folder.as_posix()


def captured(run: object, words: tuple[str, ...]) -> list[str]:
    """Return the exit code, standard output and standard error of one call."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="") for _ in range(2)]
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = streams
    try:
        code = str(run(list(words)))
    except SystemExit as stop:
        code = f"exit {stop.code}"
    except Exception as error:  # noqa: BLE001 - an exception is an output like another
        code = f"{type(error).__name__}: {error}"
    finally:
        sys.stdout, sys.stderr = before
    texts = []
    for stream in streams:
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8", "replace").replace(Path.cwd().as_posix(), "CWD"))
    return [code, *texts]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
