"""Paragraphs: nothing lost, nothing too wide, words whole, numbers that agree."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banana_layout.color import WHITE
from banana_layout.font.book import FontBook
from banana_layout.scene.frame import Frame
from banana_layout.scene.item import GlyphRun, Group, Item, Path
from banana_layout.source import Span
from banana_layout.text.itemise import graphemes, normalised
from banana_layout.text.paragraph import Run, Setting, height, paragraph, prepare
from banana_layout.theme.load import load
from banana_layout.theme.text_style import Chip, Highlight, TextStyle

BOOK = FontBook.standard()
THEME = load("nano-banana")
PLAIN = TextStyle("body", THEME.ink)
BOLD = TextStyle("body", THEME.ink, weight=0.027, highlight=Highlight(THEME.pairs[0].marker, THEME.pairs[0].marker))
CODE = TextStyle("code", THEME.ink, chip=Chip(THEME.pairs[0].tint, THEME.pairs[0].pen))
STYLES = (PLAIN, BOLD, CODE, TextStyle("quote", THEME.ink, scale=0.7, tracking=0.05))

WORDS = st.sampled_from(
    [
        "학습된",
        "모델로",
        "텍스트를",
        "Training과",
        "ChatGPT와",
        "remix!",
        "→",
        "—",
        "860,",
        "🎲",
        "👨\u200d👩\u200d👧",
        "1️⃣",
        "café",
        "https://a.bc/d/e?f=1",
        "추론(inference)",
        "漢字",
        "well-known",
        "x₁²",
        "α",
        "가나다라마바사아자차카타파하",
        "ก",
        "☑",
        "H2O",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
RUNS = st.lists(st.builds(Run, TEXTS, st.sampled_from(STYLES)), min_size=1, max_size=4)


def frame_of(runs: list[Run], measure: float, size: float = 14.0, **setting: object) -> Frame:
    """Return runs set as a paragraph."""
    return paragraph(prepare(runs, BOOK, THEME), Setting(size, measure, key="p", **setting))  # type: ignore[arg-type]


def lines_of(frame: Frame) -> list[Group]:
    """Return a frame's lines."""
    return [c.what for c in frame.children if isinstance(c.what, Group)]


def inside(item: Item) -> Iterator[Item]:
    """Yield an item and all it holds."""
    yield item
    if isinstance(item, Group):
        for child in item.children:
            yield from inside(child)


@given(RUNS, st.floats(20.0, 400.0))
def test_no_character_is_lost(runs: list[Run], measure: float) -> None:
    """Lines put together, spaces aside, are the text; so are the glyphs' characters, which copying relies on."""
    lines = lines_of(frame_of(runs, measure))
    whole = "".join(normalised(r.text) for r in runs).replace(" ", "")
    assert "".join(line.text for line in lines).replace(" ", "") == whole
    for line in lines:
        assert line.text == "".join(i.text for i in inside(line) if isinstance(i, GlyphRun))
        assert line.text == line.text.strip()


@given(RUNS, st.floats(20.0, 400.0), st.floats(9.0, 20.0))
def test_lines_fit_the_measure(runs: list[Run], measure: float, size: float) -> None:
    """Only a single grapheme may be wider than the measure; the frame is as wide as its widest line."""
    frame = frame_of(runs, measure, size)
    for line in lines_of(frame):
        assert line.rect is not None
        padded = any(isinstance(i, Path) and "/chip" in i.key for i in inside(line))
        assert line.rect.w <= measure + 1e-6 or len(graphemes(line.text)) == 1 or (padded and len(line.text) < 3)
    assert frame.size.width == pytest.approx(max(line.rect.w for line in lines_of(frame) if line.rect))


@given(RUNS, st.floats(20.0, 400.0), st.booleans())
def test_measuring_agrees_with_setting(runs: list[Run], measure: float, balance: bool) -> None:
    """`height` tells the lines and the height `paragraph` takes."""
    prepared = prepare(runs, BOOK, THEME)
    lines, tall = height(prepared, 14.0, measure, 1.28)
    frame = paragraph(prepared, Setting(14.0, measure, key="p", balance=balance))
    assert lines == len(frame.children)
    assert tall == pytest.approx(frame.size.height)


