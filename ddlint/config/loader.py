"""Find the config of a directory and read it: `.ddlint.toml`, `ddlint.toml` or `[tool.ddlint]`; the nearest wins."""

from __future__ import annotations

from ddlint.config.settings import Config, ConfigValue, extended, quoted
from ddlint.core.errors import DdlintError
from ddlint.core.model import Problem
from ddlint.core.paths import is_inside, name_of, parent, relative
from ddlint.core.source import Source, Undecodable, Unread, decode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.config.readers import Node
    from ddlint.core.source import FileSystem

_NAMES = (".ddlint.toml", "ddlint.toml", "pyproject.toml")
_OUTSIDE = "name the file with `--config` if that is meant"


class Configs:
    """The configs of one run. What was read is remembered, also that there was nothing."""

    def __init__(self, files: FileSystem, cwd: str, codes: frozenset[str]) -> None:
        self._files = files
        self._cwd = cwd
        self._codes = codes
        self._known: dict[str, Config | None] = {}
        self.sources: dict[str, Source] = {}
        """Of every config that was read, by path."""

    def named(self, path: str) -> Config:
        """Return the config in the file at `path`, which a call named; its paths are relative to where we are.

        A `DdlintError` where it cannot be read, or has no table of ours.
        """
        config = self._file(path, (), directory=self._cwd, named=ConfigValue(path))
        if config is None:
            raise DdlintError(f"`{relative(path, self._cwd)}` has no table `[tool.ddlint]`")
        return config

    def nearest(self, directory: str, root: str) -> Config:
        """Return the config of `directory`: that of the nearest folder, up to the root or the current directory."""
        top = self._cwd if is_inside(root, self._cwd) else root
        while True:
            config = self._of(directory, top)
            if config is not None:
                return config
            if directory == top or parent(directory) == directory or not is_inside(directory, top):
                return Config()
            directory = parent(directory)

    def _of(self, directory: str, top: str) -> Config | None:
        if directory not in self._known:
            paths = (f"{directory.rstrip('/')}/{name}" for name in _NAMES)
            found = (self._file(path, (), directory=directory, top=top) for path in paths)
            self._known[directory] = next((config for config in found if config is not None), None)
        return self._known[directory]

    def _file(
        self, path: str, extending: tuple[str, ...], *, directory: str, top: str = "", named: ConfigValue | None = None
    ) -> Config | None:
        """Read one file; nothing where it is not there, or is a pyproject.toml that does not speak of ddlint.

        One that is `named` has to be there.
        """
        source = self._source(path, named, top)
        if source is None:
            return None
        shown = relative(path, self._cwd)
        table = _table(source, shown, is_lenient=_is_pyproject(path) and named is None)
        if table is None:
            return None
        from ddlint.config.keys import read_config
        from ddlint.config.readers import ReadContext

        self.sources[path] = source
        where = ReadContext(source, shown, directory, self._codes, [])
        config, extends = read_config(where, table)
        return extended(self._base(extends, (*extending, path), top), config) if extends else config

    def _base(self, extends: ConfigValue, extending: tuple[str, ...], top: str) -> Config:
        """Read the file that another one extends, and that names it."""
        path, shown = extends.text, quoted(relative(extends.text, self._cwd))
        if path in extending:
            raise DdlintError(f"{shown} extends itself", place=extends.at)
        if top and not is_inside(self._files.real(path), self._files.real(top)):
            raise DdlintError(f"`extend` leaves {quoted(relative(top, self._cwd))}", place=extends.at, hint=_OUTSIDE)
        base = self._file(path, extending, directory=parent(path), top=top, named=extends)
        if base is None:
            raise DdlintError(f"{shown} has no table `[tool.ddlint]`", place=extends.at)
        return base

    def _source(self, path: str, named: ConfigValue | None, top: str) -> Source | None:
        shown, data = relative(path, self._cwd), self._files.read(path)
        if isinstance(data, Unread):
            if named is None and (data.is_missing or data.is_forbidden or _is_pyproject(path)):
                return None
            message = f"the config {quoted(shown)} cannot be read: {data.reason}"
            raise DdlintError(message, place=named.at if named else "")
        if top and not is_inside(self._files.real(path), self._files.real(top)):
            if _is_pyproject(path):
                return None
            message = f"the config {quoted(shown)} is a link that leads outside of {quoted(relative(top, self._cwd))}"
            raise DdlintError(message, hint=_OUTSIDE)
        source = decode(path, data)
        if isinstance(source, Undecodable):
            if named is None and _is_pyproject(path):
                return None
            raise DdlintError(source.reason, place=f"{shown}:1:1")
        return source


def _is_pyproject(path: str) -> bool:
    return name_of(path) == "pyproject.toml"


def _table(source: Source, shown: str, *, is_lenient: bool) -> Node | None:
    """Return the table with the settings; an invalid pyproject.toml is a finding, and no error here."""
    if _is_pyproject(source.path) and "ddlint" not in source.text:
        return None
    from ddlint.inputs.syntax.node import root
    from ddlint.inputs.syntax.toml import read_toml

    document = read_toml(source)
    if isinstance(document, Problem):
        if is_lenient:
            return None
        line, column = source.position(document.at.start)
        from ddlint.outputs.common.locations import marked

        raise DdlintError(document.message, place=f"{shown}:{line}:{column}", excerpt=marked(source, document.at))
    tree = root(document)
    return tree.get("tool", "ddlint") if _is_pyproject(source.path) else tree
