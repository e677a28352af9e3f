"""What stands outside a printed page: crop and registration marks, patches of ink, a line about the job."""

from __future__ import annotations

import math

from banana_layout.font.book import FontBook
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.render.number import numbers
from banana_layout.render.pdf.inks import ALL
from banana_layout.render.pdf.preset import Press
from banana_layout.render.pdf.stream import outline
from banana_layout.source import BananaError

_LENGTH = 5 * MM
"""Of a crop mark."""
_WIDTH = 0.25
"""Of a mark's line, in points: the thinnest a press holds."""
_PATCH = 4 * MM
"""Side of a patch of ink."""
_MIDDLE = 4 * MM
"""What the registration mark in the middle keeps free on either side."""
_SLUG, _LEAST_SLUG = 6.0, 3.5
"""Type size of the slug line, and the smallest that is still read, in points."""
_PATCHES = ("1 0 0 0", "0 1 0 0", "0 0 1 0", "0 0 0 1", ".5 0 0 0", "0 .5 0 0", "0 0 .5 0", "0 0 0 .5", "1 1 0 0", "1 0 1 0", "0 1 1 0")  # fmt: skip
"""Full tones, half tones, and pairs of inks."""


def marks(page: Size, press: Press, book: FontBook) -> list[str]:
    """Return the operators of all marks asked for; y down from the trimmed page's upper left corner.

    Crop marks are in black alone: on every plate they would smear where plates slip. Registration marks are on every
    plate, as that is what they are for; they stand outside the bleed and are cut off.
    """
    out: list[str] = []
    if press.marks:
        out += ["0 0 0 1 K", f"{_WIDTH} w", *_crop(page, press.bleed)]
    if press.registration:
        every = "0 0 0 1 K" if press.grey else f"/{ALL} CS 1 SCN" if press.spots else "1 1 1 1 K"
        out += [every, f"{_WIDTH} w", *_registration(page, press.bleed + 4 * MM)]
    if press.bars:
        out += _bars(page, press)
    if press.slug:
        out += _slug(page, press, book)
    return out


def _crop(page: Size, away: Pt) -> list[str]:
    """Return two lines a corner, that many points outside the page."""
    w, h = page
    lines = []
    for x in (0.0, w):
        lines += [_line(x, -away, x, -away - _LENGTH), _line(x, h + away, x, h + away + _LENGTH)]
    for y in (0.0, h):
        lines += [_line(-away, y, -away - _LENGTH, y), _line(w + away, y, w + away + _LENGTH, y)]
    return lines


def _registration(page: Size, away: Pt) -> list[str]:
    """Return a ring with a cross at the middle of each side."""
    w, h = page
    out = []
    for x, y in ((w / 2, -away), (w / 2, h + away), (-away, h / 2), (w + away, h / 2)):
        r = 1.5 * MM
        ring = Outline.ellipse(Rect(x - r, y - r, 2 * r, 2 * r))
        out += [outline(ring) + "S", _line(x - 2 * r, y, x + 2 * r, y), _line(x, y - 2 * r, x, y + 2 * r)]
    return out


def _bars(page: Size, press: Press) -> list[str]:
    """Return patches of ink under the page, left of the middle."""
    out = []
    y = page.height + press.bleed + 2 * MM
    patches = [p for p in _PATCHES if p.startswith("0 0 0")] if press.grey else _PATCHES
    start = min(10 * MM, page.width / 8)
    side = min(_PATCH, (page.width / 2 - _MIDDLE - start) / len(patches))
    for i, inks in enumerate(patches):
        place = " ".join(numbers((start + i * side, y, side, side)))
        out += [f"{inks} k", f"{place} re f"]
    return out


def _slug(page: Size, press: Press, book: FontBook) -> list[str]:
    """Return the line about the job, drawn as shapes, right of the middle, in smaller type where there is little room.

    BananaError where it would be too small to read.
    """
    x, y = page.width / 2 + 6 * MM, page.height + press.bleed + 5.5 * MM
    chain = book.chain(("comic-mono", "gamja"))
    faces = [(face, char) for char in press.slug if (face := book.pick(char, chain)) is not None]
    glyphs = [(face, glyph) for face, char in faces for glyph in face.shape(char)]
    room, wide = page.width - 6 * MM - x, math.fsum(glyph.advance for _, glyph in glyphs)
    size = min(_SLUG, room / max(wide, 1e-6))
    if size < _LEAST_SLUG:
        fits = int(len(press.slug) * size / _LEAST_SLUG) if size > 0 else 0
        raise BananaError.single(
            f"the slug line has {len(press.slug)} characters, and there is room for about {fits}", hints=("shorten it",)
        )
    out = ["0 0 0 1 k"]
    for face, glyph in glyphs:
        place = Affine.scale(size * face.scale).then(Affine.translate(x + glyph.dx * size, y))
        shape = outline(face.outline(glyph.gid).transformed(place))
        out += [shape + "f"] if shape else []
        x += glyph.advance * size
    return out


def _line(x0: Pt, y0: Pt, x1: Pt, y1: Pt) -> str:
    """Return a straight line."""
    return "{} {} m {} {} l S".format(*numbers((x0, y0, x1, y1)))
