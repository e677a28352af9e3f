"""Bubble letters: outlined, two-toned, each a drawing of its own."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from banana_layout.color import WHITE, Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context
from banana_layout.layout.doodles import chance, swash
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Glyph, GlyphRun, Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.text.itemise import graphemes

Cut = Literal["main", "aside", "tail"]
"""What a stretch of a title is: its subject, something in parentheses, or what follows a dash."""

TRACKING = 0.045
"""Between letters, in em: room for two outlines."""
SLIVER = 0.028
"""Paper at least left between the outlines of two letters, in em: a little turn then does not make them touch."""
ASIDE = 0.83
"""Size of a parenthesis relative to the title."""
TAIL = 0.78
"""Size of what follows a dash."""
OUTLINE = 0.078
"""Width of the line around a letter, in em; half of it lies outside."""
FAT = 0.07
"""How much is added to the strokes of letters that no bubble face has, in em."""
DASHES = "—–-"
"""Before a tail these are drawn as one stroke of a pen."""
SWASH = 0.17
"""Room under a tail for its underline, in em."""
_PARTS = re.compile(r"\([^()]*\)|（[^（）]*）|\s[—–-]\s.*$|[^(（]+?(?=\s[—–-]\s|[(（]|$)|[(（]")


class Letter(msgspec.Struct, frozen=True):
    """One letter of a title, in em of the title's size."""

    outline: Outline
    """Its shape, y down from the baseline; empty for a space."""
    advance: float
    """How far the pen moves on, tracking included."""
    text: str
    """The characters it stands for."""
    cut: Cut
    """Which part of the title it belongs to."""
    thin: bool = False
    """Whether its face is no bubble face and wants fattening."""


def letters(text: str, context: Context) -> tuple[Letter, ...]:
    """Return a title's letters; Latin, Hangul and symbols each in the first face that has them."""
    out: list[Letter] = []
    for cut, part in title_parts(text):
        scale = {"main": 1.0, "aside": ASIDE, "tail": TAIL}[cut]
        chain = context.book.chain(context.theme.faces.title, context.lang)
        for cluster in graphemes(part):
            if cut == "tail" and cluster in DASHES:
                out.append(Letter(Outline(), 0.78 * scale, cluster, cut))
                continue
            face = context.book.pick(cluster, chain)
            if face is None or cluster.isspace():
                out.append(Letter(Outline(), 0.26 * scale, cluster, cut))
                continue
            shape, x = Outline(), 0.0
            for glyph in face.shape(cluster, context.lang):
                shape = shape.joined(_scaled(face.outline(glyph.gid), face.scale * scale).shifted(x, glyph.dy * scale))
                x += glyph.advance * scale
            thin = face.id != chain[0].id
            out.append(Letter(shape, x + (TRACKING + thin * FAT) * scale, cluster, cut, thin))
    return _apart(out)


def _apart(row: Sequence[Letter]) -> tuple[Letter, ...]:
    """Return letters with those moved apart whose outlines would touch."""
    out = list(row)
    for i, (letter, following) in enumerate(itertools.pairwise(row)):
        if letter.outline.verbs and following.outline.verbs:
            between = letter.advance - letter.outline.bounds().right + following.outline.bounds().x
            lack = OUTLINE + SLIVER - between
            if lack > 0.0:
                out[i] = msgspec.structs.replace(letter, advance=letter.advance + lack)
    return tuple(out)


def title_parts(text: str) -> list[tuple[Cut, str]]:
    """Cut a title into its subject, parentheses and what follows a dash."""
    out: list[tuple[Cut, str]] = []
    for match in _PARTS.finditer(text):
        part = match.group()
        if part[0] in "(（" and len(part) > 1:
            out.append(("aside", part))
        elif re.match(r"\s[—–-]\s", part):
            out.append(("tail", part))
        else:
            out.append(("main", part))
    return out or [("main", text)]


def width(row: Sequence[Letter]) -> float:
    """Return how wide letters are, in em."""
    return math.fsum(letter.advance for letter in row) - (TRACKING if row else 0.0)