@given(RUNS)
def test_at_natural_width_each_text_is_one_line_and_at_least_width_words_are_whole(runs: list[Run]) -> None:
    """The two widths that tables and labels ask for mean what they say."""
    prepared = prepare(runs, BOOK, THEME)
    assert height(prepared, 10.0, prepared.natural_width * 10.0, 1.28)[0] == 1
    narrow = paragraph(prepared, Setting(10.0, prepared.min_width * 10.0, key="p"))
    assert narrow.size.width <= prepared.min_width * 10.0 + 1e-6
    assert not any(line.text.endswith("텍스") for line in lines_of(narrow))


@given(RUNS, st.floats(60.0, 300.0))
def test_glyphs_follow_one_another(runs: list[Run], measure: float) -> None:
    """In a run each glyph starts where the last one's advance ends, and runs stay inside their line."""
    for line in lines_of(frame_of(runs, measure)):
        assert line.rect is not None
        for run in (i for i in inside(line) if isinstance(i, GlyphRun)):
            x = 0.0
            for glyph in run.glyphs:
                assert glyph.x == pytest.approx(x, abs=0.3 * run.size)
                x += glyph.advance
            assert line.rect.x - 1e-6 <= run.x
            assert run.x + x <= line.rect.right + 1e-6


@given(RUNS, st.floats(40.0, 300.0))
def test_keys_are_unique(runs: list[Run], measure: float) -> None:
    """No two items of a paragraph share a key: the ink's noise hangs on it."""
    keys = [i.key for line in lines_of(frame_of(runs, measure)) for i in inside(line)]
    assert len(keys) == len(set(keys))


def test_the_same_input_gives_the_same_frame() -> None:
    """Preparing and setting anew changes nothing."""
    runs = [Run("학습된 모델", BOLD), Run("로 텍스트를 🎲 생성하는 과정", PLAIN)]
    assert frame_of(runs, 100.0) == frame_of(runs, 100.0)


def test_a_word_of_two_styles_stays_whole() -> None:
    """`**모델**로` is one word: the particle never starts a line."""
    runs = [Run("가나다라 ", PLAIN), Run("모델", BOLD), Run("로 간다", PLAIN)]
    for measure in range(30, 120, 3):
        texts = [line.text for line in lines_of(frame_of(runs, float(measure)))]
        assert not any(t.startswith("로") for t in texts) or measure < 32


def test_a_chip_stays_whole_until_it_cannot() -> None:
    """Code with a space moves to the next line as one; wider than the measure it parts at the space, padded anew."""
    runs = [Run("가 ", PLAIN), Run("git commit", CODE)]
    natural = prepare([runs[1]], BOOK, THEME).natural_width * 14.0
    assert [line.text for line in lines_of(frame_of(runs, natural + 1.0))] == ["가", "git commit"]
    narrow = lines_of(frame_of(runs, natural - 1.0))
    assert [line.text for line in narrow] == ["가 git", "commit"]
    chips = [i for line in narrow for i in inside(line) if isinstance(i, Path) and "/chip" in i.key]
    assert len(chips) == 2


def test_hard_breaks_and_empty_lines() -> None:
    """Each line feed ends a line; an empty line takes its height; a last line feed adds none."""
    prepared = prepare([Run("가\n\n나\n", PLAIN)], BOOK, THEME)
    assert [line.text for line in lines_of(paragraph(prepared, Setting(10.0, 100.0, key="p")))] == ["가", "", "나"]
    assert height(prepared, 10.0, 100.0, 1.5) == (3, 45.0)


def test_indentation_of_code_is_kept() -> None:
    """Spaces that begin a hard line are text; spaces that end one are not."""
    lines = lines_of(frame_of([Run("if x:\n    return 1  \n", TextStyle("code", THEME.ink))], 500.0))
    assert [line.text for line in lines] == ["if x:", "    return 1"]


