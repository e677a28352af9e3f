"""One font file, sized and set so that it sits with the others."""

from __future__ import annotations

import functools
import math
import unicodedata
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from banana_layout.font.slim import SlimOutline, slimmed
from banana_layout.geometry.path import Path, PathBuilder

if TYPE_CHECKING:
    import uharfbuzz as hb

SHAPED_MAX = 20_000
"""Shaped texts a face remembers before it starts afresh: about 6 MB."""
FULL_WIDTH = 0.75
"""Latin letters beyond ASCII that advance further, in font em, are full-width forms; no hand here writes so wide."""
_SELECTORS = range(0xFE00, 0xFE10)
_JOINERS = frozenset({0x200C, 0x200D})


SMALL_MARKS = frozenset("·°′″")
"""Marks between characters of a word."""
MARK_ROOM = 0.1
"""What such a mark has on either side, in nominal em."""


class ShapedGlyph(NamedTuple):
    """One glyph of a shaped text; lengths in em of the nominal size, the face's scale applied."""

    gid: int
    """Glyph index in the face."""
    cluster: int
    """Index in the text of the first character it stands for."""
    advance: float
    """How far the pen moves on, the face's tracking included."""
    dx: float
    """Shift to the right of where the pen stands."""
    dy: float
    """Shift downward, the face's rise included."""


class FaceFacts(msgspec.Struct, frozen=True):
    """What is set by measuring and by eye about a face."""

    id: str
    """Name in themes and glyph runs."""
    file: str
    """Path below `fonts/`."""
    scale: float
    """Font em for one nominal em: brings the mean Hangul box, or the letters, to the size of the others."""
    rise: float = 0.0
    """How far the glyphs are lifted, in nominal em, to stand on the common baseline."""
    tracking: float = 0.0
    """Added to each advance, in nominal em."""
    hangul_tracking: float = 0.0
    """Added to Hangul's advances on top of `tracking`, in nominal em."""
    space: float = 1.0
    """Factor on the width of spaces."""
    weight: float = 0.0
    """Outline that makes its strokes as heavy as the body hand's, in nominal em."""
    bars: bool = False
    """Whether its letters are straight bars with square ends, which a pen draws rounder."""