def extents(row: Sequence[Letter]) -> tuple[float, float]:
    """Return how far letters, their outline and their shadow reach above and below the baseline, in em."""
    boxes = [letter.outline.bounds() for letter in row if letter.outline.verbs]
    above = max((-b.y for b in boxes), default=0.7)
    below = max((b.bottom for b in boxes), default=0.0)
    if any(letter.cut == "tail" for letter in row):
        below = max(below, SWASH)
    return above + OUTLINE / 2, max(0.0, below) + OUTLINE / 2 + 0.03


def subject_width(row: Sequence[Letter]) -> float:
    """Return how wide letters are up to what follows a dash, in em."""
    return width([letter for letter in row if letter.cut != "tail"]) or width(row)


def draw(row: Sequence[Letter], size: Pt, context: Context) -> Frame:
    """Return a row of letters: shadow, outline, two-toned fill, and the text to copy."""
    children: list[Placed] = []
    glyphs: list[Glyph] = []
    above, below = extents(row)
    x, base = 0.0, above * size
    tall = (above + below) * size
    placed: list[tuple[Letter, Outline, Pt]] = []
    for letter in row:
        if letter.outline.verbs:
            placed.append((letter, _scaled(letter.outline, size).shifted(x, base), x))
        elif letter.cut == "tail" and letter.text in DASHES:
            children.append(Placed(0.0, 0.0, _dash(f"{context.key}/dash{len(glyphs)}", x, base, size, context)))
        glyphs.append(Glyph(0, x, 0.0, letter.advance * size, letter.text))
        x += letter.advance * size
    seen: Counter[str] = Counter()
    for i, (letter, shape, left) in enumerate(placed):
        box = Rect(left, 0.0, letter.advance * size, tall)
        items = _bubble(letter, shape, size, f"{context.key}/letter{i}", context)
        group = Group(f"{context.key}/letter{i}", items, rect=box, style="letter", level=seen[letter.text])
        seen[letter.text] += 1
        children.append(Placed(0.0, 0.0, group))
    tail = [left for letter, _, left in placed if letter.cut == "tail"]
    if tail:
        pen = Stroke(0.042 * size, Paint(context.theme.ink))
        span = (tail[0] - 0.02 * size, x - 0.06 * size)
        children.append(Placed(0.0, 0.0, swash(f"{context.key}/swash", span, base + 0.11 * size, pen, 0.1 * size)))
    text = "".join(g.text for g in glyphs)
    run = GlyphRun(f"{context.key}/text", "", size, 0.0, base, tuple(glyphs), None, lang=context.lang)
    box = Rect(0.0, 0.0, x, tall)
    line = Group(f"{context.key}/line", (run,), role="line", rect=box, text=text.strip(), size=size, style="title")
    return Frame(Size(x, tall), (*children, Placed(0.0, 0.0, line)), base)


def _dash(key: str, x: Pt, base: Pt, size: Pt, context: Context) -> Path:
    """Return the dash before a tail, one short stroke."""
    y, wide = base - 0.31 * size, 0.78 * TAIL * size
    b = PathBuilder().move(x + 0.1 * wide, y + 0.02 * size)
    b.cubic(x + 0.35 * wide, y - 0.02 * size, x + 0.65 * wide, y - 0.03 * size, x + 0.9 * wide, y - 0.01 * size)
    return Path(key, b.build(), stroke=Stroke(0.1 * size, Paint(context.theme.ink)), reach=0.05 * size)


def _bubble(letter: Letter, shape: Outline, size: Pt, key: str, context: Context) -> tuple[Item, ...]:
    """Return one letter's layers, bottom first."""
    title = context.theme.title
    line = (OUTLINE + letter.thin * FAT) * size
    edge = Paint(title.line)
    if title.style == "hatched":
        return (
            Path(f"{key}/outline", shape, fill=edge, stroke=Stroke(line, edge), tool="exact"),
            _hatched(letter, shape, key, context),
        )
    shadow = Paint(title.shadow)
    dropped = shape.shifted(0.055 * size, 0.065 * size)
    return (
        Path(f"{key}/shadow", dropped, fill=shadow, stroke=Stroke(line, shadow), tool="exact"),
        Path(f"{key}/outline", shape, fill=edge, stroke=Stroke(line, edge), tool="exact"),
        _two_toned(letter, shape, size, key, context),
    )


