"""Build the site into `build/site`: `python -m tools.site [--no-app]`.

The pages are written, Zensical builds them strictly, the applications of `site/app` are built into the result, and
every link is checked. `--no-app` leaves the applications out, for where there is no Node.js.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from tools.site import (
    check_pages,
    configuration,
    documents,
    extras,
    integration_pages,
    links,
    search_index,
    series_pages,
    setting_pages,
)
from tools.site.places import BUILD, PAGES, ROOT, SITE, SOURCE

APPLICATIONS = ("explorer", "playground")


def pages(*, has_app: bool) -> None:
    """Write the Markdown of every page, and the settings of the build."""
    for folder in (PAGES, SITE):
        shutil.rmtree(folder, ignore_errors=True)
    documents.write()
    for each in (check_pages, integration_pages, series_pages, setting_pages):
        each.write()
    configuration.write(has_app=has_app)


def build(*, has_app: bool) -> list[str]:
    """Build the site and return what is wrong with it."""
    is_app_there = has_app and (SOURCE / "app" / "package.json").is_file()
    pages(has_app=is_app_there)
    subprocess.run([sys.executable, "-m", "zensical", "build", "--strict", "--clean"], cwd=BUILD, check=True)
    search_index.shorten(SITE)
    extras.write()
    if is_app_there:
        npm = shutil.which("npm") or "npm"
        variables = {"DDLINT_SITE": str(SITE.resolve()), "DDLINT_PYTHON": sys.executable}
        for words in (["ci"], ["run", "build"]):
            subprocess.run([npm, *words], cwd=SOURCE / "app", check=True, env=os.environ | variables)
    return links.broken(SITE, () if is_app_there else APPLICATIONS)


def main(words: list[str]) -> int:
    """Build the site; 1 where a link is broken."""
    problems = build(has_app="--no-app" not in words)
    for problem in problems:
        print(problem, file=sys.stderr)
    shown = SITE.relative_to(ROOT) if SITE.is_relative_to(ROOT) else SITE
    print(f"{shown}: {len(list(SITE.rglob('*.html')))} pages, {len(problems)} broken links")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
