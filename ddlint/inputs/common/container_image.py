"""What the reference of a container image tells: its name and tag, the Python in it, and the platform it runs on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ddlint.core.lazy_regex import regex
from ddlint.core.model import Image, Platform, PythonRequirement
from ddlint.core.namedtuple import NamedTuple
from ddlint.core.redact import written
from ddlint.core.source import Span
from ddlint.inputs.common.python_implementation import implementation
from ddlint.inputs.common.requires_python import exact_python

_REFERENCE = regex(r"(?P<name>[^\s@:]+(?::[0-9]+/[^\s@:]+)?)(?::(?P<tag>[^\s@/]*))?(?:@(?P<digest>\S*))?")
_IS_PYTHON = regex(r"(?:^|[/_-])python$")
_VERSION = regex(r"v?(?P<version>[23]\.[0-9]+(?:\.[0-9]+)?)(?![0-9.]*(?:rc|a|b)[0-9])")
_LABELLED = regex(r"(?:^|[-_.])py(?:thon)?-?(?P<version>[23]\.[0-9]+(?:\.[0-9]+)?)")
_PREFIXED = regex(r"[0-9]+(?:\.[0-9]+)*-(?P<version>[23]\.[0-9]+(?:\.[0-9]+)?)(?=-|$)")
_ALPINE = regex(r"alpine(?P<version>[0-9]+\.[0-9]+)?")
_WINDOWS = regex(r"windowsservercore|nanoserver|(?:^|/)windows/")
_AGENT = regex(r"(?:^|[/-])agent$")
_OTHER = regex(
    r"(?:^|/)(?:amazoncorretto|bun|caddy|deno|eclipse-temurin|elasticsearch|elixir|erlang|golang|gradle|haproxy|httpd|java"
    r"|kafka|localstack|mariadb|maven|memcached|minio|mongo|mysql|nginx|node|nodejs|openjdk|opensearch|perl|php|postgis"
    r"|postgres|rabbitmq|redis|ruby|rust|swift|tomcat|traefik|valkey|wordpress|zookeeper)$|(?:^|/)dotnet/"
)
"""Images of other languages, and of services."""
_CPU_IN_TAG = regex(r"(?:^|[-_.])(arm64v8|arm64|aarch64|amd64|x86_64|i386|ppc64le|s390x)(?=$|[-_.])")
_FIRST_ALPINE_WITH_MUSL_1_2 = (3, 13)
_CPUS = {
    "amd64": "x86_64",
    "x86_64": "x86_64",
    "arm64": "aarch64",
    "arm64v8": "aarch64",
    "aarch64": "aarch64",
    "386": "i686",
    "i386": "i686",
    "arm": "armv7l",
    "arm32v7": "armv7l",
    "ppc64le": "ppc64le",
    "s390x": "s390x",
}


class Reference(NamedTuple):
    """An image reference: `name` is all before the tag, and offsets are those in its text."""

    text: str
    name: str
    tag: str
    tag_start: int


def read_reference(text: str) -> Reference | None:
    """Read `registry:5000/name:tag@digest`; `None` where that is not known, as in a reference with a variable."""
    match = _REFERENCE.fullmatch(text)
    if match is None or any(character in text for character in "${}<>%"):
        return None
    return Reference(text, match["name"], match["tag"] or "", match.start("tag") if match["tag"] else match.end("name"))


def python_of(reference: Reference) -> tuple[str, int, int] | None:
    """Return the version of Python that a tag names, with its offsets in the reference."""
    tag, start = reference.tag, reference.tag_start
    match = _LABELLED.search(tag)
    if match is None and _IS_PYTHON.search(reference.name):
        match = _PREFIXED.match(tag) or _VERSION.match(tag)
    if match is None or not exact_python(match["version"]):
        return None
    return match["version"], start + match.start("version"), start + match.end("version")


def cpu_of(platform: str) -> str:
    """Return the CPU of `linux/arm64/v8` or `arm64` as wheels name it; empty where it names none."""
    parts = platform.lower().split("/")
    return _CPUS.get(parts[1] if len(parts) > 1 else parts[0], "")


def _system_of(reference: Reference, platform: str) -> tuple[str, str]:
    """Return the first part of the platform's token and the version of its C library."""
    if platform.lower().startswith("windows") or _WINDOWS.search(f"{reference.name}:{reference.tag}"):
        return "win", ""
    alpine = _ALPINE.search(reference.tag)
    version = alpine["version"] if alpine else None
    if alpine is None and re.search(r"(?:^|/)alpine$", reference.name):
        version = reference.tag if re.fullmatch(r"[0-9]{1,3}\.[0-9]{1,3}(?:\.[0-9]+)?", reference.tag) else None
    elif alpine is None:
        return "manylinux", ""
    if not version:
        return "musllinux", ""
    number = tuple(int(part) for part in version.split(".")[:2] if len(part) < 4)
    return "musllinux", "1.2" if number >= _FIRST_ALPINE_WITH_MUSL_1_2 else "1.1"


def platform_of(reference: Reference, platform: str, at: Span) -> Platform:
    """Return the platform of an image. Without a CPU in `platform` (`linux/arm64`) or the name, x86_64 is meant."""
    system, version = _system_of(reference, platform)
    tagged = _CPU_IN_TAG.search(reference.tag)
    namespace = reference.name.split("/")[-2] if "/" in reference.name else ""
    cpu = cpu_of(platform) or _CPUS.get(tagged[1] if tagged else namespace, "x86_64")
    if system == "win":
        return Platform({"aarch64": "win-arm64", "i686": "win-32"}.get(cpu, "win-amd64"), at)
    return Platform(f"{system}-{cpu}", at, version)


def image_platform(image: Image) -> Platform:
    """Return the platform of an image whose Python its distribution installs."""
    return platform_of(Reference("", image.name, image.tag, 0), "", image.at)


def is_elsewhere(text: str) -> bool:
    """Return whether what is set in a container is not set for the project: it is an agent, or without a Python."""
    reference = read_reference(text)
    return reference is not None and (_AGENT.search(reference.name) or _OTHER.search(reference.name)) is not None


def read_image(
    text: str, locate: Callable[[int, int], Span], platform: str = ""
) -> Iterator[Image | PythonRequirement | Platform]:
    """Return the image that `text` names, and the Python and the platform where it is one with a Python."""
    reference = read_reference(text)
    if reference is None:
        return
    at = locate(0, len(text))
    yield Image(reference.name, reference.tag, at)
    if python := python_of(reference):
        version, start, end = python
        specifier = exact_python(version)
        yield PythonRequirement(specifier, locate(start, end), written(text), is_exact=True)
        yield platform_of(reference, platform, at)._replace(pythons=(specifier,))
    elif other := implementation(reference.name.rpartition("/")[2], at):
        yield other
