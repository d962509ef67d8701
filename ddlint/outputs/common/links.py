"""The addresses of the pages of checks, none until ddlint is published, and of the files that were linted."""

from __future__ import annotations

from ddlint.core.report import Report


def page_of(report: Report, code: str) -> str:
    """Return the address of the page of a check; empty where ddlint has no address, or no such check."""
    name = report.names.get(code)
    return page_address(report.home, report.version, code) if report.home and name else ""


def page_address(home: str, version: str, code: str) -> str:
    """Return the address of the page of a check as of a version of ddlint; empty where `home` is."""
    return address(home, version, f"checks/{code.lower()}/")


def address(home: str, version: str, path: str) -> str:
    """Return the address of a page of the site as of a version of ddlint; empty where the site has none, or `path`."""
    site = site_address(home)
    return f"{site}/{version}/{path}" if site and path else ""


def site_address(home: str) -> str:
    """Return where GitHub publishes the site of a repository, `https://name.github.io/ddlint`; empty elsewhere."""
    host, _, path = home.partition("://")[2].partition("/")
    owner, _, name = path.partition("/")
    return f"https://{owner.lower()}.github.io/{name}" if host == "github.com" and name else ""


def line_address(files_url: str, path: str, line: int) -> str:
    """Return the address of a line of a file whose `path` is relative to the root; empty where none is known."""
    is_outside = path.startswith(("../", "/")) or (path[:1].isalpha() and path[1:3] == ":/")
    if is_outside or not files_url.startswith(("https://", "http://")):
        return ""
    from urllib.parse import quote

    base = quote(files_url.rstrip("/"), safe=":/@%~")
    return f"{base}/{quote(path, errors='replace')}#L{line}"
