"""Read one dependency of `[tool.poetry]`: a constraint, a table with one, or several of either."""

from __future__ import annotations

from collections.abc import Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Dependency, NormalizedName, Problem, normalize
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.requirement import all_of, is_marker, is_template, platform_marker, python_marker
from ddlint.inputs.common.values import after, text_of, wrong_type
from ddlint.versions.poetry_constraint import Fault, translate

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.syntax.node import Node

_NAME = regex(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")
_PLACES = ("git", "file", "path", "url")
_CONSTRAINT = "a constraint such as `^1.2`, or a table with one,"


class _Condition(NamedTuple):
    """When a dependency applies, as its table says."""

    marker: str = ""
    at: Span | None = None
    problem: Problem | None = None


def constraint_problem(node: Node, fault: Fault) -> Problem:
    """Report what is wrong with a constraint, at its place."""
    text = node.text or ""
    message = f"`{written(text, 80)}` is not a version constraint: {fault.reason}"
    return Problem("DD003", message, node.locate()(fault.start, max(fault.start, fault.end)))


def read_poetry(key: str, node: Node, scope: str) -> Iterator[Dependency | Problem]:
    """Read what is under the name of a distribution."""
    if not _NAME.fullmatch(key):
        if not is_template(key):
            message = f"`{written(key, 80)}` is not the name of a distribution; it is letters, digits, `-`, `_` and `.`"
            yield Problem("DD003", message, node.key_at)
        return
    for one in node.elements() if isinstance(node.value, list) else (node,):
        yield from _read_one(key, node, one, scope)


def _read_one(key: str, named: Node, node: Node, scope: str) -> Iterator[Dependency | Problem]:
    constraint = node.get("version") if isinstance(node.value, dict) else node
    if constraint is not None and constraint.text is None:
        yield wrong_type(constraint, _CONSTRAINT)
        return
    if isinstance(node.value, dict):
        extras = node.get("extras")
        names = tuple(normalize(extra.text) for extra in extras.elements() if extra.text) if extras else ()
        condition = _condition(node)
        if condition.problem:
            yield condition.problem
        is_known = not any(place in node.value for place in _PLACES)
        local = text_of(node.get("path"))
    else:
        names, condition, is_known, local = (), _Condition(), True, ""
    at = constraint.at if constraint is not None and is_known else node.at
    name_at = named.key_at if constraint is None or named.key_at != node.at else node.at
    made = Dependency(
        name=NormalizedName(normalize(key)),
        specifier="",
        at=at,
        specifier_at=after(at),
        written=_written(key, constraint, node, is_known=is_known),
        scope=scope,
        marker=condition.marker,
        extras=names,
        is_known=is_known,
        name_at=name_at,
        marker_at=condition.at or after(at),
        local=local,
    )
    yield _with_version(made, constraint) if is_known and constraint is not None else made


def _with_version(made: Dependency, constraint: Node) -> Dependency | Problem:
    text = constraint.text or ""
    if is_template(text):
        return made._replace(is_known=False)
    specifier = translate(text)
    if isinstance(specifier, Fault):
        return constraint_problem(constraint, specifier)
    return made._replace(specifier=specifier, specifier_at=made.at)


def _written(key: str, constraint: Node | None, node: Node, *, is_known: bool) -> str:
    if is_known:
        return written(f'{key} = "{constraint.text if constraint is not None else "*"}"')
    value = node.document.text[node.at.start : node.at.end]
    return written(f"{key} = {value}" if value.startswith("{") else f"{key} = {{ … }}")


def _condition(table: Node) -> _Condition:
    """Join `markers`, `python` and `platform` into one marker."""
    found: list[str] = []
    places: list[Span] = []
    for key, read in (("markers", _markers), ("python", _python), ("platform", _platform)):
        node = table.get(key)
        if node is None:
            continue
        marker = read(node)
        if isinstance(marker, Problem):
            return _Condition(problem=marker)
        found.append(marker)
        places.append(node.at)
    return _Condition(all_of(found), places[0] if places else None)


def _markers(node: Node) -> str | Problem:
    text = (node.text or "").strip()
    if text and not is_template(text) and not is_marker(text):
        message = f"`{written(text, 80)}` is not a marker; write one such as `python_version < '3.12'`"
        return Problem("DD003", message, node.at)
    return wrong_type(node, "a marker") if node.text is None else text


def _python(node: Node) -> str | Problem:
    if node.text is None:
        return wrong_type(node, "a constraint such as `^3.10`")
    specifier = "" if is_template(node.text) else translate(node.text)
    return constraint_problem(node, specifier) if isinstance(specifier, Fault) else python_marker(specifier)


def _platform(node: Node) -> str | Problem:
    return (platform_marker(node.text) or "") if node.text else ""
