"""How much of a file is looked into: what would never end, or fill the memory, is refused by name.

Forms, patterns, soft masks and glyphs of Type 3 may hold one another, so that a short file asks for endless drawing. What
a page asks for is added up before anything follows it; pdfium, which draws the plates, does not count.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from banana_layout.source import BananaError

MOST_OPERATORS = 1_000_000
"""Operators of one page, those of a form or a pattern as often as it is drawn."""
MOST_BYTES = 64 << 20
"""A page's content, or a form's, may be this long when it is unpacked."""
MOST_PIXELS = 100_000_000
"""A picture may have so many pixels; unpacked, each takes no more than PIXEL bytes."""
PIXEL = 8
"""Four inks of 16 bits."""
MOST_OPEN = 1_000
"""Graphics states may be saved so deep; the standard promises 28."""
DEEPEST = 64
"""How deep content may hold content."""
LONGEST: float = 14_400.0
"""A page may be this wide and high, in points (ISO 32000-1, annex C.2)."""
_CHUNK = 1 << 16
_SHOWS = ("Tj", "TJ", "'", '"')


def check_page(page: Any) -> None:
    """Raise BananaError where a page is too large, asks for too much drawing, or holds content that draws itself."""
    for box in (page.mediabox, page.cropbox):
        x0, y0, x1, y1 = (float(v) for v in box)
        for side in (x1 - x0, y1 - y0):
            if not abs(side) <= LONGEST:
                raise BananaError.single(f"a page is {side:g} pt long; no more than {LONGEST:,.0f} pt are checked")
    _Sum().content(page.obj, page.obj.get("/Resources", {}), 0)


def check_pictures(pdf: Any) -> None:
    """Raise BananaError where a file holds a picture beyond what is decoded, by what it says or by what it unpacks to."""
    for found in pdf.objects:
        if getattr(found, "_type_name", "") != "stream" or str(found.get("/Subtype", "")) != "/Image":
            continue
        pixels = int(found.get("/Width", 0)) * int(found.get("/Height", 0))
        if not 0 <= pixels <= MOST_PIXELS:
            message = f"a picture has {pixels:,} pixels; no more than {MOST_PIXELS:,} are checked"
            raise BananaError.single(message)
        _check_stream(found, "a picture", max(MOST_BYTES, PIXEL * pixels))


class _Sum:
    """Adds up what drawing a page takes."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}
        self._open: set[Any] = set()

    def content(self, source: Any, resources: Any, depth: int) -> int:
        """Return how many operators drawing a content stream takes."""
        import pikepdf

        for stream in _streams(source):
            _check_stream(stream, "a page's content", MOST_BYTES)
        total, glyph, saved = 0, 0, 0
        for instruction in pikepdf.parse_content_stream(source):
            operands: Any = instruction.operands
            op = str(instruction.operator)
            total += 1
            if op == "Do":
                total += self._held(_named(resources, "/XObject", operands), resources, depth)
            elif op in ("scn", "SCN") and len(operands) and str(operands[-1]).startswith("/"):
                total += self._held(_named(resources, "/Pattern", operands), resources, depth)
            elif op == "gs":
                mask = _of(_named(resources, "/ExtGState", operands), "/SMask")
                total += self._held(_of(mask, "/G"), resources, depth)
            elif op == "Tf":
                glyph = self._glyph(_named(resources, "/Font", operands[:1]), resources, depth)
            elif op in _SHOWS and glyph and len(operands):
                total += glyph * sum(len(part) for part in _strings(operands[-1]))
            saved += (op == "q") - (op == "Q")
            if saved > MOST_OPEN:
                raise BananaError.single(
                    f"a page saves more than {MOST_OPEN:,} graphics states; so many are not checked"
                )
            if total > MOST_OPERATORS:
                raise BananaError.single(f"a page draws more than {MOST_OPERATORS:,} operators; so much is not checked")
        return total

    def _held(self, stream: Any, resources: Any, depth: int) -> int:
        """Return what drawing a form, a pattern or a glyph takes; pictures take nothing."""
        if getattr(stream, "_type_name", "") != "stream" or str(stream.get("/Subtype", "")) == "/Image":
            return 0
        key = stream.objgen
        if key in self._open or depth > DEEPEST:
            raise BananaError.single("this PDF file is damaged: it holds content that draws itself")
        if key not in self._known:
            self._open.add(key)
            self._known[key] = self.content(stream, stream.get("/Resources", resources), depth + 1)
            self._open.discard(key)
        return self._known[key]

    def _glyph(self, font: Any, resources: Any, depth: int) -> int:
        """Return what the costliest glyph of a font takes; nothing unless it is drawn by operators (Type 3)."""
        glyphs = _of(font, "/CharProcs")
        if getattr(glyphs, "_type_name", "") != "dictionary":
            return 0
        own = _of(font, "/Resources") or resources
        return max((self._held(glyphs[name], own, depth) for name in glyphs), default=0)


def _of(found: Any, key: str) -> Any:
    """Return what a dictionary holds under a key; None where it is none."""
    return found.get(key) if getattr(found, "_type_name", "") in ("dictionary", "stream") else None


def _named(resources: Any, kind: str, operands: Any) -> Any:
    """Return the resource an operator names."""
    held = _of(resources, kind)
    name = str(operands[-1]) if len(operands) else ""
    return _of(held, name) if name.startswith("/") else None


def _strings(shown: Any) -> Iterator[bytes]:
    """Yield the strings of a show operator."""
    for part in shown if getattr(shown, "_type_name", "") == "array" else (shown,):
        if getattr(part, "_type_name", "") == "string":
            yield bytes(part)


def _streams(source: Any) -> Iterable[Any]:
    """Yield the streams of a page's content, or the one that is a form."""
    if getattr(source, "_type_name", "") == "stream":
        return (source,)
    content = source.get("/Contents")
    found = list(content) if getattr(content, "_type_name", "") == "array" else [content]
    return (s for s in found if getattr(s, "_type_name", "") == "stream")


def _check_stream(stream: Any, what: str, most: int) -> None:
    """Raise BananaError where a stream is too long; it is unpacked only as far as is needed to know."""
    filters = stream.get("/Filter", [])
    names = list(filters) if getattr(filters, "_type_name", "") == "array" else [filters]
    data = stream.read_raw_bytes()
    for name in names:
        if str(name) not in ("/FlateDecode", "/Fl"):
            break
        data = _inflated(data, most)
    if len(data) > most:
        raise BananaError.single(f"{what} is longer than {most >> 20} MB; so much is not checked")


def _inflated(data: bytes, most: int) -> bytes:
    """Return deflated data, no more than a little beyond what is allowed."""
    reader = zlib.decompressobj()
    out = bytearray()
    try:
        while data and not reader.eof and len(out) <= most:
            out += reader.decompress(data, _CHUNK)
            data = reader.unconsumed_tail
    except zlib.error:
        return bytes(out)  # qpdf, too, reads what there is of a damaged stream
    return bytes(out)
