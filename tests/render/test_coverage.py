"""Ink on a page: no place takes more than the limit, whatever lies on whatever."""

from __future__ import annotations

import io
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.color import Color
from banana_layout.geometry.affine import IDENTITY, Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.pipeline import layout, read, to_pdf
from banana_layout.render.pdf.cells import Cells, flattened
from banana_layout.render.pdf.coverage import Coverage, Extent, bound, front
from banana_layout.render.pdf.document import to_pdf as render_pdf
from banana_layout.render.pdf.inks import condition
from banana_layout.render.pdf.photograph import heaviest, held
from banana_layout.render.pdf.preset import Press, preset
from banana_layout.resources import asset
from banana_layout.scene.item import Group, Image, Path
from banana_layout.scene.paint import Paint, Stroke
from tests.render.judges import plates
from tests.render.scenes import BOOK, line, page

PAGE = Rect(0.0, 0.0, 300.0, 200.0)
PAPER = (0.0, 0.0, 0.0, 0.0)
THEMES = ("nano-banana", "chalkboard", "blueprint", "kraft", "exam-notes", "plain")
amounts = st.tuples(*[st.floats(0, 1)] * 4).filter(lambda v: sum(v) <= 2.4)


def most_ink(data: bytes, folder, dpi: int = 144) -> float | None:
    """Return the most ink in one place as Ghostscript separates the first page, 1 being a full tone."""
    path = folder / "inked.pdf"
    path.write_bytes(data)
    found = plates(path, folder, dpi)
    if found is None:
        return None
    total = [0] * (next(iter(found.values())).width * next(iter(found.values())).height)
    for plate in found.values():
        total = [a + 255 - b for a, b in zip(total, plate.tobytes(), strict=True)]
    return max(total) / 255


def stacked(seed: int) -> tuple:
    """Return items that lie on one another in every way: opaque, translucent, multiplied, in groups, lines, text, a photograph."""
    chance = random.Random(seed)

    def color() -> Color:
        return Color(chance.random(), chance.random(), chance.random())

    items: list = []
    for i in range(40):
        box = Rect(chance.uniform(-5, 250), chance.uniform(-5, 150), chance.uniform(10, 150), chance.uniform(8, 90))
        paint = Paint(color(), chance.choice((1, 0.9, 0.5)), chance.choice(("multiply", "normal")), color())
        shape = Outline.ellipse(box) if chance.random() < 0.3 else Outline.rect(box, chance.choice((0, 6)))
        stroke = Stroke(chance.uniform(1, 6), Paint(color())) if chance.random() < 0.3 else None
        item: Path | Group = Path(f"p{i}", shape, fill=paint, stroke=stroke)
        if chance.random() < 0.15:
            second = Path(f"q{i}", shape.shifted(5, 5), fill=Paint(color(), 1, "multiply", color()))
            item = Group(f"g{i}", (item, second), opacity=0.6)
        items.append(item)
        if chance.random() < 0.4:
            place = chance.uniform(0, 200), chance.uniform(20, 190)
            items.append(line(f"l{i}", "Some text 글", x=place[0], y=place[1], size=chance.uniform(8, 40)))
    picture = photograph(seed)
    items.insert(20, Image("photo", Rect(100, 60, 80, 80), picture, "image/png"))
    return tuple(items)


