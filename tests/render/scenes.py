"""Scenes built by hand, in real faces, for the renderers' tests."""

from __future__ import annotations

from banana_layout.color import Color
from banana_layout.font.book import FontBook
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, GlyphRun, Group, Item, Link, Path, Scene, Variant
from banana_layout.scene.paint import Paint, Stroke

BOOK = FontBook.standard()
INK = Paint(Color.parse("#2a2933"))
RED = Paint(Color.parse("#c2332a"))
SKY = Paint(Color.parse("#e6f3ff"))
MARKER = Paint(Color.parse("#ffc4b5"), 0.92, "multiply", Color.parse("#ffc4b5"))
VARIANTS = (
    Variant(2.0, 0.01, 0.01, 1.01, 0.5),
    Variant(-2.0, -0.01, 0.0, 0.99, -0.5),
    Variant(1.0, 0.0, -0.01, 1.0, 1.0),
)


def run(key: str, text: str, x: float, y: float, size: float = 16.0, **options) -> GlyphRun:
    """Return shaped text; `face`, `paint`, `weight`, `slant`, and `varied` to let glyphs vary."""
    face = BOOK.face(options.pop("face", "gamja"))
    varied = options.pop("varied", False)
    shaped = face.shape(text)
    starts = [*(g.cluster for g in shaped), len(text)]
    glyphs, pen = [], 0.0
    for i, g in enumerate(shaped):
        end = next((s for s in starts[i + 1 :] if s > g.cluster), len(text))
        chars = text[g.cluster : end] if i == 0 or starts[i - 1] != g.cluster else ""
        variant = i % len(VARIANTS) + 1 if varied and chars.strip() else 0
        glyphs.append(Glyph(g.gid, pen + g.dx * size, g.dy * size, g.advance * size, chars, variant))
        pen += g.advance * size
    return GlyphRun(key, face.id, size * face.scale, x, y, tuple(glyphs), options.pop("paint", INK), **options)


def emoji(key: str, text: str, x: float, y: float, size: float = 16.0) -> Group:
    """Return a picture with its characters laid over it."""
    face = Path(f"{key}/face", Outline.ellipse(Rect(x, y - size * 0.8, size, size)), fill=Paint(Color.parse("#ffcc4d")))
    hidden = GlyphRun(f"{key}/text", "", size, x, y, (Glyph(0, 0.0, 0.0, size, text),), None)
    return Group(key, (face, hidden), role="emoji", text=text, rect=Rect(x, y - size * 0.8, size, size))


def line(key: str, *parts: str, x: float = 30.0, y: float = 50.0, size: float = 16.0, **options) -> Group:
    """Return a line of text; a part that is an emoji is drawn as one."""
    children: list[Item] = []
    left = x
    for i, part in enumerate(parts):
        if BOOK.emoji(part) is not None:
            children.append(emoji(f"{key}/{i}", part, x, y, size))
            x += size * 1.05
        else:
            children.append(run(f"{key}/{i}", part, x, y, size, **options))
            x += children[-1].width
    return Group(
        key, tuple(children), role="line", rect=Rect(left, y - 0.7 * size, x - left, 0.8 * size), text="".join(parts),
        size=size, style="body",
    )  # fmt: skip


def page(*items: Item, width: float = 300.0, height: float = 200.0, **options) -> Scene:
    """Return a page."""
    return Scene(width, height, items, Paint(Color.parse("#fffdf4")), variants=VARIANTS, **options)


def marker(key: str, x: float, y: float, w: float, h: float) -> Path:
    """Return a highlighter band."""
    return Path(key, Outline.rect(Rect(x, y, w, h)), fill=MARKER)


def busy(*extra: Item) -> Scene:
    """Return a page with something of everything, without multiplied paint."""
    pale = Paint(SKY.color, 0.5)
    return page(
        Path("box", Outline.rect(Rect(20, 20, 260, 160), 8), fill=SKY, stroke=Stroke(1.5, INK)),
        line("a", "안녕하세요 세계 ", "👩‍👩‍👧‍👦", " 가족", y=56, varied=True),
        line("b", "Hello world ", "🇰🇷", "2️⃣", " 끝", y=80),
        line("c", "굵은 글씨 Bold", y=104, weight=1.0, face="poor-story"),
        line("d", "기울임 slanted", x=150, y=104, slant=10.0, paint=RED),
        Group(
            "e", (line("e/0", "돌린 글 rotated", x=0, y=0),), transform=Affine.rotate(8).then(Affine.translate(30, 130))
        ),
        Group(
            "f",
            tuple(Path(f"f/{i}", Outline.rect(Rect(200 + 15 * i, 120 + 15 * i, 30, 30)), fill=RED) for i in range(2)),
            opacity=0.5,
        ),
        Group(
            "g",
            (Path("g/0", Outline.rect(Rect(200, 60, 60, 50)), fill=pale),),
            clip=Outline.ellipse(Rect(200, 60, 50, 50)),
        ),
        Path("limb", Outline("MC", (30, 170, 60, 140, 120, 190, 190, 160)), stroke=Stroke(8, RED, widths=(8, 1.5))),
        Path("dash", Outline.line(30, 176, 260, 176), stroke=Stroke(1, INK, dash=(4, 2), cap="butt")),
        Path("leaf", Outline("MQQZ", (250, 60, 275, 80, 250, 100, 225, 80, 250, 60)), fill=pale, stroke=Stroke(1, INK)),
        Link("link", Rect(30, 92, 100, 16), "https://example.org/", "굵은 글씨"),
        *extra,
        title="작은 장면",
    )
