"""Reads and writes the few TrueType tables a font inside a PDF needs, without fontTools, whose import alone costs 50 ms.

Names and layouts are those of the OpenType specification, chapters `glyf`, `loca`, `hmtx`, `hhea`, `maxp`, `head`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path
from banana_layout.geometry.rect import Rect

_WORDS, _XY, _TWO_BY_TWO, _UNSCALED = 0x0001, 0x0002, 0x0080, 0x1000
"""Flags of a composite glyph's component."""


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


def with_composites(font: Sfnt, parts: Sequence[tuple[int, Affine]]) -> Sfnt:
    """Return the font with a glyph appended for each (base glyph, map of the em square with y down).

    The new glyph draws the base glyph through the map and keeps its advance. Only the tables a PDF needs remain.
    """
    offsets, metrics, em = font.offsets(), font.metrics(), font.units_per_em
    old = font.tables["glyf"]
    glyf = bytearray(old[: offsets[-1]])
    ends = list(offsets)
    whole = font.box
    for base, matrix in parts:
        start, end = offsets[base], offsets[base + 1]
        left = metrics[base][1]
        if end > start:
            box = _mapped_box(struct.unpack_from(">4h", old, start + 2), matrix, em)
            glyf += _composite(base, matrix, em, box)
            left = box[0]
            whole = (min(whole[0], left), min(whole[1], box[1]), max(whole[2], box[2]), max(whole[3], box[3]))
        metrics.append((metrics[base][0], left))
        ends.append(len(glyf))
    count = len(metrics)
    head, hhea, maxp = (bytearray(font.tables[t]) for t in ("head", "hhea", "maxp"))
    struct.pack_into(">4h", head, 36, *whole)
    struct.pack_into(">h", head, 50, 1)
    struct.pack_into(">H", hhea, 34, count)
    struct.pack_into(">H", maxp, 4, count)
    points, contours, *composite = struct.unpack_from(">4H", maxp, 6)
    struct.pack_into(">2H", maxp, 10, max(points, composite[0]), max(contours, composite[1]))
    elements, depth = struct.unpack_from(">2H", maxp, 28)
    struct.pack_into(">2H", maxp, 28, max(1, elements), depth + 1)
    return Sfnt(
        {
            "glyf": bytes(glyf),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *m) for m in metrics),
            "loca": struct.pack(f">{len(ends)}I", *ends),
            "maxp": bytes(maxp),
        }
    )