def photograph(seed: int) -> bytes:
    """Return a picture of every colour, dark ones too."""
    from PIL import Image as Pillow

    chance = random.Random(seed)
    picture = Pillow.frombytes(
        "RGB", (60, 60), bytes(chance.randrange(256) // chance.choice((1, 4)) for _ in range(10_800))
    )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", ["print", "print-x1a"])
def test_no_place_takes_more_ink_than_allowed(seed, kind, tmp_path):
    """Whatever is stacked, Ghostscript's plates sum up to the limit at most; the pages do reach for it."""
    items = stacked(seed)
    spots = ((items[0].fill.color, "PANTONE 1"),) if seed % 2 and isinstance(items[0], Path) else ()
    limit = (3.0, 2.8, 2.4, 2.0, 2.6)[seed]
    press = Press(marks=False, ink_limit=limit, spots=spots)
    most = most_ink(render_pdf([page(*items, title="t")], BOOK, preset(kind, press)), tmp_path)
    assert most is None or limit * 0.7 < most <= limit + 0.012


@pytest.mark.parametrize("theme", THEMES)
def test_every_theme_keeps_within_every_limit(theme, tmp_path):
    """The sample in each theme, dark papers too, takes no more ink than coated, uncoated and newspaper allow."""
    laid = layout(read(asset("samples/inference.md")), theme=theme)
    for limit in (3.0, 2.8, 2.4):
        most = most_ink(to_pdf(laid, preset("print", Press(ink_limit=limit))), tmp_path, 50)
        assert most is None or most <= limit + 0.012


def test_markers_keep_their_colour_where_there_is_room():
    """The limit of coated paper costs the sample nothing: the file is the one a limit of 400 % gives, but for that."""
    laid = layout(read(asset("samples/inference.md")))
    assert to_pdf(laid, preset("print", Press(ink_limit=3.0))) == to_pdf(laid, preset("print", Press(ink_limit=4.0)))


def test_a_marker_on_heavy_ink_fades_and_text_is_cut_out():
    """Over 270 % a marker of 80 % is held to 30 %, and black text does not overprint; on paper both are whole."""
    ground = Extent(Rect(0, 0, 100, 100), IDENTITY, Outline.rect(Rect(0, 0, 100, 100)))
    upon = Extent(Rect(20, 20, 30, 30), IDENTITY, Outline.rect(Rect(20, 20, 30, 30)))
    beside = Extent(Rect(150, 20, 30, 30), IDENTITY, Outline.rect(Rect(150, 20, 30, 30)))
    coverage = Coverage(3.0, PAPER, PAGE)
    coverage.cover(ground, (0.9, 0.9, 0.0, 0.9), opaque=True)
    assert coverage.multiply(upon, (0.0, 0.0, 0.8, 0.0)) == pytest.approx(0.3 / 0.8, abs=0.01)
    assert coverage.multiply(beside, (0.0, 0.0, 0.8, 0.0)) == 1.0
    assert coverage.overprint(beside, (0.0, 0.0, 0.0, 1.0))
    heavy = Coverage(2.4, PAPER, PAGE)
    heavy.cover(ground, (0.9, 0.6, 0.6, 0.0), opaque=True)
    assert not heavy.overprint(upon, (0.0, 0.0, 0.0, 1.0))


def test_what_is_hidden_does_not_count():
    """On a light note over a heavy board text overprints; not so where the note is translucent, clipped, or in a veiled group."""
    board = Extent(PAGE, IDENTITY, Outline.rect(PAGE))
    note = Extent(Rect(20, 20, 100, 80), Affine.translate(5, 5), Outline.rect(Rect(20, 20, 100, 80), 6))
    text = Extent(Rect(50, 50, 40, 12), IDENTITY)

    def overprints(*, opaque: bool = True, clips: tuple = (), veiled: bool = False) -> bool:
        coverage = Coverage(2.4, PAPER, PAGE)
        coverage.cover(board, (0.9, 0.6, 0.6, 0.0), opaque=True)
        coverage.clips, coverage.veiled = clips, veiled
        coverage.cover(note, (0.0, 0.1, 0.5, 0.0), opaque=opaque)
        return coverage.overprint(text, (0.0, 0.0, 0.0, 1.0))

    assert overprints()
    assert overprints(clips=(Outline.rect(PAGE),))
    assert not overprints(opaque=False)
    assert not overprints(clips=(Outline.ellipse(PAGE),))
    assert not overprints(veiled=True)


@given(st.lists(amounts, min_size=1, max_size=80), amounts, st.lists(st.floats(0, 1), min_size=80, max_size=80))
@settings(max_examples=80, deadline=None)
def test_a_front_bounds_what_it_stands_for(found, over, shares):
    """No amount, and no mixture of amounts, takes more ink after multiplying than the front's heaviest does."""

    def after(v) -> float:
        return sum(b + s * (1 - b) for b, s in zip(v, over, strict=True))

    edge = front(found)
    most = max(after(v) for v in edge) + 1e-6
    assert all(after(v) <= most for v in found)
    whole = sum(shares[: len(found)]) or 1.0
    mixed = [sum(w * v[i] for w, v in zip(shares, found, strict=False)) / whole for i in range(4)]
    assert after(mixed) <= most
    assert len(edge) <= 48


@given(st.lists(amounts, min_size=1, max_size=12), amounts)
@settings(max_examples=80, deadline=None)
def test_a_bound_is_a_bound(found, over):
    """The corners of a body that holds some amounts take at least as much ink as they do, after multiplying too."""
    corners = bound([max(c) for c in zip(*found, strict=True)], [max(map(sum, found))])

    def after(v) -> float:
        return sum(b + s * (1 - b) for b, s in zip(v, over, strict=True))

    assert max(map(after, found)) <= max(map(after, corners)) + 1e-9
    assert max(map(sum, corners)) <= max(map(sum, found)) + 1e-9


@given(st.integers(0, 500), st.floats(1.0, 4.0))
@settings(max_examples=40, deadline=None)
def test_photographs_keep_within_the_limit(seed, limit):
    """No pixel takes more than allowed; those that did not are left alone; the bound given for the whole holds."""
    from PIL import Image as Pillow

    chance = random.Random(seed)
    picture = Pillow.frombytes("CMYK", (16, 16), bytes(chance.choice((0, 60, 130, 255)) for _ in range(1024)))
    made = held(picture, limit)
    before, after = (list(zip(*[iter(p.tobytes())] * 4, strict=True)) for p in (picture, made))
    assert all(sum(pixel) <= 255 * limit for pixel in after)
    assert all(a == b for a, b in zip(before, after, strict=True) if sum(b) == sum(a))
    assert all(a == b for a, b in zip(before, after, strict=True) if sum(a) <= int(255 * limit))
    corners = heaviest(made, limit)
    for weights in ((1, 0, 0, 0), (0.2, 1, 0.5, 0.1), (1, 1, 1, 1)):
        heavy = [sum(w * v for w, v in zip(weights, c, strict=True)) for c in corners]
        assert max(sum(w * v / 255 for w, v in zip(weights, p, strict=True)) for p in after) <= max(heavy) + 0.02


def test_black_takes_the_place_of_grey_made_of_three():
    """A dark green held to 240 % stays nearly as dark and as green: less ink, more black."""
    color = Color.parse("#21392f")
    free, tight = (condition().inks(color, limit, grey=False) for limit in (4.0, 2.2))
    assert sum(free) > 2.4
    assert sum(tight) <= 2.2
    assert tight.k > free.k
    assert tight.c > tight.m


@pytest.mark.parametrize(
    ("pixel", "wanted"),
    [
        ((200, 200, 200, 50), (181, 181, 181, 69)),
        ((255, 255, 255, 255), (119, 119, 119, 255)),
        ((255, 0, 255, 200), (206, 0, 206, 200)),
        ((200, 180, 220, 0), (200, 180, 220, 0)),
    ],
    ids=["grey", "all four", "no grey", "within"],
)
def test_a_photographs_grey_is_given_in_black(pixel, wanted):
    """At 240 % three inks hand their grey to black, as much as there is too much; else they give way in equal shares."""
    from PIL import Image as Pillow

    assert held(Pillow.new("CMYK", (1, 1), pixel), 2.4).getpixel((0, 0)) == wanted


def test_small_cells_know_where_a_shape_is():
    """A ring's line crosses cells along it alone; its area winds around those inside; nothing is touched far off."""
    grid = Cells.over(Rect(0, 0, 60, 60), 3.0)
    ring = flattened(Outline.ellipse(Rect(10, 10, 40, 40)))
    edge, inside = grid.crossed(ring, 1.0, closed=True), grid.wound(ring)
    middle, corner, side = (int(y / 3) * grid.columns + int(x / 3) for x, y in ((30, 30), (2, 2), (10, 30)))
    assert middle in inside - edge
    assert corner not in inside | edge
    assert side in edge
    assert grid.wound(flattened(Outline("MLLZ", (100, 0, 120, 0, 110, 50)))) == set()


def test_lines_from_far_beyond_the_page_are_followed_on_it_alone():
    """A picture's line of a kilometre is no trap: the cells are those of its piece on the page, found at once."""
    cells = Cells.over(Rect(10.0, 20.0, 100.0, 100.0), 2.0)
    began = time.process_time()
    far = cells.crossed(flattened(Outline("ML", (-1e6, -1e6 + 15.0, 1e6, 1e6 + 15.0))), 1.0, closed=False)
    assert time.process_time() - began < 0.5
    near = cells.crossed(flattened(Outline("ML", (-20.0, -5.0, 140.0, 155.0))), 1.0, closed=False)
    assert near <= far
    assert len(far) < 1.2 * len(near)
