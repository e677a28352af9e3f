"""The mascot: a banana with a face that speaks lone quotes and stands in large empty places."""

from __future__ import annotations

from typing import Literal

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke

Pose = Literal["wave", "point"]
"""Both arms up, or one arm on the hip and one that points aside."""

FAT = 1.09
"""How much wider it is drawn than its outline's figures say."""
WIDE = 0.66
"""The mascot's width with its arms, as a share of its height."""


def mascot(feet: Point, tall: Pt, pose: Pose, context: Context, flip: bool = False) -> Group:
    """Return the mascot standing on `feet`, `tall` points high; flipped it looks and points to the left.

    Drawn in a box of height 1, its feet at the origin; the strokes keep the look's widths at any height.
    """
    put = Affine.scale(-FAT * tall if flip else FAT * tall, tall).then(Affine.translate(*feet))
    theme, key = context.theme, context.key
    mm = tall / 17.5
    line, ink = Paint(theme.mascot.line), Paint(theme.ink)
    dark = theme.paper.color.luminance < 0.5

    def stroke(name: str, shape: Outline, width: float, paint: Paint) -> Path:
        return Path(f"{key}/{name}", shape.transformed(put), stroke=Stroke(width * mm, paint), reach=0.6 * mm)

    def area(name: str, shape: Outline, paint: Paint) -> Path:
        return Path(f"{key}/{name}", shape.transformed(put), fill=paint, tool="exact")

    items: list[Item] = [stroke(f"limb{i}", limb, 0.34, ink) for i, limb in enumerate(_limbs(pose))]
    body = _body()
    peel = body.transformed(put)
    items += [
        area("peel", body, Paint(theme.mascot.fill)),
        Group(f"{key}/shade", (area("shade/deep", _shade(), Paint(theme.mascot.deep)),), clip=peel),
        area("shine", _shine(), Paint(theme.clean if not dark else theme.ink, 0.55, stand_in=theme.mascot.fill)),
        stroke("seam", _seam(), 0.26, Paint(theme.mascot.deep.mix(theme.mascot.line, 0.35))),
        stroke("outline", _open(body), 0.5, line),
        area("stem", _stem(), Paint(theme.mascot.deep.mix(theme.mascot.line, 0.42))),
        stroke("stem/line", _open(_stem()), 0.4, line),
    ]
    cheek = Paint(theme.mascot.fill.mix(theme.danger, 0.42) if not dark else theme.danger)
    for i, x in enumerate((-0.122, 0.078)):
        items.append(area(f"cheek{i}", Outline.ellipse(Rect(x - 0.03, -0.463, 0.06, 0.04)), cheek))
    for i, x in enumerate((-0.078, 0.045)):
        items.append(area(f"eye{i}", Outline.ellipse(Rect(x - 0.021, -0.538, 0.042, 0.055)), line))
        items.append(area(f"glint{i}", Outline.ellipse(Rect(x - 0.011, -0.530, 0.018, 0.02)), Paint(theme.mascot.fill)))
    smile = PathBuilder().move(-0.05, -0.452).cubic(-0.042, -0.405, 0.008, -0.405, 0.014, -0.452).build()
    items.append(stroke("smile", smile, 0.34, line))
    low = Rect.spanning(*feet.shifted(-WIDE / 2 * tall, -tall), *feet.shifted(WIDE / 2 * tall, 0.0))
    return Group(key, tuple(items), role="artifact", rect=low)


def _body() -> Outline:
    """Return the peel: a crescent, fat below, its hollow side to the right."""
    b = PathBuilder().move(0.088, -0.915)
    b.cubic(0.03, -0.80, -0.145, -0.735, -0.160, -0.475)
    b.cubic(-0.168, -0.26, -0.045, -0.085, 0.178, -0.055)
    b.cubic(0.225, -0.052, 0.240, -0.095, 0.212, -0.132)
    b.cubic(0.135, -0.235, 0.150, -0.345, 0.168, -0.47)
    b.cubic(0.185, -0.62, 0.222, -0.80, 0.170, -0.915)
    return b.close().build()


def _open(shape: Outline) -> Outline:
    """Return a closed shape's line up to where it would close: a pen need not overlap itself there."""
    return Outline(shape.verbs.rstrip("Z"), shape.coords)


def _stem() -> Outline:
    """Return the stem on top."""
    b = PathBuilder().move(0.088, -0.905).quad(0.112, -0.94, 0.105, -0.985)
    return b.line(0.178, -1.0).quad(0.168, -0.95, 0.176, -0.905).close().build()


def _shade() -> Outline:
    """Return the shaded side along the hollow, cut to the peel by its clip."""
    b = PathBuilder().move(0.3, -0.75).line(0.172, -0.72)
    b.cubic(0.105, -0.5, 0.075, -0.32, 0.02, -0.09)
    return b.line(0.02, 0.0).line(0.3, 0.0).close().build()


def _shine() -> Outline:
    """Return the light on the back."""
    b = PathBuilder().move(-0.075, -0.655).cubic(-0.125, -0.60, -0.138, -0.55, -0.136, -0.50)
    return b.cubic(-0.105, -0.535, -0.085, -0.59, -0.055, -0.655).close().build()


def _seam() -> Outline:
    """Return the edge of the peel that shows beside the face."""
    return PathBuilder().move(0.140, -0.83).cubic(0.105, -0.72, 0.088, -0.66, 0.082, -0.565).build()


def _limbs(pose: Pose) -> tuple[Outline, ...]:
    """Return arms and legs, each one stroke."""
    legs = (
        PathBuilder()
        .move(-0.005, -0.13)
        .cubic(-0.02, -0.09, -0.035, -0.06, -0.045, -0.02)
        .quad(-0.08, -0.03, -0.105, -0.004),
        PathBuilder()
        .move(0.085, -0.085)
        .cubic(0.082, -0.06, 0.078, -0.04, 0.075, -0.012)
        .quad(0.045, -0.022, 0.022, -0.002),
    )
    if pose == "wave":
        arms: tuple[PathBuilder, ...] = (
            PathBuilder().move(-0.155, -0.40).cubic(-0.235, -0.42, -0.275, -0.50, -0.285, -0.62),
            PathBuilder().move(0.155, -0.38).cubic(0.235, -0.40, 0.275, -0.50, 0.285, -0.64),
        )
        return tuple(b.build() for b in (*arms, *legs))
    arms = (
        PathBuilder().move(-0.15, -0.36).cubic(-0.25, -0.36, -0.27, -0.27, -0.165, -0.235),
        PathBuilder().move(0.158, -0.40).cubic(0.21, -0.385, 0.26, -0.44, 0.30, -0.545),
        PathBuilder().move(0.262, -0.52).line(0.318, -0.565),
        PathBuilder().move(0.292, -0.60).line(0.302, -0.535),
    )
    return tuple(b.build() for b in (*arms, *legs))
