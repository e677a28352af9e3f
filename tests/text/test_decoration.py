"""What is drawn under and over text."""

from __future__ import annotations

import pytest

from banana_layout.color import Color
from banana_layout.font.book import FontBook
from banana_layout.geometry.point import MM
from banana_layout.scene.item import GlyphRun, Group, Item, Link, Path
from banana_layout.text.decoration import wave
from banana_layout.text.paragraph import Run, Setting, paragraph, prepare
from banana_layout.theme.load import load
from banana_layout.theme.text_style import FORMS, Chip, Form, Highlight, Sign, TextStyle

BOOK = FontBook.standard()
THEME = load("nano-banana")
INK, PEN, MARK, TINT = THEME.ink, THEME.pairs[0].pen, THEME.pairs[0].marker, THEME.pairs[0].tint
PLAIN = TextStyle("body", INK)
SIZE = 14.2


def items(*runs: tuple[str, TextStyle], measure: float = 500.0) -> list[list[Item]]:
    """Return each line's items."""
    prepared = prepare([Run(t, s) for t, s in runs], BOOK, THEME)
    frame = paragraph(prepared, Setting(SIZE, measure, key="p"))
    return [list(c.what.children) for c in frame.children if isinstance(c.what, Group)]


def test_one_band_for_neighbours_with_one_marker_under_all_glyphs() -> None:
    """Bold text that holds a slanted word has one unbroken band, painted first, multiplied, with a stand-in."""
    bold = TextStyle("body", INK, weight=0.03, highlight=Highlight(MARK, TINT))
    slanted = TextStyle("body", INK, weight=0.03, slant=7.0, highlight=Highlight(MARK, TINT))
    (line,) = items(("가 ", PLAIN), ("나다 ", bold), ("라마", slanted), ("는", PLAIN))
    bands = [i for i in line if isinstance(i, Path)]
    assert len(bands) == 1
    assert line[0] is bands[0]
    fill = bands[0].fill
    assert fill is not None
    assert (bands[0].tool, fill.color, fill.blend, fill.opacity, fill.stand_in) == (
        "highlighter",
        MARK,
        "multiply",
        0.92,
        TINT,
    )
    runs = [i for i in line if isinstance(i, GlyphRun)]
    box = bands[0].path.control_box()
    # Words stand on both sides: the band keeps most of its overshoot back.
    assert box.x == pytest.approx(runs[1].x - 0.3 * 0.8 * MM)
    assert box.right == pytest.approx(runs[2].x + runs[2].width + 0.3 * 1.0 * MM)
    assert runs[0].y - box.y == pytest.approx(0.46 * SIZE)
    assert box.bottom - runs[0].y == pytest.approx(0.10 * SIZE)


def test_a_band_overshoots_freely_where_no_word_stands_beside_it() -> None:
    """At both ends of a line a marked word's band runs on by 0.8 mm and 1.0 mm."""
    ((band, run),) = items(("가나다", TextStyle("body", INK, highlight=Highlight(MARK, TINT))))
    assert isinstance(band, Path)
    assert isinstance(run, GlyphRun)
    box = band.path.control_box()
    assert (run.x - box.x, box.right - run.x - run.width) == pytest.approx((0.8 * MM, 1.0 * MM))


def test_two_markers_are_two_bands_and_each_line_has_its_own() -> None:
    """Colours do not run together; a marked stretch over two lines gives a band on each."""
    one = TextStyle("body", INK, highlight=Highlight(MARK, TINT))
    two = TextStyle("body", INK, highlight=Highlight(PEN, PEN))
    assert sum(isinstance(i, Path) for i in items(("가나 ", one), ("다라", two))[0]) == 2
    lines = items(("가나다라 마바사아", one), measure=60.0)
    assert [sum(isinstance(i, Path) for i in line) for line in lines] == [1, 1]


def test_a_chip_surrounds_its_text() -> None:
    """Its box is 1.16 Hangul boxes high, padded by 0.34 em, centred on the Hangul box; neighbours stay outside."""
    (line,) = items(("값 ", PLAIN), ("860", TextStyle("code", PEN, chip=Chip(TINT, PEN))), ("을", PLAIN))
    chip = next(i for i in line if isinstance(i, Path))
    box = chip.path.control_box()
    before, code, after = (i for i in line if isinstance(i, GlyphRun))
    assert box.h == pytest.approx(1.16 * 0.8 * SIZE)
    assert box.center.y == pytest.approx(code.y + BOOK.face("comic-mono").rise * SIZE - 0.3 * SIZE)
    assert code.x - box.x == pytest.approx(0.34 * SIZE)
    assert box.right - code.x - code.width == pytest.approx(0.34 * SIZE)
    assert before.x + before.width < box.x
    assert box.right < after.x
    assert chip.fill is not None
    assert chip.stroke is not None
    assert (chip.fill.color, chip.stroke.paint.color) == (TINT, PEN)


