"""Scenes as text."""

from __future__ import annotations

import msgspec
import pytest

from banana_layout.color import Color
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.scene.dump import dump
from banana_layout.scene.item import Glyph, GlyphRun, Group, Image, Path, Scene
from banana_layout.scene.paint import Paint, Stroke

INK = Paint(Color.parse("#2a2933"))

SCENE = Scene(
    100,
    50.00049,
    (
        Group(
            "panel",
            (
                Path("panel/box", Outline("MLZ", (0, -0.0001, 1.23456, 2)), stroke=Stroke(1.5, INK, dash=(2, 1))),
                GlyphRun(
                    "panel/run", "gamja", 14, 1, 2, (Glyph(7, 0, 0, 6.5, "가"), Glyph(8, 6.5, 0.1, 5, '"', 2)), INK
                ),
            ),
            role="panel",
            rect=Rect(0, 0, 10, 20),
            transform=Affine.translate(1, 2),
        ),
        Image("picture", Rect(1, 2, 3, 4), b"data", "image/png"),
    ),
    INK,
    title="제목\n둘",
)

TEXT = """\
scene width=100 height=50 paper=paint(color=#2a2933) title="제목\\n둘"
  group "panel" role="panel" rect=(0 0 10 20) transform=[1 0 0 1 1 2]
    path "panel/box" path="M 0 0 L 1.235 2 Z" stroke=stroke(width=1.5 paint=paint(color=#2a2933) dash=[2 1])
    glyphrun "panel/run" face="gamja" size=14 x=1 y=2 glyphs=[7"가"@0,0+6.5 8/2"\\""@6.5,0.1+5] paint=paint(color=#2a2933)
  image "picture" rect=(1 2 3 4) data=4:DIGEST mime="image/png"
"""


def test_a_scene_reads_as_lines_of_items():
    """One line an item, indented, defaults left out, numbers short."""
    text = dump(SCENE)
    digest = text.rpartition("data=4:")[2].split()[0]
    assert len(digest) == 12
    assert text.replace(digest, "DIGEST") == TEXT


def test_noise_below_the_third_decimal_does_not_show():
    """Golden files do not change for rounding errors, but do for real ones."""
    assert dump(msgspec.structs.replace(SCENE, width=100.0001)) == dump(SCENE)
    assert dump(msgspec.structs.replace(SCENE, width=100.001)) != dump(SCENE)


def test_what_is_no_part_of_a_scene_is_refused():
    """A value of an unknown type is an error, not a silent repr with an address in it."""
    group = Group("g", (), facts=object())
    with pytest.raises(TypeError, match="object"):
        dump(msgspec.structs.replace(SCENE, items=(group,)))
