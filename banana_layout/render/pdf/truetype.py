"""Reads and writes the few TrueType tables a font inside a PDF needs, without fontTools, whose import alone costs 50 ms.

Names and layouts are those of the OpenType specification, chapters `glyf`, `loca`, `hmtx`, `hhea`, `maxp`, `head`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from banana_layout.geometry.path import Path
from banana_layout.geometry.rect import Rect

_X_SHORT, _Y_SHORT, _REPEAT, _X_SAME, _Y_SAME = 0x02, 0x04, 0x08, 0x10, 0x20
"""Flags of a glyph's point: steps of one byte (then the last two say they are positive), how often the flag repeats."""


class Sfnt(msgspec.Struct, frozen=True):
    """A font file taken apart."""

    tables: dict[str, bytes]
    """Every table by its tag."""

    @classmethod
    def parse(cls, data: bytes) -> Sfnt:
        """Read a font file."""
        count = struct.unpack_from(">H", data, 4)[0]
        tables: dict[str, bytes] = {}
        for i in range(count):
            tag, _, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * i)
            tables[tag.decode("latin-1")] = data[offset : offset + length]
        return cls(tables)

    @property
    def units_per_em(self) -> int:
        """Units of an em."""
        return int(struct.unpack_from(">H", self.tables["head"], 18)[0])

    @property
    def box(self) -> tuple[int, int, int, int]:
        """The box of all glyphs: left, bottom, right, top, in units."""
        x0, y0, x1, y1 = struct.unpack_from(">4h", self.tables["head"], 36)
        return x0, y0, x1, y1

    @property
    def extents(self) -> tuple[int, int]:
        """Ascent and descent (negative) in units."""
        ascent, descent = struct.unpack_from(">2h", self.tables["hhea"], 4)
        return ascent, descent

    @property
    def glyph_count(self) -> int:
        """How many glyphs there are."""
        return int(struct.unpack_from(">H", self.tables["maxp"], 4)[0])

    def offsets(self) -> tuple[int, ...]:
        """Return where each glyph starts in `glyf`, and the end."""
        n = self.glyph_count + 1
        if struct.unpack_from(">h", self.tables["head"], 50)[0]:
            return struct.unpack_from(f">{n}I", self.tables["loca"])
        return tuple(2 * v for v in struct.unpack_from(f">{n}H", self.tables["loca"]))

    def metrics(self) -> list[tuple[int, int]]:
        """Return each glyph's advance and left side bearing, in units."""
        data = self.tables["hmtx"]
        full = int(struct.unpack_from(">H", self.tables["hhea"], 34)[0])
        found = list(struct.iter_unpack(">Hh", data[: 4 * full]))
        rest = self.glyph_count - full
        found += [(found[-1][0], v) for v in struct.unpack_from(f">{rest}h", data, 4 * full)]
        return found

    def serialise(self) -> bytes:
        """Return the file, tables in order of their tags, with right checksums."""
        items = sorted(self.tables.items())
        n = len(items)
        power = 1 << (n.bit_length() - 1)
        out = bytearray(struct.pack(">IHHHH", 0x00010000, n, power * 16, power.bit_length() - 1, (n - power) * 16))
        at = 12 + 16 * n
        body = bytearray()
        for tag, table in items:
            table = table[:8] + bytes(4) + table[12:] if tag == "head" else table  # noqa: PLW2901
            padded = table + bytes(-len(table) % 4)
            out += struct.pack(">4sIII", tag.encode("latin-1"), _checksum(padded), at + len(body), len(table))
            body += padded
        whole = _checksum(bytes(out + body))
        head = at + sum(len(t) + -len(t) % 4 for tag, t in items if tag < "head")
        out += body
        struct.pack_into(">I", out, head + 8, (0xB1B0AFBA - whole) & 0xFFFFFFFF)
        return bytes(out)


class Drawn(NamedTuple):
    """A glyph as the `glyf` table holds it."""

    data: bytes
    """Its description; empty for a blank one."""
    box: tuple[int, int, int, int]
    """Left, bottom, right, top, in units."""
    points: int
    """How many points it has."""
    contours: int
    """How many contours it has."""