def test_italic_gets_a_wave_and_a_slant() -> None:
    """Slanted ink in the pen's colour over a wavy line just under the Hangul box, as long as the text."""
    (line,) = items(("remix", TextStyle("body", PEN, slant=7.0, underline="wavy")))
    run, curve = line
    assert isinstance(run, GlyphRun)
    assert isinstance(curve, Path)
    assert curve.stroke is not None
    assert (run.slant, curve.stroke.paint.color, curve.fill) == (7.0, PEN, None)
    box = curve.path.bounds()
    assert box.w == pytest.approx(run.width)
    assert run.y + 0.02 * SIZE < box.y < box.bottom < run.y + 0.30 * SIZE


def test_a_wave_has_the_asked_height_and_whole_half_waves() -> None:
    """Peaks are one amplitude from the middle; wavelengths are near the asked one; ends lie on the middle."""
    curve = wave(10.0, 73.0, 5.0, 1.2, 8.8)
    box = curve.bounds()
    assert box.y == pytest.approx(5.0 - 1.2)
    assert box.bottom == pytest.approx(5.0 + 1.2)
    assert curve.verbs == "M" + "C" * 14
    assert curve.start == (10.0, 5.0)
    assert curve.end == pytest.approx((73.0, 5.0))


def test_links_cover_their_text_on_each_line() -> None:
    """A link over two lines has an area on each, which says its text and where it leads."""
    style = TextStyle("body", PEN, underline="straight", link="https://example.org")
    lines = items(("여기를 ", PLAIN), ("눌러서 보세요", style), measure=70.0)
    links = [i for line in lines for i in line if isinstance(i, Link)]
    assert [link.text for link in links] == ["눌러서", "보세요"]
    assert {link.url for link in links} == {"https://example.org"}
    for link, line in zip(links, lines, strict=True):
        run = [i for i in line if isinstance(i, GlyphRun)][-1]
        assert link.rect.x == pytest.approx(run.x)
        assert link.rect.w == pytest.approx(run.width)
        assert link.rect.y < run.y - 0.6 * SIZE
        assert link.rect.bottom > run.y


def test_struck_text_has_a_line_through_it() -> None:
    """The line crosses the middle of the letters and runs past both ends."""
    (line,) = items(("지운 글", TextStyle("body", Color(0.0, 0.0, 0.0), strike=True)))
    run, stroke = line
    assert isinstance(run, GlyphRun)
    assert isinstance(stroke, Path)
    box = stroke.path.control_box()
    assert box.x < run.x
    assert box.right > run.x + run.width
    assert run.y - 0.5 * SIZE < box.y < run.y - 0.1 * SIZE


def test_bold_is_a_heavier_outline_that_grows_with_the_type() -> None:
    """The style's weight in em becomes points."""
    (line,) = items(("굵게", TextStyle("body", INK, weight=0.03)))
    assert isinstance(line[0], GlyphRun)
    assert line[0].weight == pytest.approx(0.03 * SIZE)


@pytest.mark.parametrize("form", FORMS)
def test_each_pen_has_a_sign_of_its_own_under_the_words(form: Form) -> None:
    """A sign lies below the baseline, in the pen, no wider than its words, and no two forms are drawn alike."""
    drawn = {}
    for name in FORMS:
        (line,) = items(("가나다라", TextStyle("body", INK, sign=Sign(name, PEN))))
        paths = [i for i in line if isinstance(i, Path)]
        (run,) = [i for i in line if isinstance(i, GlyphRun)]
        assert all(i.stroke is not None and i.stroke.paint.color == PEN for i in paths)
        boxes = [i.path.control_box() for i in paths]
        assert min(b.y for b in boxes) > run.y
        assert max(b.bottom for b in boxes) < run.y + 0.4 * SIZE
        assert all(run.x - 1e-6 <= b.x and b.right <= run.x + run.width + 1e-6 for b in boxes)
        drawn[name] = [(i.path, i.stroke) for i in paths]
    assert [name for name in FORMS if drawn[name] == drawn[form]] == [form]
