"""The sketch stage: an exact scene in, the same scene drawn by hand out."""

from __future__ import annotations

import math

import msgspec

from banana_layout.scene.item import GlyphRun, Group, Item, Path, Scene
from banana_layout.sketch.fill import highlighter, marker_fill, pen_fill
from banana_layout.sketch.glyphs import Baseline, variants, written
from banana_layout.sketch.hand import SketchHand
from banana_layout.sketch.noise import Dice
from banana_layout.sketch.paper import ruling
from banana_layout.sketch.stroke import Pen, stroke_outline


def sketch(scene: Scene, hand: SketchHand, seed: int) -> Scene:
    """Return the scene with every item drawn as its tool says.

    Lines become filled outlines, fills stray a little, glyphs take variants. What an item becomes depends on its own
    key, its own exact shape and the seed only, so that changing one item leaves all others as they were; its ink stays
    within `sketch.hand.reach` of its exact shape. Items marked `exact`, clips, images and links stay as they are.
    Paths of the result are marked `exact`.
    """
    stage = _Stage(hand, seed, scene)
    return msgspec.structs.replace(
        scene, items=stage.items(scene.items, None), variants=variants(hand, seed) or scene.variants
    )


class _Stage:
    """One pass over a scene."""

    def __init__(self, hand: SketchHand, seed: int, scene: Scene) -> None:
        self._hand = hand
        self._seed = seed
        self._paper = scene.paper.color

    def items(self, items: tuple[Item, ...], line: Baseline | None) -> tuple[Item, ...]:
        """Return the items as drawn; `line` is the text line they stand in."""
        out: list[Item] = []
        for item in items:
            if isinstance(item, Path):
                out += self._path(item)
            elif isinstance(item, GlyphRun):
                out.append(written(item, line, self._hand, self._seed))
            elif isinstance(item, Group):
                out.append(self._group(item, line))
            else:
                out.append(item)
        return tuple(out)

    def _group(self, group: Group, line: Baseline | None) -> Group:
        """Return a group with its children drawn."""
        if group.role == "line":
            x = group.rect.x if group.rect is not None else 0.0
            line = Baseline.of(group.key, x, self._hand, self._seed)
        return msgspec.structs.replace(group, children=self.items(group.children, line))

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
