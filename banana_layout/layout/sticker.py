"""Emoji as die-cut stickers."""

from __future__ import annotations

from hashlib import blake2s

from banana_layout.color import WHITE
from banana_layout.font.emoji import EmojiArt
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.scene.item import Glyph, GlyphRun, Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke

EDGE = 0.05
"""White edge around a sticker, as a share of its side: 1.25 mm around one of 8.8 mm, half of it outside."""


def sticker(emoji: str, center: Point, side: Pt, context: Context, turn: bool = False) -> Group:
    """Return an emoji `side` points wide around `center`, with a white edge and a faint shadow.

    `turn` lays it a few degrees askew, the same way whenever the page is made. Themes that draw emoji as lines, and emoji
    without a colour drawing, get the line font's glyph in the panel's pen.
    """
    box = Rect(center.x - side / 2, center.y - side / 2, side, side)
    text = GlyphRun(f"{context.key}/text", "", side, box.x, box.bottom - 0.12 * side, (_glyph(emoji, side),), None)
    art = _art(emoji, context) if context.theme.emoji == "color" else None
    drawn = _line_art(emoji, box, context) if art is None else _stuck(art, box, context, turn)
    return Group(context.key, (*drawn, text), role="emoji", rect=box, text=emoji, alt=emoji)


def _glyph(emoji: str, side: Pt) -> Glyph:
    """Return the unseen glyph that carries the emoji's text."""
    return Glyph(0, 0.0, 0.0, side, emoji)


def _art(emoji: str, context: Context) -> EmojiArt | None:
    """Return an emoji's picture; a sticker is one although no U+FE0F asks for it, unless U+FE0E asks for text."""
    found = context.book.emoji(emoji)
    return found if found is not None or "\ufe0e" in emoji else context.book.emoji(f"{emoji}\ufe0f")


def _stuck(art: EmojiArt, box: Rect, context: Context, turn: bool) -> tuple[Item, ...]:
    """Return shadow, edge and picture."""
    side, center = box.w, box.center
    degrees = (blake2s(context.key.encode(), digest_size=1).digest()[0] / 255 - 0.5) * 14 if turn else 0.0
    put = Affine.scale(side).then(Affine.translate(box.x, box.y)).then(Affine.rotate(degrees, center))
    edge = art.silhouette.transformed(put)
    shade = Paint(context.theme.ink, 0.2, stand_in=context.tone.ground.mix(context.theme.ink, 0.2))
    paper = Stroke(2 * EDGE * side, Paint(WHITE))
    dropped = edge.shifted(0.03 * side, 0.045 * side)
    items: list[Item] = [
        Path(f"{context.key}/shadow", dropped, stroke=Stroke(2 * EDGE * side, shade), fill=None, tool="exact"),
        Path(f"{context.key}/edge", edge, fill=Paint(WHITE), stroke=paper, tool="exact"),
    ]
    for i, layer in enumerate(art.layers):
        fill = Paint(layer.color, layer.opacity)
        items.append(Path(f"{context.key}/layer{i}", layer.path.transformed(put), fill=fill, tool="exact"))
    return tuple(items)


def _line_art(emoji: str, box: Rect, context: Context) -> tuple[Item, ...]:
    """Return the emoji as one-colour line drawing."""
    face = context.book.face("noto-emoji")
    outline, x = Outline(), 0.0
    for glyph in face.shape(emoji):
        outline = outline.joined(face.outline(glyph.gid).shifted(x, 0.0))
        x += glyph.advance / face.scale
    found = outline.bounds()
    if found.w <= 0 or found.h <= 0:
        return ()
    k = box.w / max(found.w, found.h)
    middle = found.center
    put = Affine(k, 0.0, 0.0, k, box.center.x - k * middle.x, box.center.y - k * middle.y)
    drawn = outline.transformed(put)
    return (Path(f"{context.key}/lines", drawn, fill=Paint(context.tone.frame), tool="exact"),)
