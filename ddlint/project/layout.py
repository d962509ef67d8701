"""Where the files of a project are among all that a run looks at."""

from __future__ import annotations

from collections.abc import Callable

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import is_inside, parent
from ddlint.project.walk import is_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.project.read import Reader


class Layout(NamedTuple):
    """Where the files of a project are among all that a run looks at."""

    directory: str
    """Of the project, absolute."""
    root: str
    homes: frozenset[str] = frozenset()
    """The directories of all projects of the run."""
    exists: Callable[[str], bool] = lambda _: False
    """Tell whether a file inside the root exists."""
    lent: frozenset[str] = frozenset()
    """Paths of hints in folders above the project, and elsewhere in the root where they install its files."""

    def home_of(self, path: str) -> str:
        """Return the directory of the project that a file belongs to; its own directory where that is none."""
        directory = parent(path)
        while directory not in self.homes:
            if directory == self.root or not is_inside(directory, self.root):
                return parent(path)
            directory = parent(directory)
        return directory


def exists_inside(root: str, reader: Reader) -> Callable[[str], bool]:
    """Return a function that tells whether a path is a file, and no link leads out of the root."""
    real_root = reader.real(root)
    return lambda path: is_file(path) and is_inside(reader.real(path), real_root)
