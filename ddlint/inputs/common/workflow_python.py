"""Read which Pythons and platforms a job of a workflow runs on: its matrix, its setup steps, its runner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Platform, PythonRequirement
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.python_implementation import free_threaded, implementation
from ddlint.inputs.common.requires_python import exact_python

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

    Run = dict[str, Node]
    """What each key of the matrix is in one run."""

_LINE = regex(r"[^\r\n]+")
_CLAUSE = regex(r"(?P<operator>[<>]=?|==?)\s*v?(?P<version>[0-9]{1,4}(?:\.[0-9]{1,4}){0,2})(?:\.x)?(?:\s*,?\s+|,|\s*$)")


def read_setup(text: str, locate: Callable[[int, int], Span]) -> Iterator[PythonRequirement | Platform]:
    """Yield what `text` names, another implementation as a platform. Pre-releases and `3.x` commit to nothing."""
    for match in _LINE.finditer(text):
        words = match[0].strip().strip("'\"")
        start = match.start() + match[0].find(words)
        specifier = exact_python(words)
        if specifier:
            yield PythonRequirement(specifier, locate(start, start + len(words)), words, is_exact=True)
        elif found := free_threaded(text, start, locate):
            yield from found
        elif words and (bounds := _range(words)):
            yield PythonRequirement(bounds, locate(start, start + len(words)), written(words))
        elif other := implementation(words, locate(start, start + len(words))):
            yield other


def _range(text: str) -> str:
    """Translate `>=3.9 <3.14 || 3.8`; empty where it is none."""
    alternatives = []
    for alternative in text.split("||"):
        clauses = []
        position = 0
        body = alternative.strip()
        while match := _CLAUSE.match(body, position):
            operator = "==" if match["operator"] == "=" else match["operator"]
            clauses.append(
                f"{operator}{match['version']}{'.*' if operator == '==' and match['version'].count('.') < 2 else ''}"
            )
            position = match.end()
        if position < len(body) or not clauses:
            return ""
        alternatives.append(",".join(clauses))
    return " || ".join(alternatives)


_MOST_RUNS = 256
"""What GitHub allows."""
_DEEPEST = 4


def runs_of(matrix: Node | None) -> list[Run]:
    """Return the runs of a job: one, of which nothing is known, where it has no matrix that can be read."""
    if matrix is None or matrix.kind != "mapping":
        return [{}]
    axes = {key: list(node.elements()) for key, _, node in matrix.items() if key not in {"include", "exclude"}}
    axes = {key: values for key, values in axes.items() if values}
    excluded, included = _listed(matrix, "exclude"), _listed(matrix, "include")
    every = (dict(zip(axes, values, strict=True)) for values in product(*axes.values())) if axes else iter(())
    runs = [run for run in islice(every, _MOST_RUNS) if not any(_meets(run, each) for each in excluded)]
    further = [each for each in included if not _include(runs, each, axes)]
    return [*runs, *further] if axes or further else [{}]


def _listed(matrix: Node, key: str) -> list[Run]:
    node = matrix.get(key)
    entries = node.elements() if node is not None else iter(())
    return [{name: value for name, _, value in each.items()} for each in islice(entries, _MOST_RUNS)]


def _meets(run: Run, wanted: Run) -> bool:
    """Return whether a run has all that is wanted of it."""
    return bool(wanted) and all(key in run and _is_same(run[key], value) for key, value in wanted.items())


def _is_same(one: Node, other: Node) -> bool:
    return one.kind == other.kind and _shape(one, _DEEPEST) == _shape(other, _DEEPEST)


def _shape(node: Node, depth: int) -> object:
    return node.value if node.kind == "scalar" or depth == 0 else [_shape(each, depth - 1) for each in node.children]


def _include(runs: list[Run], added: Run, axes: dict[str, list[Node]]) -> bool:
    """Add to every run of the axes whose values it leaves as they are; tell whether there is one."""
    fixed = {key: value for key, value in added.items() if key in axes}
    fitting = [run for run in runs if not fixed or _meets(run, fixed)]
    for run in fitting:
        run.update((key, value) for key, value in added.items() if key not in fixed)
    return bool(fitting)


_LABEL = regex(r"(?P<system>ubuntu|macos|windows)-(?P<version>[0-9.]+|latest)(?P<rest>(?:-[\w.-]+)?)")
_LAST_MACOS_ON_INTEL = 13


def runner_platform(label: str, at: Span) -> Platform | None:
    """Return the platform of a hosted runner; a label of one's own says nothing."""
    match = _LABEL.fullmatch(label.strip().lower())
    if match is None:
        return None
    rest = match["rest"]
    is_arm = "-arm" in rest
    if match["system"] == "ubuntu":
        return Platform("manylinux-aarch64" if is_arm else "manylinux-x86_64", at)
    if match["system"] == "windows":
        return Platform("win-arm64" if is_arm else "win-amd64", at)
    version = "" if match["version"] == "latest" else match["version"]
    is_old = version.split(".", maxsplit=1)[0].isdecimal() and int(version.split(".")[0][:4]) <= _LAST_MACOS_ON_INTEL
    is_intel = "-intel" in rest or rest == "-large" or (is_old and "xlarge" not in rest)
    return Platform("macos-x86_64" if is_intel else "macos-arm64", at, version)
