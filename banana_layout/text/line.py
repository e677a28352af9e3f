"""One line: glyph runs, emoji and what is drawn under and over them."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.color import WHITE, Color
from banana_layout.font.emoji import EmojiArt
from banana_layout.font.face import Face
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, GlyphRun, Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.text.decoration import Extent, over, under
from banana_layout.text.itemise import EMOJI_WIDTH, Piece
from banana_layout.text.prepared import Prepared
from banana_layout.text.unit import Styled, Unit
from banana_layout.theme.text_style import TextStyle

BOX_TOP = 0.70
"""Top of the Hangul box above the baseline, in em."""
BOX_BOTTOM = 0.10
"""Its bottom below the baseline, in em."""
DIE_CUT = 0.055
"""White edge around an emoji on coloured paper, in em."""
_MIDDLE = (BOX_TOP - BOX_BOTTOM) / 2
_DIGITS = {
    "0": "abcdef", "1": "bc", "2": "abged", "3": "abgcd", "4": "fgbc", "5": "afgcd", "6": "afgedc", "7": "abc",
    "8": "abcdefg", "9": "abcdfg", "A": "abcefg", "B": "fgedc", "C": "afed", "D": "bgedc", "E": "afged", "F": "afge",
}  # fmt: skip
_SEGMENTS = {
    "a": (0, 0, 1, 0), "b": (1, 0, 1, 1), "c": (1, 1, 1, 2), "d": (0, 2, 1, 2), "e": (0, 1, 0, 2), "f": (0, 0, 0, 1),
    "g": (0, 1, 1, 1),
}  # fmt: skip


class Pen(NamedTuple):
    """Where a line starts."""

    key: str
    """Prefix of its items' keys."""
    size: Pt
    """Nominal type size."""
    x: Pt
    """Left end."""
    y: Pt
    """Baseline."""


class _Open(NamedTuple):
    """The glyph run being written."""

    face: Face
    style: int
    scale: float
    rise: float
    x: Pt
    glyphs: list[Glyph]


def line_items(prepared: Prepared, units: Sequence[Unit], pen: Pen) -> tuple[tuple[Item, ...], str]:
    """Return a line's items, bottom first, and its text."""
    writer = _Writer(prepared, pen)
    last = len(units) - 1
    for i, unit in enumerate(units):
        for s in unit.pieces:
            writer.write(s)
        if i < last:
            for s in unit.space:
                writer.write(s)
    return writer.done()


class _Writer:
    """Puts pieces side by side; neighbours of one face and style share a run."""

    def __init__(self, prepared: Prepared, pen: Pen) -> None:
        self._styles, self._book, self._pen = prepared.styles, prepared.book, pen
        self._x = pen.x
        self._open: _Open | None = None
        self._items: list[Item] = []
        self._extents: list[Extent] = []
        self._texts: list[str] = []

    def write(self, s: Styled) -> None:
        """Put one piece at the line's end."""
        piece, size = s.piece, self._pen.size
        style = self._styles[s.style]
        self._texts.append(piece.text)
        left = self._x
        self._x += s.before * size
        if piece.face is not None:
            self._glyphs(piece, piece.face, s.style, style)
        else:
            self._flush()
            self._items.append(self._picture(piece, style, s.width * size))
        self._x = left + (s.before + s.width + s.after) * size
        extents = self._extents
        if extents and extents[-1].style is style:
            extents[-1] = extents[-1]._replace(right=self._x, text=extents[-1].text + piece.text)
        else:
            extents.append(Extent(style, left, self._x, piece.text))

    def _glyphs(self, piece: Piece, face: Face, number: int, style: TextStyle) -> None:
        run = self._open
        if (
            run is None
            or run.style != number
            or run.face.id != face.id
            or run.scale != piece.scale
            or run.rise != piece.rise
        ):
            self._flush()
            run = self._open = _Open(face, number, piece.scale, piece.rise, self._x, [])
        em = self._pen.size * style.scale * piece.scale
        extra = style.tracking * self._pen.size * style.scale
        x, rise = self._x - run.x, face.rise
        add = run.glyphs.append
        for gid, dx, dy, advance, text in piece.glyphs:
            wide = advance * em + extra
            add(Glyph(gid, x + dx * em, (dy + rise) * em, wide, text))
            x += wide

    def _flush(self) -> None:
        """End the open run."""
        run = self._open
        if run is None:
            return
        style, size = self._styles[run.style], self._pen.size
        em = size * style.scale
        self._items.append(
            GlyphRun(
                key=f"{self._pen.key}/run{len(self._items)}",
                face=run.face.id,
                size=em * run.scale * run.face.scale,
                x=run.x,
                y=self._pen.y - style.rise * size - (run.rise + run.face.rise * run.scale) * em,
                glyphs=tuple(run.glyphs),
                paint=_paint(style.color),
                weight=(style.weight + run.face.weight) * em,
                slant=style.slant,
                lang=style.lang,
            )
        )
        self._open = None

    def _picture(self, piece: Piece, style: TextStyle, width: Pt) -> Group:
        """Return an emoji, or the box of a character no face has, with its text to be copied."""
        em = self._pen.size * style.scale
        y = self._pen.y - style.rise * self._pen.size
        key = f"{self._pen.key}/emoji{len(self._items)}"
        words = GlyphRun(f"{key}/text", "", em, self._x, y, (Glyph(0, 0.0, 0.0, width, piece.text),), None)
        art = self._book.emoji(piece.text) if piece.emoji else None
        if art is not None:
            box = Rect(self._x + (EMOJI_WIDTH - 1) / 2 * em, y - (_MIDDLE + 0.5) * em, em, em)
            edge = (_die_cut(art, box, key),) if style.die_cut else ()
            shapes = (*edge, *emoji_paths(art, box, key))
            return Group(key, (*shapes, words), role="emoji", rect=box, text=piece.text)
        box = Rect(self._x + 0.06 * em, y - 0.66 * em, width - 0.12 * em, 0.72 * em)
        return Group(key, (*_missing(piece.text, box, style, key), words), rect=box, text=piece.text)

    def done(self) -> tuple[tuple[Item, ...], str]:
        """Return the line's items and its text."""
        self._flush()
        if any(_is_decorated(e.style) for e in self._extents):
            self._items = [
                *under(self._extents, self._pen.key, self._pen.size, self._pen.y),
                *self._items,
                *over(self._extents, self._pen.key, self._pen.size, self._pen.y),
            ]
        return tuple(self._items), "".join(self._texts)


