"""Which Python the package manager of an image installs: `apt-get install python3` on `debian:12` is Python 3.11."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Image, PythonRequirement
from ddlint.core.source import Span
from ddlint.inputs.common.requires_python import exact_python
from ddlint.inputs.common.shell import commands

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ddlint.inputs.common.shell import Word

_RELEASES = {
    "ubuntu": "14.04=3.4 16.04=3.5 18.04=3.6 20.04=3.8 22.04=3.10 24.04=3.12 25.04=3.13 25.10=3.13",
    "debian": "8=3.4 9=3.5 10=3.7 11=3.9 12=3.11 13=3.13",
    "alpine": "3.9=3.6 3.10=3.7 3.11=3.8 3.12=3.8 3.13=3.8 3.14=3.9 3.15=3.9 3.16=3.10 3.17=3.10 3.18=3.11 3.19=3.11"
    " 3.20=3.12 3.21=3.12 3.22=3.12",
}
"""The `python3` of each release, as its packages have it."""
_NAMES = (
    "trusty=14.04 xenial=16.04 bionic=18.04 focal=20.04 jammy=22.04 noble=24.04"
    " jessie=8 stretch=9 buster=10 bullseye=11 bookworm=12 trixie=13"
)
_LAST_WITH_PYTHON_2 = {"ubuntu": (18, 4), "debian": (10,), "alpine": (3, 11)}
"""The last release whose `python` is Python 2.7; later ones have no package of that name."""
_INSTALLERS = {"apt-get": "install", "apt": "install", "apk": "add"}
_VERSIONED = regex(r"python(?P<version>[23]\.[0-9]{1,2})(?:-(?:minimal|dev|full|venv))?(?:=.*)?")
_PLAIN = regex(r"python(?P<major>[23]?)(?:-(?:minimal|dev|full))?(?:[=<>~].*)?")


def system_pythons(image: Image, text: str, locate: Callable[[int, int], Span]) -> Iterator[PythonRequirement]:
    """Yield the Pythons that the commands in `text` install from the distribution of an image."""
    for words in commands(text):
        for word in _packages([each for each in words if each.value != "sudo"]):
            if version := _version(word.value, image):
                yield PythonRequirement(exact_python(version), locate(word.start, word.end), word.value, is_exact=True)


def _packages(words: list[Word]) -> list[Word]:
    """Return what `apt-get install` or `apk add` installs."""
    verb = _INSTALLERS.get(words[0].value) if words else None
    start = next((number for number, word in enumerate(words) if word.value == verb), None)
    return [] if verb is None or start is None else [word for word in words[start + 1 :] if word.value[:1] != "-"]


def _version(package: str, image: Image) -> str:
    if match := _VERSIONED.fullmatch(package):
        return match["version"]
    match = _PLAIN.fullmatch(package)
    system = image.name.rpartition("/")[2]
    if match is None or system not in _RELEASES:
        return ""
    name = image.tag.split("-")[0]
    release = _table(_NAMES).get(name, name)
    known = _table(_RELEASES[system])
    short = ".".join(release.split(".")[:1] if system == "debian" else release.split(".")[:2])
    if match["major"] == "3":
        return known.get(short, "")
    is_old = short in known and tuple(map(int, short.split("."))) <= _LAST_WITH_PYTHON_2[system]
    return "2.7" if is_old or (match["major"] == "2" and short in known) else ""


def _table(text: str) -> dict[str, str]:
    return dict(each.split("=") for each in text.split())
