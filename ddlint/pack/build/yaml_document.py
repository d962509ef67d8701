"""One YAML file of a pack as plain data that still knows its places. It reads text; it knows nothing of rows."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.source import Undecodable, decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import yaml

type_of = "tag:yaml.org,2002:{}".format
_TEXT, _FLAG, _EMPTY, _TABLE = type_of("str"), type_of("bool"), type_of("null"), type_of("map")
_STEP = str | int
_NUMERIC = regex(r"[<>=!~ ]*\d")
_HUGE_NUMBER = regex(r"\d{300}")
"""Python refuses to read a number of some thousand digits."""
_DEEPEST = 100
_MOST_NODES = 200_000
_TOO_DEEP = "YAML: it is nested too deeply"
_TOO_LONG = f"YAML: it has more than {_MOST_NODES:,} values"


class Mistake(NamedTuple):
    """Something wrong in a pack, at its place."""

    path: str
    line: int
    column: int
    message: str

    @property
    def place(self) -> str:
        """Return `file:line:column`."""
        return f"{self.path}:{self.line}:{self.column}"


class Document:
    """A YAML file read strictly: `data` holds dicts, lists, text and booleans only."""

    __slots__ = ("_root", "_seen", "data", "mistakes", "path")

    def __init__(self, path: str, root: yaml.Node | None, mistakes: list[Mistake]) -> None:
        self.path = path
        self.mistakes = mistakes
        self._root = root
        self._seen: set[int] = set()
        self.data: object = {} if root is None else self._value(root)

    def complain(self, message: str, *steps: _STEP, is_key: bool = False) -> None:
        """Report a mistake at the value (or the key) that `steps` lead to, as far as they lead."""
        mark = self._node(steps, is_key=is_key)
        self.mistakes.append(Mistake(self.path, mark[0], mark[1], message))

    def _node(self, steps: tuple[_STEP, ...], *, is_key: bool) -> tuple[int, int]:
        node, found = self._root, self._root
        for number, step in enumerate(steps):
            is_last = number == len(steps) - 1
            node = _child(node, step, is_key=is_key and is_last)
            if node is None:
                break
            found = node
        return (1, 1) if found is None else (found.start_mark.line + 1, found.start_mark.column + 1)

    def _value(self, node: yaml.Node) -> object:
        if id(node) in self._seen:
            self._at(node, "an alias is not allowed; write the value out")
            return ""
        self._seen.add(id(node))
        if isinstance(node.value, str):
            return self._scalar(node)
        if any(isinstance(item, tuple) for item in node.value) or node.tag == _TABLE:
            return self._mapping(node)
        return [self._value(item) for item in node.value]

    def _mapping(self, node: yaml.Node) -> dict[str, object]:
        result: dict[str, object] = {}
        for key, value in node.value:
            name = str(self._value(key))
            if name in result:
                self._at(key, f"`{name}` is given twice")
            result[name] = self._value(value)
        return result

    def _scalar(self, node: yaml.Node) -> object:
        text = str(node.value)
        is_plain = getattr(node, "style", None) not in {"'", '"', "|", ">"}
        if len(text) >= 300 and _HUGE_NUMBER.search(text):
            self._at(node, "a number has 300 digits or more, which no version and no day has")
            return ""
        if node.tag == _FLAG and text in {"true", "false"}:
            return text == "true"
        if node.tag == _EMPTY:
            self._at(node, "a value is missing here")
        elif node.tag != _TEXT or (is_plain and _NUMERIC.match(text)):
            self._at(node, f'`{text}` is not in quotes, and YAML may read it as something else; write "{text}"')
        return text

    def _at(self, node: yaml.Node, message: str) -> None:
        self.mistakes.append(Mistake(self.path, node.start_mark.line + 1, node.start_mark.column + 1, message))


def _child(node: yaml.Node | None, step: _STEP, *, is_key: bool) -> yaml.Node | None:
    """Return the node one step down; `None` where there is none."""
    if node is None or isinstance(node.value, str):
        return None
    for number, item in enumerate(node.value):
        key, value = item if isinstance(item, tuple) else (None, item)
        if (number if key is None else key.value) == step:
            found: yaml.Node = key if is_key and key is not None else value
            return found
    return None


def read(file: Traversable) -> Document:
    """Read one file; what cannot be read is a mistake of the document, and its data is empty."""
    path = str(file)
    try:
        source = decode(path, file.read_bytes())
    except OSError as error:
        return Document(path, None, [Mistake(path, 1, 1, f"the file cannot be read: {error.strerror}")])
    if isinstance(source, Undecodable):
        return Document(path, None, [Mistake(path, 1, 1, source.reason)])
    return parse(path, source.text)


def parse(path: str, text: str) -> Document:
    """Read the text of one file."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        if (limit := _limit(text)) is not None:
            return Document(path, None, [Mistake(path, *limit)])
        return Document(path, yaml.compose(text, loader), [])
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reason = error.problem or error.context or ""
        if "nesting depth" in reason:  # a limit of PyYAML 6.0.4 and later
            return Document(path, None, [Mistake(path, 1, 1, _TOO_DEEP)])
        return Document(path, None, [Mistake(path, line, column, f"YAML: {reason}")])
    except yaml.YAMLError as error:
        return Document(path, None, [Mistake(path, 1, 1, f"YAML: {str(error).splitlines()[0]}")])
    except RecursionError:
        return Document(path, None, [Mistake(path, 1, 1, _TOO_DEEP)])


def _limit(text: str) -> tuple[int, int, str] | None:
    """Return the line and column at which a text goes beyond what may be composed, and how.

    libyaml composes with one call within another, without a limit, so that a deep text would end the process.
    """
    import yaml

    depth = count = 0
    for event in yaml.parse(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        count += isinstance(event, yaml.NodeEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        mark = event.start_mark
        if mark and (depth > _DEEPEST or count > _MOST_NODES):
            return mark.line + 1, mark.column + 1, _TOO_DEEP if depth > _DEEPEST else _TOO_LONG
    return None
