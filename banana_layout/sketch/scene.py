"""The sketch stage: an exact scene in, the same scene drawn by hand out."""

from __future__ import annotations

import math

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.scene.item import GlyphRun, Group, Item, Path, Scene
from banana_layout.sketch.chalk import Forms, worn
from banana_layout.sketch.fill import highlighter, marker_fill, pen_fill
from banana_layout.sketch.glyphs import TRIES, Baseline, bowed, lettered, variants, written
from banana_layout.sketch.hand import SketchHand
from banana_layout.sketch.noise import Dice
from banana_layout.sketch.paper import ruling
from banana_layout.sketch.stroke import Pen, stroke_outline


def sketch(scene: Scene, hand: SketchHand, seed: int, forms: Forms | None = None) -> Scene:
    """Return the scene with every item drawn as its tool says.

    Lines become filled outlines, fills stray a little, glyphs take variants. What an item becomes depends on its own
    key, its own exact shape and the seed only, so that changing one item leaves all others as they were; its ink stays
    within `sketch.hand.reach` of its exact shape. Items marked `exact`, clips, images and links stay as they are.
    Paths of the result are marked `exact`. `forms` gives letters' outlines to chalk; without it, or without a board
    under it, writing is flat.
    """
    stage = _Stage(hand, seed, scene, forms)
    return msgspec.structs.replace(
        scene, items=stage.items(scene.items, None, 1.0), variants=variants(hand.jitter) or scene.variants
    )


class _Stage:
    """One pass over a scene."""

    def __init__(self, hand: SketchHand, seed: int, scene: Scene, forms: Forms | None) -> None:
        self._hand = hand
        self._seed = seed
        self._paper = scene.paper.color
        self._variants = variants(hand.jitter)
        self._forms = forms if hand.texture == "chalk" and scene.paper.opacity > 0 else None

    def items(self, items: tuple[Item, ...], line: Baseline | None, scale: float) -> tuple[Item, ...]:
        """Return the items as drawn; `line` is the text line they stand in, `scale` what groups around them do."""
        out: list[Item] = []
        for item in items:
            if isinstance(item, Path):
                out += self._path(item) if 0.8 < scale < 1.25 else self._resized(item, scale)
            elif isinstance(item, GlyphRun):
                run = written(item, line, self._hand, self._seed)
                out.append(run)
                if self._forms is not None and run.paint is not None and run.face and run.tool != "exact":
                    tries = (None, *self._variants)
                    shapes = [self._forms(run.face, g.gid, tries[g.variant]) for g in run.glyphs]
                    out += worn(run, shapes, self._paper, self._seed)
            elif isinstance(item, Group):
                out.append(self._group(item, line, scale))
            else:
                out.append(item)
        return tuple(out)

    def _group(self, group: Group, line: Baseline | None, scale: float) -> Group:
        """Return a group with its children drawn."""
        if group.role == "line":
            x = group.rect.x if group.rect is not None else 0.0
            line = Baseline.of(group.key, x, self._hand, self._seed)
        if group.transform is not None:
            a, b, c, d, _, _ = group.transform
            scale *= math.sqrt(abs(a * d - b * c))
        if group.style == "letter" and group.rect is not None and group.transform is None and self._hand.jitter:
            turned = lettered(group.key, group.rect, self._hand, self._seed)
            drawn = tuple(bowed(c, group.rect, group.level % TRIES + 1) for c in group.children)
            group = msgspec.structs.replace(group, transform=turned, children=drawn)
        return msgspec.structs.replace(group, children=self.items(group.children, line, scale))

    def _resized(self, item: Path, scale: float) -> list[Item]:
        """Return what a path becomes that its groups enlarge or shrink: a hand strays as far at any scale."""
        if item.tool == "exact" or not 1e-6 < scale < 1e6:
            return [item]
        return [_scaled(i, 1 / scale) for i in self._path(_scaled_path(item, scale))]

    def _path(self, item: Path) -> list[Item]:
        """Return what a path becomes; nothing for one without length or area."""
        tool, hand = item.tool, self._hand
        if tool == "exact" or not _drawable(item):
            return [item]
        dice = Dice.of(self._seed, item.key)
        if tool == "grid":
            return list(ruling(item, hand, dice))
        out: list[Item] = []
        if item.fill is not None:
            if tool == "marker":
                out += marker_fill(item, hand, dice, self._paper)
            elif tool == "highlighter":
                out += highlighter(item, hand, dice)
            else:
                out.append(pen_fill(item, hand, dice))
        if item.stroke is not None:
            ease = hand.ruler if tool == "ruler" else 1.0
            dice = Dice.of(self._seed, item.key + "~ink")
            pen = Pen(item.stroke, hand, ease, dice, broad=tool in ("marker", "highlighter"))
            shape = stroke_outline(item.path, pen)
            if shape.verbs:
                out.append(Path(key=f"{item.key}~ink", path=shape, fill=item.stroke.paint, tool="exact"))
        return out


def _drawable(item: Path) -> bool:
    """Tell whether a path starts with M and all its numbers are finite."""
    return item.path.verbs[:1] == "M" and math.isfinite(sum(item.path.coords))


def _scaled(item: Item, k: float) -> Item:
    """Return a drawn item enlarged `k` times about the origin."""
    if isinstance(item, Path):
        return _scaled_path(item, k)
    if isinstance(item, Group):
        clip = item.clip.transformed(Affine.scale(k)) if item.clip is not None else None
        return msgspec.structs.replace(item, clip=clip, children=tuple(_scaled(c, k) for c in item.children))
    return item


def _scaled_path(item: Path, k: float) -> Path:
    """Return a path enlarged `k` times about the origin, its stroke too."""
    stroke = item.stroke
    if stroke is not None:
        stroke = msgspec.structs.replace(
            stroke,
            width=stroke.width * k,
            dash=(stroke.dash[0] * k, stroke.dash[1] * k) if stroke.dash else None,
            overshoot=stroke.overshoot * k,
            widths=(stroke.widths[0] * k, stroke.widths[1] * k) if stroke.widths else None,
        )
    return msgspec.structs.replace(item, path=item.path.transformed(Affine.scale(k)), stroke=stroke)
