"""Reads and writes the few TrueType tables a font inside a PDF needs, without fontTools, whose import alone costs 50 ms.

Names and layouts are those of the OpenType specification, chapters `glyf`, `loca`, `hmtx`, `hhea`, `maxp`, `head`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import msgspec

from banana_layout.geometry.affine import Affine

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
    for base, matrix in parts:
        start, end = offsets[base], offsets[base + 1]
        left = metrics[base][1]
        if end > start:
            box = _mapped_box(struct.unpack_from(">4h", old, start + 2), matrix, em)
            glyf += _composite(base, matrix, em, box)
            left = box[0]
        metrics.append((metrics[base][0], left))
        ends.append(len(glyf))
    count = len(metrics)
    head, hhea, maxp = (bytearray(font.tables[t]) for t in ("head", "hhea", "maxp"))
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


def box_font(advances: Sequence[int], height: int = 700) -> Sfnt:
    """Return a font of 1000 units an em: glyph 0 is empty, then a filled box as wide as each of `advances`."""
    glyf, ends, widest = bytearray(), [0, 0], max(advances, default=0)
    for advance in advances:
        right = max(1, advance)
        glyf += struct.pack(">5h", 1, 0, 0, right, height) + struct.pack(">2H", 3, 0)
        # One contour of four points on the curve: flags, then steps in x, then in y, all as words.
        glyf += bytes([1, 1, 1, 1]) + struct.pack(">8h", 0, right, 0, -right, 0, 0, height, 0)
        glyf += bytes(-len(glyf) % 4)
        ends.append(len(glyf))
    count = len(advances) + 1
    return Sfnt(
        {
            "glyf": bytes(glyf),
            "head": struct.pack(
                ">IIIIHHQQ4hHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, 1000, 0, 0, 0, 0, widest, height, 0, 8, 2, 1, 0
            ),
            "hhea": struct.pack(
                ">I3hH11hH", 0x10000, height, 0, 0, widest, 0, 0, widest, 1, 0, 0, 0, 0, 0, 0, 0, count
            ),
            "hmtx": b"".join(struct.pack(">Hh", advance, 0) for advance in (0, *advances)),
            "loca": struct.pack(f">{len(ends)}I", *ends),
            "maxp": struct.pack(">I14H", 0x10000, count, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
        }
    )


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
    return sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
