"""Pages on other sheets: whole, apart, in order, and readable as before."""

from __future__ import annotations

import io
import re

import msgspec
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.color import WHITE, Color
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.imposition.arrange import booklet, n_up
from banana_layout.imposition.folio import numbered
from banana_layout.imposition.poster import MARGIN, OVERLAP, poster
from banana_layout.imposition.several import joined
from banana_layout.render.pdf.document import to_pdf
from banana_layout.render.pdf.place import mapped
from banana_layout.render.pdf.preset import Press, preset
from banana_layout.scene.item import Group, Link, Scene, Variant
from banana_layout.scene.paint import Paint
from banana_layout.source import BananaError
from tests.render.scenes import BOOK, line, page

A4 = Size(595.28, 841.89)


def pages(count: int, width: float = 300.0, height: float = 424.0) -> list[Scene]:
    """Return pages that say their number."""
    return [page(line("l", f"page{i + 1}x", varied=True), width=width, height=height, title="t") for i in range(count)]


def texts(scenes) -> list[list[str]]:
    """Return the page numbers each sheet shows, in reading order."""
    document = pypdfium2.PdfDocument(to_pdf(scenes, BOOK))
    try:
        return [re.findall(r"page\d+", document[i].get_textpage().get_text_range()) for i in range(len(document))]
    finally:
        document.close()


def boxes(sheet: Scene) -> list[Rect]:
    """Return where pages stand on a sheet."""
    found = [i for i in sheet.items if isinstance(i, Group) and i.transform is not None]
    return [mapped(g.clip.bounds(), g.transform) for g in found]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 16), st.integers(1, 20), st.floats(60, 900), st.floats(60, 900))
