"""Faces: metrics, shaping, outlines, and which characters they really show."""

from __future__ import annotations

import pytest

from banana_layout.font.book import STANDARD, FontBook
from banana_layout.font.face import Face

BOOK = FontBook.standard()
HANGUL = "학습된모델로텍스트를생성하는과정"


def eye_box(face: Face, text: str) -> tuple[float, float]:
    """Return mean top and bottom of glyphs in nominal em above the baseline, as set."""
    tops, bottoms = [], []
    for char in text:
        glyph = face.shape(char)[0]
        box = face.outline(glyph.gid).bounds()
        tops.append(-box.y * face.scale - glyph.dy)
        bottoms.append(-box.bottom * face.scale - glyph.dy)
    return sum(tops) / len(text), sum(bottoms) / len(text)


@pytest.mark.parametrize("id", ["gamja", "poor-story", "nanum-pen", "bagel"])
def test_hangul_of_all_hands_is_about_one_size_and_stands_on_one_line(id: str) -> None:
    """Mixed hands look matched: their Hangul is equally tall and centred 0.3 em above the baseline."""
    top, bottom = eye_box(BOOK.face(id), HANGUL)
    assert 0.68 <= top - bottom <= 0.82
    assert abs((top + bottom) / 2 - 0.30) < 0.035


@pytest.mark.parametrize("id", ["patrick-hand", "comic-mono", "noto-math", "poor-story"])
def test_letters_of_fallbacks_match_the_body_hand(id: str) -> None:
    """A letter from another face does not jump out: x-height within 0.1 em, feet within 0.05 em of Gamja Flower's."""
    body, other = eye_box(BOOK.face("gamja"), "xzvas"), eye_box(BOOK.face(id), "xzvas")
    assert abs(body[0] - other[0]) < 0.11
    assert abs(body[1] - other[1]) < 0.06


def test_every_standard_face_loads() -> None:
    """Each face of the table has its file and draws a character."""
    for facts in STANDARD:
        face = BOOK.face(facts.id)
        assert face.units_per_em in (1000, 1024, 2048)
        char = "\U0001f34c" if face.id == "noto-emoji" else "\u2211" if face.id.startswith("noto") else "a"
        shown = next(c for c in (char, "\u2713", "\u2192") if face.has(c))
        assert face.outline(face.shape(shown)[0].gid).verbs.startswith("M")


def test_tracking_and_wider_spaces_are_in_the_advances() -> None:
    """Body text is set tight, Hangul tighter, with wide spaces."""
    face = BOOK.face("gamja")
    latin, hangul, space = face.shape("a한 ")
    own = [face.advance(g.gid) * face.scale for g in (latin, hangul, space)]
    assert latin.advance == pytest.approx(own[0] - 0.026)
    assert hangul.advance == pytest.approx(own[1] - 0.026 - 0.064)
    assert space.advance == pytest.approx(own[2] * 1.14 - 0.026)


def test_outlines_point_upward_from_the_baseline() -> None:
    """An outline's y runs down: a capital lies above (negative), a descender below."""
    face = BOOK.face("gamja")
    assert face.outline(face.gid("H") or 0).bounds().y < -0.4
    assert face.outline(face.gid("p") or 0).bounds().bottom > 0.05


def test_a_face_has_only_what_it_shows() -> None:
    """Empty glyphs and full-width letters of old Korean code pages do not count."""
    nanum, gamja = BOOK.face("nanum-pen"), BOOK.face("gamja")
    assert not nanum.has("漢")
    assert not gamja.has("ß")
    assert gamja.has("가")
    assert gamja.has(" ")
    assert nanum.has("\u2014")
    assert gamja.has("a\ufe0f")
    assert not gamja.has("a\u0301")


def test_clusters_count_code_points() -> None:
    """A glyph names the character it stands for, also after characters beyond the first plane."""
    clusters = [g.cluster for g in BOOK.face("noto-math").shape("\U0001d44ex")]
    assert clusters == [0, 1]


def test_a_restricted_face_serves_one_script() -> None:
    """`gamja:hangul` shows Hangul only and is the same face otherwise."""
    view = BOOK.face("gamja").restricted("hangul")
    assert (view.has("가"), view.has("a"), view.id) == (True, False, "gamja")
    assert view.shape("가") == BOOK.face("gamja").shape("가")


@pytest.mark.parametrize("word", ["언론·출판", "5·4", "17°C", "집회·결사"])
@pytest.mark.parametrize("face", ["gamja", "poor-story"])
def test_small_marks_inside_words_take_little_room(face: str, word: str) -> None:
    """A middle dot or a degree sign has as little air as a letter, not a syllable's; its ink stays inside its advance."""
    found = FontBook.standard().face(face)
    glyphs = found.shape(word)
    at = next(i for i, c in enumerate(word) if c in "·°")
    mark = next(g for g in glyphs if g.cluster == at)
    ink = found.outline(mark.gid).bounds()
    assert mark.advance <= ink.w * found.scale + 0.21
    assert mark.dx + ink.x * found.scale >= 0.05
    assert mark.dx + ink.right * found.scale <= mark.advance - 0.05
    assert found.shape("·")[0].advance > 0.6


@pytest.mark.parametrize("face", ["gamja", "poor-story"])
def test_a_figure_behind_a_syllable_is_not_one_of_its_strokes(face: str) -> None:
    """Syllables stand close to one another, but not to a figure or a Latin letter that follows without a space."""
    found = FontBook.standard().face(face)
    close, loose = (found.shape(word)[0].advance for word in ("제종", "제1"))
    assert loose > close + 0.04
    assert found.shape("제,")[0].advance == close
