"""Outlines as SVG path data, relative and without needless separators."""

from __future__ import annotations

from banana_layout.geometry.path import Path
from banana_layout.render.number import HUNDREDTHS


def relative(path: Path, slack: int = 1) -> str:
    """Return an outline as path data with relative commands (SVG 2, section 9.3).

    Coordinates are rounded before differences are taken, so rounding never adds up along a path. A first handle that
    mirrors the last one within `slack` hundredths on each axis is left out (commands `s` and `t`): that saves a sixth of
    a sheet. What is then compared is what a reader works out, so this never adds up either.
    """
    table = HUNDREDTHS
    c = [round(v * 100) for v in path.coords]
    out: list[str] = []
    append = out.append
    x = y = sx = sy = at = hx = hy = 0  # hx, hy: the last handle as a reader has it
    last = ""
    for verb in path.verbs:
        if verb == "C":
            x1, y1, x2, y2, x3, y3 = c[at : at + 6]
            if last in "cs" and last and -slack <= 2 * x - hx - x1 <= slack and -slack <= 2 * y - hy - y1 <= slack:
                head, last = " " if last == "s" else "s", "s"
                append(f"{head}{table[x2 - x]} {table[y2 - y]} {table[x3 - x]} {table[y3 - y]}")
            else:
                head, last = " " if last == "c" else "c", "c"
                append(
                    f"{head}{table[x1 - x]} {table[y1 - y]} {table[x2 - x]} {table[y2 - y]} {table[x3 - x]} {table[y3 - y]}"
                )
            x, y, hx, hy = x3, y3, x2, y2
            at += 6
        elif verb == "Q":
            x1, y1, x2, y2 = c[at : at + 4]
            rx, ry = 2 * x - hx, 2 * y - hy
            if last in "qt" and last and -slack <= rx - x1 <= slack and -slack <= ry - y1 <= slack:
                append(f"{' ' if last == 't' else 't'}{table[x2 - x]} {table[y2 - y]}")
                last, hx, hy = "t", rx, ry
            else:
                append(f"{' ' if last == 'q' else 'q'}{table[x1 - x]} {table[y1 - y]} {table[x2 - x]} {table[y2 - y]}")
                last, hx, hy = "q", x1, y1
            x, y = x2, y2
            at += 4
        elif verb == "L":
            x1, y1 = c[at : at + 2]
            if x1 == x:
                append(f"v{table[y1 - y]}")
                last = "v"
            elif y1 == y:
                append(f"h{table[x1 - x]}")
                last = "h"
            else:
                append(f"{' ' if last == 'l' else 'l'}{table[x1 - x]} {table[y1 - y]}")
                last = "l"
            x, y = x1, y1
            at += 2
        elif verb == "M":
            x1, y1 = c[at : at + 2]
            append(f"m{table[x1 - x]} {table[y1 - y]}" if out else f"M{table[x1]} {table[y1]}")
            x, y, sx, sy, last = x1, y1, x1, y1, "m"
            at += 2
        else:
            append("z")
            x, y, last = sx, sy, "z"
    return "".join(out).replace(" -", "-")
