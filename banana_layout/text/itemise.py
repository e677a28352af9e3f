"""From words to glyphs: which face shows which grapheme."""

from __future__ import annotations

import functools
import math
import re
import unicodedata
from bisect import bisect_right
from itertools import pairwise
from typing import NamedTuple

from banana_layout.font.book import FontBook
from banana_layout.font.face import Face

PIECES_MAX = 20_000
"""Words an itemiser remembers before it starts afresh."""
EMOJI_WIDTH = 1.08
"""Advance of an emoji in em: its 1.0 em box and a little air."""
MISSING_WIDTH = 0.74
"""Advance of the box that stands for a character no face has."""
SUPER_SCALE, SUPER_RISE, SUB_RISE = 0.62, 0.30, -0.14
"""Size and lift of superscript and subscript characters, which are made from plain ones so that all look alike."""

PLAIN = re.compile(r"[\x20-\x7e\u3131-\u318e\uac00-\ud7a3]*")
"""Text in which every character is a grapheme by itself, already NFC, and no emoji."""
_ALONE = (
    0x0A, 0x0B, 0x20, 0x7F, 0xA0, 0xAD, 0xAE, 0x300, 0x370, 0x483, 0x48A, 0x557, 0x2010, 0x2028, 0x2030, 0x2060, 0x2070, 0x20D0, 0x2100, 0x2C00,
    0x3000, 0x302A, 0x3030, 0x3099, 0x309B, 0xA000, 0xAC00, 0xD7A4, 0xFF01, 0xFF9E, 0x1F300, 0x1F3FB, 0x1F400, 0x1FA70,
    0x20000, 0x2FFFE,
)  # fmt: skip
"""Where stretches of characters begin and end that never join (UAX #29, Grapheme_Cluster_Break=Other; a line feed only joins a return)."""
_STAND_INS = {
    "\u2011": "-",
    "\u2010": "-",
    "\u00b5": "\u03bc",
    "\u2015": "\u2014",
    "\u2212": "\u2013",
    "\u2126": "\u03a9",
}
_RAISED = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢ", "0123456789+-=()ni", strict=True))
_SILENT = frozenset("\u200b\u200c\u200d\ufe0e\ufe0f")
"""What draws nothing when it stands by itself."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_RETURNS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class PieceGlyph(NamedTuple):
    """A glyph and the characters it stands for; lengths in em of the nominal size."""

    gid: int
    """Glyph index in the piece's face."""
    dx: float
    """Shift to the right of the pen."""
    dy: float
    """Shift downward."""
    advance: float
    """How far the pen moves on."""
    text: str
    """Its characters; empty for further glyphs of a cluster."""


class Piece(NamedTuple):
    """A stretch of one word in one face, or one emoji, or one character no face has."""

    face: Face | None
    """None for an emoji picture and for a missing character."""
    text: str
    """Its characters."""
    glyphs: tuple[PieceGlyph, ...]
    """Empty for an emoji picture and for a missing character."""
    width: float
    """Sum of advances in em of the nominal size, `scale` applied."""
    emoji: bool = False
    """Whether a picture stands for it."""
    scale: float = 1.0
    """Size relative to the text around it: superscript and subscript characters."""
    rise: float = 0.0
    """Lift in em of the text around it, upward."""