def _two_toned(letter: Letter, shape: Outline, size: Pt, key: str, context: Context) -> Group:
    """Return a letter's inside: two tones parted by a wave, and a light along the top."""
    title = context.theme.title
    coral = context.theme.pairs[0]
    tones: dict[Cut, tuple[Color, Color]] = {
        "main": (title.fill, title.deep),
        "aside": (WHITE, title.fill.mix(WHITE, 0.72)),
        "tail": (coral.marker, coral.marker.mix(coral.pen, 0.28)),
    }
    upper, lower = tones[letter.cut]
    box = shape.bounds()
    wave = _wave(box.grown(OUTLINE * size), box.y + 0.64 * box.h, 0.03 * size)
    spare = OUTLINE * size  # beyond the letter, which clips it: a hand bends both
    shine = Outline.rect(Rect(box.x - spare, box.y - spare, box.w + 2 * spare, 0.2 * box.h + spare))
    light = Paint(WHITE, 0.45, stand_in=upper.mix(WHITE, 0.45))
    if letter.thin:
        fat = Stroke(FAT * size, Paint(upper))
        return Group(f"{key}/fill", (Path(f"{key}/upper", shape, fill=Paint(upper), stroke=fat, tool="exact"),))
    layers = (
        Path(f"{key}/upper", shape, fill=Paint(upper), tool="exact"),
        Path(f"{key}/lower", wave, fill=Paint(lower), tool="exact"),
        Path(f"{key}/shine", shine, fill=light, tool="exact"),
    )
    return Group(f"{key}/fill", layers, clip=shape)


def _hatched(letter: Letter, shape: Outline, key: str, context: Context) -> Group:
    """Return a letter's inside: paper, and over it pen strokes that rise to the right, each a thin wedge."""
    title, anatomy = context.theme.title, context.memo["anatomy"]
    unit: Pt = anatomy.unit
    paper = context.theme.paper.color
    ink = title.fill if letter.cut == "main" else context.theme.pairs[0].pen
    dark = paper.luminance < 0.5
    aside = letter.cut == "aside" or letter.thin
    # On a board light lines alone would drown the letter's shape: its inside is rubbed in first.
    inside = Paint(paper.mix(ink, 0.3) if dark and not aside else paper)
    ground = Path(f"{key}/inside", shape, fill=inside, tool="exact")
    if aside:
        return Group(f"{key}/fill", (ground,), clip=shape)
    box = shape.bounds()
    ink = ink.mix(paper, 0.12) if dark else ink
    b = PathBuilder()
    rise = 1.1 * box.h
    broad = 1.7 if context.theme.drawing.texture == "chalk" else 1.0
    x, i = box.x - rise, 0
    while x < box.right:
        thick = broad * (0.2 + 0.16 * chance(key, f"w{i}")) * unit
        lean = (chance(key, f"l{i}") - 0.5) * 0.8 * unit
        b.move(x, box.bottom).line(x + rise + lean, box.y).line(x + rise + lean + 0.5 * thick, box.y)
        b.line(x + thick * 1.4, box.bottom).close()
        x += broad * (0.8 + 0.3 * chance(key, f"x{i}")) * unit
        i += 1
    hatching = Path(f"{key}/hatching", b.build(), fill=Paint(ink), tool="exact")
    return Group(f"{key}/fill", (ground, hatching), clip=shape)


def _wave(box: Rect, y: Pt, swing: Pt) -> Outline:
    """Return everything in a box below a wavy line at `y`."""
    third = box.w / 3
    b = PathBuilder().move(box.x, y)
    b.cubic(box.x + third, y - 2 * swing, box.x + 2 * third, y + 2 * swing, box.right, y)
    return b.line(box.right, box.bottom).line(box.x, box.bottom).close().build()


def _scaled(path: Outline, k: float) -> Outline:
    """Return a path enlarged about the origin."""
    return Outline(path.verbs, tuple(v * k for v in path.coords))
