"""Tell the platform of a hosted runner by its label: `ubuntu-24.04-arm`, `macos-14`, `windows-latest`."""

from __future__ import annotations

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Platform

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.core.source import Span

_LABEL = regex(r"(?P<system>ubuntu|macos|windows)-(?P<version>[0-9.]+|latest)(?P<rest>(?:-[\w.-]+)?)")
_LAST_MACOS_ON_INTEL = 13


def runner_platform(label: str, at: Span) -> Platform | None:
    """Give the platform of a hosted runner; a label of one's own says nothing."""
    match = _LABEL.fullmatch(label.strip().lower())
    if match is None:
        return None
    rest = match["rest"]
    is_arm = "-arm" in rest
    if match["system"] == "ubuntu":
        return Platform("manylinux-aarch64" if is_arm else "manylinux-x86_64", at)
    if match["system"] == "windows":
        return Platform("win-arm64" if is_arm else "win-amd64", at)
    version = "" if match["version"] == "latest" else match["version"]
    is_old = version.split(".", maxsplit=1)[0].isdecimal() and int(version.split(".")[0][:4]) <= _LAST_MACOS_ON_INTEL
    is_intel = "-intel" in rest or rest == "-large" or (is_old and "xlarge" not in rest)
    return Platform("macos-x86_64" if is_intel else "macos-arm64", at, version)
