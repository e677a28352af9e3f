"""Outlines as SVG path data, relative and without needless separators."""

from __future__ import annotations

from banana_layout.geometry.path import Path
from banana_layout.render.number import HUNDREDTHS


def relative(path: Path) -> str:
    """Return an outline as path data with relative commands (SVG 2, section 9.3).

    Coordinates are rounded before differences are taken, so rounding never adds up along a path.
    """
    table = HUNDREDTHS
    c = [round(v * 100) for v in path.coords]
    out: list[str] = []
    append = out.append
    x = y = sx = sy = at = 0
    last = ""
    for verb in path.verbs:
        if verb == "C":
            x1, y1, x2, y2, x3, y3 = c[at : at + 6]
            head = "c" if last != "c" else " "
            append(
                f"{head}{table[x1 - x]} {table[y1 - y]} {table[x2 - x]} {table[y2 - y]} {table[x3 - x]} {table[y3 - y]}"
            )
            x, y, last = x3, y3, "c"
            at += 6
        elif verb == "L":
            x1, y1 = c[at : at + 2]
            if x1 == x:
                append(f"v{table[y1 - y]}")
                last = "v"
            elif y1 == y:
                append(f"h{table[x1 - x]}")
                last = "h"
            else:
                append(f"{'l' if last != 'l' else ' '}{table[x1 - x]} {table[y1 - y]}")
                last = "l"
            x, y = x1, y1
            at += 2
        elif verb == "Q":
            x1, y1, x2, y2 = c[at : at + 4]
            append(f"{'q' if last != 'q' else ' '}{table[x1 - x]} {table[y1 - y]} {table[x2 - x]} {table[y2 - y]}")
            x, y, last = x2, y2, "q"
            at += 4
        elif verb == "M":
            x1, y1 = c[at : at + 2]
            append(f"M{table[x1]} {table[y1]}" if not out else f"m{table[x1 - x]} {table[y1 - y]}")
            x, y, sx, sy, last = x1, y1, x1, y1, "m"
            at += 2
        else:
            append("z")
            x, y, last = sx, sy, "z"
    return "".join(out).replace(" -", "-")
