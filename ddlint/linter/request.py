"""What a call asks for, as the linter gets it."""

from __future__ import annotations

from collections.abc import Callable

from ddlint.config.settings import Config
from ddlint.core.filesystem import no_progress
from ddlint.core.namedtuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.filesystem import FileSystem, ProcessPool
    from ddlint.pack.pack import Pack


class Request(NamedTuple):
    """What a call asks for."""

    paths: tuple[str, ...]
    """Absolute, with `/`."""
    cwd: str
    as_of: str
    files: FileSystem
    packs: Callable[[tuple[str, ...]], tuple[Pack, ...]]
    """Return the built-in pack, and those in directories."""
    options: Config = Config()
    """What the command line says; it goes over every config."""
    config: str = ""
    """The path of `--config`."""
    is_isolated: bool = False
    is_exclusion_forced: bool = False
    has_baseline: bool = True
    """False while a baseline is written."""
    is_whole: bool = False
    """Whether findings in files that were not named count too: while fixes are made."""
    has_table: bool = False
    """Whether the support table is asked for."""
    is_explained: bool = False
    """Whether decisions and their reasons are asked for."""
    is_fixing: bool = False
    """Whether files may be changed, so that the texts of all of them are asked for."""
    is_unsuppressed: bool = False
    """Whether comments, and `suppress` and baselines in configs of the checkout, silence nothing."""
    pool: ProcessPool | None = None
    """Processes that may divide the work; without them it is done in this one."""
    progress: Callable[[str, int, int], None] = no_progress
    """Called with what is being done, the number of projects that are done, and of all."""
