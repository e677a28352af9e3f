"""One Type0 font a face: character codes stand for (glyph, characters, variant), so copied text is exact for every cluster."""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Mapping, Sequence

from banana_layout.font.book import FontBook
from banana_layout.font.face import Face
from banana_layout.render.clean import writable
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.render.pdf.truetype import Drawn, Sfnt, box_font, drawn, outline_font, with_outlines
from banana_layout.render.shape import LETTERFORMS, letterform
from banana_layout.scene.item import Glyph, Variant
from banana_layout.source import BananaError

_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "MATH", "OS/2", "name", "post", "cmap", "gasp", "DSIG", "FFTM", "STAT",
            "vhea", "vmtx", "VORG", "kern", "hdmx", "LTSH", "VDMX")  # fmt: skip
"""Tables a font inside a PDF has no use for."""
_LAST_CODE = 65_535
"""The highest code of a font."""


class FaceFont:
    """A face's glyphs that the document shows."""

    def __init__(self, resource: str, face_id: str, book: FontBook) -> None:
        self.resource = resource
        """Its name among the page's resources."""
        self.codes: dict[tuple[int, str, int], tuple[str, int]] = {(0, "", 0): ("0000", 0)}
        """Known codes: (glyph, characters, variant) to four hex digits and the advance in thousandths of an em."""
        self._face = book.face(face_id)

    def code(self, glyph: Glyph, variant: int) -> tuple[str, int]:
        """Return the code of a glyph that is not known yet, and keep it."""
        found = (_number(self.codes), round(self._face.advance(glyph.gid) * 1000))
        self.codes[glyph.gid, glyph.text, variant] = found
        return found

    def write(self, objects: Objects, variants: Sequence[Variant]) -> Value:
        """Add the font's subset to the file and return a reference to it; BananaError for an author's damaged font."""
        try:
            return self._write(objects, variants)
        except (RuntimeError, ArithmeticError, LookupError, ValueError, struct.error) as error:
            if not self._face.own:
                raise
            raise BananaError.single(f"the font {self._face.path.name} is damaged: it cannot be embedded") from error

    def _write(self, objects: Objects, variants: Sequence[Variant]) -> Value:
        """Add the font's subset to the file and return a reference to it."""
        exact = sorted({gid for gid, _, v in self.codes if not v})
        font, numbers = _subset(self._face, exact)
        if "glyf" not in font.tables:
            font = outline_font([self._face.outline(g) for g in exact], [self._face.advance(g) for g in exact])
            numbers = {gid: i for i, gid in enumerate(exact)}
        shaped = sorted({(gid, v) for gid, _, v in self.codes if v})
        places = {pair: font.glyph_count + i for i, pair in enumerate(shaped)}
        em = font.units_per_em
        font = with_outlines(font, [_letter(self._face, gid, variants[v - 1], em) for gid, v in shaped])
        glyphs = [places[gid, v] if v else numbers[gid] for gid, _, v in self.codes]
        name = "".join(c for c in self._face.path.stem if c.isascii() and (c.isalnum() or c == "-"))
        return _write(objects, name, font, glyphs, self.codes)


class HiddenFont:
    """The font of text that is copied but not seen: boxes, which readers do not drop as they drop spaces.

    A code stands for one code point: mupdf 1.21 loses pairs of surrogates and sequences of more than eight units in
    maps to several characters, and counts a glyph's own advance, not the one the PDF gives it.
    """

    def __init__(self, resource: str) -> None:
        self.resource = resource
        """Its name among the page's resources."""
        self.codes: dict[tuple[int, str, int], tuple[str, int]] = {(0, "", 0): ("0000", 0)}
        """Known codes, as in `FaceFont`, with the advance in thousandths of an em in place of the glyph."""

    def code(self, char: str, width: int) -> tuple[str, int]:
        """Return the code of a character shown `width` thousandths of an em wide."""
        key = (width, char, 0)
        found = self.codes.get(key)
        if found is None:
            found = self.codes[key] = (_number(self.codes), width)
        return found

    def write(self, objects: Objects) -> Value:
        """Add the font to the file and return a reference to it."""
        widths = sorted({width for width, char, _ in self.codes if char})
        glyphs = [widths.index(width) + 1 if char else 0 for width, char, _ in self.codes]
        return _write(objects, "Hidden", box_font(widths), glyphs, self.codes)


