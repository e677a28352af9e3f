"""Random layouts, drawn as people draw them, read back equal."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.syntax.wireframe import Pane, Part, find
from tests.syntax.wireframe_drawing import Drawing, drawn

WORDS = ("alpha", "beta", "상자", "한글 글자", "📖 책", "줄", "漢字", "x = 1", "둘 셋", "a-b", "⚡ fast")


class Cell(NamedTuple):
    """A panel to be drawn."""

    lines: tuple[str, ...]


class Split(NamedTuple):
    """Cells beside or over one another."""

    axis: str
    parts: tuple


def panes():
    line = st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join)
    return st.lists(line, min_size=1, max_size=4).map(lambda lines: Cell(tuple(lines)))


@st.composite
def zones(draw, depth=0):
    kind = draw(st.sampled_from(("pane", "columns", "columns") if depth == 0 else ("pane", "pane", "rows")))
    if kind == "pane":
        return draw(panes())
    count = draw(st.integers(2, 4 if kind == "columns" else 2))
    if depth:
        return Split(kind, tuple(draw(panes()) for _ in range(count)))
    # two divided cells side by side whose cuts happen to meet are the same drawing as two rows
    divided = draw(st.integers(0, count))
    return Split(kind, tuple(draw(zones(1) if i == divided else panes()) for i in range(count)))


def shape(part: Part):
    if isinstance(part, Pane):
        return tuple(s.text.strip() for s in part.inside if s.text.strip())
    return (part.axis, *(shape(p) for p in part.parts))


def wanted(part):
    return part.lines if isinstance(part, Cell) else (part.axis, *(wanted(p) for p in part.parts))


@settings(max_examples=120, deadline=None)
@given(st.lists(zones(), min_size=1, max_size=4), st.data())
def test_random_layouts_drawn_crooked_read_back_equal(layout, data):
    """Zones, their cells and every line come back, whatever the lines' style, the letters' width and the slips."""
    style = data.draw(st.sampled_from(("┌┐└┘─│├┤", "╭╮╰╯─│├┤", "╔╗╚╝═║╠╣", "┏┓┗┛━┃┣┫")))
    drawing = Drawing(
        style,
        wide=data.draw(st.sampled_from((1, 1.5, 2))),
        slip=data.draw(st.sampled_from((0, 1, 2))),
        gap=data.draw(st.sampled_from((0, 1, 3))),
        choose=lambda n: data.draw(st.integers(0, n)),
    )
    text = "\n".join(drawn([Cell(("TITLE",)), *layout], drawing))
    found = find(text)
    assert found is not None, text
    assert [shape(z.part) for z in found.zones[1:]] == [wanted(z) for z in layout], text
