"""The engine under its own library: every standard constraint and what must not depend on what.

Two hundred documents here; two thousand with `pytest --hypothesis-profile=deep tests/testing`.
"""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from banana_layout import constraints
from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.result import Layout
from banana_layout.layout.zones import divide, size_tracks
from banana_layout.model.document import Document, PageSize
from banana_layout.model.zone import PanelCell, Track, Zone
from banana_layout.pipeline import layout, read, scenes
from banana_layout.source import BananaError
from banana_layout.syntax.layout_rows import named_cells
from banana_layout.testing import assert_layout, documents, inlines, layouts, themes, zones
from banana_layout.testing.blocks import TEXTUAL, blocks
from banana_layout.theme.load import load

MANY = max(200, settings.default.max_examples if settings.default is not None else 0)
"""Documents for the whole set: more where the profile asks for more."""
SOME = max(25, MANY // 10)


@settings(max_examples=MANY)
@given(layouts())
def test_every_page_keeps_the_standard_set(laid: Layout) -> None:
    """Zones are exact, nothing overlaps or leaves its place, all is shown, readable and in order, on any page."""
    assert_layout(laid)


@settings(max_examples=SOME)
@given(documents(rows=2), themes())
def test_every_theme_keeps_the_standard_set(document: Document, theme: object) -> None:
    """The same holds in every theme, drawn by any hand, with smaller and larger type."""
    try:
        laid = layout(document, theme=theme)  # type: ignore[arg-type]
    except BananaError:
        assume(False)
    assert constraints.check(laid, *(c for c in constraints.STANDARD if c.name != "type-size")) == ()


@settings(max_examples=SOME)
@given(layouts(rows=2))
def test_drawn_ink_stays_on_the_sheet(laid: Layout) -> None:
    """What a hand draws never leaves the sheet, and drawing adds or drops no text."""
    for exact, drawn in zip(scenes(laid, plain=True), scenes(laid), strict=True):
        sheet = Rect(0.0, 0.0, drawn.width, drawn.height)
        assert all(sheet.holds(i.path.bounds(), 0.01) for _, i in constraints.pieces.ink(drawn.items) if i.path.verbs)
        assert [i.text for _, i in constraints.pieces.in_panels(exact.items) if hasattr(i, "glyphs")] == [
            i.text for _, i in constraints.pieces.in_panels(drawn.items) if hasattr(i, "glyphs")
        ]


def no_need(cells: object, width: float) -> float:
    """Stand in for a measure nobody should ask."""
    raise AssertionError(f"nothing is auto here: {cells} {width}")


@given(zones(depth=2), st.floats(0.5, 1.0))
def test_scaling_a_page_scales_every_cell(rows: tuple[Zone, ...], k: float) -> None:
    """A page k times as large has every zone and cell k times as large at k times the place."""
    whole, small = (Anatomy.of(210 * MM * f, 297 * MM * f) for f in (1.0, k))
    large = divide(rows, whole.page_box(210 * MM, 297 * MM), whole, no_need)
    other = divide(rows, small.page_box(210 * MM * k, 297 * MM * k), small, no_need)
    for a, b in zip(large[1], other[1], strict=True):
        for x, y in ((a.cell, b.cell), (a.rect, b.rect)):
            assert msgspec.structs.astuple(y) == pytest.approx([v * k for v in msgspec.structs.astuple(x)], abs=1e-9)


@settings(max_examples=SOME)
@given(documents(rows=2, diagrams=False, lengths=False), st.sampled_from((0.6, 0.8)))
def test_scaling_page_and_type_scales_every_line(document: Document, k: float) -> None:
    """With page, ruling and type k times as large, every line, headings and the title too, stands at k times its place.

    Tracks of fixed lengths stay what they are and are left out.
    """
    page = PageSize(210 * MM, 297 * MM)
    theme = load("nano-banana")
    # Titles and roomy text grow with the page by themselves.
    sizes = {n: getattr(theme.type, n) * k for n in ("body_max_pt", "body_min_pt")}
    ruled = msgspec.structs.replace(theme.paper, pitch_mm=theme.paper.pitch_mm * k)
    small = msgspec.structs.replace(theme, paper=ruled, type=msgspec.structs.replace(theme.type, **sizes))
    found = []
    for factor, look in ((1.0, theme), (k, small)):
        paper = PageSize(page.width * factor, page.height * factor)
        changed = msgspec.structs.replace(
            document, settings=msgspec.structs.replace(document.settings, page=paper, theme="nano-banana")
        )
        try:
            found.append(layout(changed, theme=look).pages[0])
        except BananaError:
            assume(False)
    assert found[1].body_size == pytest.approx(found[0].body_size * k, abs=1e-6)
    for a, b in zip(found[0].lines(), found[1].lines(), strict=True):
        assert a.text == b.text
        assert msgspec.structs.astuple(b.rect) == pytest.approx(
            [v * k for v in msgspec.structs.astuple(a.rect)], abs=0.01
        )


@settings(max_examples=SOME)
@given(st.lists(blocks(TEXTUAL), min_size=1, max_size=2), st.lists(inlines(), min_size=1, max_size=2))
def test_a_panel_elsewhere_changes_nothing_inside(own: list[str], others: list[str]) -> None:
    """A panel's lines stand where they stood when another row gets one more panel, at equal cell and type size."""
    body, far = "\n\n".join(own), "\n\n".join(others)
    head = "---\nlayout:\n  - 60: [a, b]\n  - 40: {}\n---\n\n## A\n\n{}\n\n## B\n\nb\n\n## C\n\n{}\n"
    try:
        before = layout(read(head.format("c", body, far))).pages[0]
        after = layout(read(head.format("[c, d]", body, far) + "\n## D\n\nd\n")).pages[0]
    except BananaError:
        assume(False)
    sizes = [next(p.body_size for p in page.panels if p.id == "a") for page in (before, after)]
    assume(sizes[0] == sizes[1])
    lines = [[(n.text, n.rect) for n in page.lines() if n.panel == "a"] for page in (before, after)]
    assert lines[0] == lines[1]


@given(st.lists(st.integers(5, 60), min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_permuting_zones_permutes_their_geometry(weights: list[int], dice: object) -> None:
    """Zones keep their heights whatever order they stand in, and still tile the page."""
    order = list(range(len(weights)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    anatomy = Anatomy.of(210 * MM, 297 * MM)
    box = anatomy.page_box(210 * MM, 297 * MM)
    made = [Zone(Track(weight=float(w)), (PanelCell(f"p{i}"),), f"z{i}") for i, w in enumerate(weights)]
    first = {z.id: z.rect for z in divide(made, box, anatomy, no_need)[0]}
    second = divide([made[i] for i in order], box, anatomy, no_need)[0]
    assert all(first[z.id].h == pytest.approx(z.rect.h, abs=1e-9) for z in second)
    assert second[-1].rect.bottom == pytest.approx(box.bottom, abs=1e-9)


@given(zones(depth=0, cells=1, bounded=True), st.floats(1.0, 3.0), st.data())
def test_a_heavier_weight_never_shrinks_a_zone(rows: tuple[Zone, ...], factor: float, data: st.DataObject) -> None:
    """A track with a larger weight is at least as large as before, bounds and fixed tracks beside it."""
    tracks = [z.track for z in rows]
    weighted = [i for i, t in enumerate(tracks) if t.weight is not None]
    assume(weighted)
    chosen = data.draw(st.sampled_from(weighted))
    heavier = msgspec.structs.replace(tracks[chosen], weight=(tracks[chosen].weight or 1.0) * factor)
    needs = [50.0] * len(tracks)
    before = size_tracks(tracks, 700.0, needs)
    after = size_tracks([heavier if i == chosen else t for i, t in enumerate(tracks)], 700.0, needs)
    assert after[chosen] >= before[chosen] - 1e-9


@settings(max_examples=SOME)
@given(
    st.lists(blocks(TEXTUAL), min_size=1, max_size=5),
    inlines(most=20),
    st.tuples(
        st.sampled_from(("A4", "A5", "16:9")),
        st.sampled_from((15, 25, 40)),
        st.sampled_from((("a", "[b, c]"), ("[a, c]", "b"))),
    ),
)
def test_longer_text_never_gets_a_larger_size(
    body: list[str], more: str, where: tuple[str, int, tuple[str, str]]
) -> None:
    """A panel that says more is set no larger than before, in one column or in more, wide or narrow.

    What is added stands first: a quotation that is no longer a panel's last word loses its bubble, and with it its room.
    """
    page, row, others = where
    head = f"---\npage: {page}\nlayout:\n  - {row}: {others[0]}\n  - 60: {others[1]}\n---\n\n## A\n\n{{}}\n\n## B\n\nb\n\n## C\n\nc\n"
    text = "\n\n".join(body)
    try:
        sizes = [
            next(p.body_size for p in layout(read(head.format(t))).pages[0].panels if p.id == "a")
            for t in (text, f"{more}\n\n{more}\n\n{text}")
        ]
    except BananaError:
        assume(False)
    assert sizes[1] <= sizes[0] + 1e-6


@given(zones(depth=2, bounded=False))
def test_cells_come_in_reading_order(rows: tuple[Zone, ...]) -> None:
    """Panels are numbered as they are read, however deep their cells are divided."""
    names = [cell.panel for cell in named_cells(rows)]
    assert names == [f"p{i}" for i in range(len(names))]