def with_outlines(font: Sfnt, outlines: Sequence[tuple[int, Path]]) -> Sfnt:
    """Return the font with a glyph appended for each (glyph whose advance it has, outline in em with y down)."""
    if not outlines:
        return font
    metrics, em = font.metrics(), font.units_per_em
    ends = list(font.offsets())
    glyf = bytearray(font.tables["glyf"][: ends[-1]])
    x0, y0, x1, y1 = font.box
    maxp = bytearray(font.tables["maxp"])
    most_points, most_contours = struct.unpack_from(">2H", maxp, 6)
    for base, path in outlines:
        contours = [c for c in (_points(part, em) for part in path.subpaths()) if len(c) > 1]
        left = metrics[base][1]
        if contours:
            data, box = _simple(contours)
            glyf += data
            left = box[0]
            x0, y0, x1, y1 = min(x0, left), min(y0, box[1]), max(x1, box[2]), max(y1, box[3])
            most_points = max(most_points, sum(map(len, contours)))
            most_contours = max(most_contours, len(contours))
        metrics.append((metrics[base][0], left))
        ends.append(len(glyf))
    head, hhea = bytearray(font.tables["head"]), bytearray(font.tables["hhea"])
    struct.pack_into(">4h", head, 36, x0, y0, x1, y1)
    struct.pack_into(">h", head, 50, 1)
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

    For fonts whose own outlines are no TrueType ones; a cubic curve becomes four quadratic ones, within a thousandth
    of an em for the curves letters are made of.
    """
    glyf, ends = bytearray(), [0]
    left, bottom, right, top, most_points, most_contours = 0, 0, 0, 0, 0, 0
    bearings = []
    for path in outlines:
        contours = [_points(part, em) for part in path.subpaths()]
        contours = [c for c in contours if len(c) > 1]
        if contours:
            data, box = _simple(contours)
            glyf += data
            left, bottom, right, top = min(left, box[0]), min(bottom, box[1]), max(right, box[2]), max(top, box[3])
            most_points = max(most_points, sum(map(len, contours)))
            most_contours = max(most_contours, len(contours))
            bearings.append(box[0])
        else:
            bearings.append(0)
        ends.append(len(glyf))
    widths = [round(a * em) for a in advances]
    widest = max(widths, default=0)
    count = len(widths)
    stamp = (0x10000, 0x10000, 0, 0x5F0F3CF5, 0, em, 0, 0, left, bottom, right, top, 0, 8, 2, 1, 0)
    return Sfnt(
        {
            "glyf": bytes(glyf),
            "head": struct.pack(">IIIIHHQQ4hHHhhh", *stamp),
            "hhea": struct.pack(
                ">I3hH11hH", 0x10000, top, bottom, 0, widest, 0, 0, right, 1, 0, 0, 0, 0, 0, 0, 0, count
            ),
            "hmtx": b"".join(struct.pack(">Hh", *m) for m in zip(widths, bearings, strict=True)),
            "loca": struct.pack(f">{len(ends)}I", *ends),
            "maxp": struct.pack(">I14H", 0x10000, count, most_points, most_contours, 0, 0, 2, *[0] * 8),
        }
    )


def _points(part: Path, em: int) -> list[tuple[int, int, bool]]:
    """Return one closed contour's points in units, y up, and whether each lies on the curve."""
    out: list[tuple[int, int, bool]] = []
    x0 = y0 = 0.0
    for verb, c in part.segments():
        if verb == "C":
            for x1, y1, x2, y2 in _quadratics(x0, y0, c):
                out += ((round(x1 * em), round(-y1 * em), False), (round(x2 * em), round(-y2 * em), True))
        elif verb == "Q":
            out += ((round(c[0] * em), round(-c[1] * em), False), (round(c[2] * em), round(-c[3] * em), True))
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
    """Return a glyph's data, all steps as words, and its box."""
    points = [p for contour in contours for p in contour]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = min(xs), min(ys), max(xs), max(ys)
    last, ends = -1, []
    for contour in contours:
        last += len(contour)
        ends.append(last)
    steps = [b - a for v in (xs, ys) for a, b in zip([0, *v], v, strict=False)]
    data = struct.pack(f">5h{len(ends)}HH", len(contours), *box, *ends, 0)
    data += bytes(on for _, _, on in points) + struct.pack(f">{len(steps)}h", *steps)
    return data + bytes(-len(data) % 4), box


def _composite(base: int, matrix: Affine, em: int, box: tuple[int, int, int, int]) -> bytes:
    """Return the data of a glyph that draws `base` through a map given with y down."""
    a, b, c, d, e, f = matrix
    flags = _WORDS | _XY | _TWO_BY_TWO | _UNSCALED
    return struct.pack(
        ">5h2H2h4h2x", -1, *box, flags, base, round(e * em), round(-f * em), *(_f2dot14(v) for v in (a, -b, -c, d))
    )


def _mapped_box(box: tuple[int, ...], matrix: Affine, em: int) -> tuple[int, int, int, int]:
    """Return a box that holds the image of a glyph's box (y up), in units."""
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    xs = [a * x - c * y for x in (x0, x1) for y in (y0, y1)]
    ys = [-b * x + d * y for x in (x0, x1) for y in (y0, y1)]
    return (
        round(min(xs) + e * em), round(min(ys) - f * em), round(max(xs) + e * em), round(max(ys) - f * em),
    )  # fmt: skip


def _f2dot14(value: float) -> int:
    """Return a factor in the fixed-point form of composite glyphs, held to its range of -2 to 2."""
    return max(-32768, min(32767, round(value * 16384)))


def _checksum(padded: bytes) -> int:
    """Return the sum of a table's 32-bit words."""
    return int(sum(struct.unpack(f">{len(padded) // 4}I", padded))) & 0xFFFFFFFF
