"""Return whether a container runs another language than Python, by its image, its command and its settings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ddlint.core.lazy_regex import regex
from ddlint.inputs.common.container_image import is_elsewhere

_IMAGE = regex(
    r"(?:^|[/_-])(?:aspnet|dotnet|golang|java|jvm|kotlin|node|nodejs|php|rails|ruby|rust|scala|spring|springboot)"
    r"(?=$|[:@_-])"
)
_COMMAND = regex(
    r"(?:\S*/)?(?:bundle|dotnet|go|java|next|nginx|node|nodemon|npm|npx|php|php-fpm|pnpm|puma|rails|rake|ruby|yarn)(?=\s|$)"
)
_VARIABLE = regex(
    r"(?:ASPNETCORE|CATALINA|CORECLR|DOTNET|RAILS|SPRING)_\w+|JAVA_OPTS|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|NODE_OPTIONS"
    r"|PHP_(?!VERSION)\w+|RACK_ENV|RUBYOPT"
)
_PYTHON = regex(r"python|\bpip\b|gunicorn|uwsgi|uvicorn|celery|django|flask|\bmanage\.py|\.py\b", re.IGNORECASE)
_BARE = regex(r"(?:^|/)(?:alpine|busybox|debian|distroless/(?:base|static|cc)\S*|scratch|ubuntu)$")


def is_other_language(image: str, command: str, variables: Iterable[str]) -> bool:
    """Return whether one of the three names another language, and none of them names Python."""
    names = " ".join(variables)
    if _PYTHON.search(f"{image} {command} {names}"):
        return False
    is_told = bool(image) and (is_elsewhere(image) or _IMAGE.search(image) is not None)
    return is_told or _COMMAND.match(command) is not None or any(map(_VARIABLE.fullmatch, names.split()))


def is_bare(image: str) -> bool:
    """Return whether an image holds an operating system and no language."""
    return _BARE.search(image) is not None
