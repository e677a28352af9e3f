"""Outlines as SVG path data, relative and without needless separators."""

from __future__ import annotations

from collections.abc import Sequence

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


def whole(path: Path, joints: Sequence[int], em: int) -> str:
    """Return a glyph's outline (em) as path data in whole units of so many an em, with relative commands.

    `joints` say where in its coordinates points stand half way between the handles around them. There the next handle
    is left out (command `t`): the point is set by the handle as a reader has it, so that no more than a unit is lost.
    """
    if "C" in path.verbs:
        return relative(Path(path.verbs, tuple([float(round(v * em)) for v in path.coords])), slack=100)
    c = [v * em for v in path.coords]
    half_way = frozenset(joints)
    out: list[str] = []
    append = out.append
    x = y = sx = sy = at = hx = hy = 0  # hx, hy: the last handle as a reader has it
    mirrored = False
    last = ""
    for verb in path.verbs:
        if verb == "Q":
            if mirrored:
                hx, hy = 2 * x - hx, 2 * y - hy
                head = "t"
            else:
                hx, hy = round(c[at]), round(c[at + 1])
                head = "q"
            mirrored = at + 2 in half_way
            if mirrored:
                x1, y1 = round((hx + c[at + 4]) / 2), round((hy + c[at + 5]) / 2)
            else:
                x1, y1 = round(c[at + 2]), round(c[at + 3])
            start = " " if last == head else head
            append(f"{start}{x1 - x} {y1 - y}" if head == "t" else f"{start}{hx - x} {hy - y} {x1 - x} {y1 - y}")
            x, y, last = x1, y1, head
            at += 4
        elif verb == "Z":
            append("z")
            x, y, last = sx, sy, "z"
        else:
            x1, y1 = round(c[at]), round(c[at + 1])
            at += 2
            if verb == "M":
                append(f"m{x1 - x} {y1 - y}" if out else f"M{x1} {y1}")
                sx, sy, last = x1, y1, "m"
            elif x1 == x:
                append(f"v{y1 - y}")
                last = "v"
            elif y1 == y:
                append(f"h{x1 - x}")
                last = "h"
            else:
                append(f"{' ' if last == 'l' else 'l'}{x1 - x} {y1 - y}")
                last = "l"
            x, y = x1, y1
    return "".join(out).replace(" -", "-")