class Face:
    """A font file's glyphs, metrics and shaping; loads on first use and remembers what it worked out."""

    def __init__(self, facts: FaceFacts, path: FilePath, only: str = "", data: bytes | None = None) -> None:
        self.id = facts.id
        """Name in themes and glyph runs."""
        self.path = path
        """The font file."""
        self.scale = facts.scale
        """Font em for one nominal em."""
        self.rise = facts.rise
        """Lift in nominal em; already in the shaped glyphs' `dy`."""
        self.tracking = facts.tracking
        """Added to each advance in nominal em; already in the shaped glyphs' `advance`."""
        self.weight = facts.weight
        """Outline to add to every glyph, in nominal em."""
        self.bars = facts.bars
        """Whether its letters are straight bars with square ends."""
        self.only = only
        """Script it is asked for (`hangul`, `latin`, `japanese`), or empty for whatever it has."""
        self._facts = facts
        self._data = data
        self._loaded: hb.Font | None = None
        self._whole: Face | None = None
        self._shaped: dict[tuple[str, str], tuple[ShapedGlyph, ...]] = {}
        self._outlines: dict[int, Path] = {}
        self._slim: dict[int, SlimOutline] = {}
        self._gids: dict[int, int | None] = {}
        self._views: dict[str, Face] = {}

    def __repr__(self) -> str:
        return f"Face({self.id!r})"

    def restricted(self, script: str) -> Face:
        """Return a view of the face that only serves `script`; the glyphs are shared."""
        view = self._views.get(script)
        if view is None:
            view = Face(self._facts, self.path, script)
            view._shaped, view._outlines, view._gids = self._shaped, self._outlines, self._gids
            view._slim = self._slim
            view._whole = self
            self._views[script] = view
        return view

    @property
    def _font(self) -> hb.Font:
        """The HarfBuzz font, in font units; loaded on first use."""
        if self._whole is not None:
            return self._whole._font
        if self._loaded is None:
            import uharfbuzz as hb

            # what was checked is what is drawn: an author's file may change while it is in use
            blob = hb.Blob.from_file_path(str(self.path)) if self._data is None else hb.Blob(self._data)
            self._loaded = hb.Font(hb.Face(blob))
        return self._loaded

    @property
    def own(self) -> bool:
        """Whether an author brought it."""
        return self._data is not None

    @property
    def program(self) -> hb.Face:
        """The font file as HarfBuzz knows it, for making a subset."""
        return self._font.face

    @property
    def character_count(self) -> int:
        """How many characters its map has."""
        return len(self._font.face.unicodes)

    @functools.cached_property
    def units_per_em(self) -> int:
        """Font units in the font's em."""
        return int(self._font.face.upem)

    def gid(self, char: str) -> int | None:
        """Return the glyph of one character by the character map, or None where there is none worth showing."""
        code = ord(char)
        if code not in self._gids:
            found = self._font.get_nominal_glyph(code) or None
            if found is not None and code > 0x7F and self._is_sham(char, found):
                found = None
            self._gids[code] = found
        return self._gids[code]

    def _is_sham(self, char: str, gid: int) -> bool:
        """Tell whether a glyph is empty where it should show something, or a Latin letter drawn a full Hangul wide.

        Nanum Pen maps 4,620 Hanja to empty glyphs; the Korean hands draw the letters of KS X 1001 full width.
        """
        kind = unicodedata.category(char)
        if kind[0] in "LNSP" and char not in "\u3164\uffa0\u115f\u1160":
            extents = self._font.get_glyph_extents(gid)
            if extents is None or not extents.width:
                return True
        return kind[0] == "L" and char < "\u0250" and self.advance(gid) > FULL_WIDTH

    def has(self, cluster: str) -> bool:
        """Tell whether the face shows every character of a grapheme; variation selectors and joiners need no glyph."""
        if self.only and not serves(self.only, cluster):
            return False
        for char in cluster:
            code = ord(char)
            if code not in _SELECTORS and code not in _JOINERS and self.gid(char) is None:
                return False
        return True

    def shape(self, text: str, lang: str = "") -> tuple[ShapedGlyph, ...]:
        """Return the glyphs of a text in visual order; direction and script are guessed from the text."""
        key = (text, lang)
        known = self._shaped.get(key)
        if known is None:
            if len(self._shaped) >= SHAPED_MAX:
                self._shaped.clear()
            known = self._shaped[key] = self._shape(text, lang) if text else ()
        return known

    def _shape(self, text: str, lang: str) -> tuple[ShapedGlyph, ...]:
        import uharfbuzz as hb

        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if lang:
            buffer.language = lang
        hb.shape(self._font, buffer, None)
        facts, unit = self._facts, self.scale / self.units_per_em
        out = []
        for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x_offset, y_offset, x_advance, _ = place.position
            advance = x_advance * unit
            char = text[info.cluster]
            if char in " \u00a0":
                advance = advance * facts.space + facts.tracking
            elif x_advance:
                after = text[info.cluster + 1 : info.cluster + 2]
                # A figure or a letter stuck to a syllable would read as one of its strokes: 제1종.
                tight = is_hangul(char) and not (after.isascii() and after.isalnum())
                advance += facts.tracking + (facts.hangul_tracking if tight else 0.0)
            shift = x_offset * unit
            if char in SMALL_MARKS and len(text) > 1:
                shift, advance = self._close(info.codepoint, shift, advance)
            out.append(ShapedGlyph(info.codepoint, info.cluster, advance, shift, -y_offset * unit - facts.rise))
        return tuple(out)

    def _close(self, gid: int, shift: float, advance: float) -> tuple[float, float]:
        """Return where a small mark inside a word stands and how far the pen moves on: with as little room as a letter has.

        Korean faces give it a syllable's room, so that words look parted and a degree sign far from its number.
        """
        ink = self.outline(gid).bounds()
        left, width = ink.x * self.scale, ink.w * self.scale
        if advance <= width + 2 * MARK_ROOM:
            return shift, advance
        return MARK_ROOM - left, width + 2 * MARK_ROOM

    def is_loose(self, cluster: str) -> bool:
        """Tell whether the face leaves far more room around a grapheme than it has ink."""
        glyphs = self.shape(cluster)
        room = math.fsum(g.advance for g in glyphs)
        ink = math.fsum(self.outline(g.gid).bounds().w * self.scale for g in glyphs)
        return room > ink + 0.3

    def outline(self, gid: int) -> Path:
        """Return a glyph's shape: y down, origin on the baseline, the font's em as 1."""
        known = self._outlines.get(gid)
        if known is None:
            builder = PathBuilder()
            self._font.draw_glyph(gid, _pen(), (builder, 1 / self.units_per_em))
            known = self._outlines[gid] = builder.build()
        return known

    def slim(self, gid: int) -> SlimOutline:
        """Return a glyph's shape in as few points as it needs: y down, origin on the baseline, the font's em as 1."""
        known = self._slim.get(gid)
        if known is None:
            known = self._slim[gid] = slimmed(self.outline(gid))
        return known

    def advance(self, gid: int) -> float:
        """Return a glyph's own advance in the font's em, without tracking."""
        return float(self._font.get_glyph_h_advance(gid)) / self.units_per_em


def is_hangul(char: str) -> bool:
    """Tell whether a character is a Hangul syllable or jamo."""
    return "\uac00" <= char <= "\ud7a3" or "\u3131" <= char <= "\u318e" or "\u1100" <= char <= "\u11ff"


def is_kana_or_han(char: str) -> bool:
    """Tell whether a character is kana, a Chinese character or their punctuation."""
    return "\u3000" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff" or "\U00020000" <= char <= "\U0003ffff"


def serves(script: str, cluster: str) -> bool:
    """Tell whether a grapheme belongs to a script: `hangul`, `japanese` (kana, kanji) or `latin` (letters and digits)."""
    first = cluster[0]
    if script == "hangul":
        return is_hangul(first)
    if script == "japanese":
        return is_kana_or_han(first)
    return first.isascii() or unicodedata.name(first, "").startswith("LATIN")


_Target = tuple[PathBuilder, float]


@functools.cache
def _pen() -> hb.DrawFuncs:
    """Return callbacks that draw into a PathBuilder, scaled, y turned downward."""
    import uharfbuzz as hb

    def move(x: float, y: float, to: _Target) -> None:
        to[0].move(x * to[1], -y * to[1])

    def line(x: float, y: float, to: _Target) -> None:
        to[0].line(x * to[1], -y * to[1])

    def quad(x1: float, y1: float, x: float, y: float, to: _Target) -> None:
        b, u = to
        b.quad(x1 * u, -y1 * u, x * u, -y * u)

    def cubic(*drawn: Any) -> None:
        b, u = drawn[6]
        x1, y1, x2, y2, x, y = (v * u for v in drawn[:6])
        b.cubic(x1, -y1, x2, -y2, x, -y)

    def close(to: _Target) -> None:
        to[0].close()

    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(move)
    funcs.set_line_to_func(line)
    funcs.set_quadratic_to_func(quad)
    funcs.set_cubic_to_func(cubic)
    funcs.set_close_path_func(close)
    return funcs