def test_no_text_takes_no_room() -> None:
    """An empty paragraph has no lines and no size."""
    prepared = prepare([Run("", PLAIN)], BOOK, THEME)
    assert height(prepared, 10.0, 100.0, 1.28) == (0, 0.0)
    assert paragraph(prepared, Setting(10.0, 100.0, key="p")).size == (0.0, 0.0)


def test_decomposed_text_is_composed_and_controls_go() -> None:
    """Decomposed Hangul and accents come out composed; tabs are spaces; control characters vanish."""
    lines = lines_of(frame_of([Run("\u1112\u1161\u11ab\u1100\u1173\u11af cafe\u0301\tx\x07\u200bz", PLAIN)], 500.0))
    assert lines[0].text == "한글 café xz"


def test_a_character_without_a_face_is_boxed_and_named() -> None:
    """It is drawn, can be copied, and is reported with its place."""
    prepared = prepare([Run("가나 \u0e01다", PLAIN, Span(10, 15))], BOOK, THEME)
    assert prepared.missing == (("\u0e01", Span(13, 14)),)
    line = lines_of(paragraph(prepared, Setting(10.0, 100.0, key="p")))[0]
    assert line.text == "가나 \u0e01다"
    assert sum(isinstance(i, Path) for i in inside(line)) == 2


def test_emoji_are_pictures_with_their_text() -> None:
    """Each is a group of role emoji: exact filled shapes, centred on the Hangul box, and unseen text of its width."""
    line = lines_of(frame_of([Run("가 👨‍👩‍👧 나", PLAIN)], 300.0, 20.0))[0]
    emoji = [i for i in inside(line) if isinstance(i, Group) and i.role == "emoji"]
    assert [e.text for e in emoji] == ["👨‍👩‍👧"]
    assert emoji[0].rect is not None
    assert emoji[0].rect.w == emoji[0].rect.h == pytest.approx(20.0)
    baseline = next(i.y for i in inside(line) if isinstance(i, GlyphRun))
    assert emoji[0].rect.center.y == pytest.approx(baseline - 0.3 * 20.0)
    unseen = emoji[0].children[-1]
    assert isinstance(unseen, GlyphRun)
    assert (unseen.face, unseen.paint, unseen.text) == ("", None, "👨‍👩‍👧")
    assert all(i.tool == "exact" for i in inside(emoji[0]) if isinstance(i, Path))


def test_in_ink_only_themes_emoji_are_glyphs() -> None:
    """The theme's `line` emoji come from the one-colour face in the text's ink."""
    import msgspec

    theme = msgspec.structs.replace(THEME, emoji="line")
    frame = paragraph(prepare([Run("🎲", PLAIN)], BOOK, theme), Setting(10.0, 100.0, key="p"))
    runs = [i for i in inside(lines_of(frame)[0]) if isinstance(i, GlyphRun)]
    assert [(r.face, r.text) for r in runs] == [("noto-emoji", "🎲")]


def test_a_space_after_an_emoji_is_the_text_faces() -> None:
    """It has the width of any space."""
    wide = prepare([Run("🎲 가", PLAIN)], BOOK, THEME).natural_width
    tight = prepare([Run("🎲가", PLAIN)], BOOK, THEME).natural_width
    assert wide - tight == pytest.approx(BOOK.face("gamja").shape(" ")[0].advance)


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_alignment(align: str, share: float) -> None:
    """Shorter lines stand left, in the middle or right of the widest."""
    frame = frame_of([Run("가나다라마바사\n가", PLAIN)], 500.0, align=align)
    rect = lines_of(frame)[1].rect
    assert rect is not None
    assert rect.x == pytest.approx((frame.size.width - rect.w) * share)


def test_the_hangul_box_stands_in_the_middle_of_the_line() -> None:
    """From 0.70 em above the baseline to 0.10 em below, equally far from the line's top and bottom."""
    frame = frame_of([Run("가", PLAIN)], 100.0, 10.0, leading=1.4)
    assert frame.baseline == pytest.approx((1.4 - 0.8) / 2 * 10 + 7)
    assert frame.size.height == pytest.approx(14.0)


