"""The font book: which face shows which grapheme."""

from __future__ import annotations

import gc
import weakref

import pytest

from banana_layout.font.book import OWN_MAX, STANDARD, FontBook
from banana_layout.font.face import Face, FaceFacts
from banana_layout.resources import font_file

BOOK = FontBook.standard()


def picked(cluster: str, *faces: str, lang: str = "") -> str | None:
    """Return the id of the face that shows a grapheme."""
    face = BOOK.pick(cluster, BOOK.chain(faces, lang))
    return face.id if face is not None else None


@pytest.mark.parametrize(
    ("cluster", "expected"),
    [
        ("가", "gamja"),
        ("뷁", "gamja"),
        ("a", "gamja"),
        ("→", "gamja"),
        ("—", "nanum-pen"),
        ("•", "nanum-pen"),
        ("α", "nanum-pen"),
        ("é", "patrick-hand"),
        ("ß", "patrick-hand"),
        ("漢", "yomogi"),
        ("✓", "noto-symbols"),
        ("\U0001d44e", "noto-math"),
        ("\U00013000", None),
    ],
)
def test_what_the_body_hand_lacks_comes_from_the_nearest_hand(cluster: str, expected: str | None) -> None:
    """Hand-written faces come before type faces; what nobody has is None."""
    assert picked(cluster, "gamja") == expected


def test_headings_mix_two_hands_by_script() -> None:
    """`gamja:hangul` before `poor-story` gives Hangul from the one, letters and spaces from the other."""
    found = [picked(c, "gamja:hangul", "poor-story") for c in "한A1 "]
    assert found == ["gamja", "poor-story", "poor-story", "poor-story"]


def test_rare_syllables_of_a_title_fall_back() -> None:
    """Bagel Fat One has 2,783 syllables; the rest come from Poor Story."""
    assert [picked(c, "bagel", "poor-story") for c in "가갂"] == ["bagel", "poor-story"]


def test_japanese_text_takes_its_own_hand() -> None:
    """Kana come from Yomogi where the language is Japanese, letters from the body hand."""
    assert [picked(c, "gamja", lang="ja-JP") for c in "のa"] == ["yomogi", "gamja"]
    assert picked("の", "gamja", lang="ko") == "gamja"


def named(id: str) -> Face:
    """Return a face of that id."""
    return Face(FaceFacts(id, "", 1.0), font_file(STANDARD[0].file))


def test_an_author_may_name_a_further_face() -> None:
    """A book extended by a face offers it, and the first book stays as it was."""
    more = BOOK.extended(named("mine"))
    assert more.pick("가", more.chain(("mine",))) is more.face("mine")
    assert "mine" not in BOOK.ids


def test_fonts_of_authors_are_forgotten_in_the_order_they_were_last_named() -> None:
    """A document's own fonts are there while it is drawn, however many were named before, and none is kept for good."""
    book = BOOK.extended()
    first = named("own-0")
    book.adopt(first)
    book.pick("가", book.chain(("own-0",)))
    for i in range(1, OWN_MAX):
        book.adopt(named(f"own-{i}"))
    book.adopt(first)
    book.adopt(named("own-new"))
    assert book.face("own-0") is first
    with pytest.raises(KeyError):
        book.face("own-1")
    gone = weakref.ref(first)
    del first
    for i in range(OWN_MAX):
        book.adopt(named(f"later-{i}"))
    gc.collect()
    assert gone() is None


def test_an_unknown_face_is_a_key_error() -> None:
    """The caller learns which id is wrong."""
    with pytest.raises(KeyError, match="arial"):
        BOOK.chain(("arial",))


def test_signs_of_figures_stand_close():
    """Degrees, times and feet come from a face that gives them little more room than they have ink, where there is one."""
    book = FontBook.standard()
    chain = book.chain(("gamja",), "ko")
    loose = [sign for sign in "°″×÷±²³§€≠" if book.pick(sign, chain).is_loose(sign)]
    assert loose == []
    assert book.face("gamja").is_loose("°")
    assert book.pick("가", chain).id == "gamja"
