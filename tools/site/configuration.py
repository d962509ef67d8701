"""Write the settings of the build: those of `site/zensical.toml`, with what depends on the checkout."""

from __future__ import annotations

import os

from tools.site.places import BUILD, LATEST, SOURCE

APPLICATIONS = """\
  { "Explorer" = "explorer/" },
  { "Playground" = "playground/" },
"""


def write(*, has_app: bool) -> None:
    """Write `build/zensical.toml`; its navigation has the applications where they are built."""
    text = (SOURCE / "zensical.toml").read_text(encoding="utf-8")
    theme = os.path.relpath(SOURCE / "overrides", BUILD)
    values = {
        "SITE_URL": LATEST,
        "OVERRIDES": theme.replace(os.sep, "/"),
        "APPLICATIONS": APPLICATIONS if has_app else "",
    }
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    (BUILD / "zensical.toml").write_text(text, encoding="utf-8", newline="\n")
