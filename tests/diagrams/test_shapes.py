from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.diagrams.labels import label_bands
from banana_layout.diagrams.polygon import inside
from banana_layout.diagrams.shape.form import Load
from banana_layout.diagrams.shape.table import SAME, every_shape, shape
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

EM = 10.0
SHAPES = every_shape()
CLASSIC = [
    "rect", "rounded", "stadium", "fr-rect", "cyl", "circle", "dbl-circ", "diam", "hex", "odd", "lean-r", "lean-l",
    "trap-b", "trap-t",
]  # fmt: skip
LIST = [
    *CLASSIC, "ellipse", "datastore", "folder", "bucket", "console", "browser", "person", "bang", "cloud", "text",
    "notch-rect", "lin-rect", "sm-circ", "fr-circ", "fork", "hourglass", "brace", "brace-r", "braces", "bolt", "doc",
    "delay", "h-cyl", "lin-cyl", "curv-trap", "div-rect", "tri", "win-pane", "f-circ", "notch-pent", "flip-tri",
    "sl-rect", "docs", "st-rect", "bow-rect", "cross-circ", "tag-doc", "tag-rect", "flag", "lin-doc",
]  # fmt: skip


def placed_bands(name: str, load: Load, box: Rect, aspect: float) -> list[Rect]:
    """Where a label's bands stand inside a drawn shape."""
    drawn, found = shape(name).draw(box, EM), shape(name)
    center = drawn.area.center
    shift = found.settle(load, aspect) * EM if found.settle else 0.0
    return [
        Rect(center.x - b.width * EM / 2, center.y + shift + b.top * EM, b.width * EM, (b.bottom - b.top) * EM)
        for b in load.bands
    ]


@given(
    name=st.sampled_from([n for n in sorted(SHAPES) if SHAPES[n].labelled]),
    width=st.floats(0.5, 14),
    height=st.floats(0.8, 5),
    picture=st.sampled_from([0.0, 1.5, 1.9]),
    aspect=st.floats(0.8, 2.0),
)
@settings(max_examples=250, deadline=None)
def test_a_label_stands_inside_the_outline_of_every_shape(name, width, height, picture, aspect):
    """All four corners of a label's picture and of its lines lie inside the smallest outline."""
    load = Load(label_bands(Size(width, height), picture))
    need = shape(name).need(load, aspect)
    box = Rect(3.0, 5.0, need.width * EM, need.height * EM)
    outline = flatten(shape(name).draw(box, EM).outline, 0.05)[0]
    for band in placed_bands(name, load, box, box.w / box.h):
        assert all(inside(corner, outline) for corner in band.corners), (name, band)


@pytest.mark.parametrize("name", LIST)
def test_every_name_of_mermaids_list_has_its_own_drawing(name):
    """No shape of the `@{ shape }` list falls back to a plain box."""
    assert name in SHAPES
    assert name == "rect" or shape(name) != SHAPES["rect"]


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_an_outline_is_closed_and_stays_in_its_box(name):
    """A shape's outline is one closed path inside the box it was drawn into, lines included."""
    box = Rect(10.0, 20.0, 90.0, 60.0)
    drawn = shape(name).draw(box, EM)
    assert drawn.outline.is_closed
    for path in (drawn.outline, *drawn.lines, *drawn.behind, *(drawn.rim or ())):
        assert box.holds(path.bounds(), 0.3), name


def test_a_subroutine_has_two_inner_bars():
    """The bars stand a third of an em from the sides, from top to bottom."""
    drawn = shape("fr-rect").draw(Rect(0.0, 0.0, 100.0, 40.0), EM)
    assert sorted(line.start.x for line in drawn.lines) == pytest.approx([3.3, 96.7])


def test_a_parallelogram_leans_by_a_fifth_of_its_height():
    """The top left corner stands 0.2 of the height right of the bottom left one."""
    outline = shape("lean-r").draw(Rect(0.0, 0.0, 100.0, 40.0), EM).outline
    assert outline.start == Point(8.0, 0.0)


def test_a_stack_lies_behind_its_front_sheet():
    """Stacked shapes have two further sheets below the front one."""
    assert len(shape("docs").draw(Rect(0.0, 0.0, 100.0, 60.0), EM).behind) == 2


def test_undocumented_names_are_drawn_as_their_kin():
    """Names Mermaid accepts without documenting them map to shapes there are."""
    assert set(SAME.values()) <= set(SHAPES)