def drawn(path: Path, em: int, joints: Sequence[int] = ()) -> Drawn:
    """Return an outline (em, y down) as a glyph of a font with so many units an em.

    `joints` say where in the path's coordinates points stand half way between the handles around them; those are left
    out. A cubic curve becomes four quadratic ones, within a thousandth of an em for the curves letters are made of.
    """
    implied = frozenset(joints)
    contours: list[list[tuple[int, int, bool]]] = []
    at = 0
    for part in path.subpaths():
        contour = _points(part, em, at, implied)
        at += len(part.coords)
        if len(contour) > 1:
            contours.append(contour)
    if not contours:
        return Drawn(b"", (0, 0, 0, 0), 0, 0)
    data, box = _simple(contours)
    return Drawn(data, box, sum(map(len, contours)), len(contours))


def with_outlines(font: Sfnt, glyphs: Sequence[tuple[int, Drawn]]) -> Sfnt:
    """Return the font with a glyph appended for each (advance in units, drawing)."""
    if not glyphs:
        return font
    metrics = font.metrics()
    ends = list(font.offsets())
    glyf = bytearray(font.tables["glyf"][: ends[-1]])
    x0, y0, x1, y1 = font.box
    head, hhea, maxp = (bytearray(font.tables[t]) for t in ("head", "hhea", "maxp"))
    most_points, most_contours = struct.unpack_from(">2H", maxp, 6)
    for advance, (data, box, points, contours) in glyphs:
        if data:
            glyf += data
            x0, y0, x1, y1 = min(x0, box[0]), min(y0, box[1]), max(x1, box[2]), max(y1, box[3])
            most_points, most_contours = max(most_points, points), max(most_contours, contours)
        metrics.append((advance, box[0]))
        ends.append(len(glyf))
    widest = max(m[0] for m in metrics)
    struct.pack_into(">4h", head, 36, x0, y0, x1, y1)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 10, widest)
    struct.pack_into(">H", hhea, 34, len(metrics))
    struct.pack_into(">3H", maxp, 4, len(metrics), most_points, most_contours)
    return Sfnt(
        {
            **font.tables,
            "glyf": bytes(glyf),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *m) for m in metrics),
            "loca": struct.pack(f">{len(ends)}I", *ends),
            "maxp": bytes(maxp),
        }
    )


def box_font(advances: Sequence[int], height: int = 700) -> Sfnt:
    """Return a font of 1000 units an em: glyph 0 is empty, then a filled box as wide as each of `advances`."""
    boxes = [Path.rect(Rect(0.0, -height / 1000, max(1, a) / 1000, height / 1000)) for a in advances]
    return outline_font((Path(), *boxes), [a / 1000 for a in (0, *advances)])


def outline_font(outlines: Sequence[Path], advances: Sequence[float], em: int = 1000) -> Sfnt:
    """Return a font with these glyphs (outlines and advances in em, y down), the first of them glyph 0.

    For fonts whose own outlines are no TrueType ones.
    """
    stamp = (0x10000, 0x10000, 0, 0x5F0F3CF5, 0, em, 0, 0, 0, 0, 0, 0, 0, 8, 2, 1, 0)
    empty = Sfnt(
        {
            "glyf": b"",
            "head": struct.pack(">IIIIHHQQ4hHHhhh", *stamp),
            "hhea": struct.pack(">I3hH11hH", 0x10000, *[0] * 15, 0),
            "hmtx": b"",
            "loca": struct.pack(">I", 0),
            "maxp": struct.pack(">I14H", 0x10000, 0, 0, 0, 0, 0, 2, *[0] * 8),
        }
    )
    glyphs = [(round(a * em), drawn(path, em)) for path, a in zip(outlines, advances, strict=True)]
    font = with_outlines(empty, glyphs)
    hhea = bytearray(font.tables["hhea"])
    struct.pack_into(">2h", hhea, 4, font.box[3], font.box[1])
    struct.pack_into(">2h", hhea, 16, font.box[2], 1)
    return Sfnt({**font.tables, "hhea": bytes(hhea)})