class Itemiser:
    """Turns words into pieces for one list of faces; remembers every word."""

    def __init__(self, book: FontBook, faces: tuple[str, ...], lang: str, pictures: bool) -> None:
        self._book = book
        self._chain = book.chain(faces, lang)
        self._lang = lang
        self._pictures = pictures
        self._pieces: dict[str, tuple[Piece, ...]] = {}

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """Return a word's pieces; `text` is NFC and holds no line break."""
        known = self._pieces.get(text)
        if known is None:
            if len(self._pieces) >= PIECES_MAX:
                self._pieces.clear()
            known = self._pieces[text] = tuple(self._itemise(text))
        return known

    def _itemise(self, text: str) -> list[Piece]:
        """Pick a face per grapheme and shape stretches of one face together."""
        out: list[Piece] = []
        pending: list[str] = []
        pending_face: Face | None = None
        for cluster in graphemes(text):
            if cluster in _SILENT:
                continue
            whole = self._whole(cluster)
            face = None if whole is not None else self._picked(cluster)
            if pending_face is not None and (face is None or face.id != pending_face.id):
                out.append(self._shaped(pending_face, "".join(pending)))
                pending = []
            pending_face = face
            if face is not None:
                pending.append(cluster)
            else:
                out.append(whole or Piece(None, cluster, (), MISSING_WIDTH))
        if pending_face is not None:
            out.append(self._shaped(pending_face, "".join(pending)))
        return out

    def _whole(self, cluster: str) -> Piece | None:
        """Return the piece of a grapheme that stands by itself: an emoji picture, a superscript or a subscript."""
        if self._pictures and cluster > "#" and self._book.emoji(cluster) is not None:
            return Piece(None, cluster, (), EMOJI_WIDTH, emoji=True)
        if cluster in _RAISED:
            return self._shifted(cluster, _RAISED[cluster], SUPER_RISE)
        if cluster in _LOWERED:
            return self._shifted(cluster, _LOWERED[cluster], SUB_RISE)
        return None

    def _picked(self, cluster: str) -> Face | None:
        """Return the face for a grapheme: emoji for which there is no picture go to the emoji face first."""
        if cluster > "\u2000" and self._book.is_emoji(cluster):
            drawn = self._book.face("noto-emoji")
            if drawn.has(cluster):
                return drawn
        face = self._book.pick(cluster, self._chain)
        if face is None and cluster in _STAND_INS:
            return self._book.pick(_STAND_INS[cluster], self._chain)
        if face is None and cluster.isspace():
            return self._book.pick(" ", self._chain)
        return face

    def _shaped(self, face: Face, text: str) -> Piece:
        """Shape text in one face; each glyph gets the characters it stands for."""
        drawn = text if PLAIN.fullmatch(text) else "".join(_drawn(face, c) for c in text)
        shaped = face.shape(drawn, self._lang)
        starts = sorted({g.cluster for g in shaped})
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        in_order = all(a.cluster <= b.cluster for a, b in pairwise(shaped))
        glyphs = []
        seen = -1
        for i, g in enumerate(shaped):
            if in_order:
                own = text[g.cluster : ends[g.cluster]] if g.cluster != seen else ""
                seen = g.cluster
            else:
                # Right-to-left glyphs stand in visual order; the first one carries the whole word for copying.
                own = text if i == 0 else ""
            glyphs.append(PieceGlyph(g.gid, g.dx, g.dy, g.advance, own))
        return Piece(face, text, tuple(glyphs), math.fsum(g.advance for g in shaped))

    def _shifted(self, cluster: str, plain: str, rise: float) -> Piece:
        """Return a superscript or subscript made from a plain character."""
        face = self._book.pick(plain, self._chain)
        if face is None:
            return Piece(None, cluster, (), MISSING_WIDTH)
        piece = self._shaped(face, plain)
        glyphs = tuple(g._replace(text=cluster if i == 0 else "") for i, g in enumerate(piece.glyphs))
        return Piece(face, cluster, glyphs, piece.width * SUPER_SCALE, scale=SUPER_SCALE, rise=rise)


@functools.lru_cache(maxsize=64)
def itemiser(book: FontBook, faces: tuple[str, ...], lang: str, pictures: bool) -> Itemiser:
    """Return the itemiser for these faces; `pictures` tells whether emoji are coloured pictures."""
    return Itemiser(book, faces, lang, pictures)


def graphemes(text: str) -> list[str]:
    """Return the extended grapheme clusters of a text (UAX #29)."""
    if PLAIN.fullmatch(text) or all(map(_stands_alone, text)):
        return list(text)
    import regex

    # Flags by hand: to pair their letters, `\X` looks back to where they began, for each of them.
    found: list[str] = regex.findall(r"[\U0001F1E6-\U0001F1FF]{2}[\p{Grapheme_Extend}\p{Mc}\u200d]*|\X", text)
    return found


def _stands_alone(char: str) -> bool:
    """Tell whether a character never joins with one beside it of which the same is true."""
    return bisect_right(_ALONE, ord(char)) % 2 == 1


def normalised(text: str) -> str:
    """Return text in NFC, tabs as spaces, every line end as a line feed, control and invisible formatting characters gone.

    U+200B stays: it is a place to break; joiners stay: emoji and scripts need them.
    """
    if PLAIN.fullmatch(text):
        return text
    text = _RETURNS.sub("\n", text.replace("\t", " "))
    return unicodedata.normalize("NFC", _UNSEEN.sub(_kept, text))


def _kept(match: re.Match[str]) -> str:
    return "\ufffd" if "\ud800" <= match[0] <= "\udfff" else ""


def _drawn(face: Face, char: str) -> str:
    """Return what is drawn for a character: a stand-in of one character where the face has not the character itself."""
    if face.gid(char) is not None:
        return char
    if char in _STAND_INS:
        return _STAND_INS[char]
    return " " if char.isspace() else char
