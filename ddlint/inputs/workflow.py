"""GitHub workflows: the Pythons that jobs set up, also from a matrix, what they run on, containers and settings."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import PythonRequirement
from ddlint.core.namedtuple import NamedTuple
from ddlint.inputs.common.container_image import read_image
from ddlint.inputs.common.env_vars import of_mapping
from ddlint.inputs.common.manifest import gather
from ddlint.inputs.common.matrix import runs_of
from ddlint.inputs.common.runner import runner_platform
from ddlint.inputs.common.workflow_python import read_setup
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from ddlint.core.model import Manifest, Platform
    from ddlint.core.source import Source
    from ddlint.inputs.common.manifest import Item
    from ddlint.inputs.common.matrix import Run
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "workflow"

_SETUP = regex(r"(?i)(?:actions/setup-python|astral-sh/setup-uv|[\w.-]+/setup-(?:python|uv|poetry|pdm))@")
_EXPRESSION = regex(r"\s*\$\{\{\s*(?P<kind>matrix|env)\.(?P<key>[\w.-]+)\s*\}\}\s*")


class _Job(NamedTuple):
    """A job, and what stands above it."""

    root: Node
    node: Node


def parse(source: Source) -> Manifest:
    """Read every job."""
    documents = read_yaml(source)
    items = (item for root in documents.roots[:1] for item in _items(root))
    return gather(source, NAME, items, documents.comments, documents.problem)


def _items(root: Node) -> Iterator[Item]:
    yield from of_mapping(root.get("env"))
    jobs = root.get("jobs")
    for _, _, node in jobs.items() if jobs is not None else ():
        yield from _job(_Job(root, node))


def _job(job: _Job) -> Iterator[Item]:
    yield from of_mapping(job.node.get("env"))
    steps = list(_elements(job.node.get("steps")))
    for step in steps:
        yield from of_mapping(step.get("env"))
    services = job.node.get("services")
    for _, _, service in services.items() if services is not None else ():
        image = service.get("image")
        yield from (item for item in _image(image) if not isinstance(item, PythonRequirement))
    container = job.node.get("container")
    yield from _runs(job, [step for step in steps if _is_setup(step)], is_contained=container is not None)
    yield from _container(container)


def _runs(job: _Job, setups: list[Node], *, is_contained: bool) -> Iterator[Item]:
    """Yield the Pythons of every run of a job, and what they run on: its runner, where it has no container."""
    runners: dict[Platform, list[str]] = {}
    for run in runs_of(job.node.get("strategy", "matrix")):
        pythons = [item for step in setups for item in _step(job, run, step)]
        yield from pythons
        specifiers = [each.specifier for each in pythons if isinstance(each, PythonRequirement)]
        for node in _values(job, run, job.node.get("runs-on")) if specifiers and not is_contained else ():
            if platform := runner_platform(node.text or "", node.at):
                runners.setdefault(platform, []).extend(specifiers)
    for platform, found in runners.items():
        yield platform._replace(pythons=tuple(dict.fromkeys(found)))


def _elements(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield from node.elements()


def _is_setup(step: Node) -> bool:
    uses = step.get("uses")
    return uses is not None and _SETUP.match(uses.text or "") is not None


def _step(job: _Job, run: Run, step: Node) -> Iterator[Item]:
    for node in _values(job, run, step.get("with", "python-version")):
        yield from read_setup(node.text or "", node.locate())


def _values(job: _Job, run: Run, node: Node | None) -> Iterator[Node]:
    """Yield the scalars that a value stands for: itself, its elements, or those of the matrix or variable it names."""
    for one in [node] if node is not None and node.kind == "scalar" else list(_elements(node)):
        match = _EXPRESSION.fullmatch(one.text or "")
        if match is None:
            yield one
        elif match["kind"] == "matrix":
            keys = match["key"].split(".")
            value = run.get(keys[0])
            found = value.get(*keys[1:]) if value is not None and keys[1:] else value
            if found is not None and found.kind == "scalar":
                yield found
        else:
            found = job.node.get("env", match["key"]) or job.root.get("env", match["key"])
            if found is not None:
                yield found


def _container(container: Node | None) -> Iterator[Item]:
    if container is None:
        return
    if container.kind == "scalar":
        yield from _image(container)
        return
    yield from _image(container.get("image"))
    yield from of_mapping(container.get("env"))


def _image(node: Node | None) -> Iterator[Item]:
    if node is not None and node.text:
        yield from read_image(node.text, node.locate())
