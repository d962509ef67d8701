"""The folder of a pack as its loader reads it: bounded, without links that lead out of it, and without loops."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from io import BytesIO, TextIOWrapper

from ddlint.cli import host
from ddlint.config.settings import quoted
from ddlint.core.errors import DdlintError
from ddlint.core.paths import is_inside
from ddlint.core.source import Unread
from ddlint.project.walk import entries_of, is_file, is_folder, is_link

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOST_LEVELS = 20
_MOST_ENTRIES = 10_000
"""In one folder."""


class PackFolder(Traversable):
    """A folder of a pack, or a file in one. Folders that are links are left out, as they may form loops."""

    def __init__(self, path: str, top: str = "", depth: int = 0) -> None:
        self._path = path
        self._top = top or host.real_path(path)
        self._depth = depth

    def __str__(self) -> str:
        """Return the path as it was given."""
        return self._path

    @property
    def name(self) -> str:
        """The last part of the path."""
        return os.path.basename(self._path)

    def iterdir(self) -> Iterator[PackFolder]:
        """Yield what the folder holds; a `DdlintError` where it cannot be listed."""
        if host.is_version_control(self._top):
            raise DdlintError(f"{quoted(self._path)} belongs to version control, so it is not opened")
        if self._depth > _MOST_LEVELS:
            raise DdlintError(f"{quoted(self._path)} is too deep in its pack: {_MOST_LEVELS} folders are the most")
        try:
            names = [entry.name for entry in entries_of(self._path)]
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DdlintError(f"the folder {quoted(self._path)} cannot be listed: {reason}") from error
        if len(names) > _MOST_ENTRIES:
            raise DdlintError(f"{quoted(self._path)} is no folder of a pack: it holds {len(names)} files")
        yield from map(self.joinpath, names)

    def is_dir(self) -> bool:
        """Whether it is a folder; one below the first must not be a link."""
        return is_folder(self._path) and not (self._depth and is_link(self._path))

    def is_file(self) -> bool:
        """Whether it is a file, or a link to one."""
        return is_file(self._path)

    def joinpath(self, *descendants: str | os.PathLike[str]) -> PackFolder:
        """Return what lies below."""
        path = os.path.join(self._path, *descendants)
        return PackFolder(path, self._top, self._depth + len(descendants))

    def read_bytes(self) -> bytes:
        """Return the content of a file; an `OSError` with the reason where it is not opened."""
        real = host.real_path(self._path)
        data = host.read_file(self._path) if is_inside(real, self._top) else Unread("it lies outside of the pack")
        if isinstance(data, Unread):
            raise OSError(errno.EACCES, data.reason)
        return data

    def read_text(self, encoding: str | None = None) -> str:
        """Return the text of a file."""
        return self.read_bytes().decode(encoding or "utf-8")

    def open(self, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        """Return a stream over the content of a file."""
        stream = BytesIO(self.read_bytes())
        return stream if "b" in mode else TextIOWrapper(stream, *args, **kwargs)
