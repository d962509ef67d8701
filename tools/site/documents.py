"""Copy the pages that people write, with links that are valid in the site.

A page of `docs/` links to its neighbours and to files of the repository by relative paths, so that it is also valid
where it is read in the repository. In the site a link to a page goes to its Markdown, one to a schema to a copy of it,
and one to another file to the repository; without an address of the repository, that is a mistake.
"""

from __future__ import annotations

import posixpath
import re
import shutil

from ddlint import HOME
from ddlint.checks import CHECKS
from tools.site.places import PAGES, ROOT, SOURCE, VERSION

RENAMED = {
    "README.md": "index.md",
    "docs/README.md": "index.md",
    "docs/checks.md": "checks/index.md",
    "CHANGELOG.md": "changes.md",
    "rules/README.md": "rows.md",
    "examples/own-pack/README.md": "own-pack.md",
}
"""Where pages are in the site whose path there is not the one below `docs/`."""
GENERATED = ("README.md", "docs/README.md", "docs/checks.md")
"""Pages of the repository that the site has in another form."""
COPIED = ("docs/terminal.svg", "docs/architecture.svg")
SCHEMAS = (
    "ddlint/outputs/report.schema.json",
    "ddlint/plan/plan.schema.json",
    "ddlint/ddlint.schema.json",
    "rules/pack.schema.json",
)
_LINK = re.compile(r"(\]\()([^)\s]+)(\))")
_CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_CHECKS = {f"{check.code.lower()}-{check.name}": f"checks/{check.code.lower()}.md" for check in CHECKS}


def documents() -> list[str]:
    """Return the pages of the repository that the site shows, by their paths from the root."""
    found = sorted(path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("docs/*.md"), *ROOT.glob("*.md")))
    return [each for each in dict.fromkeys([*found, *RENAMED]) if each not in GENERATED]


def place(name: str) -> str:
    """Return the path in the site of a page of the repository."""
    return RENAMED.get(name) or name.removeprefix("docs/").lower()


def linked(text: str, name: str) -> str:
    """Return the text of a page of the repository with links that are valid in the site."""
    parts = _CODE.split(text)
    return "".join(
        part if number % 2 else _LINK.sub(lambda found: _link(found, name), part) for number, part in enumerate(parts)
    )


def _link(found: re.Match[str], name: str) -> str:
    target, hash_, anchor = found[2].partition("#")
    if not target or ":" in target:
        return found[0]
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
    if path == "docs/checks.md" and anchor in _CHECKS:
        path, anchor, hash_ = _CHECKS[anchor], "", ""
    elif path in documents() or path in RENAMED or path in COPIED:
        path = place(path)
    elif path in SCHEMAS:
        path = f"schemas/{posixpath.basename(path)}"
    elif HOME:
        return f"{found[1]}{HOME}/blob/v{VERSION}/{path}{hash_}{anchor}{found[3]}"
    else:
        raise SystemExit(f"{name}: the site has no page for the link {found[2]}")
    here = posixpath.dirname(place(name)) or "."
    return f"{found[1]}{posixpath.relpath(path, here)}{hash_}{anchor}{found[3]}"


def write() -> None:
    """Write the pages, the pictures and the schemas that are copied."""
    for name in documents():
        put(place(name), linked((ROOT / name).read_text(encoding="utf-8"), name))
    for path in sorted(SOURCE.glob("pages/**/*.md")):
        put(path.relative_to(SOURCE / "pages").as_posix(), path.read_text(encoding="utf-8"))
    for name in COPIED:
        shutil.copy(ROOT / name, PAGES / place(name))
    (PAGES / "schemas").mkdir(parents=True, exist_ok=True)
    for name in SCHEMAS:
        shutil.copy(ROOT / name, PAGES / "schemas")
    shutil.copytree(SOURCE / "assets", PAGES / "assets", dirs_exist_ok=True)


def put(name: str, text: str) -> None:
    """Write a page of the site."""
    path = PAGES / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
