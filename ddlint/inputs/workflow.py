"""GitHub workflows: the Pythons that jobs set up, also from a matrix, what they run on, containers and settings."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ddlint.core.lazy_regex import regex
from ddlint.core.model import (
    Dependency,
    EnvironmentSpec,
    EnvironmentVariable,
    Manifest,
    Platform,
    ProjectInstall,
    PythonRequirement,
)
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Source
from ddlint.inputs.common.container_image import read_image
from ddlint.inputs.common.env_vars import of_mapping
from ddlint.inputs.common.install_commands import read_installs
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.workflow_python import read_setup, runner_platform, runs_of
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.workflow_python import Run
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "workflow"

_MOST_JOBS = 300
_MOST_INSTALLS = 500
_MOST_RUNS = 1000

_SETUP = regex(r"(?i)(?:actions/setup-python|astral-sh/setup-uv|[\w.-]+/setup-(?:python|uv|poetry|pdm))@")
_EXPRESSION = regex(r"\s*\$\{\{\s*(?P<kind>matrix|env)\.(?P<key>[\w.-]+)\s*\}\}\s*")


class _Job(NamedTuple):
    """A job, and what is above it."""

    root: Node
    node: Node
    steps: list[Node]


def parse(source: Source) -> Manifest:
    """Read every job."""
    documents = read_yaml(source)
    specs: list[EnvironmentSpec] = []
    items = (item for root in documents.roots[:1] for item in _items(root, specs))
    manifest = gather(source, NAME, items, documents.comments, documents.problem)
    return manifest._replace(environments=tuple(specs))


def _items(root: Node, specs: list[EnvironmentSpec]) -> Iterator[Item]:
    """Yield what is in all jobs, and note each job."""
    yield from of_mapping(root.get("env"))
    for name, key, job in _jobs(root):
        runs = list(islice(_runs(job), _MOST_RUNS))
        if len(specs) < _MOST_JOBS:
            specs.append(_spec(name, key, job, runs))
        yield from _settings(job)
        yield from _images(job)
        yield from runs


def _jobs(root: Node) -> Iterator[tuple[str, Node, _Job]]:
    jobs = root.get("jobs")
    for name, key, node in jobs.items() if jobs is not None else ():
        yield name, key, _Job(root, node, list(_elements(node.get("steps"))))


def _settings(job: _Job) -> Iterator[EnvironmentVariable]:
    yield from of_mapping(job.node.get("env"))
    for step in job.steps:
        yield from of_mapping(step.get("env"))
    container = job.node.get("container")
    if container is not None:
        yield from of_mapping(container.get("env"))


def _images(job: _Job) -> Iterator[Item]:
    """Yield the images of services, whose Python is not that of the job."""
    services = job.node.get("services")
    for _, _, service in services.items() if services is not None else ():
        yield from (item for item in _image(service.get("image")) if not isinstance(item, PythonRequirement))


def _runs(job: _Job) -> Iterator[Item]:
    """Yield the Pythons of every run of a job, and what they run on: its container, or else its runner."""
    container = job.node.get("container")
    setups = [step for step in job.steps if _is_setup(step)]
    runners: dict[Platform, list[str]] = {}
    for run in runs_of(job.node.get("strategy", "matrix")):
        pythons = [item for step in setups for item in _step(job, run, step)]
        yield from pythons
        specifiers = [each.specifier for each in pythons if isinstance(each, PythonRequirement)]
        for node in _values(job, run, job.node.get("runs-on")) if specifiers and container is None else ():
            if platform := runner_platform(node.text or "", node.at):
                runners.setdefault(platform, []).extend(specifiers)
    for platform, found in runners.items():
        yield platform._replace(pythons=tuple(dict.fromkeys(found)))
    if container is not None:
        yield from _image(container if container.kind == "scalar" else container.get("image"))


def _spec(name: str, key: Node, job: _Job, runs: list[Item]) -> EnvironmentSpec:
    """Return what is said of a job: what its steps install, on the Pythons that it sets up."""
    installed = list(islice(_installs(job), _MOST_INSTALLS))
    settings = (*of_mapping(job.root.get("env")), *_settings(job))
    return EnvironmentSpec(
        "job",
        name,
        key.at,
        dependencies=tuple(dict.fromkeys(each for each in installed if isinstance(each, Dependency))),
        installs=tuple(dict.fromkeys(each for each in installed if isinstance(each, ProjectInstall))),
        pythons=tuple(dict.fromkeys(each for each in runs if isinstance(each, PythonRequirement))),
        platforms=tuple(dict.fromkeys(each for each in runs if isinstance(each, Platform))),
        settings=tuple(dict.fromkeys(settings)),
    )


def _installs(job: _Job) -> Iterator[Dependency | ProjectInstall]:
    directory = job.node.get("defaults", "run", "working-directory") or job.root.get(
        "defaults", "run", "working-directory"
    )
    for step in job.steps:
        run = step.get("run")
        if run is not None and run.text:
            own = step.get("working-directory") or directory
            text = own.text or "" if own is not None else ""
            yield from read_installs(run.text, run.locate(), directory="" if "$" in text else text)


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
    """Yield the scalars that a value means: itself, its elements, or those of the matrix or variable it names."""
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


def _image(node: Node | None) -> Iterator[Item]:
    if node is not None and node.text:
        yield from read_image(node.text, node.locate())
