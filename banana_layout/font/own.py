"""Fonts that authors bring: checked before a byte of them is drawn, and brought to the size of the others by measuring."""

from __future__ import annotations

import hashlib
import math
import struct
from pathlib import Path as FilePath

from banana_layout.font.face import Face, FaceFacts
from banana_layout.source import BananaError

MAX_BYTES = 30_000_000
"""Most bytes a font file may have; large Korean fonts have 15 MB."""
HANGUL_BOX, HANGUL_BELOW = 0.80, 0.10
"""Height of the mean Hangul box and how far it reaches below the baseline, in nominal em, as in the other hands."""
CAPITALS = 0.56
"""Height of capitals in nominal em, for fonts without Hangul."""
_HANGUL = "가나다라마바사자차카타파하한글을"
_PLAIN = (b"\0\1\0\0", b"true", b"OTTO")
_OTHER = {
    b"ttcf": "holds several fonts; save the one you mean as a file of its own",
    b"wOFF": "is packed for the web; convert it to .ttf or .otf",
    b"wOF2": "is packed for the web; convert it to .ttf or .otf",
}


def own_face(path: FilePath) -> Face:
    """Return the face of a font file an author names.

    Its id comes from its bytes, so that the same font has the same name everywhere. Raises BananaError for a file that cannot be
    read, is no font, or whose licence forbids what a PDF does with it.
    """
    data = _read(path)
    reason = _refusal(data)
    if reason:
        raise BananaError.single(f"the font {path.name} {reason}")
    name = f"own-{hashlib.blake2b(data, digest_size=8).hexdigest()}"
    face = Face(FaceFacts(name, path.name, 1.0), path, data=data)
    if not face.character_count:
        raise BananaError.single(f"the font {path.name} shows no characters")
    scale, rise = _fitted(face)
    return Face(FaceFacts(name, path.name, scale, rise), path, data=data)


def _read(path: FilePath) -> bytes:
    """Return a font file's bytes."""
    try:
        if path.exists() and not path.is_file():
            raise BananaError.single(f"the font {path.name} is no file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise BananaError.single(f"there is no font {path.name}", hints=("check the path",)) from None
    except OSError as error:
        raise BananaError.single(f"the font {path.name} cannot be read: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise BananaError.single(f"the font {path.name} has more than {MAX_BYTES:,} bytes, which is the limit")
    return data


def _refusal(data: bytes) -> str:
    """Return why a file cannot serve as a font; empty where it can.

    What its licence allows stands in `OS/2.fsType` (OpenType 1.9.1): restricted (2), no subsetting (0x100), bitmaps only (0x200).
    """
    if data[:4] in _OTHER:
        return _OTHER[data[:4]]
    tables = _tables(data)
    if data[:4] not in _PLAIN or b"cmap" not in tables:
        return "is no font in the OpenType or TrueType format"
    if b"fvar" in tables or b"CFF2" in tables:
        return "is variable; save one of its instances as a file of its own"
    if b"glyf" not in tables and b"CFF " not in tables:
        return "has no outlines"
    at, length = tables.get(b"OS/2", (0, 0))
    allowed = struct.unpack_from(">H", data, at + 8)[0] if length >= 10 else 0
    if allowed & 0xF == 2:
        return "may not be embedded: its maker restricts it (fsType 2)"
    if allowed & 0x100:
        return "may not be reduced to the glyphs a page shows, as its maker says (fsType 0x100), and PDF files do that"
    if allowed & 0x200:
        return "may be embedded as bitmaps only, as its maker says (fsType 0x200)"
    return ""


def _tables(data: bytes) -> dict[bytes, tuple[int, int]]:
    """Return where a font's tables stand; those that leave the file are left out."""
    if len(data) < 12:
        return {}
    (count,) = struct.unpack_from(">H", data, 4)
    found: dict[bytes, tuple[int, int]] = {}
    for at in range(12, min(12 + 16 * count, len(data) - 15), 16):
        tag, _, start, length = struct.unpack_from(">4sIII", data, at)
        if start + length <= len(data):
            found[tag] = (start, length)
    return found


def _fitted(face: Face) -> tuple[float, float]:
    """Return the scale and the rise that bring a font's Hangul, or else its capitals, to the size of the other hands."""
    boxes = [face.outline(gid).bounds() for char in _HANGUL if (gid := face.gid(char)) is not None]
    boxes = [box for box in boxes if box.h > 0.05]
    if boxes:
        scale = _bounded(HANGUL_BOX / (math.fsum(box.h for box in boxes) / len(boxes)), 0.4, 2.5)
        below = scale * math.fsum(box.bottom for box in boxes) / len(boxes)
        return scale, _bounded(below - HANGUL_BELOW, -0.3, 0.3)
    for char, high in (("H", CAPITALS), ("x", 0.36), ("1", CAPITALS)):
        gid = face.gid(char)
        tall = face.outline(gid).bounds().h if gid is not None else 0.0
        if tall > 0.05:
            return _bounded(high / tall, 0.4, 2.5), 0.0
    return 1.0, 0.0


def _bounded(value: float, least: float, most: float) -> float:
    """Return a value, to four decimals, within bounds."""
    return round(min(most, max(least, value)), 4)
