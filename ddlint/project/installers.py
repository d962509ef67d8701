"""Which tool installs an environment: pip, uv, Poetry or PDM, and what shows it."""

from __future__ import annotations

from ddlint.core.namedtuple import NamedTuple
from ddlint.core.paths import name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.model import Manifest, PythonRequirement

NAMES = {"pip": "pip", "uv": "uv", "poetry": "Poetry", "pdm": "PDM"}
"""The installers, as they write themselves."""
_LOCKS = {"uv.lock": "uv", "poetry.lock": "poetry", "pdm.lock": "pdm"}
LOCKING = frozenset({"uv", "poetry", "pdm"})
"""Those that lock before they install, for all Pythons that are declared or for none."""
_BY_PIP = frozenset({"tox", "nox", "hatch", "hook", "requirement file"})
"""The kinds of environments whose tools call pip, or what acts like it."""


class Installer(NamedTuple):
    """The tool that chooses the release of the subject in an environment."""

    tool: str
    because: str = ""
    """What shows it: `[tool.poetry]`, `uv.lock`; empty where nothing does."""
    python: PythonRequirement | None = None
    """The Pythons that it locks for."""
    has_lock: bool = False
    """Whether its lock is among the files, and so says what is installed."""

    @property
    def is_capped(self) -> bool:
        """Whether the upper bound of the `Requires-Python` of a release counts."""
        return self.tool != "uv"

    @property
    def reason(self) -> str:
        """A sentence that says which tool it is, and what shows it."""
        return f"{NAMES[self.tool]} chooses the release, as {self.because} shows"

    @property
    def needs_one_for_all(self) -> bool:
        """Whether `Requires-Python` of a release must cover all Pythons that it is locked for."""
        return self.tool in {"poetry", "pdm"} and self.python is not None and not self.has_lock


PIP = Installer("pip")


def installer_of(kind: str, manifests: tuple[Manifest, ...]) -> Installer:
    """Return the installer of an environment; pip where nothing shows another one."""
    if kind in _BY_PIP:
        return PIP
    shown = next((each.installer for each in manifests if each.installer), None)
    python = shown.python if shown else None
    locks = {_LOCKS[name]: name for each in manifests if (name := name_of(each.path)) in _LOCKS}
    if kind in {"image", "service", "job"}:
        used = {install.tool for each in manifests for spec in each.environments for install in spec.installs}
        tool = next((each for each in ("poetry", "pdm", "uv") if each in used), "pip")
        because = "the install command" if tool != "pip" else ""
    elif locks:
        tool = shown.tool if shown and shown.tool in locks else next(iter(locks))
        because = locks[tool]
    else:
        tool, because = (shown.tool, shown.because) if shown else ("pip", "")
    return Installer(tool, because, python, tool in locks)