def _number(codes: Mapping[tuple[int, str, int], tuple[str, int]]) -> str:
    """Return the next free code of a font as four hex digits."""
    if len(codes) > _LAST_CODE:
        raise BananaError.single(f"a page shows more than {_LAST_CODE} different glyphs of one font")
    return f"{len(codes):04X}"


def _write(
    objects: Objects,
    name: str,
    font: Sfnt,
    glyphs: Sequence[int],
    codes: dict[tuple[int, str, int], tuple[str, int]],
) -> Value:
    """Add a Type0 font (ISO 32000-1, 9.7) with its descendant, descriptor, program and maps."""
    data = font.serialise()
    tag = "".join(chr(65 + b % 26) for b in hashlib.blake2b(data, digest_size=6).digest())
    base, k = objects.name(f"{tag}+{name}"), 1000 / font.units_per_em
    ascent, descent = font.extents
    # Which CIDs there are: all of them, in order (ISO 19005-1, 6.3.5).
    present = ((1 << len(glyphs)) - 1 << -len(glyphs) % 8).to_bytes((len(glyphs) + 7) // 8, "big")
    descriptor = objects.dictionary(
        {
            "CIDSet": objects.stream(present),
            "Type": objects.name("FontDescriptor"),
            "FontName": base,
            "Flags": 4,
            "FontBBox": objects.array(round(v * k) for v in font.box),
            "ItalicAngle": 0,
            "Ascent": round(ascent * k),
            "Descent": round(descent * k),
            "CapHeight": 700,
            "StemV": 80,
            "FontFile2": objects.stream(data, {"Length1": len(data)}),
        }
    )
    descendant = objects.dictionary(
        {
            "Type": objects.name("Font"),
            "Subtype": objects.name("CIDFontType2"),
            "BaseFont": base,
            "CIDSystemInfo": objects.dictionary(
                {"Registry": objects.text("Adobe"), "Ordering": objects.text("Identity"), "Supplement": 0}
            ),
            "FontDescriptor": objects.add(descriptor),
            "DW": 1000,
            "W": f"[0 [{' '.join(str(width) for _, width in codes.values())}]]",
            "CIDToGIDMap": objects.stream(b"".join(g.to_bytes(2, "big") for g in glyphs)),
        }
    )
    return objects.add(
        objects.dictionary(
            {
                "Type": objects.name("Font"),
                "Subtype": objects.name("Type0"),
                "BaseFont": base,
                "Encoding": objects.name("Identity-H"),
                "DescendantFonts": objects.array([objects.add(descendant)]),
                "ToUnicode": objects.stream(_to_unicode([text for _, text, _ in codes])),
            }
        )
    )


def _to_unicode(texts: Sequence[str]) -> bytes:
    """Return the CMap from codes 0, 1, … to their characters (ISO 32000-1, 9.10.3)."""
    rows = [
        f"<{code:04X}> <{writable(text).encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts) if text
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    for i in range(0, len(rows), 100):
        part = rows[i : i + 100]
        lines += [f"{len(part)} beginbfchar", *part, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""]
    return "\n".join(lines).encode()


@functools.lru_cache(maxsize=LETTERFORMS)
def _letter(face: Face, gid: int, variant: Variant, em: int) -> tuple[int, Drawn]:
    """Return a glyph's advance in units and its outline as a try of the hand."""
    form = letterform(face, gid, variant)
    return round(face.advance(gid) * em), drawn(form.path, em, form.joints)


def _subset(face: Face, gids: Sequence[int]) -> tuple[Sfnt, dict[int, int]]:
    """Return a face's font reduced to some glyphs (and glyph 0), and where each of them went."""
    import uharfbuzz

    request = uharfbuzz.SubsetInput()
    request.sets(uharfbuzz.SubsetInputSets.GLYPH_INDEX).set({0, *gids})
    request.flags = (
        uharfbuzz.SubsetFlags.NO_HINTING
        | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    )
    request.sets(uharfbuzz.SubsetInputSets.DROP_TABLE_TAG).update({int.from_bytes(t.encode(), "big") for t in _DROPPED})
    plan = uharfbuzz.SubsetPlan(face.program, request)
    return Sfnt.parse(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping.items())
