"""A picture of a terminal, from the coloured output of a command: one SVG without scripts and fonts of its own."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

CELL, LINE, SIZE, EDGE, BAR = 7.8, 19, 13, 18, 30
PALETTE = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#76e3ea", "94": "#79c0ff"}
TEXT, BACKGROUND = "#e6edf3", "#0d1117"
STYLE = re.compile(r"\x1b\[([0-9;]*)m")
FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"


def spans(line: str) -> str:
    """Return a line with its colours as `tspan`."""
    parts = STYLE.split(line)
    styles = ["", *parts[1::2]]
    return "".join(_span(style, text) for style, text in zip(styles, parts[::2], strict=True) if text)


def _span(style: str, text: str) -> str:
    codes = style.split(";")
    colour = next((PALETTE[code] for code in codes if code in PALETTE), "")
    weight = ' font-weight="bold"' if "1" in codes else ""
    fill = f' fill="{colour}"' if colour else ""
    return f"<tspan{fill}{weight}>{escape(text)}</tspan>" if fill or weight else escape(text)


def picture(command: str, text: str, columns: int) -> str:
    """Return the SVG of a command and what it printed."""
    lines = [f"\x1b[1m$ {command}\x1b[0m", "", *text.rstrip("\n").split("\n")]
    width, height = round(columns * CELL + 2 * EDGE), BAR + len(lines) * LINE + EDGE
    rows = []
    for number, line in enumerate(lines):
        cells = len(STYLE.sub("", line))
        if cells:
            length = f' textLength="{cells * CELL:.1f}" lengthAdjust="spacingAndGlyphs"'
            place = f'x="{EDGE}" y="{BAR + (number + 1) * LINE - 5}"'
            rows.append(f'<text xml:space="preserve" {place}{length}>{spans(line)}</text>')
    dots = "".join(f'<circle cx="{EDGE + 16 * number}" cy="16" r="5" fill="#484f58"/>' for number in range(3))
    body = "\n".join(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img">\n'
        f"<title>{escape(command)}</title>\n"
        f'<rect width="{width}" height="{height}" rx="8" fill="{BACKGROUND}"/>\n{dots}\n'
        f'<g fill="{TEXT}" font-family="{FONT}" font-size="{SIZE}" style="white-space:pre">\n{body}\n</g>\n</svg>\n'
    )