def test_pages_on_a_sheet_are_whole_apart_and_alike(count, total, width, height):
    """No page leaves its sheet or touches another, and all are equally large."""
    sheets = n_up([page(width=width, height=height)] * total, count, A4)
    assert len(sheets) == -(-total // count)
    for sheet in sheets:
        found = boxes(sheet)
        whole = Rect(0.0, 0.0, sheet.width, sheet.height)
        assert all(whole.holds(b, 0.01) for b in found)
        assert all(not a.meets(b, 0.01) for i, a in enumerate(found) for b in found[:i])
        assert all(b.w == pytest.approx(found[0].w) for b in found)


def test_two_a5_lie_side_by_side_on_a4_and_four_a6_stand():
    """The sheet lies or stands as suits the pages, which keep their size."""
    a5, a6 = pages(2, 419.53, 595.28), pages(4, 297.64, 420.94)
    (two,), (four,) = n_up(a5, 2, A4), n_up(a6, 4, A4)
    assert (two.width, two.height) == (A4.height, A4.width)
    assert (four.width, four.height) == A4
    assert boxes(two)[0].w == pytest.approx(419.53, rel=0.005)
    assert boxes(four)[3].x == pytest.approx(297.64, abs=0.1)
    assert texts([two, four]) == [["page1", "page2"], ["page1", "page2", "page3", "page4"]]


@pytest.mark.parametrize("total", [1, 3, 4, 5, 8, 11])
def test_a_folded_booklet_is_in_order(total):
    """Folding the stack in the middle and turning the leaves shows the pages in order, blanks at the end."""
    sides = booklet(pages(total), A4)
    assert len(sides) % 2 == 0
    shown = texts(sides)
    cells = []
    for side, found in zip(sides, shown, strict=True):
        halves = [None, None]
        for box, name in zip(boxes(side), found, strict=True):
            halves[box.x > side.width / 4] = name
        cells.append(halves)
    leaves = []  # each sheet's front and back, from the outermost inward
    for front, back in zip(cells[::2], cells[1::2], strict=True):
        leaves.append((front[1], back[0], back[1], front[0]))
    order = [p for leaf in leaves for p in leaf[:2]] + [p for leaf in reversed(leaves) for p in leaf[2:]]
    assert [p for p in order if p] == [f"page{i + 1}" for i in range(total)]
    assert order[:total] == [f"page{i + 1}" for i in range(total)]


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.floats(200, 900), st.floats(200, 900))
def test_poster_sheets_glued_together_show_the_page_once(columns, rows, width, height):
    """Moved by the step between sheets, every sheet shows the page in the same place, and all of it is shown."""
    sheets = poster(page(width=width, height=height), columns, rows, A4, BOOK)
    assert len(sheets) == columns * rows
    step = (sheets[0].width - 2 * MARGIN - OVERLAP, sheets[0].height - 2 * MARGIN - OVERLAP)
    origins, seen = set(), []
    for i, sheet in enumerate(sheets):
        group = sheet.items[0]
        origin = (group.transform.e + i % columns * step[0], group.transform.f + i // columns * step[1])
        origins.add((round(origin[0], 3), round(origin[1], 3)))
        shown = mapped(group.clip.bounds(), group.transform)
        assert (shown.x, shown.y) == pytest.approx((MARGIN, MARGIN))
        seen.append(group.clip.bounds())
    assert len(origins) == 1
    whole = Rect.around(seen)
    assert whole.holds(Rect(0.0, 0.0, width, height), 0.01)


def test_everything_on_a_poster_is_read_out_once():
    """Each panel is heard and bookmarked on the sheet that shows most of it, and is decoration on the others."""

    def panel(number: int, x: float, y: float) -> Group:
        text = line(f"p{number}/l", f"panel{number}x", x=x + 5, y=y + 20)
        return Group(f"p{number}", (Group(f"p{number}/h", (text,), role="heading"),), "panel", Rect(x, y, 120, 60))

    spots = ((10, 10), (160, 10), (10, 300), (100, 330))
    scene = page(*(panel(i, x, y) for i, (x, y) in enumerate(spots)), width=300.0, height=424.0, title="t")
    with pikepdf.open(io.BytesIO(to_pdf(poster(scene, 2, 2, A4, BOOK), BOOK))) as pdf:
        tagged = [p.obj["/Contents"].read_bytes().count(b"/H1<</MCID") for p in pdf.pages]
        marks, one = [], pdf.Root["/Outlines"].get("/First")
        while one is not None:
            marks.append(str(one["/Title"]))
            one = one.get("/Next")
    assert tagged == [1, 1, 1, 1]
    assert sorted(marks) == ["panel0x", "panel1x", "panel2x", "panel3x"]


def test_pages_of_other_hands_keep_their_letters():
    """Pages whose glyph variants differ keep each its own on a common sheet."""
    first, second = pages(2)
    import msgspec

    other = (Variant(9.0, 0.0, 0.0, 1.0, 0.0), *second.variants[1:])
    second = msgspec.structs.replace(second, variants=other)
    (sheet,) = n_up([first, second], 2, A4)
    assert sheet.variants == (*first.variants, *other)
    runs = next(g for g in sheet.items[1].children if isinstance(g, Group)).children[0]
    assert {g.variant for g in runs.glyphs} <= {0, 4, 5, 6}


def test_numbers_count_every_page_and_are_decoration():
    """Each page shows its number once, the cover none."""
    data = to_pdf(numbered(pages(3), BOOK, skip=1), BOOK)
    document = pypdfium2.PdfDocument(data)
    shown = [document[i].get_textpage().get_text_range().split()[-1] for i in range(3)]
    document.close()
    assert shown == ["page1x", "2", "3"]


def test_impossible_sheets_are_refused():
    """No page on a sheet, a poster of no sheets, paper too small for a poster."""
    for make in (
        lambda: n_up(pages(1), 0, A4),
        lambda: poster(pages(1)[0], 0, 1, A4, BOOK),
        lambda: poster(pages(1)[0], 2, 2, Size(90, 90), BOOK),
    ):
        with pytest.raises(BananaError):
            make()


@pytest.mark.parametrize(
    "arrange", [lambda pages, size: n_up(pages, 2, size, 9.0), lambda pages, size: booklet(pages, size, 9.0)]
)
def test_pages_at_a_sheets_edge_run_into_its_bleed(arrange):
    """The outer edges of a printed sheet are covered to the bleed's end, in each page's paper; nothing crosses the fold."""
    dark = [page_of(i, Color.parse("#204060")) for i in range(4)]
    data = to_pdf(arrange(dark, Size(595.0, 842.0)), BOOK, preset("print", Press(marks=False, bleed=9.0)))
    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=0.5).to_pil().convert("L")
    document.close()
    w, h = picture.size
    assert all(picture.getpixel(p) < 120 for p in ((1, h // 2), (w - 2, h // 2), (w // 4, 1), (w // 4, h - 2)))


def page_of(number: int, paper: Color) -> Scene:
    """Return an A5 page of a colour."""
    return Scene(421.0, 595.0, (), Paint(paper), title=f"page {number}")


def test_a_posters_sheets_lie_where_that_makes_it_larger():
    """Two by two sheets of a lying page lie; those of a standing page stand."""
    lying = Scene(842.0, 595.0, (), Paint(WHITE), title="wide")
    standing = Scene(595.0, 842.0, (), Paint(WHITE), title="tall")
    for scene, wide in ((lying, True), (standing, False)):
        for size in (Size(595.0, 842.0), Size(842.0, 595.0)):
            sheets = poster(scene, 2, 2, size, BOOK)
            assert [s.width > s.height for s in sheets] == [wide] * 4


def test_links_lead_within_their_own_document():
    """Two documents with panels of the same name, one called as a page of the file: each link leads to its own, pages of the file stay."""

    def document(number: int) -> list[Scene]:
        def panel(key: str) -> Group:
            return Group(key, (line(f"{key}/l", key),), "panel", Rect(20.0, 20.0, 90.0, 40.0))

        links = tuple(
            Link(f"go{i}", Rect(10, 90 + 20 * i, 50, 12), u, u) for i, u in enumerate(("#a", "#page-1", "#page-3"))
        )
        return [page(panel("b"), *links, title="t"), page(panel("a"), panel("page-1"), title="t")]

    with pikepdf.open(io.BytesIO(to_pdf(joined([document(1), document(2)]), BOOK))) as pdf:
        places = [p.obj.objgen for p in pdf.pages]
        led = [[places.index(a["/Dest"][0].objgen) + 1 for a in p.get("/Annots", [])] for p in pdf.pages]
    assert led == [[2, 2, 3], [], [4, 4, 3], []]
    alone = document(1)
    assert joined([alone]) == tuple(alone)


def test_links_to_pages_lead_to_their_places_on_sheets():
    """On sheets of two, a link to the fourth page leads to the second sheet's right half, in a booklet to where that page stands."""
    found = pages(4)
    link = Link("go", Rect(10, 10, 50, 12), "#page-4", "four")
    found[0] = msgspec.structs.replace(found[0], items=(*found[0].items, link))

    def target(sheets) -> tuple[int, float]:
        with pikepdf.open(io.BytesIO(to_pdf(sheets, BOOK))) as pdf:
            (note,) = [a for p in pdf.pages for a in p.get("/Annots", [])]
            place = note["/Dest"]
            return [p.obj.objgen for p in pdf.pages].index(place[0].objgen), float(place[2])

    lying = Size(842.0, 595.0)
    number, left = target(n_up(found, 2, lying))
    assert number == 1
    assert left > 300
    assert target(booklet(found, lying))[0] == 0