def _is_decorated(style: TextStyle) -> bool:
    return bool(style.highlight or style.chip or style.link or style.strike or style.sign or style.underline != "none")


@functools.lru_cache(maxsize=256)
def _paint(color: Color) -> Paint:
    return Paint(color)


def emoji_paths(art: EmojiArt, box: Rect, key: str) -> tuple[Path, ...]:
    """Return an emoji's shapes in a square box, bottom first."""
    onto = Affine(box.w, 0.0, 0.0, box.h, box.x, box.y)
    return tuple(
        Path(f"{key}/shape{i}", layer.path.transformed(onto), fill=Paint(layer.color, layer.opacity), tool="exact")
        for i, layer in enumerate(art.layers)
    )


def _die_cut(art: EmojiArt, box: Rect, key: str) -> Path:
    """Return the white edge around an emoji's silhouette."""
    onto = Affine(box.w, 0.0, 0.0, box.h, box.x, box.y)
    white = _paint(WHITE)
    edge = Stroke(2 * DIE_CUT * box.w, white)
    return Path(f"{key}/edge", art.silhouette.transformed(onto), fill=white, stroke=edge, tool="exact")


def _missing(text: str, box: Rect, style: TextStyle, key: str) -> tuple[Path, ...]:
    """Return a pen box with the code point of the first character in it, in two rows of digits."""
    paint = _paint(style.color)
    code = f"{ord(text[0]):04X}"
    code = code if len(code) % 2 == 0 else f"0{code}"
    columns = len(code) // 2
    verbs, coords = [], []
    cell_w, cell_h = box.w * 0.8 / columns, box.h * 0.4
    for i, digit in enumerate(code):
        row, column = divmod(i, columns)
        x = box.x + box.w * 0.1 + (column + 0.2) * cell_w
        y = box.y + box.h * 0.1 + (row + 0.14) * cell_h
        for segment in _DIGITS[digit]:
            x0, y0, x1, y1 = _SEGMENTS[segment]
            verbs.append("ML")
            coords += [x + x0 * cell_w * 0.6, y + y0 * cell_h * 0.36, x + x1 * cell_w * 0.6, y + y1 * cell_h * 0.36]
    frame = Stroke(box.h * 0.06, paint)
    digits = Stroke(box.h * 0.045, paint, taper=False)
    return (
        Path(f"{key}/box", Outline.rect(box, box.h * 0.08), stroke=frame),
        Path(f"{key}/code", Outline("".join(verbs), tuple(coords)), stroke=digits, tool="exact"),
    )
