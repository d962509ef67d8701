"""The runs that the matrix of a workflow's job stands for, as GitHub reads `exclude` and `include`."""

from __future__ import annotations

from itertools import islice, product

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

    Run = dict[str, Node]
    """What each key of the matrix is in one run."""

_MOST_RUNS = 256
"""What GitHub allows."""
_DEEPEST = 4


def runs_of(matrix: Node | None) -> list[Run]:
    """Give the runs of a job: one, of which nothing is known, where it has no matrix that can be read."""
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
    """Tell whether a run has all that is wanted of it."""
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