def test_size_does_not_change_proportions() -> None:
    """Twice the size in twice the measure breaks alike and is twice as wide."""
    runs = [Run("학습된 모델로 텍스트를 생성하는 과정 Training과 다른 단계", PLAIN)]
    small, large = frame_of(runs, 90.0, 10.0), frame_of(runs, 180.0, 20.0)
    assert [line.text for line in lines_of(small)] == [line.text for line in lines_of(large)]
    assert large.size.width == pytest.approx(2 * small.size.width)


def test_raised_text_is_smaller_and_higher() -> None:
    """A superscript style lifts its run by a share of the surrounding size."""
    runs = [Run("x", PLAIN), Run("2", TextStyle("body", THEME.ink, scale=0.6, rise=0.34))]
    base, power = (i for i in inside(lines_of(frame_of(runs, 100.0, 10.0))[0]) if isinstance(i, GlyphRun))
    assert power.size == pytest.approx(0.6 * base.size)
    assert base.y - power.y == pytest.approx(3.4)


def test_superscript_characters_are_drawn_from_plain_ones() -> None:
    """`x²⁰` looks alike throughout though the faces lack some of them, and still copies as written."""
    runs = [i for i in inside(lines_of(frame_of([Run("x²⁰", PLAIN)], 100.0))[0]) if isinstance(i, GlyphRun)]
    assert {r.face for r in runs} == {"gamja"}
    assert "".join(r.text for r in runs) == "x²⁰"
    assert len({r.y for r in runs}) == 2


@pytest.mark.parametrize(
    "text",
    [
        "가" * 20_000,
        "a/" * 10_000,
        "e" + "\u0301" * 20_000,
        "漢字" * 5_000,
        " " * 20_000,
        "\n" * 5_000,
        "🎲\u200d" * 3_000,
    ],
)
def test_hostile_text_ends(text: str) -> None:
    """Endless words, marks, spaces, breaks and joiners are set without losing a character but break spaces."""
    frame = frame_of([Run(text, PLAIN)], 100.0)
    joined = "".join(line.text for line in lines_of(frame))
    assert joined.strip() == normalised(text).replace("\n", "").replace("\u200b", "").strip()


def test_pairs_of_neighbouring_runs_share_glyph_runs() -> None:
    """A plain line is one run: little to draw and easy to copy."""
    runs = [Run("학습된 ", PLAIN), Run("모델로 abc ", PLAIN), Run("간다", PLAIN)]
    line = lines_of(frame_of(runs, 500.0))[0]
    assert [type(c) for c in line.children] == [GlyphRun]
    assert all(a.x < b.x for a, b in itertools.pairwise(line.children[0].glyphs))  # type: ignore[union-attr]


@given(RUNS, st.lists(st.sampled_from(STYLES), min_size=4, max_size=4))
def test_text_in_other_inks_is_as_if_shaped_anew(runs: list[Run], others: list[TextStyle]) -> None:
    """What is taken over from a text of the same form changes nothing, whether the form is the same or not."""
    inks = [Run(r.text, others[i] if i else msgspec.structs.replace(r.style, color=WHITE)) for i, r in enumerate(runs)]
    taken, anew = (prepare(inks, BOOK, THEME, like=like) for like in (prepare(runs, BOOK, THEME), None))
    assert taken == anew
    assert paragraph(taken, Setting(14.0, 90.0)) == paragraph(anew, Setting(14.0, 90.0))


def test_other_inks_need_no_shaping() -> None:
    """Only colours differ, so the very glyphs are taken over."""
    first = prepare([Run("가 b", BOLD)], BOOK, THEME)
    other = prepare([Run("가 b", msgspec.structs.replace(BOLD, color=WHITE))], BOOK, THEME, like=first)
    assert other.hard_lines is first.hard_lines
    assert other.styles[0].color == WHITE