def _points(part: Path, em: int, at: int, implied: frozenset[int]) -> list[tuple[int, int, bool]]:
    """Return one closed contour's points in units, y up, and whether each lies on the curve.

    `at` is where its coordinates begin among the glyph's.
    """
    out: list[tuple[int, int, bool]] = []
    x0 = y0 = 0.0
    for verb, c in part.segments():
        at += len(c)
        if verb == "C":
            for x1, y1, x2, y2 in _quadratics(x0, y0, c):
                out += ((round(x1 * em), round(-y1 * em), False), (round(x2 * em), round(-y2 * em), True))
        elif verb == "Q":
            out.append((round(c[0] * em), round(-c[1] * em), False))
            if at - 2 not in implied:
                out.append((round(c[2] * em), round(-c[3] * em), True))
        elif verb != "Z":
            out.append((round(c[0] * em), round(-c[1] * em), True))
        if c:
            x0, y0 = c[-2:]
    if len(out) > 1 and out[0] == out[-1]:
        out.pop()  # the contour closes by itself
    return out


def _quadratics(x0: float, y0: float, c: Sequence[float]) -> list[tuple[float, float, float, float]]:
    """Return four quadratic curves (control and end point) that follow a cubic one from (x0, y0)."""
    x1, y1, x2, y2, x3, y3 = c

    def at(t: float) -> tuple[float, float, float, float]:
        """Return place and derivative."""
        s = 1 - t
        place = [s**3 * a + 3 * s * s * t * b + 3 * s * t * t * d + t**3 * e for a, b, d, e in axes]
        slope = [3 * (s * s * (b - a) + 2 * s * t * (d - b) + t * t * (e - d)) for a, b, d, e in axes]
        return place[0], place[1], slope[0], slope[1]

    axes = ((x0, x1, x2, x3), (y0, y1, y2, y3))
    out = []
    for i in range(4):
        ax, ay, dax, day = at(i / 4)
        bx, by, dbx, dby = at((i + 1) / 4)
        # Mean of the two tangents' handles, each half the piece long (its parameter runs over a quarter).
        out.append(((ax + bx + (dax - dbx) / 8) / 2, (ay + by + (day - dby) / 8) / 2, bx, by))
    return out


def _simple(contours: Sequence[Sequence[tuple[int, int, bool]]]) -> tuple[bytes, tuple[int, int, int, int]]:
    """Return a glyph's data and its box: each step in as few bytes as it needs, equal flags counted."""
    points = [p for contour in contours for p in contour]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = min(xs), min(ys), max(xs), max(ys)
    last, ends = -1, []
    for contour in contours:
        last += len(contour)
        ends.append(last)
    along, up = bytearray(), bytearray()
    flags: list[int] = []
    x = y = 0
    for px, py, on in points:
        flags.append(on | _step(px - x, along, _X_SHORT, _X_SAME) | _step(py - y, up, _Y_SHORT, _Y_SAME))
        x, y = px, py
    packed = bytearray()
    i = 0
    while i < len(flags):
        k = i + 1
        while k < len(flags) and flags[k] == flags[i] and k - i < 256:
            k += 1
        packed += bytes((flags[i] | _REPEAT, k - i - 1)) if k - i > 2 else bytes(flags[i:k])
        i = k
    data = struct.pack(f">5h{len(ends)}HH", len(contours), *box, *ends, 0) + packed + along + up
    return data + bytes(-len(data) % 4), box


def _step(step: int, out: bytearray, short: int, same: int) -> int:
    """Append a step along one axis and return its flags."""
    if not step:
        return same
    if -256 < step < 256:
        out.append(abs(step))
        return short | same if step > 0 else short
    out += struct.pack(">h", step)
    return 0


def _checksum(padded: bytes) -> int:
    """Return the sum of a table's 32-bit words."""
    return int(sum(struct.unpack(f">{len(padded) // 4}I", padded))) & 0xFFFFFFFF
