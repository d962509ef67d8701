"""`environment.yml` of conda: its match specifications, the Python among them, and the `pip:` list."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ddlint.core.model import Dependency, Manifest, Problem, PythonRequirement, normalize
from ddlint.core.redact import written
from ddlint.core.source import Source
from ddlint.inputs.common.conda import read_match
from ddlint.inputs.common.manifest import Item, gather
from ddlint.inputs.common.pip_line import read_pip_line
from ddlint.inputs.common.requirement import is_template
from ddlint.inputs.syntax.yaml import read_yaml

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.yaml_node import Node

NAME = "environment.yml"

_MOST = 5000
"""No list that was written by hand or by a tool comes near it."""


def parse(source: Source) -> Manifest:
    """Read the dependencies of an environment; a file that has no such list is not conda's, and says nothing."""
    documents = read_yaml(source)
    dependencies = documents.roots[0].get("dependencies") if documents.roots else None
    elements = islice(dependencies.elements(), _MOST) if dependencies is not None else ()
    items = (item for element in elements for item in _element(element))
    return gather(source, NAME, items, documents.comments, documents.problem)


def _element(node: Node) -> Iterator[Item]:
    pip = node.get("pip")
    if pip is not None:
        for line in islice(pip.elements(), _MOST):
            text, locate = line.text or "", line.locate()
            body = text.split(" #", maxsplit=1)[0].rstrip()
            if body.strip():
                yield from read_pip_line(body, locate)
    elif node.text:
        yield from _match(node, node.text.split(" #", maxsplit=1)[0])


def _match(node: Node, text: str) -> Iterator[Item]:
    locate = node.locate()
    match = None if is_template(text) else read_match(text)
    if match is None:
        if not is_template(text):
            message = f"`{written(text, 80)}` is not a match specification; write `name`, and a version such as `>=1.2`"
            yield Problem("DD003", message, node.at)
        return
    name = normalize(text[slice(*match.name)])
    if name == "python":
        if match.specifier:
            is_exact = match.specifier.startswith("==") and "|" not in match.specifier and "," not in match.specifier
            yield PythonRequirement(match.specifier, node.at, written(text), is_exact=is_exact)
        return
    yield Dependency(
        name=name,
        specifier=match.specifier or "",
        at=node.at,
        specifier_at=locate(*match.version) if match.specifier else locate(match.name[1], match.name[1]),
        written=written(text),
        is_known=match.specifier is not None,
        name_at=locate(*match.name),
        marker_at=node.at._replace(start=node.at.end),
    )
